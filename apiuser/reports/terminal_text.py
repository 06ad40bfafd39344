"""A report for a terminal."""

from collections.abc import Iterator
from itertools import islice

from apiuser.auditing import AuditReport, FindingRow
from apiuser.errors import escape_invisible
from apiuser.reports.wording import (
    conclude,
    describe_file,
    describe_unreadable,
    spell_odd,
)

LIMIT = 200
"""The most findings shown; report files hold all of them."""


def render_terminal(report: AuditReport, *, limit: int = LIMIT) -> str:
    """Return the report as text: files, findings, counts and what they prove."""
    return "\n".join(map(escape_invisible, _write_lines(report, limit)))


def _write_lines(report: AuditReport, limit: int) -> Iterator[str]:
    for table in report.tables:
        yield f"{table.path}: {describe_file(table)}"
        for item in islice(table.unreadable, limit):
            yield f"  {describe_unreadable(item)}"
        if len(table.unreadable) > limit:
            yield f"  and {len(table.unreadable) - limit} more; a .json report holds all."
    for notice in report.notices:
        yield f"Note: {notice}"
    yield ""
    for row in report.rows(limit=limit):
        yield _write_row(row)
    if len(report) > limit:
        yield f"... and {len(report) - limit} more; --report writes all of them."
    for name, free in report.suggestions.items():
        yield f"Free instead of {name}: {free}"
    if len(report):
        yield ""
        yield ", ".join(f"{code} {number}" for code, number in report.counts.items())
    yield conclude(report)


def _write_row(row: FindingRow) -> str:
    place = row.file
    if row.line is not None:
        place += f":{row.line}"
    if row.record is not None:
        place += f" record {row.record}"
    name = f" {row.username}" if row.username else ""
    name += f" ({odd})" if (odd := spell_odd(row.username)) else ""
    group = f" [conflict {row.group}, {row.level}]" if row.group else ""
    where = f"{place}{name}: " if place else ""
    other = f" The other: {row.other}." if row.other else ""
    return f"{row.severity:7} {row.code}  {where}{row.message}{other}{group}"
