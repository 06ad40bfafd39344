"""A report as one self-contained HTML page without any request outside."""

from collections.abc import Iterator, Sequence

from apiuser.auditing import AuditReport, TenantAudit
from apiuser.auditing.tenants import iterate_reports
from apiuser.reports.html_frame import (
    CLOSE_TABLE,
    SEARCH,
    close_page,
    list_texts,
    open_page,
    open_table,
    show_text,
)
from apiuser.reports.html_sections import Room, write_section
from apiuser.reports.tenant_reports import HEADERS, prove, summarise
from apiuser.reports.truncation import share_room

LIMIT = 20_000
"""The most rows of a kind on the page; a browser is slow above, CSV and JSON are not."""


def render_html(report: AuditReport, *, limit: int = LIMIT) -> str:
    """Return the whole page: verdict, plot, files, conflicts, findings with search."""
    (room,) = _make_rooms([report], limit)
    parts = write_section(report, room)
    return "".join((open_page("Audit of usernames"), *parts, close_page()))


def render_tenants_html(
    audits: Sequence[TenantAudit], *, limit: int = LIMIT
) -> Iterator[str]:
    """Yield one page: a summary over tenants, then what each one's own page shows."""
    yield open_page("Audit of usernames over tenants")
    yield f'<h2 id="tenants">Tenants</h2>{SEARCH}'
    yield open_table("Tenants", (*HEADERS, "What it proves"), kind="summary")
    for at, (one, (tenant, *numbers)) in enumerate(
        zip(audits, summarise(audits), strict=True)
    ):
        cells = "".join(f"<td>{number}" for number in numbers)
        yield (
            f'<tr data-of="tenant-{at}"><td><a href="#tenant-{at}">{show_text(tenant)}'
            f'</a>{cells}<td class="said">{show_text(prove(one))}</tr>\n'
        )
    yield CLOSE_TABLE
    rooms = iter(_make_rooms([report for _, report in iterate_reports(audits)], limit))
    for at, one in enumerate(audits):
        yield (
            f'<section id="tenant-{at}"><h2>{show_text(one.tenant)}</h2>'
            '<p><a href="#tenants">All tenants</a></p>'
        )
        if one.report is None:
            yield f'<p class="verdict">{show_text(prove(one))}</p>'
            yield f"<h3>Refused</h3>{list_texts(one.refused)}"
        else:
            yield from write_section(one.report, next(rooms), tenant=one.tenant)
        yield "</section>"
    yield close_page()


def _make_rooms(reports: Sequence[AuditReport], limit: int) -> list[Room]:
    shares = zip(
        share_room(limit, [len(report) for report in reports]),
        share_room(limit, [len(report.members) for report in reports]),
        share_room(limit, [report.unreadable for report in reports]),
        strict=True,
    )
    return [
        Room(findings=findings, members=members, unreadable=unreadable)
        for findings, members, unreadable in shares
    ]
