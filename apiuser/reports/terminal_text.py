"""A report for a terminal."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from apiuser.auditing import AuditReport, FindingRow
from apiuser.errors import count_noun, escape_invisible
from apiuser.reports.wording import (
    conclude,
    describe_file,
    list_unreadable,
    spell_odd,
)

LIMIT = 200
"""The most findings shown; report files hold all of them."""
NO_ADVICE: Mapping[str, str] = MappingProxyType({})
"""Nothing more than the messages say."""
REST = "a .json report holds all"
"""Where what is not shown can be found."""


def render_terminal(
    report: AuditReport,
    *,
    limit: int = LIMIT,
    advice: Mapping[str, str] = NO_ADVICE,
    rest: str = REST,
) -> str:
    """Return the report as text: files, findings, counts and what they prove.

    Args:
        report: The report.
        limit: The most findings shown.
        advice: What else to say after the message of a finding, by its code, such as
            which option helps.
        rest: Where what is not shown can be found.
    """
    lines = _write_lines(report, limit, advice, rest)
    return "\n".join(map(escape_invisible, lines))


def _write_lines(
    report: AuditReport, limit: int, advice: Mapping[str, str], rest: str
) -> Iterator[str]:
    for table in report.tables:
        yield f"{table.path}: {describe_file(table)}"
        yield from list_unreadable(table, limit=limit, rest=rest)
    for notice in report.notices:
        yield f"Note: {notice}"
    yield ""
    for row in report.rows(limit=limit):
        yield _write_row(row, advice.get(row.code, ""))
    if len(report) > limit:
        yield f"... and {len(report) - limit:,} more; {rest}."
    for name, free in report.suggestions.items():
        yield f"Free instead of {name}: {free}"
    if len(report):
        yield ""
        yield "; ".join(_count_by_severity(report))
    yield conclude(report)


def _count_by_severity(report: AuditReport) -> Iterator[str]:
    severities = {rule.code: rule.severity for rule in report.rules}
    for severity, number in report.severities.items():
        codes = ", ".join(
            f"{code} {n:,}"
            for code, n in report.counts.items()
            if severities[code] is severity
        )
        if number:
            yield f"{count_noun(number, severity.value)} ({codes})"


def _write_row(row: FindingRow, advice: str) -> str:
    place = row.file
    if row.line is not None:
        place += f":{row.line}"
    if row.record is not None:
        place += f" record {row.record}"
    name = f" {row.username}" if row.username else ""
    name += f" ({odd})" if (odd := spell_odd(row.username)) else ""
    group = f" [group {row.group}, {row.level}]" if row.group else ""
    where = f"{place}{name}: " if place else ""
    other = f" The other: {row.other}." if row.other else ""
    more = f" {advice}" if advice else ""
    return f"{row.severity:7} {row.code}  {where}{row.message}{more}{other}{group}"
