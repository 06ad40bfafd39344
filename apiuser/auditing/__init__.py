"""Conflicts and rule findings over whole exports; knows no file format."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from apiuser.auditing.report import PROPOSED, AuditReport, Member, Row
from apiuser.auditing.running import Progress, audit

if TYPE_CHECKING:
    from apiuser.auditing.tenants import TenantAudit, audit_tenants, find_tenants

__all__ = [
    "PROPOSED",
    "AuditReport",
    "Member",
    "Progress",
    "Row",
    "TenantAudit",
    "audit",
    "audit_tenants",
    "find_tenants",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  # a class or a function
    # Late, so that the audit of one tenant does not wait for what many take.
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.tenants"), name)
