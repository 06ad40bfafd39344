"""A report as one self-contained HTML page that makes no outside request."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from apiuser.auditing import AuditReport, FindingRow, TenantAudit
from apiuser.auditing.summing_up import sum_up
from apiuser.auditing.tenants import iterate_reports
from apiuser.credentials.confusables import UNICODE_VERSION
from apiuser.exports import ResourceTable
from apiuser.files.rendering import render
from apiuser.reports import report_columns
from apiuser.reports.plot import lay_out
from apiuser.reports.report_columns import MemberRow, list_findings, list_members
from apiuser.reports.tenant_reports import prove, summarise
from apiuser.reports.wording import (
    conclude,
    describe_file,
    describe_unreadable,
    explain_cut,
    explain_levels,
    spell_odd,
)
from apiuser.rules.rule import Severity

ROWS_SHOWN = 20_000
"""The most rows of a kind on the page; more make a browser slow, not CSV or JSON."""


class _Room(NamedTuple):
    """The most of each kind that is shown of an audit."""

    findings: int
    members: int
    unreadable: int


def render_html(report: AuditReport) -> str:
    """Return the whole page: verdict, conflicts, plot, files, findings with search."""
    (room,) = _make_rooms([report])
    return _render("single", title=report_columns.TITLE, audit=_describe(report, room))


def render_tenants_html(audits: Sequence[TenantAudit]) -> str:
    """Return one page: a summary over tenants, then what each one's own page shows."""
    rooms = iter(_make_rooms([report for _, report in iterate_reports(audits)]))
    tenants = [
        {
            "name": name,
            "numbers": numbers,
            "proof": prove(one),
            "complaints": one.complaints,
            "audit": None if one.report is None else _describe(one.report, next(rooms)),
        }
        for one, (name, *numbers) in zip(audits, summarise(audits), strict=True)
    ]
    return _render(
        "tenants",
        title=f"{report_columns.TITLE} over tenants",
        summary=sum_up(audits),
        tenants=tenants,
    )


def _render(page: str, **values: object) -> str:
    from importlib.metadata import version  # noqa: PLC0415  # late: slow to import

    return render(
        f"reports/templates/{page}.html",
        columns=report_columns,
        levels=explain_levels(),
        severities=list(Severity),
        unicode=UNICODE_VERSION,
        version=version("apiuser"),
        **values,
    )


def share_room(room: int, sizes: Sequence[int]) -> list[int]:
    """Return how many of each list fit; none is cut for one that is longer.

    Args:
        room: How many fit of all together.
        sizes: How long each list is.
    """
    shares = [0] * len(sizes)
    order = sorted(range(len(sizes)), key=sizes.__getitem__)
    for done, at in enumerate(order):
        shares[at] = min(sizes[at], room // (len(sizes) - done))
        room -= shares[at]
    return shares


def _make_rooms(reports: Sequence[AuditReport]) -> list[_Room]:
    shares = zip(
        share_room(ROWS_SHOWN, [len(report) for report in reports]),
        share_room(ROWS_SHOWN, [len(report.members) for report in reports]),
        share_room(ROWS_SHOWN, [report.unreadable for report in reports]),
        strict=True,
    )
    return [_Room(*share) for share in shares]


def _describe(report: AuditReport, room: _Room) -> Mapping[str, object]:
    """Return what a page shows of an audit; its rows are made when they are shown."""
    shown = share_room(room.unreadable, [len(t.unreadable) for t in report.tables])
    members, findings = len(report.members), len(report)
    return {
        "verdict": conclude(report),
        "plot": lay_out(report),
        "files": list(map(_describe_file, report.tables, shown)),
        "complaints": (*map(str, report.faults), *report.refused),
        "notices": report.notices,
        "suggestions": [
            [(name, spell_odd(name)) for name in names]
            for names in report.suggestions.items()
        ],
        "members": {
            "number": members,
            "cut": explain_cut(room.members, members, "names in conflict"),
            "rows": _spell(islice(list_members(report), room.members)),
        },
        "findings": {
            "cut": explain_cut(room.findings, findings, "findings"),
            "rows": _spell(islice(list_findings(report), room.findings)),
        },
    }


def _describe_file(table: ResourceTable, most: int) -> Mapping[str, object]:
    return {
        "path": str(table.path),
        "description": describe_file(table),
        "cut": explain_cut(most, len(table.unreadable), "unreadable records"),
        "unreadable": list(map(describe_unreadable, table.unreadable[:most])),
    }


def _spell(
    rows: Iterable[FindingRow | MemberRow],
) -> Iterator[tuple[FindingRow | MemberRow, str]]:
    """Yield each row with the code points of what is odd in its name."""
    for row in rows:
        yield row, spell_odd(row.username)
