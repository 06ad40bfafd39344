"""What else an audit found: problems by name, and the records that have each."""

import weakref
from collections import Counter

from apiuser.auditing import AuditReport
from apiuser.auditing.report import AuditFinding
from apiuser.checkup.name_groups import describe_record, find_record
from apiuser.checkup.paging import describe_page_of
from apiuser.files.sheet_data import Shown
from apiuser.rules.rule import Rule

RECORDS_SHOWN = 50
"""Records shown at a time."""
_KEPT: "weakref.WeakKeyDictionary[AuditReport, list[tuple[Rule, int]]]" = (
    weakref.WeakKeyDictionary()
)


def _concerns_record(report: AuditReport, finding: AuditFinding) -> bool:
    """Tell whether a finding is about a record alone: no conflict, no gap, no proposal."""
    return finding.row >= 0 and not finding.group and finding.table < len(report.tables)


def _count(report: AuditReport) -> list[tuple[Rule, int]]:
    if report not in _KEPT:
        rules = {id(one.rule): one.rule for one in report.found}
        counts = Counter(
            id(one.rule) for one in report.found if _concerns_record(report, one)
        )
        _KEPT[report] = sorted(
            ((rules[at], number) for at, number in counts.items()),
            key=lambda one: (one[0].severity.rank, -one[1], one[0].code),
        )
    return _KEPT[report]


def describe_problems(report: AuditReport) -> list[Shown]:
    """List the problems, worst first, each with its share of the most common one."""
    counts = _count(report)
    most = max((number for _, number in counts), default=1)
    return [
        {
            "code": rule.code,
            "name": rule.problem or rule.message,
            "level": rule.severity.value,
            "number": number,
            "share": number / most,
            "do": rule.message,
        }
        for rule, number in counts
    ]


def describe_records(
    report: AuditReport, code: str, *, text: str = "", start: int = 0
) -> Shown:
    """Describe a page of the records with a problem whose name holds a text."""
    found = [
        one
        for one in report.found
        if one.rule.code == code and _concerns_record(report, one)
    ]
    return describe_page_of(
        found,
        size=RECORDS_SHOWN,
        text=text,
        start=start,
        names=lambda one: [report.tables[one.table].usernames[one.row]],
        describe=lambda one: describe_record(find_record(report, one.table, one.row)),
    )
