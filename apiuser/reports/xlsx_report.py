"""A report as an Excel workbook, of one audit or of many tenants."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from apiuser.auditing import AuditReport, TenantAudit
from apiuser.auditing.tenants import iterate_reports
from apiuser.credentials.confusables import UNICODE_VERSION
from apiuser.reports.report_columns import (
    FINDINGS,
    MEMBERS,
    SUGGESTIONS,
    TENANTS,
    UNREADABLE,
    list_findings,
    list_members,
)
from apiuser.reports.tenant_reports import prove, summarise
from apiuser.reports.wording import conclude, describe_file, name_delimiter
from apiuser.reports.xlsx_writer import Book, Cell

_FILES = ("File", "Encoding", "Delimiter", "Records", "Unreadable", "Username column")
_TABLE_OF_ALIKE = (
    f"Look-alikes by the confusable characters of Unicode {UNICODE_VERSION}."
)


@dataclass(frozen=True, slots=True)
class _ReportSheet:
    """What a sheet shows of each audit."""

    name: str
    headers: Sequence[str]
    rows: Callable[[AuditReport], Iterable[tuple[Cell, ...]]]


def _list_unreadable(report: AuditReport) -> Iterator[tuple[Cell, ...]]:
    for table in report.tables:
        for item in table.unreadable:
            yield str(table.path), item.line, item.record, item.reason


def _list_files(report: AuditReport) -> Iterator[tuple[Cell, ...]]:
    for table in report.tables:
        yield (
            *(str(table.path), table.encoding, name_delimiter(table.delimiter)),
            *(table.records, len(table.unreadable), table.username_column),
        )


_SHEETS = (
    _ReportSheet("Findings", FINDINGS, list_findings),
    _ReportSheet("Conflicts", MEMBERS, list_members),
    _ReportSheet("Unreadable", UNREADABLE, _list_unreadable),
    _ReportSheet("Not in the list", SUGGESTIONS, lambda r: r.suggestions.items()),
)
# What is in the summary of one audit, in columns.
_MORE_SHEETS = (
    _ReportSheet("Counts", ("Code", "Findings"), lambda r: r.counts.items()),
    _ReportSheet("Files", _FILES, _list_files),
    _ReportSheet("Notices", ("Text",), lambda r: ((text,) for text in r.notices)),
)


def render_xlsx(report: AuditReport) -> bytes:
    """Return the report as a workbook: a summary, and a sheet for each list."""
    with Book(("Summary", *(sheet.name for sheet in _SHEETS))) as book:
        for sheet in _SHEETS:
            rows = partial(sheet.rows, report)
            book.fill(sheet.name, sheet.headers, rows)
        lines = [(text,) for text in (*_summarise(report), *book.cuts)]
        book.fill("Summary", ("Text",), lambda: lines)
    return book.data


def render_tenants_xlsx(audits: Sequence[TenantAudit]) -> bytes:
    """Return the audits of many tenants as one workbook, each row with its tenant."""
    sheets = (*_SHEETS, *_MORE_SHEETS)
    names = ("Summary", *(sheet.name for sheet in sheets), "Refused")
    with Book(names) as book:
        for sheet in sheets:
            rows = partial(_list_rows, audits, sheet)
            book.fill(sheet.name, ("Tenant", *sheet.headers), rows)
        refused = [(one.tenant, reason) for one in audits for reason in one.complaints]
        book.fill("Refused", ("Tenant", "Reason"), lambda: refused)
        proofs = [
            (*numbers, prove(one))
            for one, numbers in zip(audits, summarise(audits), strict=True)
        ]
        book.fill(
            "Summary",
            TENANTS,
            lambda: proofs,
            below=(_TABLE_OF_ALIKE, *book.cuts),
        )
    return book.data


def _list_rows(
    audits: Sequence[TenantAudit], sheet: _ReportSheet
) -> Iterator[tuple[Cell, ...]]:
    for tenant, report in iterate_reports(audits):
        yield from ((tenant, *row) for row in sheet.rows(report))


def _summarise(report: AuditReport) -> Iterator[str]:
    yield conclude(report)
    for code, number in report.counts.items():
        yield f"{code}: {number}"
    for table in report.tables:
        yield f"{table.path}: {describe_file(table)}"
    yield from report.refused
    yield from report.notices
    yield _TABLE_OF_ALIKE
