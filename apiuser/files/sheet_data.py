"""What a sheet shows, as plain data."""

from typing import Any, NotRequired, TypedDict

Shown = dict[str, Any]
"""What a sheet shows, as plain data that JSON can carry."""


class ShownLine(TypedDict):
    """A sentence about a value.

    Attributes:
        level: How bad it is: error, warning, notice or ok.
        text: The sentence.
        code: The code of the rule that it is about; blank if it is about none.
        row: The row where it can be put right, if that is another one.
    """

    level: str
    text: str
    code: str
    row: NotRequired[Shown | None]


def describe_line(level: str, text: str, code: str = "") -> ShownLine:
    """Describe a sentence about a value."""
    return {"level": level, "text": text, "code": code}
