"""One part of a workbook, read as XML: how far its cells reach, which rows are odd."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat
from zipfile import ZipInfo

from apiuser.errors import Remedy, SourceError, escape_invisible
from apiuser.exports.read_options import RAISE

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_DEEPEST_ELEMENT = 100
_LONGEST_TAG = 1 << 20
_AROUND_TEXT = {"is", "si", "r", "rPh"}
"""What a text may be in, of a cell or shared (ECMA-376-1, 18.4)."""
_REFERENCE = re.compile(r"([A-Za-z]+)([0-9]+)")
_INDEX = re.compile(r"[0-9]{1,18}")
_ROW_NUMBERS = re.compile(r"[0-9]{1,7}")


@dataclass(slots=True)
class OddRows:
    """Rows of any sheet that are not as their cells say.

    Attributes:
        unsure: Those with a formula or an error, which may look like blank cells.
        lacking: Those with an error, or a formula without its result.
        tables: The first and the last row of each table that ends in a row of totals.
    """

    unsure: set[int] = field(default_factory=set)
    lacking: set[int] = field(default_factory=set)
    tables: set[tuple[int, int]] = field(default_factory=set)


class WorkbookPart:
    """One part of a workbook while it is read.

    Attributes:
        is_sheet: Whether it has cells.
        placed: How many cells it has.
        rows: The last row.
        columns: The last column.
        size: How many bytes it unpacks to.
        strings: How many bytes each shared string takes.
        shared: How many cells share a string, by the number of the string.
        sheets: How many sheets it names.
        odd: The rows, of all parts, that are not as their cells say.
    """

    def __init__(self, path: Path, info: ZipInfo, longest: int, odd: OddRows) -> None:
        self.is_sheet = False
        self.rows = self.columns = self.sheets = self.placed = 0
        self.size = info.file_size
        self.strings: list[int] = []
        self.shared: Counter[int] = Counter()
        self.odd = odd
        self._path, self._name, self._longest = path, info.filename, longest
        self._column = self._fed = 0
        self._open: list[str] = []
        self._in_table = self._in_cell = self._in_value = False
        self._begin_cell(None)
        # In UTF-8, whatever encoding the part declares.
        parser = expat.ParserCreate("UTF-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take_text
        parser.CommentHandler = self._refuse_remark
        parser.ProcessingInstructionHandler = self._refuse_remark
        parser.StartCdataSectionHandler = self._refuse_remark
        parser.StartDoctypeDeclHandler = self._refuse_declaration
        self._parser = parser

    @property
    def cells(self) -> int:
        """How many cells the reader of workbooks makes."""
        return self.rows * self.columns

    def feed(self, data: bytes) -> None:
        """Read more bytes; none mean the end.

        Raises:
            ExpatError: It is not XML in UTF-8, which the reader of workbooks takes.
            SourceError: A cell is too long, or has no place of its own in a workbook.
        """
        if b"\0" in data:  # as in UTF-16, which the parser knows by its mark
            reason = "not in UTF-8"
            raise expat.ExpatError(reason)
        self._parser.Parse(data, not data)
        self._fed += len(data)
        if self._fed - self._parser.CurrentByteIndex > _LONGEST_TAG:
            self.refuse("a tag is too long")
        self.columns = max(self.columns, self._column)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self._open.append(name)
        if len(self._open) > _DEEPEST_ELEMENT:
            self.refuse("marks are nested too deeply")
        if (self.is_sheet or self.strings) and len(self._open) > 1:
            self._check_text(name, self._open[-2])
        if name == "c" and self.is_sheet:
            if not self._in_table:
                self.refuse("there are cells outside the first table")
            self._in_cell = True
            self._place_cell(attributes.get("r"))
            self._begin_cell(attributes.get("t"))
        elif name == "f" and self._in_cell:
            self._computed = True
            self.odd.unsure.add(self.rows)
        elif name in {"v", "is"} and self._in_cell:
            self._take_value(name)
        elif name == "row" and self._in_table:
            self._place_row(attributes.get("r"))
            self._characters = 0
        else:
            self._begin_part(name, attributes)

    def _begin_cell(self, kind: str | None) -> None:
        self._kind = kind
        self._characters = 0
        self._valued = self._computed = self._filled = False

    def _begin_part(self, name: str, attributes: dict[str, str]) -> None:
        """Note what a part is: strings, cells, sheets, or a table."""
        if name == "si":
            self.strings.append(0)
            self._characters = 0
        elif name == "sheetData":
            # Of several tables, as links to other workbooks have, the first is read.
            self._in_table = not self.is_sheet
            self.is_sheet = True
        elif name == "sheet":
            self.sheets += 1
        elif name == "table" and attributes.get("totalsRowCount", "0") != "0":
            rows = [int(n) for n in _ROW_NUMBERS.findall(attributes.get("ref", ""))]
            if rows:
                self.odd.tables.add((rows[0], rows[-1]))

    def _check_text(self, name: str, parent: str) -> None:
        """Refuse what the reader of workbooks would take for another text."""
        if parent == "t" or (name == "t" and parent not in _AROUND_TEXT):
            self.refuse(
                "a text contains marks, or is in other marks than those of a text"
            )

    def _end(self, _name: str) -> None:
        name = self._open.pop()
        if name == "sheetData":
            self._in_table = False
        elif name == "c":
            if self._kind == "e" or (self._computed and not self._has_result()):
                self.odd.lacking.add(self.rows)
            self._in_cell = False
        elif name == "v" and self._in_value:
            self._in_value = False
            self._filled = self._text != ""
            if self._shares and self._filled:
                self._share(self._text)

    def _share(self, number: str) -> None:
        if not _INDEX.fullmatch(number):
            # The reader of workbooks would take the first text.
            self.refuse("a cell shares a text by a number that is not one")
        self.shared[int(number)] += 1

    def _has_result(self) -> bool:
        """Tell whether a formula has its result; an empty text counts as one."""
        return self._filled or (self._valued and self._kind == "str")

    def _take_value(self, name: str) -> None:
        """Begin the value of a cell, which must be the only one."""
        if self._valued:
            self.refuse("a cell has two values")
        self._valued = True
        self._in_value = name == "v"
        self._shares = self._kind == "s"
        self._text = ""
        if self._kind == "e" or (self._kind == "inlineStr" and name == "v"):
            self.odd.unsure.add(self.rows)

    def _take_text(self, text: str) -> None:
        if not (self.is_sheet or self.strings):
            return
        self._characters += len(text)
        if self._characters > self._longest:
            self._refuse_long()
        if self._in_value:
            self._text += text
        if self.strings:
            self.strings[-1] += len(text) if text.isascii() else len(text.encode())

    def _refuse_remark(self, *_text: str) -> None:
        if self.is_sheet or self.strings:
            self.refuse("there are remarks among the cells")

    def _refuse_declaration(self, *_text: str | bool | None) -> None:
        self.refuse("there is a document type declaration")

    def _place_row(self, number: str | None) -> None:
        row = self.rows + 1 if number is None else self._read_row(number, number)
        if row <= self.rows:
            self._refuse_order(f"row {row}")
        self.columns = max(self.columns, self._column)
        self.rows, self._column = row, 0

    def _place_cell(self, reference: str | None) -> None:
        row, column = self.rows, self._column + 1
        if reference is not None:
            found = _REFERENCE.fullmatch(reference)
            if found is None:
                self.refuse("a cell has a reference that is not one")
            row = self._read_row(found[2], reference)
            column = _count_columns(found[1])
        if row != self.rows or column <= self._column:
            self._refuse_order(reference or f"a cell of row {self.rows}")
        if column > LAST_COLUMN:
            self._refuse_far(reference or f"a cell of row {self.rows}")
        self._column = column
        self.placed += 1

    def _read_row(self, digits: str, reference: str) -> int:
        if not (digits.isascii() and digits.isdigit()):
            self.refuse("a row has a number that is not one")
        if len(digits) > len(str(LAST_ROW)) or int(digits) > LAST_ROW:
            self._refuse_far(reference)
        return int(digits)

    def _refuse_far(self, reference: str) -> NoReturn:
        place = escape_invisible(reference[:20])
        self.refuse(f"the reference {place} lies beyond XFD{LAST_ROW}, the last cell")

    def _refuse_order(self, place: str) -> NoReturn:
        self.refuse(
            f"{place[:20]} comes twice or out of order, so something would be lost"
        )

    def _refuse_long(self) -> NoReturn:
        reason = f"a cell contains more than {self._longest} characters."
        remedy = Remedy(option="max_cell", advice=RAISE)
        raise SourceError(reason, path=self._path, remedies=(remedy,))

    def refuse(self, what: str) -> NoReturn:
        """Refuse the workbook for what is in this part.

        Raises:
            SourceError: Always.
        """
        reason = (
            f"in {ascii(self._name)[1:-1][:80]} {what}. Save it again with Excel, or "
            "export the resources as CSV."
        )
        raise SourceError(reason, path=self._path)


@cache
def _count_columns(letters: str) -> int:
    """Return a column's number from its letters, as in AB, or one above the limit."""
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
