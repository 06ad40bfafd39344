"""Exports for the tests of the audit, and what it says of them."""

from collections.abc import Callable
from pathlib import Path

from apiuser.auditing import AuditReport

WHOLE = "Username,Status,License Type\na1,Active,7\nb1,Inactive,3\nc1,Active,9\n"
"""An export of a tenant that lacks nothing."""
ExportRows = Callable[..., Path]


def people(*names: str, first: int = 1) -> list[tuple[str, ...]]:
    return [
        (name, str(at), "Active", "Professional")
        for at, name in enumerate(names, start=first)
    ]


def found(report: AuditReport, code: str) -> list[tuple[str, int | None, int | None]]:
    return [
        (row.username, row.record, row.group)
        for row in report.rows()
        if row.code == code
    ]
