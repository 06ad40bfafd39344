"""A report as an Excel workbook: typed, with filters, nothing that runs.

Texts are stored as texts with the mark that keeps Excel from taking them for a
formula, also when a cell is edited. The same report gives the same bytes.
"""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any, Self

from apiuser.auditing import AuditReport, Row, TenantAudit
from apiuser.auditing.tenants import iterate_reports
from apiuser.lookalikes import UNICODE_VERSION
from apiuser.reports.tenants import HEADERS, summarise
from apiuser.reports.wording import conclude, describe_file
from apiuser.tables import escape_invisible

Cell = str | int | None

LAST_ROW = 1_048_575
"""The last row of a sheet, counted from 0."""
_LONGEST = 32_767  # characters in a cell of Excel
_LINE, _HIGHEST = 15, 409  # points; Excel allows no more for a row
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # a fixed date, for the same bytes
_FINDINGS = ("Code", "Severity", "File", "Line", "Record", "Username", "What to do",
             "Conflict", "Level")  # fmt: skip
_MEMBERS = ("Conflict", "Level", "Username", "Status", "Kind", "File", "Line",
            "Record")  # fmt: skip
_WIDTHS = {"Code": 9, "Severity": 10, "File": 28, "Username": 32, "What to do": 80,
           "Level": 14, "Text": 100, "Tenant": 24, "What it proves": 80,
           "Reason": 80}  # fmt: skip
_WRAPPED = {"Text", "What to do", "What it proves", "Reason"}


def render_xlsx(report: AuditReport) -> bytes:
    """Return the report as a workbook: summary, findings, conflicts, unreadable."""
    levels = report.levels
    with _Book() as book:
        book.add("Summary", ("Text",), ((text,) for text in _summarise(report)))
        book.add("Findings", _FINDINGS, report.rows())
        book.add(
            "Conflicts",
            _MEMBERS,
            (
                (
                    m.group,
                    levels.get(m.group, ""),
                    *(m.username, m.status, m.kind, m.file, m.line, m.record),
                )
                for m in report.members
            ),
        )
        book.add(
            "Unreadable",
            ("File", "Line", "Record", "Reason"),
            (
                (str(table.path), item.line, item.record, item.reason)
                for table in report.tables
                for item in table.unreadable
            ),
        )
    return book.data


def render_tenants_xlsx(audits: Sequence[TenantAudit]) -> bytes:
    """Return the audits of many tenants as one workbook."""
    with _Book() as book:
        book.add(
            "Tenants",
            (*HEADERS, "What it proves"),
            (
                (*numbers, " ".join((_prove(one), *one.refused)))
                for one, numbers in zip(audits, summarise(audits), strict=True)
            ),
        )
        book.add(
            "Findings",
            ("Tenant", *_FINDINGS),
            (
                (tenant, *row)
                for tenant, report in iterate_reports(audits)
                for row in report.rows()
            ),
        )
    return book.data


def _prove(one: TenantAudit) -> str:
    return "No file could be read." if one.report is None else conclude(one.report)


def _summarise(report: AuditReport) -> Iterable[str]:
    yield conclude(report)
    for code, number in report.counts.items():
        yield f"{code}: {number}"
    for table in report.tables:
        yield f"{table.path}: {describe_file(table)}"
    yield from report.notices
    for name, free in report.suggestions.items():
        yield f"Free instead of {name}: {free}"
    yield f"Look-alikes by the confusable characters of Unicode {UNICODE_VERSION}."
    if len(report) > LAST_ROW:
        yield (
            f"The sheet holds the first {LAST_ROW} of {len(report)} findings; "
            "write a .csv or .json report for all of them."
        )


class _Book:
    """A workbook in memory; its bytes are complete when the block ends."""

    def __init__(self) -> None:
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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    @property
    def data(self) -> bytes:
        return self._buffer.getvalue()

    def add(
        self, name: str, headers: Sequence[str], rows: Iterable[Row | tuple[Cell, ...]]
    ) -> None:
        """Add a sheet with a frozen header and a filter over its columns."""
        sheet = self._book.add_worksheet(name)
        for at, header in enumerate(headers):
            sheet.write_string(0, at, header, self._header)
            sheet.set_column(at, at, _WIDTHS.get(header, 10))
        # Other columns do not wrap, so their texts make no row higher.
        widths = [_WIDTHS[h] if h in _WRAPPED else _LONGEST for h in headers]
        formats = [self._wrapped if h in _WRAPPED else self._text for h in headers]
        last = 0
        for last, row in enumerate(rows, start=1):
            if last > LAST_ROW:
                break
            lines = 1
            for at, cell in enumerate(row):
                if isinstance(cell, str) and len(cell) > widths[at]:
                    # Not every program finds the height of wrapped text itself.
                    lines = max(lines, -(-len(cell) // widths[at]))
                if isinstance(cell, int):
                    sheet.write_number(last, at, cell, self._number)
                elif cell:
                    text = escape_invisible(cell)[:_LONGEST]
                    sheet.write_string(last, at, text, formats[at])
            if lines > 1:
                sheet.set_row(last, min(lines * _LINE, _HIGHEST))
        sheet.freeze_panes(1, 0)
        # Printed: as wide as the paper, with the header on each page.
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, min(last, LAST_ROW), len(headers) - 1)
