"""What a press asks first; it is done when it is pressed again."""

from collections.abc import Set as AbstractSet

from apiuser.howto.finishing import LOGIN_WARNING

REFUSED_HERE = "although the last log-in from here was refused"
"""What speaks against a test that worked."""
BEGINS = {"again", "anew", "job", "resume"}
"""Presses that begin other work, on a finished sheet too."""
PAIR = {"username", "secret"}
"""What is made, copied and stored together."""
_CLEARS = "This clears {}. Press again to go on."
_REPLACES = "This replaces what you copied, saw or stored. Press again to go on."
_WORKS = "The last log-in from here was refused. If it works all the same, press again."


def find_question(
    name: str,
    *,
    works: bool,
    finished: bool,
    used: AbstractSet[str],
    refused: bool,
) -> str:
    """Return what a press asks; blank if it asks nothing.

    Args:
        name: What the press is called.
        works: Whether there is anything to lose on the sheet.
        finished: Whether that is a record which is nowhere yet.
        used: The fields whose values are elsewhere by now, copied, shown or stored.
        refused: Whether it says that what was refused from here works.
    """
    verb, _, what = name.partition(":")
    if verb == "login":
        return f"{LOGIN_WARNING.text} Press again to log in."
    if verb == "primary" and refused:
        return _WORKS
    if verb == "generate" and ({what} if what else PAIR) & used:
        return _REPLACES
    if verb in BEGINS and works:
        lost = "a record that is not saved" if finished else "what you entered"
        return _CLEARS.format(lost)
    return ""


def find_place(name: str) -> str:
    """Return where to say what a press does: at its button, or at the row it is about."""
    verb, _, what = name.partition(":")
    match verb:
        case "login":
            return verb
        case "generate":
            return what or name
        case "again":
            return "primary"
    return name
