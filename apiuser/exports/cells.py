"""Cells that are not text, as the text that they stand for."""

import datetime as dt
import re
from decimal import Decimal
from numbers import Real
from typing import Any

_WHOLE = 2**53
"""Up to here every whole number has a form of its own as a floating one."""
_ZEROS = re.compile(r"(-?[0-9]+)\.0+")


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
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    if isinstance(cell, Real | Decimal):  # as those of NumPy, which are no floats
        whole = _ZEROS.fullmatch(str(cell))
        return whole[1] if whole else str(cell)
    return str(cell)
