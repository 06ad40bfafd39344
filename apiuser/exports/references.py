"""Where the cells of a workbook stand, read from its parts before the reader is.

The reader takes any reference, and of two cells with one reference the later, so what
lies beyond a workbook, or comes twice or out of order, is refused.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from apiuser.errors import SourceError

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_REACH = 1 << 16  # how long a cell may be where it is cut between two chunks
_OTHER = rb"""(?!r\s*=)[^\s=<>"'/]++\s*+=\s*+(?:"[^"]*+"|'[^']*+')"""
_REFERENCE = rb"""r\s*+=\s*+["']([A-Za-z]*+)([0-9]*+)["']"""
_NAME = rb"<(?:[^\s<>/:!?]*+:)?+(sheetData|row|c)(?=[\s/>])"
_TAG = re.compile(
    rb"<(!|\?(?!xml\s))|%b(?:\s*+(?:%b|%b))*+\s*+/?+(>?)" % (_NAME, _REFERENCE, _OTHER)
)
_CELLS = re.compile(_NAME)
_BEGINNING = re.compile(rb"<(?:[^\s<>/:!?]*:)?(?:row|c|si|sheet)(?=[\s/>])")
_SHARED = re.compile(rb"""[\s"']t\s*=\s*["']s["']""")
_INDEX = re.compile(
    rb"""[\s"']t\s*=\s*["']s["'][^<>]*>\s*<(?:[^\s<>/:]*:)?v\s*>\s*([0-9]{1,9})\s*<"""
)
_STRING = re.compile(rb"<(?:[^\s<>/:!?]*:)?si(?=[\s/>])")
_SHEET = re.compile(rb"<(?:[^\s<>/:!?]*:)?sheet(?=[\s/>])")
_ADVICE = "Save it again with Excel, or export the resources as CSV."


@dataclass(kw_only=True)
class Part:
    """What was seen of one part of a workbook.

    Attributes:
        path: The workbook.
        name: The part.
        rows: The last row.
        columns: The last column.
        shared: How many cells share a string, by the number of the string.
        unknown: How many cells share a string that was not found out.
        strings: How many bytes each string takes that can be shared.
        listed: How many sheets it names.
    """

    path: Path
    name: str
    rows: int = 0
    columns: int = 0
    shared: Counter[bytes] = field(default_factory=Counter)
    unknown: int = 0
    strings: list[int] = field(default_factory=list)
    listed: int = 0
    _digits: bytes = b""
    _column: int = 0
    _sheet: bool = False
    _odd: bool = False

    @property
    def has_cells(self) -> bool:
        """Whether it is a sheet."""
        return self._sheet

    def take(self, chunks: Iterable[bytes]) -> Iterator[int]:
        """Read on, and yield how many bytes came.

        Raises:
            SourceError: A cell has no place of its own in a workbook.
        """
        tail = b""
        for chunk in chunks:
            text = tail + chunk
            cut = self._find_cut(text)
            self._read(text[:cut])
            tail = text[cut:]
            yield len(chunk)
        self._read(tail)

    def _find_cut(self, text: bytes) -> int:
        """Return where the last cell begins, which may not be whole."""
        near = max(len(text) - _REACH, 0)
        cut = max((m.start() for m in _BEGINNING.finditer(text, near)), default=-1)
        if cut >= 0:
            return cut
        last = text.rfind(b"<")
        if last < 0 or b">" in text[last:]:
            return len(text)
        if last >= near:
            return last
        if _CELLS.match(text, last):
            self._refuse("a cell is longer than any")
        return len(text)

    def _read(self, text: bytes) -> None:
        for odd, kind, letters, digits, end in _TAG.findall(text):
            # Nearly all that there is, so it is worth a way of its own.
            if (
                kind == b"c"
                and end
                and digits
                and digits == self._digits
                and self._column < (column := _count_columns(letters)) <= LAST_COLUMN
            ):
                self._column = column
            elif odd or kind == b"sheetData":
                self._odd |= bool(odd)
                self._sheet |= not odd
                if self._odd and self._sheet:
                    self._refuse("there are remarks among the cells")
            elif self._sheet and kind == b"c":
                self._place_cell(letters, digits, end)
            elif self._sheet:
                self._place_row(letters, digits, end)
        self.columns = max(self.columns, self._column)
        self.listed += len(_SHEET.findall(text)) if b"sheet" in text else 0
        if self._sheet:
            found = _INDEX.findall(text)
            self.shared.update(found)
            self.unknown += len(_SHARED.findall(text)) - len(found)
        self._measure(text)

    def _place_cell(self, letters: bytes, digits: bytes, end: bytes) -> None:
        row = self._check(letters, digits) if digits else self.rows
        column = _count_columns(letters) if letters else self._column + 1
        if not end or bool(letters) != bool(digits):
            self._refuse("a cell has a reference that is none")
        if row != self.rows or column <= self._column:
            self._refuse_order(letters, digits)
        if column > LAST_COLUMN:
            self._refuse_far(letters, digits)
        self._column = column

    def _place_row(self, letters: bytes, digits: bytes, end: bytes) -> None:
        row = self._check(letters, digits) if digits else self.rows + 1
        if not end:
            self._refuse("a row has a number that is none")
        if row <= self.rows:
            self._refuse_order(letters, digits)
        self.columns = max(self.columns, self._column)
        self.rows = row
        self._digits = digits
        self._column = 0

    def _measure(self, text: bytes) -> None:
        starts = []
        if b"<si" in text or b":si" in text:
            starts = [match.start() for match in _STRING.finditer(text)]
        if self.strings:
            self.strings[-1] += starts[0] if starts else len(text)
        ends = [*starts[1:], len(text)]
        self.strings += (end - start for start, end in zip(starts, ends, strict=False))

    def _check(self, letters: bytes, digits: bytes) -> int:
        if len(digits) > len(str(LAST_ROW)):
            self._refuse_far(letters, digits)
        row = int(digits)
        if row > LAST_ROW:
            self._refuse_far(letters, digits)
        return row

    def _refuse_far(self, letters: bytes, digits: bytes) -> None:
        place = (letters + digits).decode()[:20]
        self._refuse(f"the reference {place} lies beyond XFD{LAST_ROW}, the last cell")

    def _refuse_order(self, letters: bytes, digits: bytes) -> None:
        place = (letters + digits).decode() or f"a cell of row {self.rows}"
        kind = "row " if digits and not letters else ""
        self._refuse(
            f"{kind}{place} comes twice or out of order, so something would be lost"
        )

    def _refuse(self, reason: str) -> None:
        message = f"{self.path}: in {ascii(self.name)[1:-1][:80]} {reason}. {_ADVICE}"
        raise SourceError(message)


def count_shared(parts: Sequence[Part]) -> int:
    """Return how many bytes the shared strings take once each cell has its own."""
    shared: Counter[int] = Counter()
    for part in parts:
        for index, cells in part.shared.items():
            shared[int(index)] += cells
    unknown = sum(part.unknown for part in parts)
    # The strings may stand in a part of any name.
    return max(
        (
            unknown * max(part.strings, default=0)
            + sum(
                cells * part.strings[index]
                for index, cells in shared.items()
                if index < len(part.strings)
            )
            for part in parts
        ),
        default=0,
    )


@cache
def _count_columns(letters: bytes) -> int:
    """Return the number of a column from its letters, as in AB, or one beyond all."""
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - ord("A") + 1
    return number
