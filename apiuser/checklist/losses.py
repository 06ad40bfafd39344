"""What a press would lose: it asks first, and does it when it is pressed again."""

from collections.abc import Set as AbstractSet

_BEGINS_ANEW = {"again", "anew", "job", "resume"}
_PAIR = {"username", "secret"}
_CLEARS = "This clears {}. Press again to go on."
_REPLACES = "This replaces what you copied or stored. Press again to go on."


def find_loss(
    name: str, *, works: bool, finished: bool, used: AbstractSet[str]
) -> tuple[str, str] | None:
    """Return where to ask, and what; None if a press loses nothing.

    Args:
        name: What the press is called.
        works: Whether there is anything to lose on the sheet.
        finished: Whether that is a record which is nowhere yet.
        used: The fields whose values are elsewhere by now, copied or stored.
    """
    verb, _, what = name.partition(":")
    if verb == "generate" and ({what} if what else _PAIR) & used:
        return what or name, _REPLACES
    if verb in _BEGINS_ANEW and works:
        lost = "a record that is not saved" if finished else "what you entered"
        return "primary" if verb == "again" else name, _CLEARS.format(lost)
    return None
