"""Many tenants in a sentence: which have conflicts, the worst first, and what is proved."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from apiuser.auditing.conflict_groups import list_groups
from apiuser.auditing.report import AuditReport
from apiuser.errors import count_noun

if TYPE_CHECKING:
    from apiuser.auditing.tenants import TenantAudit

COMPLETE = "the audit is complete"
UNSEEN = "names may be in use that were not seen"
INCOMPLETE = "the audit is incomplete"
_READ_ONLY = f"every record was read, but {UNSEEN}"
_NAMED = 10
"""The most tenants named in the sentence."""


def sum_up(audits: Sequence["TenantAudit"]) -> str:
    """Say which tenants have conflicts, and for how many the audit is complete."""
    names = [one.tenant for one in rank_audits(audits) if _count_same(one)]
    said = "No conflict was found. "
    if names:
        verb = "has" if len(names) == 1 else "have"
        shown = ", ".join(names[:_NAMED])
        more = len(names) - _NAMED
        shown += f" and {more:,} more" if more > 0 else ""
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
    return sorted(audits, key=lambda one: (-_count_same(one), -len(one.refused)))


def _count_same(one: "TenantAudit") -> int:
    """Count the usernames of a tenant that are in conflict, and not only look alike."""
    groups = [] if one.report is None else list_groups(one.report)
    return sum(not group.conflict.alike for group in groups)


def _grade(report: AuditReport | None) -> str:
    if report is None or not report.complete:
        return INCOMPLETE
    return COMPLETE if report.proved else _READ_ONLY
