"""A report for a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from apiuser.auditing import AuditReport, FindingRow, Member
from apiuser.auditing.conflicts import Conflict
from apiuser.errors import count_noun, escape_invisible
from apiuser.exports.rows import SHOWN_LINES, show_places
from apiuser.reports.report_columns import SPOKEN_KINDS
from apiuser.reports.wording import (
    conclude,
    describe_file,
    list_unreadable,
    spell_odd,
)
from apiuser.rules.rule import Severity

FINDINGS_SHOWN = 200
"""The most lines of findings and records in conflict; report files hold all."""
NO_ADVICE: Mapping[str, str] = MappingProxyType({})
"""Nothing more than the messages say."""
REST = "a .json report contains all"
"""Where what is not shown can be found."""


def render_terminal(
    report: AuditReport,
    *,
    limit: int = FINDINGS_SHOWN,
    advice: Mapping[str, str] = NO_ADVICE,
    rest: str = REST,
) -> str:
    """Return the report as text: files, findings, counts and what they prove.

    Args:
        report: The report.
        limit: The most findings, and records in conflict, shown.
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
    yield from _cut(_write_findings(report, advice), report, limit, rest)
    for name, free in report.suggestions.items():
        yield f"Not in the list, instead of {name}: {free}"
    if len(report):
        yield ""
        counts = "; ".join(_count_by_severity(report))
        yield f"{count_noun(len(report), 'finding')}: {counts}"
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


class _ListLine(NamedTuple):
    """A line of the list.

    Attributes:
        text: The line.
        found: For how many findings and records in conflict it stands.
        cut: Whether it does not list all of them.
    """

    text: str
    found: int = 1
    cut: bool = False


def _cut(
    lines: Iterator[_ListLine], report: AuditReport, limit: int, rest: str
) -> Iterator[str]:
    """Yield the lines up to a number of them, and how much more there is."""
    left = sum(not one.group for one in report.found)
    left += sum(len(conflict.members) for conflict in report.conflicts)
    shown, cut = 0, False
    for line in lines:
        if shown == limit:
            break
        shown += line.found > 0
        left -= line.found
        cut = cut or line.cut
        yield line.text
    if left:
        yield f"... and {left:,} more; {rest}."
    elif cut:
        yield f"Not every line is listed; {rest}."


def _write_findings(
    report: AuditReport, advice: Mapping[str, str]
) -> Iterator[_ListLine]:
    """Yield the findings, the worst first; of each severity, conflicts come first.

    A conflict is listed once, with all its places, where its worst finding belongs; a
    finding that is repeated in a file is listed once, with its lines.
    """
    for severity, rows in groupby(report.rows(), key=lambda row: row.severity):
        for group, conflict in enumerate(report.conflicts, start=1):
            found = {one.rule.severity for one in conflict.found}
            if min(found, key=list(Severity).index) == severity:
                yield from _write_conflict(report, group, conflict)
        alone: dict[tuple[str, str, str, int | None], list[FindingRow]] = {}
        for row in rows:
            if row.group is None:
                # A proposed name has no line: nothing else would say which it is.
                place = row.record if row.line is None else None
                alone.setdefault((row.code, row.message, row.file, place), []).append(
                    row
                )
        for same in alone.values():
            yield _write_rows(same, advice.get(same[0].code, ""))


def _write_conflict(
    report: AuditReport, group: int, conflict: Conflict
) -> Iterator[_ListLine]:
    level, proposed = conflict.spoken, len(report.tables)
    codes = {one.place: one.rule.code for one in conflict.found}
    # By identity, which is quick: few rules have many findings.
    said = {
        (id(one.rule), one.place[0] == proposed): one.rule for one in conflict.found
    }
    for (_, is_proposed), rule in sorted(
        said.items(), key=lambda one: one[1].severity.rank
    ):
        message = rule.message
        if rule.relation and not is_proposed:
            message = report.advise(conflict, rule.relation)
        yield _ListLine(
            f"{rule.severity:7} {rule.code}  [group {group}, {level}] {message}",
            found=0,
        )
    for place, member in zip(conflict.members, report.find_members(group), strict=True):
        kind = SPOKEN_KINDS[member.kind]
        known = ", ".join(filter(None, (member.status, kind)))
        code, where = codes.get(place, ""), _name_place(member)
        who = f"{_name_user(member)} ({known})" if known else _name_user(member)
        yield _ListLine(f"        {code:6}  {where}{who}")


def _name_place(found: FindingRow | Member) -> str:
    """Say where something is; blank if it is about all exports."""
    place = found.file
    if found.line is not None:
        place += f":{found.line}"
    if found.record is not None:
        place += f" record {found.record}"
    return place


def _name_user(found: FindingRow | Member) -> str:
    odd = spell_odd(found.username)
    return f" {found.username} ({odd})" if odd else f" {found.username}"


def _write_rows(rows: Sequence[FindingRow], advice: str) -> _ListLine:
    """Write what was found, once or in several lines of a file."""
    row = rows[0]
    if len(rows) > 1:
        places = [
            (one.line, one.record)
            for one in rows
            if one.line is not None and one.record is not None
        ]
        where = f"{row.file} {show_places(places)}: "
    else:
        place, name = _name_place(row), _name_user(row) if row.username else ""
        where = f"{place}{name}: " if place else ""
    more = f" {advice}" if advice else ""
    text = f"{row.severity:7} {row.code}  {where}{row.message}{more}"
    return _ListLine(text, found=len(rows), cut=len(rows) > SHOWN_LINES)
