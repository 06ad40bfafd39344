"""Exports that somebody kept as an Excel workbook: every cell as text.

A cell holds a text, a number, a date, a truth value or an error. Texts are taken as
stored; the others are written out without the format that Excel shows them in, so a
number that stands for a name is told, with the zeros it may have lost.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from apiuser.errors import Remedy, SourceError, count_noun, escape_invisible
from apiuser.exports.building import build_table
from apiuser.exports.cells import write_cell
from apiuser.exports.headers import (
    choose_username,
    find_usernames,
    refuse_wide_header,
    show_headers,
)
from apiuser.exports.read_options import ReadOptions
from apiuser.exports.resources import ResourceTable
from apiuser.exports.rows import Rows, describe_width
from apiuser.exports.xlsx.workbook_check import check_workbook, refuse_damaged

_SHOWN_SHEETS = 5
_UNSURE = "no value, but formulas without their results, or errors"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A sheet of a workbook.

    Attributes:
        name: Its name.
        cells: Its cells, from the first row on.
        visible: Whether Excel shows it.
    """

    name: str
    cells: Sequence[Sequence[Any]]
    visible: bool


def read_workbook(file: BinaryIO, path: Path, options: ReadOptions) -> ResourceTable:
    """Read the one sheet that has a username column.

    Args:
        file: The workbook.
        path: What messages call it.
        options: How to read it.

    Raises:
        SourceError: The workbook is damaged, above a limit, or has no such sheet or
            several of them.
    """
    unsure = check_workbook(file, path, options)
    sheets = _load(file, path)
    at, headers, username = _choose_sheet(sheets, path, options)
    sheet, others = sheets[at], [*sheets[:at], *sheets[at + 1 :]]
    unread = [other for other in others if _holds_anything(other.cells)]
    rows = Rows(path, headers, username, options.columns)
    records = sheet.cells[options.skip_lines + 1 :]
    first = options.skip_lines + 2
    _read_records(records, rows, line=first, longest=options.max_cell, unsure=unsure)
    rows.notices += map(_describe_unread, [path] * len(unread), unread)
    rows.notices += _describe_numbers(records, rows, line=first)
    return build_table(
        rows,
        encoding=f"Excel workbook, sheet {sheet.name}",
        unread_sheets=[other.name for other in unread],
    )


def _choose_sheet(
    sheets: Sequence[_Sheet], path: Path, options: ReadOptions
) -> tuple[int, list[str], int]:
    """Return which sheet has a username column, its headers, and which of them it is."""
    line = options.skip_lines + 1
    hits = []
    seen = []
    for at, sheet in enumerate(sheets):
        if not sheet.visible or len(sheet.cells) < line:
            continue
        headers = [write_cell(cell) for cell in sheet.cells[line - 1]]
        while headers and not headers[-1]:
            headers.pop()
        seen.append(f"{escape_invisible(sheet.name)}: {show_headers(headers)}")
        refuse_wide_header(len(headers), path, line=line, most=options.max_columns)
        found = find_usernames(headers, options.column)
        if found:
            hits.append((at, headers, found))
    shown = "; ".join(seen[:_SHOWN_SHEETS]) or "all are empty"
    if len(hits) > 1:
        reason = (
            f"there are {len(hits)} sheets with a username column ({shown}). "
            "Save each sheet as a file of its own and give all of them."
        )
        raise SourceError(reason, path=path, line=line)
    if not hits:
        remedies = (
            Remedy(option="column", advice="Name the column with {},"),
            Remedy(option="skip_lines", advice="or skip lines with {}."),
        )
        reason = f"there is no sheet with a username column ({shown})."
        raise SourceError(reason, path=path, line=line, remedies=remedies)
    at, headers, found = hits[0]
    return at, headers, choose_username(headers, found, path, line=line)


def _holds_anything(cells: Iterable[Sequence[Any]]) -> bool:
    return any(cell != "" for row in cells for cell in row)


def _describe_unread(path: Path, sheet: _Sheet) -> str:
    kind = "sheet" if sheet.visible else "hidden sheet"
    return (
        f"{path}: the {kind} {escape_invisible(sheet.name)} was not read. If it holds "
        "resources, save it as a file of its own and give both; else delete it."
    )


def _load(file: BinaryIO, path: Path) -> list[_Sheet]:
    # Late: reading text needs the standard library only.
    from python_calamine import (  # noqa: PLC0415
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    file.seek(0)
    try:
        workbook = CalamineWorkbook.from_filelike(file)
        return [
            _Sheet(
                name=sheet.name,
                cells=workbook.get_sheet_by_name(sheet.name).to_python(
                    skip_empty_area=False
                ),
                visible=sheet.visible == SheetVisibleEnum.Visible,
            )
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    # A panic of the reader, which is written in Rust, is no Exception.
    except BaseException as error:  # noqa: BLE001
        refuse_damaged(path, str(error))


def _read_records(
    cells: Iterable[Sequence[Any]],
    rows: Rows,
    *,
    line: int,
    longest: int,
    unsure: Collection[int],
) -> None:
    """Read the rows behind the header.

    Args:
        cells: The rows.
        rows: Where the records go.
        line: The number of the first row.
        longest: The most characters in one cell.
        unsure: Rows that are no blank ones, whatever the cells say.
    """
    last = line - 1
    for at, row in enumerate(cells, start=line):
        last = at
        fields = [write_cell(cell) for cell in row]
        used = max((n for n, text in enumerate(fields, start=1) if text), default=0)
        if not used and at in unsure:
            rows.add_unreadable(_UNSURE, line=at)
        elif not used:
            rows.blank_lines += 1
        elif used > rows.width:
            rows.add_unreadable(describe_width(used, rows.width), line=at)
        else:
            rows.add(fields, line=at, longest=longest)
    for at in sorted(at for at in unsure if at > last):
        rows.add_unreadable(_UNSURE, line=at)


def _describe_numbers(
    cells: Iterable[Sequence[Any]], rows: Rows, *, line: int
) -> Iterator[str]:
    """Say that usernames are stored as numbers, and in how many records."""
    column = rows.positions["username"]
    found = [
        at
        for at, row in enumerate(cells, start=line)
        if len(row) > column and not isinstance(row[column], str)
    ]
    if found:
        yield (
            f"{rows.path}: {count_noun(len(found), 'username')} stored as numbers, "
            f"dates or truth values, the first in line {found[0]}; zeros in front and "
            "what was typed may be lost. Export the resources again and do not save "
            "the file in between."
        )
