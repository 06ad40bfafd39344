"""What audits found, in a sentence: of one, and of those of many tenants."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from apiuser.auditing.report import AuditReport
from apiuser.errors import count_noun, join_some
from apiuser.rules.case import Relation

if TYPE_CHECKING:
    from apiuser.auditing.tenants import TenantAudit

COMPLETE = "the audit is complete"
UNSEEN = "names may be in use that were not seen"
INCOMPLETE = "the audit is incomplete"
_READ_ONLY = f"every record was read, but {UNSEEN}"
_NAMED = 10
"""The most tenants named in the sentence."""


def count_taken(report: AuditReport) -> int:
    """Count the usernames that are taken twice."""
    return sum(group.relation is Relation.TAKEN for group in report.groups)


def count_conflicts(report: AuditReport) -> str:
    """Say how many usernames are in conflict, and in how many records.

    Each is a group of a report, and each record a line of it. Names under another
    suffix and names that only look alike are counted apart.
    """
    taken, elsewhere, alike = (
        [
            len(group.conflict.members)
            for group in report.groups
            if group.relation is relation
        ]
        for relation in (Relation.TAKEN, Relation.OTHER_SUFFIX, Relation.LOOKALIKE)
    )
    if taken:
        said = [_count(taken, "username", "is in conflict", "are in conflict")]
    elif report.proved:
        said = ["No conflict: no name is taken twice."]
    else:
        said = [
            "No conflict was found in what was given; that does not prove there is none."
        ]
    if elsewhere:
        what = "in use with different endings"
        said.append(_count(elsewhere, "username", f"is {what}", f"are {what}"))
    if alike:
        said.append(
            _count(alike, "group", "of names looks alike", "of names look alike")
        )
    return " ".join(said)


def _count(sizes: Sequence[int], noun: str, one: str, more: str) -> str:
    """Say how many groups of records there are, and how many records."""
    verb = one if len(sizes) == 1 else more
    return f"{count_noun(len(sizes), noun)} {verb}: {count_noun(sum(sizes), 'record')}."


def count_proposed(report: AuditReport) -> str:
    """Say how many proposed names are taken or look alike; blank if none is."""
    tables = len(report.tables)
    names = {one.row for one in report.found if one.group and one.table == tables}
    if not names:
        return ""
    taken = "are taken or look like others"
    if len(names) == 1:
        taken = "is taken or looks like another"
    return f"{count_noun(len(names), 'proposed name')} {taken}."


def sum_up(audits: Sequence["TenantAudit"]) -> str:
    """Say which tenants have conflicts, and for how many the audit is complete."""
    names = [one.tenant for one in rank_audits(audits) if _count_taken(one)]
    said = "No conflict was found. "
    if names:
        verb = "has" if len(names) == 1 else "have"
        shown = join_some(names[:_NAMED], len(names))
        tenants = count_noun(len(audits), "tenant")
        said = f"{len(names):,} of {tenants} {verb} conflicts: {shown}. "
    counts = Counter(_grade(one.report) for one in audits)
    parts = [
        f"{counts[grade]:,} where {grade}"
        for grade in (COMPLETE, _READ_ONLY, INCOMPLETE)
        if counts[grade]
    ]
    return f"{said}{count_noun(len(audits), 'tenant')}: {'; '.join(parts)}."


def rank_audits(audits: Sequence["TenantAudit"]) -> list["TenantAudit"]:
    """Sort tenants: first those with the most conflicts, then with files not read."""
    return sorted(audits, key=lambda one: (-_count_taken(one), -len(one.complaints)))


def _count_taken(one: "TenantAudit") -> int:
    return 0 if one.report is None else count_taken(one.report)


def _grade(report: AuditReport | None) -> str:
    if report is None or not report.complete:
        return INCOMPLETE
    return COMPLETE if report.proved else _READ_ONLY
