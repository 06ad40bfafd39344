"""Values of a checklist as a screen shows and gives them."""

from collections.abc import Mapping

from apiuser.howto import Field, Input

_MOST_DIGITS = 6


def read_value(field: Field, value: object) -> str | int | bool | None:
    """Turn what a screen gives into a value of the checklist."""
    if field.input is Input.TICK:
        return bool(value)
    text = str(value)
    if field.input is Input.TEXT:
        return "".join(sign if sign.isprintable() else " " for sign in text)
    if field.input is Input.NUMBER:
        digits = text.strip()
        if not digits:
            return None
        # What is not a number stays as typed, and the checklist asks for one.
        plain = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
        return int(digits) if plain else text
    return text


def read_values(event: Mapping[str, object]) -> dict[str, str]:
    """Read the texts that a press carries."""
    given = event.get("values")
    return {str(k): str(v) for k, v in given.items()} if isinstance(given, dict) else {}


def show_value(field: Field, value: object) -> str | bool:
    """Turn a value of the checklist into what a screen shows."""
    if field.input is Input.TICK:
        return bool(value)
    return "" if value is None else str(value)
