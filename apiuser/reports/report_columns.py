"""The lists of a report: what their columns are called, and what is in them."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from apiuser.auditing import AuditReport, FindingRow
from apiuser.auditing.conflicts import OTHER_ENDING, Level
from apiuser.exports import UserKind
from apiuser.rules.case import Relation

TITLE = "Audit of usernames"
"""What a report is called."""
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "code": "Code",
        "severity": "Severity",
        "file": "File",
        "line": "Line",
        "record": "Record",
        "username": "Username",
        "message": "What to do",
        "group": "Group",
        "level": "Level",
        "other": "Other name",
        "status": "Status",
        "kind": "Kind",
    }
)
"""What the fields of findings and of members are called."""
SPOKEN_KINDS = {kind.word: kind.spoken for kind in UserKind}
"""The words for people for each kind of user, by the words for programs."""


class MemberRow(NamedTuple):
    """A name in conflict as a row of a report; None if not known."""

    group: int
    level: str
    username: str
    status: str
    kind: str
    file: str
    line: int | None
    record: int | None


FINDINGS = tuple(LABELS[name] for name in FindingRow._fields)
MEMBERS = tuple(LABELS[name] for name in MemberRow._fields)
SUGGESTIONS = ("Proposed", "Not in the list")
UNREADABLE = ("File", "Line", "Record", "Reason")
TENANTS = (
    *("Tenant", "Files", "Refused", "Records", "Errors", "Warnings", "Notices"),
    "What it proves",
)


def list_findings(report: AuditReport) -> Iterator[FindingRow]:
    """Yield the findings, with levels as people read them."""
    spoken = {level.label: level.spoken for level in Level}
    endings = {r.code for r in report.rules if r.relation is Relation.OTHER_SUFFIX}
    for row in report.rows():
        level = OTHER_ENDING if row.code in endings else spoken[row.level]
        yield row._replace(level=level) if row.level else row


def list_members(report: AuditReport) -> Iterator[MemberRow]:
    """Yield the names in conflict, each with the level of its conflict."""
    conflicts = enumerate(report.conflicts, start=1)
    levels = {group: conflict.spoken for group, conflict in conflicts}
    for member in report.members:
        yield MemberRow(
            member.group,
            levels[member.group],
            member.username,
            member.status,
            SPOKEN_KINDS[member.kind],
            member.file,
            member.line,
            member.record,
        )
