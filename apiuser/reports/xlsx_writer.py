"""A workbook in memory: typed, with filters, nothing that runs.

XlsxWriter makes everything except the rows, which it would keep as objects: they are
written into its sheets as they come. Texts are stored as texts with the mark that
keeps Excel from taking them for a formula, even when a cell is edited. The same rows
give the same bytes.
"""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, Self
from xml.sax.saxutils import escape
from zipfile import ZipFile, ZipInfo

from apiuser.errors import escape_invisible
from apiuser.exports.xlsx.workbook_part import LAST_ROW
from apiuser.reports.report_columns import TITLE
from apiuser.reports.wording import explain_cut

Cell = str | int | None

MOST_ROWS = LAST_ROW - 1
"""The most rows of a sheet, without its header."""
_BATCH = 1_000  # rows that are written at a time
_LONGEST_CELL = (
    32_767  # characters in a cell of Excel, those beyond U+FFFF counted twice
)
_ROOM = 120  # characters that the sentence on a cut cell takes at most
_LINE, _HIGHEST = 15, 409  # points; Excel allows no more for a row
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # a fixed date, for the same bytes
_WIDTHS = {"Code": 9, "Severity": 10, "File": 28, "Username": 32, "What to do": 80,
           "Level": 14, "Text": 100, "Tenant": 24, "What it proves": 80,
           "Reason": 80, "Proposed": 32, "Not in the list": 32, "Encoding": 20, "Delimiter": 12,
           "Unreadable": 12, "Username column": 20}  # fmt: skip
_WRAPPED = {"Text", "What to do", "What it proves", "Reason"}
_NUMBERS = {"Line", "Record", "Group", "Records", "Unreadable", "Files", "Refused",
            "Errors", "Warnings", "Notices", "Findings"}  # fmt: skip
# What a spreadsheet would take for the code point of a character.
_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

MakeRows = Callable[[], Iterable[tuple[Cell, ...]]]
"""Gives the rows of a sheet, afresh each time."""


@dataclass(frozen=True, slots=True)
class _FilledSheet:
    """What is written into a sheet.

    Attributes:
        headers: The headers of its columns.
        formats: How the cells of each column look.
        rows: Its rows.
        size: How many of them there is room for.
    """

    headers: Sequence[str]
    formats: Sequence[Any]
    rows: MakeRows
    size: int


class Book:
    """A workbook in memory; its bytes are complete when the block ends.

    Attributes:
        cuts: What does not fit into the sheets filled so far, as sentences.
        data: All of the file, once the block has ended.
    """

    data: bytes

    def __init__(self, names: Iterable[str]) -> None:
        """Begin a workbook with empty sheets, by their names and in their order."""
        from xlsxwriter import Workbook  # noqa: PLC0415  # late: a format of its own

        self._frame = io.BytesIO()
        self._book: Any = Workbook(self._frame, {"in_memory": True})
        self._book.set_properties({"created": _MADE, "title": TITLE})
        top = {"quote_prefix": True, "valign": "top"}
        self._text = self._book.add_format(top)
        self._wrapped = self._book.add_format(top | {"text_wrap": True})
        self._number = self._book.add_format(
            {"align": "right", "indent": 1, "valign": "top"}
        )
        self._header = self._book.add_format({"bold": True, "bottom": 1})
        self._sheets = {name: self._book.add_worksheet(name) for name in names}
        self._filled: dict[str, _FilledSheet] = {}
        self.cuts: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()
        self.data = self._write()

    def fill(
        self,
        name: str,
        headers: Sequence[str],
        rows: MakeRows,
        *,
        below: Sequence[str] = (),
    ) -> None:
        """Fill a sheet, with a frozen header and a filter over its columns.

        Rows beyond the last one of a sheet are only counted.

        Args:
            name: Which sheet.
            headers: The headers of its columns, which say what is in them.
            rows: Its rows.
            below: Sentences under the table.
        """
        sheet = self._sheets[name]
        formats = [self._find_format(header) for header in headers]
        for at, (header, look) in enumerate(zip(headers, formats, strict=True)):
            sheet.write_string(0, at, header, self._header)
            sheet.set_column(at, at, _WIDTHS.get(header, 10), look)
        number = sum(1 for _ in rows())
        last = min(number, MOST_ROWS)
        if last:  # where the rows end; they are written between this and the header
            sheet.write_blank(last, 0, None, self._text)
        if cut := explain_cut(last, number, f"rows of the sheet {name}"):
            self.cuts.append(cut)
        for at, text in enumerate(below, start=last + 2):
            sheet.write_string(at, 0, text, self._text)
        sheet.freeze_panes(1, 0)
        # Printed: as wide as the paper, with the header on each page.
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, last, len(headers) - 1)
        self._filled[name] = _FilledSheet(headers, formats, rows, last)

    def _find_format(self, header: str) -> Any:  # noqa: ANN401  # XlsxWriter has no types
        if header in _NUMBERS:
            return self._number
        return self._wrapped if header in _WRAPPED else self._text

    def _write(self) -> bytes:
        """Copy what XlsxWriter made, and write the rows into its sheets."""
        buffer = io.BytesIO()
        sheets = {
            f"xl/worksheets/sheet{at}.xml": self._filled.get(name)
            for at, name in enumerate(self._sheets, start=1)
        }
        with ZipFile(self._frame) as frame, ZipFile(buffer, "w") as book:
            try:
                for part in frame.infolist():
                    _write_part(book, part, frame.read(part), sheets.get(part.filename))
            except KeyboardInterrupt:
                book.fp = None  # zipfile refuses to close a book with an open part
                raise
        return buffer.getvalue()


