"""What leaves an audit: terminal text, CSV, JSON, an HTML page and a plot."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from apiuser.auditing import AuditReport, TenantAudit
from apiuser.errors import InputError
from apiuser.files import write_whole
from apiuser.reports.delimited import render_csv
from apiuser.reports.page import render_html
from apiuser.reports.plot import plot_counts
from apiuser.reports.structured import as_json, render_json
from apiuser.reports.tenants import (
    render_tenants_csv,
    render_tenants_html,
    render_tenants_json,
    render_tenants_terminal,
    tenants_as_json,
)
from apiuser.reports.terminal import render_terminal

__all__ = [
    "FORMATS",
    "as_json",
    "check_path",
    "plot_counts",
    "render_csv",
    "render_html",
    "render_json",
    "render_tenants_terminal",
    "render_terminal",
    "tenants_as_json",
    "write",
    "write_tenants",
]

FORMATS: Mapping[str, Callable[[AuditReport], Iterable[str]]] = MappingProxyType(
    {".csv": render_csv, ".json": render_json, ".html": lambda r: (render_html(r),)}
)
"""How each ending of a report's path is written."""

_TENANT_FORMATS: Mapping[str, Callable[[Sequence[TenantAudit]], Iterable[str]]] = {
    ".csv": render_tenants_csv,
    ".json": render_tenants_json,
    ".html": render_tenants_html,
}


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
    _write(path, FORMATS[Path(path).suffix.lower()](report))


def write_tenants(audits: Sequence[TenantAudit], path: str | Path) -> None:
    """Write one report over tenants whole; the ending of the path picks the format.

    Raises:
        AccessError: The file cannot be written.
        InputError: The ending is unknown.
    """
    check_path(path)
    _write(path, _TENANT_FORMATS[Path(path).suffix.lower()](audits))


def _write(path: str | Path, parts: Iterable[str]) -> None:
    # A file name may hold bytes that are no text; they are written escaped.
    write_whole(path, "".join(parts).encode("utf-8", "backslashreplace"))
