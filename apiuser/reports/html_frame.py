"""What every HTML report begins and ends with: style, search, tables."""

from collections.abc import Iterable, Sequence
from html import escape

from apiuser.credentials.confusables import UNICODE_VERSION
from apiuser.errors import escape_invisible

CLOSE_TABLE = "</tbody></table></div>"
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
section{border-top:2px solid var(--line);margin-top:2.5rem}h3{font-size:1rem;margin-top:1.5rem}
.error{color:light-dark(#a61b1b,#ff9a9a)}.warning{color:light-dark(#7a5200,#f0c060)}
label{margin-right:1rem}input[type=search]{font:inherit;padding:.2rem .4rem;width:20rem}
@media (max-width:60rem){.wide{overflow-x:auto}th{position:static}
td.name{min-width:9rem}td.said{min-width:14rem}
.summary td.said{min-width:30rem}}
@media print{@page{size:A4 landscape;margin:12mm}form{display:none}
body{margin:0;max-width:none;font-size:9pt}.wide{overflow:visible}th{position:static}
tr{break-inside:avoid}h2,h3,h2+p,h3+p{break-after:avoid}}
"""
_SCRIPT = """
const rows=[...document.querySelectorAll(".findings tbody tr")];
const texts=rows.map(r=>r.textContent.toLowerCase());
const find=document.getElementById("find"),worst=document.getElementById("worst");
const said=document.getElementById("said");
const parts=[...document.querySelectorAll("section")].map(p=>[p,
document.querySelector(`tr[data-of=${p.id}]`),[...p.querySelectorAll(".findings tbody tr")]]);
const show=()=>{const t=find.value.toLowerCase(),w=worst.value;let n=0,k=0;
rows.forEach((r,i)=>{const on=texts[i].includes(t)&&(!w||r.dataset.severity===w);
r.hidden=!on;n+=on});
parts.forEach(([p,line,own])=>{const on=!t&&!w||own.some(r=>!r.hidden);
p.hidden=line.hidden=!on;k+=on});
said.textContent=n+" of "+rows.length+" findings shown"+
(parts.length?", in "+k+" of "+parts.length+" tenants":"")};
find.oninput=show;worst.onchange=show;show();
document.querySelector("form").onsubmit=e=>e.preventDefault();
"""
SEARCH = (
    '<form><label>Search <input type="search" id="find"></label>'
    '<label>Severity <select id="worst"><option value="">all</option>'
    "<option>error</option><option>warning</option><option>notice</option>"
    '</select></label><span id="said" role="status"></span></form>'
)
"""The search over all findings of a page, of which it has one."""


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


def close_page() -> str:
    """Return the end of a page."""
    from importlib.metadata import version  # noqa: PLC0415  # late: slow to import

    return (
        f"<p>Written by apiuser {escape(version('apiuser'))} with the confusable "
        f"characters of Unicode {UNICODE_VERSION}.</p>"
        f"<script>{_SCRIPT}</script></body></html>\n"
    )


def open_table(name: str, headers: Sequence[str], *, kind: str = "") -> str:
    """Return the beginning of a table that scrolls for itself where it is too wide.

    Args:
        name: What a screen reader calls it.
        headers: The headers of its columns.
        kind: Its class.
    """
    mark = f' class="{kind}"' if kind else ""
    cells = "".join(f'<th scope="col">{header}' for header in headers)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{show_text(name)}">'
        f"<table{mark}><thead><tr>{cells}</tr></thead><tbody>\n"
    )


def list_texts(texts: Iterable[str]) -> str:
    """Return a list of texts."""
    return f"<ul>{''.join(f'<li>{show_text(text)}</li>' for text in texts)}</ul>"


def show_text(text: str) -> str:
    """Return a text of others as it stands on the page."""
    # What turns the direction of text would show another name than the one read.
    return escape(escape_invisible(text))


def show_number(number: int | None) -> str:
    """Return a number, or nothing where there is none."""
    return "" if number is None else str(number)
