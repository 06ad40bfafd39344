"""Read an export: by the fast reader where it proves itself, else carefully."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from apiuser.errors import SourceError
from apiuser.exports.building import build_table
from apiuser.exports.careful import QuoteError, scan_records
from apiuser.exports.dialects import NAMES, Dialect, find_dialect
from apiuser.exports.encodings import Text, decode
from apiuser.exports.fast import read_fast
from apiuser.exports.headers import map_columns, show_headers
from apiuser.exports.resources import ResourceTable, Unreadable
from apiuser.exports.rows import Rows, describe_width, make_columns
from apiuser.exports.sources import (
    is_workbook,
    read_bytes,
    refuse_large,
    refuse_other_kinds,
    refuse_without_memory,
)
from apiuser.exports.streaming import read_stream

MAX_COLUMNS = 2_000
MAX_CELL = 1_000_000
MAX_UNPACKED = 1 << 30
MAX_SIZE = 2 << 30
_HEAD = 1 << 20
_SOMETHING = re.compile(rb"[^ \t\r\n\0]")


def read_resources(  # noqa: PLR0913  # options, by keyword only
    path: str | Path,
    *,
    encoding: str | None = None,
    column: str | None = None,
    skip_lines: int = 0,
    max_columns: int = MAX_COLUMNS,
    max_cell: int = MAX_CELL,
    max_unpacked: int = MAX_UNPACKED,
    max_size: int = MAX_SIZE,
) -> ResourceTable:
    """Read an export of resources; every record is read or listed as unreadable.

    Args:
        path: The file, delimited text or an Excel workbook named .xlsx.
        encoding: Its encoding where it is not Unicode, such as `cp1252`.
        column: The header of the username column where it is none of the known.
        skip_lines: Lines in front of the header.
        max_columns: The most columns that are taken for an export.
        max_cell: The most characters in one cell.
        max_unpacked: The most bytes that a workbook may unpack to.
        max_size: The most bytes that the file may hold.

    Raises:
        AccessError: The file cannot be read.
        SourceError: It cannot be understood as a table of resources.
    """
    path = Path(path)
    refuse_large(path, max_size)
    with refuse_without_memory(path):
        streamed = read_stream(
            path,
            encoding=encoding,
            column=column,
            skip_lines=skip_lines,
            max_columns=max_columns,
            max_cell=max_cell,
        )
        if streamed is not None:
            return build_table(path, *streamed)
        data = read_bytes(path)
        if is_workbook(data) and path.suffix.lower() == ".xlsx":
            return _read_workbook(
                data,
                path,
                column=column,
                skip_lines=skip_lines,
                max_columns=max_columns,
                max_cell=max_cell,
                max_unpacked=max_unpacked,
            )
        refuse_other_kinds(data, path)
        decoded = decode(data, path, encoding=encoding)
        del data
        if not _SOMETHING.search(decoded.data):
            message = f"{path}: holds no data. Export the resources again."
            raise SourceError(message)
        head, dialect = _find_head(
            decoded.data, path, column=column, skip_lines=skip_lines, most=max_columns
        )
        columns, _ = map_columns(dialect.headers, dialect.username)
        rows = read_fast(
            decoded.data,
            dialect,
            columns,
            start=len(head[: dialect.start].encode()),
            max_cell=max_cell,
        ) or _read_carefully(decoded.data, path, dialect, columns, max_cell=max_cell)
        return build_table(path, decoded, dialect, rows)


def _read_workbook(data: bytes, path: Path, **options: Any) -> ResourceTable:  # noqa: ANN401
    # Late: most exports are text.
    from apiuser.exports.workbooks import read_sheet  # noqa: PLC0415

    dialect, rows, name, notices, unread = read_sheet(data, path, **options)
    decoded = Text(data=b"", encoding=f"Excel workbook, sheet {name}")
    table = build_table(path, decoded, dialect, rows, notices=notices)
    return replace(table, unread_sheets=tuple(unread))


def _find_head(
    data: bytes, path: Path, *, column: str | None, skip_lines: int, most: int
) -> tuple[str, Dialect]:
    """Find the dialect in the beginning of a text, or in all of it."""
    whole = len(data) <= _HEAD
    head = data[:_HEAD].decode("utf-8", "strict" if whole else "ignore")
    try:
        dialect = find_dialect(
            head, path, column=column, skip_lines=skip_lines, max_columns=most
        )
        if whole or dialect.start < len(head):
            return head, dialect
    except SourceError:
        if whole:
            raise
    # The header does not end in the beginning, or all of the text must be seen to
    # say what is wrong with it.
    head = data.decode()
    return head, find_dialect(
        head, path, column=column, skip_lines=skip_lines, max_columns=most
    )


def _read_carefully(
    data: bytes,
    path: Path,
    dialect: Dialect,
    columns: Mapping[str, int],
    *,
    max_cell: int,
) -> Rows:
    width = len(dialect.headers)
    texts: dict[str, list[str]] = {role: [] for role in columns}
    pairs = [(texts[role], at) for role, at in columns.items()]
    lines: list[int] = []
    numbers: list[int] = []
    unreadable: list[Unreadable] = []
    blank_lines = number = 0
    end = dialect.start
    records = scan_records(
        data.decode(),
        delimiter=dialect.delimiter,
        start=dialect.start,
        line=dialect.line,
    )
    try:
        for record in records:
            size, end = record.end - end, record.end
            if record.blank:
                blank_lines += 1
                continue
            number += 1
            if not record.problem and len(record.fields) != width:
                record.problem = describe_width(len(record.fields), width)
            if record.problem:
                unreadable.append(
                    Unreadable(line=record.line, record=number, reason=record.problem)
                )
                continue
            if size > max_cell and max(map(len, record.fields)) > max_cell:
                message = (
                    f"{path}: line {record.line}, record {number}: a cell holds more "
                    f"than {max_cell} characters. Raise it with --max-cell if this "
                    "is right."
                )
                raise SourceError(message)
            lines.append(record.line)
            numbers.append(number)
            for column, at in pairs:
                column.append(record.fields[at])
    except QuoteError as error:
        message = (
            f"{path}: line {error.line}, record {number + 1}: {error.reason}. "
            "Write a quotation mark inside a field twice, or export again."
        )
        raise SourceError(message) from None
    if unreadable and not lines:
        name = NAMES.get(dialect.delimiter, "character given")
        message = (
            f"{path}: no record is as wide as the header, read by {name} "
            f"({width} fields: {show_headers(dialect.headers)}). "
            f"The first, in line {unreadable[0].line}, has {unreadable[0].reason}. "
            "Export the file again."
        )
        raise SourceError(message)
    return Rows(
        columns=make_columns(texts),
        lines=np.array(lines, np.int64),
        numbers=np.array(numbers, np.int64),
        unreadable=unreadable,
        blank_lines=blank_lines,
    )
