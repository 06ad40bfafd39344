"""A workbook in memory: typed, with filters, nothing that runs.

Texts are stored as texts with the mark that keeps Excel from taking them for a
formula, also when a cell is edited. The same rows give the same bytes.
"""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Self

from apiuser.exports import escape_invisible
from apiuser.reports.truncation import explain_cut

Cell = str | int | None

LAST_ROW = 1_048_575
"""The last row of a sheet, counted from 0."""
_LONGEST = 32_767  # characters in a cell of Excel
_ROOM = 120  # characters that the sentence on a cut cell takes at most
_LINE, _HIGHEST = 15, 409  # points; Excel allows no more for a row
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # a fixed date, for the same bytes
_WIDTHS = {"Code": 9, "Severity": 10, "File": 28, "Username": 32, "What to do": 80,
           "Level": 14, "Text": 100, "Tenant": 24, "What it proves": 80,
           "Reason": 80, "Proposed": 32, "Free": 32, "Encoding": 20, "Delimiter": 12,
           "Unreadable": 12, "Username column": 20}  # fmt: skip
_WRAPPED = {"Text", "What to do", "What it proves", "Reason"}


class Book:
    """A workbook in memory; its bytes are complete when the block ends.

    Attributes:
        cuts: What does not fit into the sheets filled so far, as sentences.
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Begin a workbook with empty sheets, by their names and in their order."""
        from xlsxwriter import Workbook  # noqa: PLC0415  # late: a format of its own

        self._buffer = io.BytesIO()
        options = {"in_memory": True, "constant_memory": False}
        self._book: Any = Workbook(self._buffer, options)
        self._book.set_properties({"created": _MADE, "title": "Audit of usernames"})
        self._text = self._book.add_format({"quote_prefix": True, "valign": "top"})
        self._wrapped = self._book.add_format(
            {"quote_prefix": True, "valign": "top", "text_wrap": True}
        )
        self._number = self._book.add_format(
            {"align": "right", "indent": 1, "valign": "top"}
        )
        self._header = self._book.add_format({"bold": True, "bottom": 1})
        self._sheets = {name: self._book.add_worksheet(name) for name in names}
        self.cuts: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    @property
    def data(self) -> bytes:
        """All of the file, once the block has ended."""
        return self._buffer.getvalue()

    def fill(
        self,
        name: str,
        headers: Sequence[str],
        rows: Iterable[tuple[Cell, ...]],
        *,
        below: Sequence[str] = (),
        limit: int = LAST_ROW,
    ) -> None:
        """Fill a sheet, with a frozen header and a filter over its columns.

        Args:
            name: Which sheet.
            headers: The headers of its columns.
            rows: Its rows.
            below: Sentences under the table.
            limit: The most rows; those behind are only counted.
        """
        sheet = self._sheets[name]
        for at, header in enumerate(headers):
            sheet.write_string(0, at, header, self._header)
            sheet.set_column(at, at, _WIDTHS.get(header, 10))
        left = iter(rows)
        last = 0
        for last, row in enumerate(islice(left, limit), start=1):
            self._write_row(sheet, last, row, headers)
        number = last + sum(1 for _ in left)
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

    def _write_row(
        self,
        sheet: Any,  # noqa: ANN401  # XlsxWriter has no types
        at: int,
        row: tuple[Cell, ...],
        headers: Sequence[str],
    ) -> None:
        lines = 1
        for column, (cell, header) in enumerate(zip(row, headers, strict=True)):
            if isinstance(cell, int):
                sheet.write_number(at, column, cell, self._number)
            elif cell:
                text = _fit(escape_invisible(cell))
                wraps = header in _WRAPPED
                sheet.write_string(
                    at, column, text, self._wrapped if wraps else self._text
                )
                if wraps:
                    # Not every program finds the height of wrapped text itself.
                    lines = max(lines, -(-len(text) // _WIDTHS[header]))
        if lines > 1:
            sheet.set_row(at, min(lines * _LINE, _HIGHEST))


def _fit(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    room = _LONGEST - _ROOM
    cut = explain_cut(room, len(text), "characters")
    return f"{text[:room]} ({cut})"
