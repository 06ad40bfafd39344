"""Exports that were saved as an Excel workbook: every cell as text.

A cell holds a text, a number, a date, a truth value or an error. Texts are taken as
stored; the others are written without the format in which Excel shows them, so a number
in place of a name is reported, as it may have lost zeros.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from apiuser.errors import (
    ColumnError,
    Remedy,
    SourceError,
    count_noun,
    escape_invisible,
    show_start,
)
from apiuser.exports.assembly import build_table
from apiuser.exports.cells import write_cell
from apiuser.exports.headers import (
    choose_username,
    find_usernames,
    refuse_wide_header,
    show_headers,
)
from apiuser.exports.odd_headers import (
    NO_HEADER,
    SEARCHED_LINES,
    is_split_header,
    lacks_header,
    point_below,
    refuse_other_header,
    refuse_split_header,
)
from apiuser.exports.read_options import ReadOptions
from apiuser.exports.resources import ResourceTable
from apiuser.exports.rows import Rows, describe_width, show_lines
from apiuser.exports.skipped_lines import take_above
from apiuser.exports.surroundings import (
    COUNTS,
    explain_row_count,
    is_row_count,
    is_rule,
)
from apiuser.exports.xlsx.workbook_check import check_workbook, refuse_damaged
from apiuser.exports.xlsx.workbook_part import OddRows

_SHOWN_SHEETS = 5
_UNSURE = "no value, but formulas without their results, or errors"
_LACKING = (
    "a formula without its result, or an error; save the workbook again with Excel"
)
_TOTALS = (
    "the row of totals of a table, which is not a record; switch it off and save again"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _WorkbookSheet:
    """A sheet of a workbook.

    Attributes:
        name: Its name.
        cells: Its cells, beginning with the first row.
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
    odd = check_workbook(file, path, options)
    sheets = _load(file, path)
    at, header = _choose_sheet(sheets, path, options)
    sheet, others = sheets[at], [*sheets[:at], *sheets[at + 1 :]]
    unread = [other for other in others if _holds_anything(other.cells)]
    rows = Rows(path, header.names, header.username, options)
    above = sheet.cells[: options.skip_lines]
    cells_above = [[*map(write_cell, row)] for row in above]
    take_above(rows, cells_above, options.skip_lines)
    first = header.line + 1
    records = sheet.cells[header.line :]
    _read_records(records, rows, line=first, longest=options.max_cell, odd=odd)
    rows.check_number(options.max_records)
    if header.line > options.skip_lines + 1:
        blank = count_noun(header.line - options.skip_lines - 1, "blank line")
        rows.notices.append(f"{path}: {blank} before the header skipped.")
    rows.notices += map(_describe_unread, [path] * len(unread), unread)
    cells = (cell for other in unread for row in other.cells for cell in row)
    rows.unread.add(map(write_cell, cells))
    rows.notices += _describe_numbers(records, rows, line=first)
    return build_table(
        rows,
        encoding=f"Excel workbook, sheet {sheet.name}",
        unread_sheets=[other.name for other in unread],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """The header of a sheet.

    Attributes:
        line: Its row, from 1; 0 if there is none and columns go by number.
        names: The headers.
        username: The position of the one for usernames.
    """

    line: int
    names: Sequence[str]
    username: int


def _choose_sheet(
    sheets: Sequence[_WorkbookSheet], path: Path, options: ReadOptions
) -> tuple[int, _Header]:
    """Return which sheet has a username column, and its header."""
    hits = []
    seen: list[tuple[_WorkbookSheet, int, list[str]]] = []
    for at, sheet in enumerate(sheets):
        line = _find_header(sheet, options.skip_lines + 1)
        if not sheet.visible or not line:
            continue
        names = _write_row(sheet, line)
        refuse_wide_header(len(names), path, line=line, most=options.max_columns)
        seen.append((sheet, line, names))
        if options.no_header or lacks_header(
            names, path, column=options.column, line=line
        ):
            line -= 1
            width = len(sheet.cells[line])  # the last cells of this row may be empty
            names = [str(number) for number in range(1, width + 1)]
        found = find_usernames(names, options.column)
        if found:
            hits.append((at, line, names, found))
    if len(hits) > 1:
        reason = (
            f"there are {len(hits)} sheets with a username column ({_show(seen)}). "
            "Save each sheet as a file of its own and give all of them."
        )
        raise SourceError(reason, path=path, line=hits[0][1])
    if not hits:
        _refuse_header(seen, path, options)
    at, line, names, found = hits[0]
    below = _write_row(sheets[at], line + 1)
    if line and is_split_header(names, below):
        refuse_split_header(path, line=line)
    username = choose_username(names, found, path, line=line)
    return at, _Header(line=line, names=names, username=username)


def _find_header(sheet: _WorkbookSheet, line: int) -> int:
    """Return the next row, from this one on, that is not empty; 0 if there is none."""
    for at, row in enumerate(sheet.cells[line - 1 :], start=line):
        if any(cell != "" for cell in row):
            return at
    return 0


def _write_row(sheet: _WorkbookSheet, line: int) -> list[str]:
    """Return the cells of a row as texts, up to the last that is not empty."""
    if line > len(sheet.cells):
        return []
    texts = [write_cell(cell) for cell in sheet.cells[line - 1]]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _show(seen: Sequence[tuple[_WorkbookSheet, int, list[str]]]) -> str:
    shown = [
        f"{escape_invisible(sheet.name)}: {show_headers(names)}"
        for sheet, _, names in seen[:_SHOWN_SHEETS]
    ]
    return "; ".join(shown) or "all are empty"


def _refuse_header(
    seen: Sequence[tuple[_WorkbookSheet, int, list[str]]],
    path: Path,
    options: ReadOptions,
) -> NoReturn:
    """Refuse a workbook without a username column, and name the likely header."""
    column = options.column
    wanted = "username column" if column is None else f"column {show_start(column)}"
    reason = f"there is no sheet with a {wanted} ({_show(seen)})."
    refusal = SourceError if column is None else ColumnError
    for sheet, line, _names in seen:
        for likely in range(line + 1, line + SEARCHED_LINES):
            if find_usernames(_write_row(sheet, likely), column):
                remedy = point_below(likely)
                raise refusal(reason, path=path, line=line, remedies=(remedy,))
    line = options.skip_lines + 1
    skip = Remedy(option="skip_lines", advice="or skip lines with {}.")
    if column is not None:
        reason += " Name one of these,"
        raise ColumnError(reason, path=path, line=line, remedies=(skip,))
    for sheet, first, names in seen:
        refuse_other_header(names, _write_row(sheet, first + 1), path, line=first)
    name = Remedy(option="column", advice="Name the column with {},")
    remedies = (name, skip, NO_HEADER)
    raise SourceError(reason, path=path, line=line, remedies=remedies)


def _holds_anything(cells: Iterable[Sequence[Any]]) -> bool:
    return any(cell != "" for row in cells for cell in row)


def _describe_unread(path: Path, sheet: _WorkbookSheet) -> str:
    kind = "sheet" if sheet.visible else "hidden sheet"
    return (
        f"{path}: the {kind} {escape_invisible(sheet.name)} was not read. If it "
        "contains resources, save it as a file of its own and give both; otherwise "
        "delete it."
    )


def _load(file: BinaryIO, path: Path) -> list[_WorkbookSheet]:
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
            _WorkbookSheet(
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
    # The reader is written in Rust, and its panics are not Exceptions.
    except BaseException as error:  # noqa: BLE001
        refuse_damaged(path, str(error))


def _read_records(
    cells: Iterable[Sequence[Any]],
    rows: Rows,
    *,
    line: int,
    longest: int,
    odd: OddRows,
) -> None:
    """Read the rows after the header.

    Args:
        cells: The rows.
        rows: Where the records go.
        line: The number of the first row.
        longest: The most characters in one cell.
        odd: Rows that are not as their cells say.
    """
    last, rules = line - 1, 0
    others = {at for at, role in rows.rivals.items() if role != "username"}
    positions = {*rows.places.values()} - others.union(rows.unheaded)
    for at, row in enumerate(cells, start=line):
        last = at
        fields = [write_cell(cell) for cell in row]
        used = max((n for n, text in enumerate(fields, start=1) if text), default=0)
        if not used and at in odd.unsure:
            rows.add_unreadable(_UNSURE, (), line=at)
            rows.unread.lose()
        elif not used:
            rows.blank_lines += 1
        elif (line - 1, at) in odd.tables:
            rows.add_unreadable(_TOTALS, fields, line=at)
        elif at in odd.lacking and not all(fields[n] for n in positions):
            _add_lacking(rows, fields, line=at)
        elif used == 1 and rows.width > 1 and is_row_count("".join(fields)):
            reason = explain_row_count("".join(fields), rows.records - rules)
            if reason:
                rows.add_unreadable(reason, fields, line=at)
            else:
                rows.skipped_lines.append((at, COUNTS))
        elif used > rows.width:
            rows.add_unreadable(describe_width(used, rows.width), fields, line=at)
        else:
            rows.add(fields, line=at, longest=longest)
            rules += is_rule(fields[:used], rows.width)
    for at in sorted(at for at in odd.unsure if at > last):
        rows.add_unreadable(_UNSURE, (), line=at)
        rows.unread.lose()


def _add_lacking(rows: Rows, fields: Sequence[str], *, line: int) -> None:
    rows.add_unreadable(_LACKING, fields, line=line)
    names = [at for at, role in rows.rivals.items() if role == "username"]
    if not all(fields[at] for at in (rows.positions["username"], *names)):
        rows.unread.lose()  # only the formula says what the name is


def _describe_numbers(
    cells: Iterable[Sequence[Any]], rows: Rows, *, line: int
) -> Iterator[str]:
    """Say that usernames are stored as numbers, and in how many records."""
    column = rows.positions["username"]
    found = {
        at: write_cell(row[column])
        for at, row in enumerate(cells, start=line)
        if not isinstance(row[column], str)
    }
    rows.stored_otherwise.update(
        number
        for number, at in zip(rows.numbers, rows.lines, strict=True)
        if at in found
    )
    if found:
        yield (
            f"{rows.path}: {count_noun(len(found), 'username')} stored as numbers, "
            f"dates or truth values ({show_lines([*found])}); leading zeros and what "
            "was typed may be lost. Export the resources again and do not save the "
            "file in between."
        )
