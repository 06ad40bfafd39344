"""The lists of a report: what their columns are called, and what is in them."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from apiuser.auditing import AuditReport, FindingRow
from apiuser.exports import UserKind

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
"""What people are told about the kind of a user, by what programs are told."""


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
SUGGESTIONS = ("Proposed", "Free")
UNREADABLE = ("File", "Line", "Record", "Reason")
TENANTS = (
    *("Tenant", "Files", "Refused", "Records", "Errors", "Warnings", "Notices"),
    "What it proves",
)


def list_members(report: AuditReport) -> Iterator[MemberRow]:
    """Yield the names in conflict, each with the level of its conflict."""
    levels = report.levels
    for member in report.members:
        yield MemberRow(
            member.group,
            levels.get(member.group, ""),
            member.username,
            member.status,
            SPOKEN_KINDS[member.kind],
            member.file,
            member.line,
            member.record,
        )
