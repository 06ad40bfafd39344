"""How many records a text in UTF-8 holds, counted without splitting its fields.

The count is right if no byte is NUL, no line is empty, every carriage return comes
before a line feed, and every quotation mark opens or closes a field at its border. Then
each line feed outside quotation marks ends a record.
"""

import threading
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import BinaryIO

from apiuser.exports.delimited.dialects import Dialect
from apiuser.exports.delimited.records import may_enclose_rows
from apiuser.exports.encodings import is_twice_encoded

_BLOCK = 1 << 15
"""Small enough that a block stays in the processor's cache while it is read."""
_LEAST = 1 << 9


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCount:
    """What the bytes show about their records.

    Attributes:
        records: How many there are.
        first_line: The line in which the first begins.
        longer: For each line end inside a record, the number of that record.
        twice_encoded: Whether accents look as if they were encoded twice.
    """

    records: int
    first_line: int
    longer: "array[int]"
    twice_encoded: bool

    def find_line(self, number: int) -> int:
        """Return the line in which a record begins, by its number from 1 on."""
        return self.first_line + number - 1 + bisect_left(self.longer, number)


def count_records(
    file: BinaryIO,
    dialect: Dialect,
    *,
    longest: int,
    stop: threading.Event,
) -> RecordCount | None:
    """Count the records from where a file is left to its end.

    Args:
        file: The file.
        dialect: Its layout.
        longest: The most characters in one cell.
        stop: Set when the count is no longer needed.

    Returns:
        The count; None if only the reader of records can tell.
    """
    # A cell longer than three blocks fills two at least, in which no record ends.
    size = min(_BLOCK, longest // 3)
    if size < _LEAST:
        return None
    counter = _Counter(dialect.delimiter.encode(), len(dialect.headers))
    blank = f"{dialect.delimiter}\r\n".encode()
    rest = b""
    without = 0
    while not stop.is_set() and (block := file.read(size)):
        before = counter.records
        lines, end, last = block.rpartition(b"\n")
        if end:
            whole = b"".join((rest, lines, end))
            if not counter.add(whole):
                return None
            # Where one line is blank, many are, and DuckDB reads them in vain.
            line = whole[whole.rfind(b"\n", 0, -1) + 1 :]
            if not counter.inside and not line.strip(blank):
                return None
            rest = last
        else:
            rest += last
        without = 0 if counter.records > before else without + 1
        if without > 1:
            return None
    if rest.endswith(b"\r") or not counter.add(rest) or counter.inside:
        return None
    return RecordCount(
        records=counter.records + bool(rest),
        first_line=dialect.line,
        longer=counter.longer,
        twice_encoded=counter.twice_encoded,
    )


class _Counter:
    """Counts the records in one block of whole lines after the other.

    Attributes:
        records: How many records have ended.
        longer: For each line end inside a record, the number of that record.
        inside: Whether the next block begins inside quotation marks.
        twice_encoded: Whether accents look as if they were encoded twice.
    """

    def __init__(self, delimiter: bytes, width: int) -> None:
        self._delimiter, self._width = delimiter, width
        self._open = b""  # the beginning of a field that goes on in the next block
        self.records = 0
        self.longer: array[int] = array("q")
        self.inside = False
        self.twice_encoded = False
        self._before = {b"", delimiter, b"\n"}
        self._behind = {b"", delimiter, b"\n", b"\r"}

    def add(self, data: bytes) -> bool:
        """Count the next block; False if only the reader of records can."""
        if not data.isascii():
            try:
                text = data.decode()
            except UnicodeDecodeError:
                return False
            self.twice_encoded = self.twice_encoded or is_twice_encoded(text)
        if b"\0" in data or (
            b"\r" in data and data.count(b"\r") != data.count(b"\r\n")
        ):
            return False
        if self.inside or b'"' in data:
            return self._add_quoted(data)
        self.records += data.count(b"\n")
        return True

    def _add_quoted(self, data: bytes) -> bool:
        parts = data.split(b'"')
        begun, self.inside = self.inside, self.inside ^ (len(parts) % 2 == 0)
        outside = parts[begun::2]
        # A block begins and ends with a line, and that is a border too.
        behind = outside if begun else outside[1:]
        before = outside if self.inside else outside[:-1]
        if (
            not {part[:1] for part in behind} <= self._behind
            or not {part[-1:] for part in before} <= self._before
        ):
            return False
        fields = parts[1 - begun :: 2]
        quoted = b'"'.join(fields)
        fields[0] = self._open + fields[0]
        self._open = fields.pop() if self.inside else b""
        if b"\n" not in quoted:
            self.records += data.count(b"\n")
            return True
        if any(
            may_enclose_rows(
                field.count(self._delimiter), field.count(b"\n"), self._width
            )
            for field in fields
            if b"\n" in field
        ):
            return False  # the reader of records looks at what they enclose
        parts[1 - begun :: 2] = quoted.replace(b"\n", b"\0").split(b'"')
        marked = b'"'.join(parts)
        start = 0
        while (found := marked.find(b"\0", start)) >= 0:
            self.records += marked.count(b"\n", start, found)
            self.longer.append(self.records + 1)
            start = found + 1
        self.records += marked.count(b"\n", start)
        return True
