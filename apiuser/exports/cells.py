"""Cells as text, whatever they are, and blank if they stand for no value."""

import re
from collections.abc import Sequence
from typing import Any

from apiuser.exports.vocabulary import list_nothing

_WHOLE = 2**53
"""Up to this, no two whole numbers are the same as floating-point numbers."""
_ZEROS = r"(-?[0-9]+)\.0+"


def write_cell(cell: Any) -> str:  # noqa: ANN401
    """Return a cell as text; a whole number without a point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return (
            str(int(cell)) if cell.is_integer() and abs(cell) < _WHOLE else repr(cell)
        )
    # By what it can do, not by its type, whose module a small audit need not load.
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat())
    text = str(cell)
    whole = re.fullmatch(_ZEROS, text)  # such as a Decimal, or a number of NumPy
    return whole[1] if whole else text


POINT = r"([0-9]+)[.,]0+"
"""A number with the point that a spreadsheet adds."""
_EITHER = r"[0-9]{1,3}[.,]000"
"""12,000 is twelve in one country, and twelve thousand in another."""
SEPARATORS = ".,' \u00a0\u202f"
"""What may be between the digits of a number."""
_GROUPS = (  # a point alone may begin a fraction
    rf"[0-9]{{1,3}}(?:([{SEPARATORS[1:]}])[0-9]{{3}}(?:\1[0-9]{{3}})*"
    r"|(?:\.[0-9]{3}){2,})"
)


def clean_texts(texts: Sequence[str], *, is_name: bool) -> list[str]:
    """Return the texts, with blanks for what programs write if there is no value.

    Args:
        texts: The texts of a column.
        is_name: Whether they are usernames.
    """
    if "".join(texts).isdigit():  # as nearly all IDs
        return [*texts]
    words = list_nothing(is_name=is_name)
    nothing = {text for text in {*texts} if text.strip().casefold() in words}
    return ["" if text in nothing else text for text in texts] if nothing else [*texts]


def write_ids(texts: Sequence[str]) -> list[str]:
    """Return IDs as numbers, without the point or the commas a spreadsheet adds."""
    if "".join(texts).isdigit():  # as nearly all are
        return [*texts]
    return [text if text.isdigit() else _write_id(text) for text in texts]


def _write_id(text: str) -> str:
    plain = text.strip()
    if re.fullmatch(_EITHER, plain):
        return text
    if point := re.fullmatch(POINT, plain):
        return point[1]
    if re.fullmatch(_GROUPS, plain):
        return re.sub("[^0-9]", "", plain)
    return text
