"""Large exports part by part, on all processors, without the file in memory.

Each part ends with a line that ends a record, and is read by the fast reader, which
proves it. Where any part needs the careful reader, the whole file goes there.
"""

import os
import stat
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
import pyarrow as pa

from apiuser.errors import SourceError
from apiuser.exports.arrow import OFFSETS_END, find_pool
from apiuser.exports.dialects import Dialect, find_dialect
from apiuser.exports.encodings import Text, find_plain_text, is_utf8
from apiuser.exports.fast import read_fast
from apiuser.exports.headers import map_columns
from apiuser.exports.proving import find_byte
from apiuser.exports.rows import Rows
from apiuser.exports.sources import recognise, refuse_changed
from apiuser.exports.threads import work_together

if TYPE_CHECKING:
    from apiuser.exports.resources import Unreadable

PART = 1 << 21
"""About how many bytes are read at a time; smaller files are read whole."""
_LONGEST = 4  # parts that a record may take
_LF, _QUOTE = b'\n"'
_HEAD = 1 << 20


@dataclass(slots=True, kw_only=True)
class _Stream:
    """A file that several threads take parts of, in turn.

    Attributes:
        rest: What follows the last line of the part before.
        parts: The rows of each part, in any order while threads work.
        failed: Whether a part needs the careful reader.
    """

    file: BinaryIO
    dialect: Dialect
    columns: Mapping[str, int]
    max_cell: int
    large: bool
    rest: bytes
    size: int = 0
    ended: bool = False
    failed: bool = False
    taken: int = 0
    parts: dict[int, Rows] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


def read_stream(  # noqa: PLR0913  # options, by keyword only
    path: Path,
    *,
    encoding: str | None,
    column: str | None,
    skip_lines: int,
    max_columns: int,
    max_cell: int,
    part: int = PART,
) -> tuple[Text, Dialect, Rows] | None:
    """Read a large export in UTF-8; None where it is for the other readers.

    Returns:
        The beginning of the text, where the columns are, and the records.

    Raises:
        AccessError: The file changed while it was read.
    """
    try:
        before = path.stat()
        if not stat.S_ISREG(before.st_mode) or before.st_size <= part:
            return None
        with path.open("rb") as file:
            first = file.read(max(part, _HEAD))
            begun = _begin(
                first,
                path,
                encoding=encoding,
                column=column,
                skip_lines=skip_lines,
                max_columns=max_columns,
            )
            if begun is None:
                return None
            text, dialect, start = begun
            columns, _ = map_columns(dialect.headers, dialect.username)
            stream = _Stream(
                file=file,
                dialect=dialect,
                columns=columns,
                max_cell=max_cell,
                large=before.st_size > OFFSETS_END,
                rest=first[start:],
                size=len(first),
            )
            del first
            work_together(partial(_read_parts, stream, part))
            after = os.fstat(file.fileno())
    except (OSError, ValueError):
        return None  # the reader of whole files says what is wrong
    if stream.failed or not stream.parts:
        return None
    refuse_changed(before, after, stream.size, path)
    parts = [stream.parts.pop(at) for at in sorted(stream.parts)]
    return text, dialect, _merge(parts, dialect.line)


def _begin(  # noqa: PLR0913  # options, by keyword only
    first: bytes,
    path: Path,
    *,
    encoding: str | None,
    column: str | None,
    skip_lines: int,
    max_columns: int,
) -> tuple[Text, Dialect, int] | None:
    """Return the beginning as text, the dialect, and where the first record begins."""
    mark = find_plain_text(first, encoding)
    if mark is None or recognise(first) is not None:
        return None
    head = first[mark.skip : mark.skip + _HEAD]
    decoded = head.decode("utf-8", "ignore")
    try:
        dialect = find_dialect(
            decoded, path, column=column, skip_lines=skip_lines, max_columns=max_columns
        )
    except SourceError:
        return None
    if dialect.start >= len(decoded):
        return None
    start = mark.skip + len(decoded[: dialect.start].encode())
    # What stands in front of the records is checked here, the rest part by part.
    if not is_utf8(first[:start]):
        return None
    return Text(data=head, encoding=mark.label), dialect, start


def _read_parts(stream: _Stream, part: int) -> None:
    try:
        while (taken := _take_part(stream, part)) is not None:
            at, data = taken
            rows = None
            if is_utf8(data):
                rows = read_fast(
                    data,
                    replace(stream.dialect, line=0),
                    stream.columns,
                    start=0,
                    max_cell=stream.max_cell,
                    alone=False,
                    large=stream.large,
                )
            if rows is None:
                stream.failed = True
                return
            stream.parts[at] = _shorten(rows)
    except BaseException:
        stream.failed = True  # the other threads need not go on
        raise


def _take_part(stream: _Stream, part: int) -> tuple[int, bytes] | None:
    """Read on to the end of a record; None where nothing is left or a part failed."""
    with stream.lock:
        if stream.ended or stream.failed:
            return None
        data = stream.rest
        while True:
            more = stream.file.read(part)
            stream.size += len(more)
            if not more:
                stream.ended = True
                break
            end = more.rfind(b"\n") + 1
            if end and b'"' not in data and b'"' not in more:
                stream.rest = more[end:]
                data = b"".join((data, memoryview(more)[:end]))
                break
            data += more
            end = _find_end(data)
            if end:
                stream.rest = data[end:]
                data = data[:end]
                break
            if len(data) > _LONGEST * part:
                stream.failed = True  # as after a mark too many, which others explain
                return None
        if not data:
            return None
        stream.taken += 1
        return stream.taken, data


def _find_end(data: bytes) -> int:
    """Return where the last whole record of a part ends; 0 where none does."""
    body = np.frombuffer(data, np.uint8)
    ends = find_byte(body, _LF)
    # An odd number of marks in front: that line end stands inside of a field.
    whole = np.flatnonzero(np.searchsorted(find_byte(body, _QUOTE), ends) % 2 == 0)
    return int(ends[whole[-1]]) + 1 if len(whole) else 0


def _shorten(rows: Rows) -> Rows:
    """Count in half the bytes while all parts are kept: a part is far below 2 GiB."""
    return replace(
        rows,
        lines=rows.lines.astype(np.int32),
        numbers=rows.numbers.astype(np.int32),
    )


def _merge(parts: list[Rows], line: int) -> Rows:
    """Join the parts in their order; lines and records are counted on."""
    size = sum(len(rows.lines) for rows in parts)
    lines, numbers = np.empty(size, np.int64), np.empty(size, np.int64)
    unreadable: list[Unreadable] = []
    at = number = 0
    for rows in parts:
        span = slice(at, at + len(rows.lines))
        np.add(rows.lines, line, out=lines[span])
        np.add(rows.numbers, number, out=numbers[span])
        unreadable += [
            replace(item, line=item.line + line, record=item.record + number)
            for item in rows.unreadable
        ]
        at = span.stop
        line += rows.line_ends
        number += rows.records
    columns: dict[str, Any] = {
        role: pa.chunked_array([rows.columns[role] for rows in parts])
        for role in parts[0].columns
    }
    columns["username"] = columns["username"].combine_chunks(memory_pool=find_pool())
    find_pool().release_unused()
    return Rows(
        columns=columns,
        lines=lines,
        numbers=numbers,
        unreadable=unreadable,
        blank_lines=sum(rows.blank_lines for rows in parts),
    )
