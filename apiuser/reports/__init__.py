"""What leaves an audit: terminal text, CSV, JSON, XLSX, an HTML page and a plot."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from apiuser.auditing import AuditReport, TenantAudit
from apiuser.errors import InputError
from apiuser.files import write_whole
from apiuser.reports.csv_report import render_csv
from apiuser.reports.html_report import render_html, render_tenants_html
from apiuser.reports.json_report import as_json, render_json
from apiuser.reports.plot import plot_counts
from apiuser.reports.tenant_reports import (
    render_tenants_csv,
    render_tenants_json,
    render_tenants_terminal,
    tenants_as_json,
)
from apiuser.reports.terminal_text import render_terminal
from apiuser.reports.xlsx_report import render_tenants_xlsx, render_xlsx

__all__ = [
    "FORMATS",
    "TENANT_FORMATS",
    "as_json",
    "check_path",
    "plot_counts",
    "render_csv",
    "render_html",
    "render_json",
    "render_tenants_csv",
    "render_tenants_html",
    "render_tenants_terminal",
    "render_tenants_xlsx",
    "render_terminal",
    "render_xlsx",
    "tenants_as_json",
    "write",
    "write_tenants",
]


def _join(parts: Iterable[str]) -> bytes:
    # A file name may hold bytes that are no text; they are written escaped.
    return "".join(parts).encode("utf-8", "backslashreplace")


FORMATS: Mapping[str, Callable[[AuditReport], bytes]] = MappingProxyType(
    {
        ".csv": lambda report: _join(render_csv(report)),
        ".json": lambda report: _join(render_json(report)),
        ".html": lambda report: _join(render_html(report)),
        ".xlsx": render_xlsx,
    }
)
"""How each ending of a report's path is written."""

TENANT_FORMATS: Mapping[str, Callable[[Sequence[TenantAudit]], bytes]] = (
    MappingProxyType(
        {
            ".csv": lambda audits: _join(render_tenants_csv(audits)),
            ".json": lambda audits: _join(render_tenants_json(audits)),
            ".html": lambda audits: _join(render_tenants_html(audits)),
            ".xlsx": render_tenants_xlsx,
        }
    )
)
"""How each ending of a report over tenants is written."""


def check_path(path: str | Path) -> None:
    """Refuse a path whose ending says no known format, before any work is done.

    Raises:
        InputError: The ending is unknown.
    """
    if Path(path).suffix.lower() not in FORMATS:
        message = f"{path}: a report ends in {', '.join(FORMATS)}. Give such a name."
        raise InputError(message)


def write(report: AuditReport, path: str | Path) -> None:
    """Write the report whole; the ending of the path picks the format.

    Raises:
        AccessError: The file cannot be written.
        InputError: The ending is unknown.
    """
    check_path(path)
    write_whole(path, FORMATS[Path(path).suffix.lower()](report))


def write_tenants(audits: Sequence[TenantAudit], path: str | Path) -> None:
    """Write one report over tenants whole; the ending of the path picks the format.

    Raises:
        AccessError: The file cannot be written.
        InputError: The ending is unknown.
    """
    check_path(path)
    write_whole(path, TENANT_FORMATS[Path(path).suffix.lower()](audits))
