"""What an HTML report shows of one audit, alone on a page or as a part of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from apiuser.auditing import AuditReport, Row
from apiuser.exports import ResourceTable
from apiuser.reports.html_frame import (
    CLOSE_TABLE,
    SEARCH,
    list_texts,
    open_table,
    show_number,
    show_text,
)
from apiuser.reports.plot import plot_counts
from apiuser.reports.truncation import explain_cut, share_room
from apiuser.reports.wording import (
    conclude,
    describe_file,
    explain_levels,
    spell_odd,
)

_FINDINGS = (
    *("Code", "Severity", "File", "Line", "Record", "Username"),
    *("What to do", "Conflict", "Level"),
)
_MEMBERS = (
    *("Conflict", "Level", "Username", "Status", "Kind"),
    *("File", "Line", "Record"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much of an audit is shown.

    Attributes:
        findings: The most findings.
        members: The most bearers of names in conflict.
        unreadable: The most records that could not be read.
    """

    findings: int
    members: int
    unreadable: int


def write_section(
    report: AuditReport, room: Room, *, tenant: str | None = None
) -> Iterator[str]:
    """Yield all that is shown of an audit.

    Args:
        report: The audit.
        room: How much of it is shown.
        tenant: Whose audit it is where the page holds several, with one search.
    """
    level = "h2" if tenant is None else "h3"
    of = "" if tenant is None else f" of {tenant}"
    yield f'<p class="verdict">{show_text(conclude(report))}</p>'
    yield f"<{level}>Counts</{level}>{plot_counts(report)}"
    yield f"<{level}>Files</{level}><ul>"
    shown = share_room(room.unreadable, [len(t.unreadable) for t in report.tables])
    for table, most in zip(report.tables, shown, strict=True):
        yield from _write_file(table, most)
    yield "</ul>"
    if report.refused:
        yield f"<{level}>Refused</{level}>{list_texts(report.refused)}"
    if report.notices:
        yield f"<{level}>Noticed</{level}>{list_texts(report.notices)}"
    if report.suggestions:
        yield f"<{level}>Free alternatives</{level}>"
        yield from _write_suggestions(report, of)
    if report.members:
        yield f"<{level}>Names in conflict</{level}>"
        yield from _write_members(report, room.members, of)
    yield f"<{level}>Findings</{level}>{SEARCH if tenant is None else ''}"
    yield from _write_findings(report, room.findings, of)


def _write_file(table: ResourceTable, most: int) -> Iterator[str]:
    yield f"<li>{show_text(str(table.path))}: {show_text(describe_file(table))}"
    if table.unreadable:
        yield _write_cut(most, len(table.unreadable), "unreadable records")
        yield list_texts(
            f"line {item.line}, record {item.record}: {item.reason}"
            for item in table.unreadable[:most]
        )
    yield "</li>"


def _write_suggestions(report: AuditReport, of: str) -> Iterator[str]:
    yield open_table(f"Free alternatives{of}", ("Proposed", "Free"))
    for names in report.suggestions.items():
        yield f"<tr>{''.join(map(_write_name, names))}</tr>"
    yield CLOSE_TABLE


def _write_members(report: AuditReport, most: int, of: str) -> Iterator[str]:
    yield f"<p>{show_text(explain_levels())}</p>"
    yield _write_cut(most, len(report.members), "bearers of names in conflict")
    yield open_table(f"Names in conflict{of}", _MEMBERS)
    levels = report.levels
    for member in islice(report.members, most):
        yield (
            f"<tr><td>{member.group}<td>{levels.get(member.group, '')}"
            f"{_write_name(member.username)}<td>{member.status}"
            f"<td>{member.kind}<td>{show_text(member.file)}"
            f"<td>{show_number(member.line)}<td>{show_number(member.record)}</tr>"
        )
    yield CLOSE_TABLE


def _write_findings(report: AuditReport, most: int, of: str) -> Iterator[str]:
    yield _write_cut(most, len(report), "findings")
    yield open_table(f"Findings{of}", _FINDINGS, kind="findings")
    yield from map(_write_row, report.rows(limit=most))
    yield CLOSE_TABLE


def _write_cut(shown: int, number: int, noun: str) -> str:
    said = explain_cut(shown, number, noun)
    return f"<p>{said}</p>" if said else ""


def _write_row(row: Row) -> str:
    return (
        f'<tr data-severity="{row.severity}"><td>{row.code}'
        f'<td class="{row.severity}">{row.severity}<td>{show_text(row.file)}'
        f"<td>{show_number(row.line)}<td>{show_number(row.record)}"
        f'{_write_name(row.username)}<td class="said">{show_text(row.message)}'
        f"<td>{show_number(row.group)}<td>{row.level}</tr>\n"
    )


def _write_name(text: str) -> str:
    odd = spell_odd(text)
    spelt = f" <small>{odd}</small>" if odd else ""
    return f'<td class="name">{show_text(text)}{spelt}'
