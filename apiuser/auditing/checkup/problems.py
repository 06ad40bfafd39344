"""What else an audit found: problems by name, and the records that have each."""

from apiuser.auditing import AuditReport
from apiuser.auditing.checkup.name_groups import describe_record, find_record
from apiuser.auditing.checkup.paging import describe_page_of
from apiuser.files.sheet_data import Shown

RECORDS_SHOWN = 50
"""Records shown at a time."""


def describe_problems(report: AuditReport) -> list[Shown]:
    """List the problems, worst first, each with its share of the most common one."""
    counts = report.problems
    most = max((number for _, number in counts), default=1)
    return [
        {
            "code": rule.code,
            "name": rule.problem,
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
        one for one in report.found if one.rule.code == code and report.is_problem(one)
    ]
    return describe_page_of(
        found,
        size=RECORDS_SHOWN,
        text=text,
        start=start,
        names=lambda one: [report.tables[one.table].usernames[one.row]],
        describe=lambda one: describe_record(find_record(report, one.table, one.row)),
    )
