"""Delimited text read piece by piece: plain lines many at a time, others singly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from apiuser.errors import Remedy, SourceError, count_noun
from apiuser.exports.delimited.dialects import Dialect, find_dialect
from apiuser.exports.delimited.plain_lines import (
    Shape,
    find_end,
    split_lines,
)
from apiuser.exports.delimited.records import (
    QuoteError,
    Record,
    encloses_rows,
    scan_records,
)
from apiuser.exports.encodings import is_twice_encoded
from apiuser.exports.headers import DELIMITER_NAMES, show_headers
from apiuser.exports.read_options import (
    LONGEST_CELLS,
    MOST_UNREADABLE,
    NO_DATA,
    RAISE,
    ReadOptions,
)
from apiuser.exports.rows import Rows, describe_width
from apiuser.exports.skipped_lines import take_above
from apiuser.exports.surroundings import (
    COUNTS,
    UNDERLINE,
    explain_row_count,
    is_row_count,
)

_HEAD = 1 << 16
"""In how many characters the header and a proof of its delimiter are searched for."""
_MOST_NAMELESS = 100_000
"""How many records may have no username."""
_SAMPLED = 100
"""One name in so many shows whether there are blank ones worth counting."""
_BLANKS = " \t\r\n\0"


@dataclass(slots=True, kw_only=True)
class _Text:
    """The part of a text that is not used yet.

    Attributes:
        pieces: What is still to be read.
        pending: What was read and not used.
        ended: Whether nothing follows.
        twice_encoded: Whether accents look as if they were encoded twice.
        last: The last character read.
    """

    pieces: Iterator[str]
    pending: str = ""
    ended: bool = False
    twice_encoded: bool = False
    last: str = ""

    def read(self, least: int) -> None:
        """Read one or more pieces, until there are so many characters or no more."""
        parts = [self.pending]
        size = len(self.pending)
        while True:
            piece = next(self.pieces, None)
            if piece is None:
                self.ended = True
                break
            # The two characters that show it may be in different pieces.
            self.twice_encoded = self.twice_encoded or is_twice_encoded(
                self.last + piece
            )
            self.last = piece[-1:]
            parts.append(piece)
            size += len(piece)
            if size >= least:
                break
        self.pending = "".join(parts)


def read_text(
    pieces: Iterator[str], path: Path, options: ReadOptions
) -> tuple[Rows, str, bool]:
    """Read all records of a delimited text.

    Args:
        pieces: The text, in pieces of any size.
        path: The file, for messages.
        options: How to read it.

    Returns:
        The records, the delimiter, and whether accents look as if encoded twice.

    Raises:
        SourceError: It cannot be understood as a table of resources.
    """
    text = _Text(pieces=pieces)
    dialect = _find_header(text, path, options)
    rows = begin_rows(dialect, path, options)
    _read_records(text, rows, dialect, options)
    return rows, dialect.delimiter, text.twice_encoded


def begin_rows(dialect: Dialect, path: Path, options: ReadOptions) -> Rows:
    """Return no rows yet, but what is known about all of them."""
    rows = Rows(path, dialect.headers, dialect.username, options)
    rows.notices += dialect.notices
    rows.name_width = dialect.name_width
    if dialect.rule:
        rows.skipped_lines.append((dialect.rule, UNDERLINE))
    take_above(rows, dialect.above, options.skip_lines, dialect.delimiter)
    return rows


def _find_header(text: _Text, path: Path, options: ReadOptions) -> Dialect:
    """Read on to the end of the header, and leave what follows it."""
    most = LONGEST_CELLS * options.max_cell
    while True:
        text.read(max(_HEAD, 2 * len(text.pending)))
        dialect = None
        if text.pending.strip(_BLANKS):
            dialect = find_dialect(text.pending, path, options, ended=text.ended)
        elif text.ended:
            raise SourceError(NO_DATA, path=path)
        if dialect:
            text.pending = text.pending[dialect.start :]
            return dialect
        if len(text.pending) > most:
            reason = f"no header ends within the first {most} characters."
            remedy = Remedy(option="max_cell", advice=RAISE)
            raise SourceError(reason, path=path, remedies=(remedy,))


def _read_records(
    text: _Text, rows: Rows, dialect: Dialect, options: ReadOptions
) -> None:
    """Read all records after the header."""
    shape = Shape(
        delimiter=dialect.delimiter,
        width=rows.width,
        wanted=list(rows.places.values()),
        longest=options.max_cell,
    )
    line = dialect.line
    nameless = 0
    while True:
        seen = len(rows.lines)
        end = find_end(text.pending, ended=text.ended)
        plain = split_lines(
            text.pending[:end], shape, line=line, number=rows.records + 1
        )
        if plain is None:
            end, line = _read_one_by_one(text, rows, shape, line)
        else:
            rows.extend(
                plain.columns,
                lines=plain.lines,
                numbers=plain.numbers,
                unreadable=plain.unreadable,
            )
            rows.unread.add(plain.unread)
            rows.blank_lines += plain.blank_lines
            line = plain.next_line
        text.pending = text.pending[end:]
        nameless += _count_nameless(rows.texts["username"][seen:])
        rows.check_number(options.max_records)
        if nameless >= _MOST_NAMELESS:
            _refuse_nameless(rows, nameless)
        if len(rows.unreadable) >= MOST_UNREADABLE or (
            text.ended and rows.unreadable and not rows.lines
        ):
            _refuse_misfits(rows, dialect)
        if text.ended:
            return
        if len(text.pending) > LONGEST_CELLS * options.max_cell:
            _refuse_long(text.pending, rows, shape, line)
        # A record that has not ended is read again, with twice as much text.
        text.read(2 * len(text.pending))


def _read_one_by_one(
    text: _Text, rows: Rows, shape: Shape, line: int
) -> tuple[int, int]:
    """Read the records that are complete so far, or say what is wrong.

    Returns:
        Where the next record begins, and in which line.
    """
    end = 0
    records = scan_records(
        text.pending, delimiter=shape.delimiter, line=line, ended=text.ended
    )
    try:
        for record in records:
            begin, end, line = end, record.end, record.next_line
            fields = len(record.fields)
            if record.blank:
                rows.blank_lines += 1
            elif record.reason:
                raw = text.pending[begin:end]
                rows.add_unreadable(record.reason, [raw], line=record.line)
            elif fields == 1 != shape.width and is_row_count(record.fields[0]):
                _take_row_count(rows, record)
            elif fields != shape.width:
                reason = describe_width(fields, shape.width)
                rows.add_unreadable(reason, record.fields, line=record.line)
            else:
                rows.add(record.fields, line=record.line, longest=shape.longest)
                if record.next_line > record.line + 1 and encloses_rows(
                    record.fields, shape.delimiter
                ):
                    rows.enclosing.append(record.line)
                    rows.unread.add(record.fields)
    except QuoteError as error:
        reason = (
            f"{error.reason}. Write a quotation mark inside a field twice, "
            "or export again."
        )
        raise SourceError(
            reason, path=rows.path, line=error.line, record=rows.records + 1
        ) from None
    return end, line


def _count_nameless(names: Sequence[str]) -> int:
    """Count the names of nothing but blanks, if there may be many."""
    if all(map(str.strip, names[::_SAMPLED])):
        return 0
    return len(names) - sum(map(bool, map(str.strip, names)))


def _refuse_nameless(rows: Rows, nameless: int) -> NoReturn:
    """Refuse a file with too many records without a username.

    Raises:
        SourceError: Always.
    """
    at = next(at for at, name in enumerate(rows.texts["username"]) if not name.strip())
    reason = (
        f"{nameless} of the {rows.records} records up to here have no username, the "
        f"first in line {rows.lines[at]}. Export the resources again, with the "
        "username column and without rows that are not resources."
    )
    raise SourceError(reason, path=rows.path, line=rows.lines[-1])


def _take_row_count(rows: Rows, record: Record) -> None:
    """Skip a line that counts the records above it, if its number is right."""
    reason = explain_row_count(record.fields[0], rows.records)
    if reason:
        rows.add_unreadable(reason, record.fields, line=record.line)
    else:
        rows.skipped_lines.append((record.line, COUNTS))


def _refuse_long(pending: str, rows: Rows, shape: Shape, line: int) -> NoReturn:
    """Refuse a record that goes on and on, and say why it may do so."""
    most = LONGEST_CELLS * shape.longest
    reason = f"the record contains more than {most} characters."
    try:
        next(scan_records(pending, delimiter=shape.delimiter, line=line))
    except QuoteError as error:
        size = len(pending) - error.at
        if size > shape.longest:
            line = error.line
            reason = f"{error.reason} within the next {size} characters."
    raise SourceError(
        reason,
        path=rows.path,
        line=line,
        record=rows.records + 1,
        remedies=(Remedy(option="max_cell", advice=RAISE),),
    )


def _refuse_misfits(rows: Rows, dialect: Dialect) -> NoReturn:
    """Refuse a file if none of its records can be read, or too many cannot.

    Raises:
        SourceError: Always.
    """
    first = rows.unreadable[0]
    if rows.lines:
        reason = (
            f"{len(rows.unreadable)} records up to record {rows.records} cannot be "
            f"read. The first, in line {first.line}, has {first.reason}. Export the "
            "file again."
        )
        raise SourceError(reason, path=rows.path)
    name = DELIMITER_NAMES.get(dialect.delimiter, "character given")
    reason = (
        f"no record is as wide as the header, split by {name} "
        f"({count_noun(rows.width, 'field')}: {show_headers(rows.headers)}). The first, "
        f"in line {first.line}, has {first.reason}. Export the file again."
    )
    raise SourceError(reason, path=rows.path)
