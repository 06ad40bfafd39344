"""Reports over many tenants: the numbers of each, text, CSV and JSON."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from apiuser.auditing import AuditReport, TenantAudit
from apiuser.auditing.summing_up import sum_up
from apiuser.auditing.tenants import iterate_reports
from apiuser.errors import escape_invisible
from apiuser.reports.csv_report import make_header, write_rows
from apiuser.reports.json_report import as_json, describe, write_json
from apiuser.reports.report_columns import TENANTS
from apiuser.reports.terminal_text import NO_ADVICE, REST, render_terminal
from apiuser.reports.wording import conclude
from apiuser.rules.rule import Severity

SHOWN = 20
"""The most findings of each tenant on a terminal."""

Audits = Sequence[TenantAudit]


def summarise(audits: Audits) -> Iterator[tuple[str, int, int, int, int, int, int]]:
    """Yield the numbers of each tenant, in the order of the columns."""
    for one in audits:
        refused = len(one.refused)
        if one.report is None:
            yield one.tenant, 0, refused, 0, 0, 0, 0
            continue
        numbers = one.report.severities
        yield (
            one.tenant,
            len(one.report.tables),
            refused,
            one.report.records,
            numbers[Severity.ERROR],
            numbers[Severity.WARNING],
            numbers[Severity.NOTICE],
        )


def prove(one: TenantAudit) -> str:
    """Say what the audit of a tenant proves."""
    if one.report is not None:
        return conclude(one.report)
    return " ".join(one.short_complaints) if one.faults else "No file could be read."


def render_tenants_terminal(
    audits: Audits, *, advice: Mapping[str, str] = NO_ADVICE, rest: str = REST
) -> str:
    """Return the reports one after the other, and the summary at the end.

    Args:
        audits: The audits.
        advice: What else to say after the message of a finding, by its code.
        rest: Where what is not shown can be found.
    """
    lines = []
    for one in audits:
        lines.append(escape_invisible(f"== {one.tenant} =="))
        lines += [escape_invisible(f"Refused: {reason}") for reason in one.complaints]
        if one.report is not None:
            lines.append(
                render_terminal(one.report, limit=SHOWN, advice=advice, rest=rest)
            )
        lines.append("")
    headers = TENANTS[:-1]  # what each proves is in its own report
    table = [
        headers,
        *((escape_invisible(t), *rest) for t, *rest in summarise(audits)),
    ]
    widths = [max(len(str(row[at])) for row in table) for at in range(len(headers))]
    for name, *numbers in table:
        cells = [
            str(number).rjust(width)
            for number, width in zip(numbers, widths[1:], strict=True)
        ]
        lines.append("  ".join([str(name).ljust(widths[0]), *cells]))
    lines.append(escape_invisible(sum_up(audits)))
    return "\n".join(lines)


def render_tenants_csv(audits: Audits) -> Iterator[str]:
    """Yield all findings as CSV with BOM, defused, with the tenant first."""
    yield make_header("tenant")
    for tenant, report in iterate_reports(audits):
        yield from write_rows(report.rows(), tenant)


def tenants_as_json(audits: Audits) -> dict[str, Any]:
    """Return one report for each tenant, in the shape of a single one."""
    return _describe(audits, as_json)


def render_tenants_json(audits: Audits, *, ascii_only: bool = False) -> Iterator[str]:
    """Yield the reports as JSON text, a line for each finding and member.

    Args:
        audits: The audits.
        ascii_only: Escape what is not ASCII, which JSON readers undo.
    """
    yield from write_json(_describe(audits, describe), ascii_only=ascii_only)


def _describe(
    audits: Audits, describe_one: Callable[[AuditReport], dict[str, Any]]
) -> dict[str, Any]:
    return {
        "tenants": [
            {"tenant": one.tenant, "refused": list(one.complaints)}
            | ({} if one.report is None else describe_one(one.report))
            for one in audits
        ],
        "complete": all(one.complete for one in audits),
    }
