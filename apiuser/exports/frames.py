"""Resources that are already in a pandas frame."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from apiuser.errors import ColumnError, Remedy, SourceError, show_start
from apiuser.exports.assembly import build_table
from apiuser.exports.cells import write_cell
from apiuser.exports.headers import find_usernames, list_choice, show_headers
from apiuser.exports.read_options import ReadOptions
from apiuser.exports.resources import ResourceTable
from apiuser.exports.rows import Rows

if TYPE_CHECKING:
    import pandas as pd

_ADVICE = (
    "Read the file with dtype=str and keep_default_na=False, or use read_resources."
)


def read_frame(
    frame: "pd.DataFrame", *, name: str, column: str | None = None
) -> ResourceTable:
    """Read resources from a pandas frame that has the headers of an export.

    Usernames must be text. In other columns whole numbers are written without a point,
    and missing values are blank.

    Args:
        frame: A row for each resource.
        name: What reports call it, instead of a path.
        column: The header of the username column if it is not a known one.

    Returns:
        The table; lines and records are the positions in the frame, from 1.

    Raises:
        SourceError: There is no such column or several of them, or a username is not
            text.
    """
    path = Path(name)
    if not hasattr(frame, "columns"):
        reason = f"is a {type(frame).__name__}, not a frame of pandas."
        raise SourceError(reason, path=path)
    headers = [str(header) for header in frame.columns]
    found = find_usernames(headers, column)
    if column is not None and not found:
        reason = f"there is no column {show_start(column)}; {list_choice(headers)}"
        raise ColumnError(reason, path=path)
    if len(found) != 1:
        number = "no username column" if not found else f"{len(found)} username columns"
        reason = f"has {number} ({show_headers(headers)})."
        advice = "Name one header with {}, and give no two columns the same."
        remedy = Remedy(option="column", advice=advice)
        raise SourceError(reason, path=path, remedies=(remedy,))
    rows = Rows(path, headers, found[0], ReadOptions(column=column))
    texts = [
        _take_usernames(frame.iloc[:, at], path)
        if role == "username"
        else _write_cells(frame.iloc[:, at])
        for role, at in rows.places.items()
    ]
    _refuse_halves(texts, path)
    places = range(1, len(frame) + 1)
    rows.extend(texts, lines=places, numbers=places)
    return build_table(rows, encoding="pandas frame")


def _take_usernames(values: "pd.Series[Any]", path: Path) -> list[str]:
    texts: list[Any] = values.tolist()
    for record, text in enumerate(texts, start=1):
        if not isinstance(text, str):
            reason = (
                f"the username is not text but of the type {type(text).__name__}, so "
                f"zeros or all of it may be lost. {_ADVICE}"
            )
            raise SourceError(reason, path=path, record=record)
    return texts


def _write_cells(values: "pd.Series[Any]") -> list[str]:
    return [
        "" if missing else write_cell(cell)
        for cell, missing in zip(values.tolist(), values.isna().tolist(), strict=True)
    ]


def _refuse_halves(texts: list[list[str]], path: Path) -> None:
    """Refuse lone surrogates, which are not text in any encoding."""
    for cells in texts:
        for record, text in enumerate(cells, start=1):
            if not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
                reason = f"a cell contains an incomplete character. {_ADVICE}"
                raise SourceError(reason, path=path, record=record)
