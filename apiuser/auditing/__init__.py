"""Conflicts and rule findings over whole exports; knows no file format."""

from apiuser.auditing.report import PROPOSED, AuditReport, Member, Row
from apiuser.auditing.running import Progress, audit
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