def _write_part(
    book: ZipFile, part: ZipInfo, content: bytes, sheet: _FilledSheet | None
) -> None:
    if sheet is None or not sheet.size:
        book.writestr(part, content)
        return
    header, _, rest = content.partition(b"</row>")
    _, end, rest = rest.partition(b"</row>")
    with book.open(part, "w") as file:
        file.write(header + end)
        for rows in _write_rows(sheet):
            file.write(rows)
        file.write(rest)


def _write_rows(sheet: _FilledSheet) -> Iterator[bytes]:
    """Yield the rows of a sheet as XML, many at a time."""
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415  # late, as above

    columns = [
        (
            xl_col_to_name(at),
            look.xf_index,
            _WIDTHS[header] if header in _WRAPPED else 0,
        )
        for at, (header, look) in enumerate(
            zip(sheet.headers, sheet.formats, strict=True)
        )
    ]
    rows = enumerate(islice(sheet.rows(), sheet.size), start=2)
    while batch := [_write_row(at, row, columns) for at, row in islice(rows, _BATCH)]:
        yield "".join(batch).encode()


def _write_row(
    at: int, row: tuple[Cell, ...], columns: Iterable[tuple[str, int, int]]
) -> str:
    lines = 1
    cells = []
    for cell, (letter, style, width) in zip(row, columns, strict=True):
        if isinstance(cell, int):
            cells.append(f'<c r="{letter}{at}" s="{style}"><v>{cell}</v></c>')
        elif cell:
            text, length = _spell(cell)
            cells.append(
                f'<c r="{letter}{at}" s="{style}" t="inlineStr">'
                f'<is><t xml:space="preserve">{text}</t></is></c>'
            )
            if width:
                # Not every program finds the height of wrapped text itself.
                lines = max(lines, -(-length // width))
    height = (
        f' ht="{min(lines * _LINE, _HIGHEST)}" customHeight="1"' if lines > 1 else ""
    )
    return f'<row r="{at}"{height}>{"".join(cells)}</row>'


@lru_cache(maxsize=1024)  # all but usernames occur in many rows
def _spell(text: str) -> tuple[str, int]:
    """Return a text as XML, and how many characters are shown."""
    fitting = _fit(text if text.isprintable() else escape_invisible(text))
    return _CODE.sub("_x005F_", escape(fitting)), len(fitting)


def _measure(text: str) -> int:
    """Return how many characters Excel counts."""
    return len(text) + sum(c > "\uffff" for c in text)


def _fit(text: str) -> str:
    room = _LONGEST_CELL
    if 2 * len(text) <= room or _measure(text) <= room:
        return text
    room -= _ROOM
    if _measure(text[:room]) > room:
        units = text[:room].encode("utf-16-le")[: 2 * room]
        room = len(units.decode("utf-16-le", "ignore"))
    cut = explain_cut(room, len(text), "characters")
    return f"{text[:room]} ({cut})"
