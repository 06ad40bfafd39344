"""The work behind the Check button; loaded when there is something to check."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from apiuser.auditing import AuditReport, TenantAudit, audit, audit_tenants
from apiuser.exports import ReadOptions
from apiuser.forms.audit.export_files import list_exports, read_export
from apiuser.forms.widgets.rows_table import TableRows, make_rows
from apiuser.reports.report_columns import MemberRow, list_members

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was found.

    Attributes:
        audits: The audit of each tenant.
        many: Whether there may be several tenants, by the person's choice.
        tenant: The tenant shown first.
        shown: Its report, ready to be shown; None where no file could be read.
    """

    audits: tuple[TenantAudit, ...]
    many: bool
    tenant: str
    shown: "Shown | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A report, with what its tables show.

    Attributes:
        report: The report.
        findings: Its findings.
        members: All bearers of names in conflict.
    """

    report: AuditReport
    findings: TableRows
    members: TableRows


def run_audit(  # noqa: PLR0913  # options, by keyword only
    chosen: Iterable[tuple[str, Path]],
    *,
    many: bool,
    reading: ReadOptions,
    proposed: Sequence[str],
    co_managed: bool,
    progress: Progress,
) -> Outcome:
    """Read and audit what is chosen, and prepare what is shown first.

    Args:
        chosen: Names and paths of files and folders.
        many: Audit each tenant for itself; a bad file then stops no other.
        reading: How to read the files.
        proposed: Usernames to judge too.
        co_managed: Whether there may be co-managing users.
        progress: Told how far the work is.

    Raises:
        ApiuserError: A folder cannot be read or, with one tenant, a file.
    """
    exports = list_exports(chosen)
    if many:
        known = {Path(export.name): export for export in exports}
        tenants: dict[str, list[Path]] = {}
        for path, export in sorted(known.items()):
            tenants.setdefault(export.tenant, []).append(path)
        audits = audit_tenants(
            dict(sorted(tenants.items())),
            proposed=proposed,
            co_managed=co_managed,
            progress=progress,
            read=lambda path: read_export(known[path], reading),
        )
        return _finish(audits, many=True, progress=progress)
    total = len(exports) + 4  # files, the three steps of the audit, the tables
    tables = []
    for done, export in enumerate(exports):
        progress(done, total, f"reading {export.name}")
        tables.append(read_export(export, reading))
    report = audit(
        tables,
        proposed=proposed,
        co_managed=co_managed,
        progress=lambda done, steps, text: progress(
            total if done == steps else done, total, text
        ),
    )
    return _finish(
        (TenantAudit(tenant="", report=report),), many=False, progress=progress
    )


def judge_again(
    outcome: Outcome, *, tenant: str, proposed: Sequence[str], progress: Progress
) -> Outcome:
    """Judge other proposed names by the exports already read.

    Args:
        outcome: What was found before.
        tenant: The tenant that is shown.
        proposed: The names.
        progress: Told how far the work is.
    """
    total = len(outcome.audits) + 1
    audits = []
    for done, one in enumerate(outcome.audits):
        progress(done, total, f"comparing names {one.tenant}".rstrip())
        report = one.report
        if report is not None:
            report = audit(
                report.tables,
                proposed=proposed,
                co_managed=report.co_managed,
                refused=one.refused,
            )
        audits.append(replace(one, report=report))
    return _finish(tuple(audits), many=outcome.many, progress=progress, tenant=tenant)


def _finish(
    audits: tuple[TenantAudit, ...],
    *,
    many: bool,
    progress: Progress,
    tenant: str | None = None,
) -> Outcome:
    progress(9, 10, "preparing the tables")
    reports = {one.tenant: one.report for one in audits if one.report is not None}
    if tenant is None:
        tenant = next(iter(reports), "")
    shown = prepare(reports[tenant]) if tenant in reports else None
    return Outcome(audits=audits, many=many, tenant=tenant, shown=shown)


def prepare(report: AuditReport) -> Shown:
    """Make the rows of a report ready for the tables; takes a while where many."""
    members = pd.DataFrame(list_members(report), columns=list(MemberRow._fields))
    numbers = dict.fromkeys(("group", "line", "record"), "Int64")
    members = members.astype(dict.fromkeys(members.columns, "str") | numbers)
    members["conflict"] = "conflict " + members["group"].astype("str")
    return Shown(
        report=report,
        findings=make_rows(report.findings, ("username", "message", "file", "code")),
        members=make_rows(members, ("username", "file", "kind", "conflict")),
    )
