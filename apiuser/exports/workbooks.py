"""Exports that somebody kept as an Excel workbook: every cell as text.

A cell holds a text, a number, a date, a truth value or an error. Texts are taken as
stored; the others are written out without the format that Excel shows them in, so a
number that stands for a name is told, with the zeros it may have lost.
"""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from apiuser.errors import SourceError, count_noun
from apiuser.exports.archives import refuse_bombs
from apiuser.exports.cells import write_cell
from apiuser.exports.dialects import Dialect
from apiuser.exports.headers import (
    escape_invisible,
    find_usernames,
    map_columns,
    show_headers,
)
from apiuser.exports.resources import Unreadable
from apiuser.exports.rows import Rows, describe_width, make_columns

_SHOWN_SHEETS = 5


def read_sheet(  # noqa: PLR0913  # options, by keyword only
    data: bytes,
    path: Path,
    *,
    column: str | None,
    skip_lines: int,
    max_columns: int,
    max_cell: int,
    max_unpacked: int,
) -> tuple[Dialect, Rows, str, list[str], list[str]]:
    """Read the one sheet that has a username column.

    Returns:
        Where the columns are, the records, the name of the sheet, notices, and the
        names of the other sheets that hold anything.

    Raises:
        SourceError: The workbook is damaged, above a limit, or has no such sheet or
            several of them.
    """
    refuse_bombs(data, path, max_unpacked)
    sheets = _load(data, path)
    hits = []
    seen = []
    for at, (name, cells, visible) in enumerate(sheets):
        if not visible or len(cells) <= skip_lines:
            continue
        headers = [write_cell(cell) for cell in cells[skip_lines]]
        while headers and not headers[-1]:
            headers.pop()
        seen.append(f"{escape_invisible(name)}: {show_headers(headers)}")
        if len(headers) > max_columns:
            message = (
                f"{path}: line {skip_lines + 1} has {len(headers)} columns, above the "
                f"limit of {max_columns}. Raise it with --max-columns if this is right."
            )
            raise SourceError(message)
        found = find_usernames(headers, column)
        if found:
            hits.append((at, headers, found))
    if len(hits) != 1:
        number = "no sheet" if not hits else f"{len(hits)} sheets"
        message = (
            f"{path}: {number} with a username column in line {skip_lines + 1} "
            f"({'; '.join(seen[:_SHOWN_SHEETS]) or 'all are empty'}). "
        ) + (
            "Save each sheet as a file of its own and give all of them."
            if hits
            else "Name the column with --column, or skip lines with --skip-lines."
        )
        raise SourceError(message)
    at, headers, found = hits[0]
    if len(found) > 1:
        names = show_headers([headers[at] for at in found])
        message = (
            f"{path}: line {skip_lines + 1} has {len(found)} username columns "
            f"({names}). Keep one of them, or name one with --column."
        )
        raise SourceError(message)
    dialect = Dialect(
        delimiter="",
        headers=tuple(headers),
        username=found[0],
        start=0,
        line=skip_lines + 2,
    )
    name, cells, _ = sheets[at]
    records = cells[skip_lines + 1 :]
    rows = _read_records(records, path, dialect, max_cell=max_cell)
    others = [sheet for place, sheet in enumerate(sheets) if place != at]
    unread = [name for name, cells, _ in others if _holds_anything(cells)]
    notices = [
        *(_describe_unread(path, *sheet) for sheet in others if sheet[0] in unread),
        *_describe_numbers(records, path, dialect),
    ]
    return dialect, rows, name, notices, unread


def _holds_anything(cells: Iterable[Sequence[Any]]) -> bool:
    return any(cell != "" for row in cells for cell in row)


def _describe_unread(path: Path, name: str, _: object, visible: bool) -> str:  # noqa: FBT001
    kind = "sheet" if visible else "hidden sheet"
    return (
        f"{path}: the {kind} {escape_invisible(name)} was not read. If it holds resources, "
        "save it as a file of its own and give both; else delete it."
    )


def _load(data: bytes, path: Path) -> list[tuple[str, list[list[Any]], bool]]:
    """Return each sheet's name, its cells from the first row on, and if it is seen."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            (
                sheet.name,
                workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False),
                sheet.visible == SheetVisibleEnum.Visible,
            )
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    # A panic of the reader, which is written in Rust, is no Exception.
    except BaseException as error:  # noqa: BLE001
        reason = escape_invisible(str(error)[:200])
        message = (
            f"{path}: cannot be read as an Excel workbook ({reason}). "
            "Save it again, or export the resources as CSV."
        )
        raise SourceError(message) from None


def _read_records(
    cells: Iterable[Sequence[Any]], path: Path, dialect: Dialect, *, max_cell: int
) -> Rows:
    columns, _ = map_columns(dialect.headers, dialect.username)
    width = len(dialect.headers)
    texts: dict[str, list[str]] = {role: [] for role in columns}
    pairs = [(texts[role], at) for role, at in columns.items()]
    lines: list[int] = []
    numbers: list[int] = []
    unreadable: list[Unreadable] = []
    number = blank_lines = 0
    for line, row in enumerate(cells, start=dialect.line):
        fields = [write_cell(cell) for cell in row]
        used = max((at for at, text in enumerate(fields, start=1) if text), default=0)
        if not used:
            blank_lines += 1
            continue
        number += 1
        if used > width:
            reason = describe_width(used, width)
            unreadable.append(Unreadable(line=line, record=number, reason=reason))
            continue
        if max(map(len, fields)) > max_cell:
            message = (
                f"{path}: line {line}, record {number}: a cell holds more than "
                f"{max_cell} characters. Raise it with --max-cell if this is right."
            )
            raise SourceError(message)
        lines.append(line)
        numbers.append(number)
        for column, at in pairs:
            column.append(fields[at])
    return Rows(
        columns=make_columns(texts),
        lines=np.array(lines, np.int64),
        numbers=np.array(numbers, np.int64),
        unreadable=unreadable,
        blank_lines=blank_lines,
    )


def _describe_numbers(
    cells: Iterable[Sequence[Any]], path: Path, dialect: Dialect
) -> list[str]:
    """Say that usernames are stored as numbers, and in how many records."""
    at = dialect.username
    found = [
        line
        for line, row in enumerate(cells, start=dialect.line)
        if len(row) > at and not isinstance(row[at], str)
    ]
    if not found:
        return []
    notice = (
        f"{path}: {count_noun(len(found), 'username')} stored as numbers, dates or truth values, "
        f"the first in line {found[0]}; zeros in front and what was typed may be lost. "
        "Export the resources again and do not save the file in between."
    )
    return [notice]
