"""A report as one self-contained HTML page without any request outside."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice

from apiuser.auditing import AuditReport, Row
from apiuser.reports.plot import plot_counts
from apiuser.reports.wording import conclude, describe_file, explain_levels
from apiuser.tables import escape_invisible

LIMIT = 20_000
"""The most findings on the page; a browser is slow above, CSV and JSON are not."""

CLOSE_TABLE = "</tbody></table></div>"
_FINDINGS = (
    *("Code", "Severity", "File", "Line", "Record", "Username"),
    *("What to do", "Conflict", "Level"),
)
_MEMBERS = (
    *("Conflict", "Level", "Username", "Status", "Kind"),
    *("File", "Line", "Record"),
)
_STYLE = """
:root{color-scheme:light dark;--line:#8884;--soft:#8881}
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
.verdict{border-left:4px solid;padding:.4rem .8rem;background:var(--soft)}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;
border-bottom:1px solid var(--line)}
th{position:sticky;top:0;background:Canvas}
td.name{font-family:ui-monospace,monospace;white-space:pre-wrap;word-break:break-all}
.error{color:light-dark(#a61b1b,#ff9a9a)}.warning{color:light-dark(#7a5200,#f0c060)}
label{margin-right:1rem}input[type=search]{font:inherit;padding:.2rem .4rem;width:20rem}
@media (max-width:60rem){.wide{overflow-x:auto}th{position:static}
td.name{min-width:9rem}td.said{min-width:14rem}}
@media print{@page{size:A4 landscape;margin:12mm}form{display:none}
body{margin:0;max-width:none;font-size:9pt}.wide{overflow:visible}th{position:static}
tr{break-inside:avoid}h2,h2+p{break-after:avoid}}
"""
_SCRIPT = """
const rows=[...document.querySelectorAll("#findings tbody tr")];
const texts=rows.map(r=>r.textContent.toLowerCase());
const find=document.getElementById("find"),worst=document.getElementById("worst");
const said=document.getElementById("said");
const show=()=>{const t=find.value.toLowerCase(),w=worst.value;let n=0;
rows.forEach((r,i)=>{const on=texts[i].includes(t)&&(!w||r.dataset.severity===w);
r.hidden=!on;n+=on});said.textContent=n+" of "+rows.length+" shown"};
find.oninput=show;worst.onchange=show;show();
document.querySelector("form").onsubmit=e=>e.preventDefault();
"""


def render_html(report: AuditReport, *, limit: int = LIMIT) -> str:
    """Return the whole page: verdict, plot, files, conflicts, findings with search."""
    return "".join(_write_page(report, limit))


def open_page(title: str) -> str:
    """Return the beginning of a page, up to its heading."""
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(title)}</h1>"
    )


def open_table(name: str, headers: Iterable[str], *, identity: str = "") -> str:
    """Return the beginning of a table that scrolls for itself where it is too wide.

    Args:
        name: What a screen reader calls it.
        headers: The headers of its columns.
        identity: Its id.
    """
    mark = f' id="{identity}"' if identity else ""
    cells = "".join(f'<th scope="col">{header}' for header in headers)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{name}">'
        f"<table{mark}><thead><tr>{cells}</tr></thead><tbody>\n"
    )


def close_page() -> str:
    """Return the end of a page."""
    from importlib.metadata import version  # noqa: PLC0415  # late: slow to import

    return (
        f"<p>Written by apiuser {escape(version('apiuser'))}.</p>"
        f"<script>{_SCRIPT}</script></body></html>\n"
    )


def _write_page(report: AuditReport, limit: int) -> Iterator[str]:
    yield open_page("Audit of usernames")
    yield f'<p class="verdict">{escape(conclude(report))}</p>'
    yield f"<h2>Counts</h2>{plot_counts(report)}"
    yield "<h2>Files</h2><ul>"
    for table in report.tables:
        yield f"<li>{escape(str(table.path))}: {escape(describe_file(table))}"
        if table.unreadable:
            yield "<ul>"
            for item in islice(table.unreadable, limit):
                yield (
                    f"<li>line {item.line}, record {item.record}: "
                    f"{escape(item.reason)}</li>"
                )
            yield "</ul>"
        yield "</li>"
    yield "</ul>"
    if report.notices:
        yield "<h2>Noticed</h2><ul>"
        for notice in report.notices:
            yield f"<li>{escape(notice)}</li>"
        yield "</ul>"
    yield from _write_suggestions(report)
    yield from _write_members(report, limit)
    rows = (("", row) for row in report.rows())
    yield from write_findings(rows, len(report), limit)
    yield close_page()


def _write_suggestions(report: AuditReport) -> Iterator[str]:
    if not report.suggestions:
        return
    yield "<h2>Free alternatives</h2>"
    yield open_table("Free alternatives", ("Proposed", "Free"))
    for name, free in report.suggestions.items():
        yield f'<tr><td class="name">{_name(name)}<td class="name">{_name(free)}</tr>'
    yield CLOSE_TABLE


def _write_members(report: AuditReport, limit: int) -> Iterator[str]:
    if not report.grouped:
        return
    yield (
        f"<h2>Names in conflict</h2><p>{escape(explain_levels())}</p>"
        + open_table("Names in conflict", _MEMBERS)
    )
    levels = report.levels
    for member in islice(report.members, limit):
        yield (
            f"<tr><td>{member.group}<td>{levels.get(member.group, '')}"
            f'<td class="name">{_name(member.username)}<td>{member.status}'
            f"<td>{member.kind}<td>{escape(member.file)}"
            f"<td>{_show(member.line)}<td>{_show(member.record)}</tr>"
        )
    yield CLOSE_TABLE


def write_findings(
    rows: Iterable[tuple[str, Row]], number: int, limit: int, *, tenants: bool = False
) -> Iterator[str]:
    """Yield the table of findings with its search.

    Args:
        rows: Each finding with its tenant.
        number: How many there are.
        limit: How many are shown at most.
        tenants: Whether there is a column of tenants.
    """
    yield (
        '<h2>Findings</h2><form><label>Search <input type="search" id="find"></label>'
        '<label>Severity <select id="worst"><option value="">all</option>'
        "<option>error</option><option>warning</option><option>notice</option>"
        '</select></label><span id="said" role="status"></span></form>'
    )
    if number > limit:
        yield (
            f"<p>The first {limit} of {number} findings are shown; "
            "write a .csv or .json report for all of them.</p>"
        )
    headers = ("Tenant", *_FINDINGS) if tenants else _FINDINGS
    yield open_table("Findings", headers, identity="findings")
    for tenant, row in islice(rows, limit):
        yield _write_row(row, f"<td>{escape(tenant)}" if tenants else "")
    yield CLOSE_TABLE


def _write_row(row: Row, tenant: str) -> str:
    return (
        f'<tr data-severity="{row.severity}">{tenant}<td>{row.code}'
        f'<td class="{row.severity}">{row.severity}<td>{escape(row.file)}'
        f"<td>{_show(row.line)}<td>{_show(row.record)}"
        f'<td class="name">{_name(row.username)}<td class="said">{escape(row.message)}'
        f"<td>{_show(row.group)}<td>{row.level}</tr>\n"
    )


def _name(text: str) -> str:
    # What turns the direction of text would show another name than the one read.
    return escape(escape_invisible(text))


def _show(number: int | None) -> str:
    return "" if number is None else str(number)
