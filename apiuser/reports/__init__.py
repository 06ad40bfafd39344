"""What leaves an audit: terminal text, CSV, JSON, XLSX, an HTML page and a plot."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from apiuser import load_late
from apiuser.errors import InputError
from apiuser.files import write_whole

if TYPE_CHECKING:
    from apiuser.auditing import AuditReport, TenantAudit
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
    "render_tenants_json",
    "render_tenants_terminal",
    "render_tenants_xlsx",
    "render_terminal",
    "render_xlsx",
    "tenants_as_json",
    "write",
    "write_tenants",
]


_HOMES = {
    "as_json": "json_report",
    "plot_counts": "plot",
    "render_csv": "csv_report",
    "render_html": "html_report",
    "render_json": "json_report",
    "render_tenants_csv": "tenant_reports",
    "render_tenants_html": "html_report",
    "render_tenants_json": "tenant_reports",
    "render_tenants_terminal": "tenant_reports",
    "render_tenants_xlsx": "xlsx_report",
    "render_terminal": "terminal_text",
    "render_xlsx": "xlsx_report",
    "tenants_as_json": "tenant_reports",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # a function of each format
    # Late, so that an audit on a terminal waits for no format but its own.
    return load_late(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return __all__  # as notebooks list what can be typed


def _write_by(name: str) -> Callable[[object], bytes]:
    def make(found: object) -> bytes:
        made: bytes | str | Iterable[str] = __getattr__(name)(found)
        if isinstance(made, bytes):
            return made
        # Not joined as text first: several hundred thousand findings would be there
        # three times.
        data = io.BytesIO()
        # A file name may hold bytes that are not text; they are written escaped.
        data.writelines(
            text.encode("utf-8", "backslashreplace")
            for text in ([made] if isinstance(made, str) else made)
        )
        return data.getvalue()

    return make


_KINDS = ("csv", "json", "html", "xlsx")
FORMATS: Mapping[str, Callable[["AuditReport"], bytes]] = MappingProxyType(
    {f".{kind}": _write_by(f"render_{kind}") for kind in _KINDS}
)
"""How each ending of a report's path is written."""

TENANT_FORMATS: Mapping[str, Callable[[Sequence["TenantAudit"]], bytes]] = (
    MappingProxyType(
        {f".{kind}": _write_by(f"render_tenants_{kind}") for kind in _KINDS}
    )
)
"""How each ending of a report over tenants is written."""


def check_path(path: str | Path) -> None:
    """Refuse a path whose ending names no known format, before any work is done.

    Raises:
        InputError: The ending is unknown.
    """
    if Path(path).suffix.lower() not in FORMATS:
        message = f"{path}: a report ends in {', '.join(FORMATS)}. Give such a name."
        raise InputError(message)


def write(report: "AuditReport", path: str | Path) -> None:
    """Write the report whole; the ending of the path picks the format.

    Raises:
        AccessError: The file cannot be written.
        InputError: The ending is unknown.
    """
    check_path(path)
    write_whole(path, FORMATS[Path(path).suffix.lower()](report))


def write_tenants(audits: Sequence["TenantAudit"], path: str | Path) -> None:
    """Write one report over tenants whole; the ending of the path picks the format.

    Raises:
        AccessError: The file cannot be written.
        InputError: The ending is unknown.
    """
    check_path(path)
    write_whole(path, TENANT_FORMATS[Path(path).suffix.lower()](audits))
