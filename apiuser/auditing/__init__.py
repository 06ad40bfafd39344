"""Conflicts and rule findings in whole exports, whatever their file format."""

from typing import TYPE_CHECKING, Any

from apiuser import load_late
from apiuser.auditing.report import PROPOSED, AuditReport, FindingRow, Member
from apiuser.auditing.running import Progress, audit

if TYPE_CHECKING:
    from apiuser.auditing.changes import Change
    from apiuser.auditing.comparison import Comparison, compare
    from apiuser.auditing.expectation import Check, check_expected
    from apiuser.auditing.resource_pairs import ChangeKind
    from apiuser.auditing.tenants import TenantAudit, audit_tenants, find_tenants

__all__ = [
    "PROPOSED",
    "AuditReport",
    "Change",
    "ChangeKind",
    "Check",
    "Comparison",
    "FindingRow",
    "Member",
    "Progress",
    "TenantAudit",
    "audit",
    "audit_tenants",
    "check_expected",
    "compare",
    "find_tenants",
]

_HOMES = {
    "Change": "changes",
    "ChangeKind": "resource_pairs",
    "Check": "expectation",
    "Comparison": "comparison",
    "TenantAudit": "tenants",
    "audit_tenants": "tenants",
    "check_expected": "expectation",
    "compare": "comparison",
    "find_tenants": "tenants",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # a class or a function
    # Late, so that the audit of one tenant does not wait for what it does not need.
    return load_late(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return __all__  # as notebooks list what can be typed
