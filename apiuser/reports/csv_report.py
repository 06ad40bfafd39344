"""A report as CSV, safe to open in a spreadsheet."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from apiuser.auditing import AuditReport, FindingRow

# The signs that begin a formula, those of other widths included.
_SIGNS = "=+@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b-"
# What cannot be seen does not stop every spreadsheet: control characters, blanks of
# all widths, marks of direction and order, fillers and variation selectors.
_UNSEEN = (
    "\0-\x20\x7f-\xa0\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# A spreadsheet in another language splits at a sign other than the comma, and then
# takes a quotation mark for the beginning of a cell.
_BORDERS = ',;|\t\r\n"'
_FRONT = f"[{_UNSEEN}{_BORDERS}]"
# Runs are matched whole, so that a long one is read only once.
_BEGINNING = re.compile(f"(\\A{_FRONT}*+|(?<!{_FRONT}){_FRONT}++)([{_SIGNS}])")
# Few texts hold any, which one search shows.
_BEGUN = re.compile(f"(?<![^{_UNSEEN}{_BORDERS}])[{_SIGNS}]")
_STEERING = ("\t", "\r", "\n")
_LINE_END = "\r\n"
_QUOTED = frozenset(f',"{_LINE_END}')
"""Characters of cells that are written in quotes."""


def render_csv(report: AuditReport) -> Iterator[str]:
    """Yield the findings as CSV with BOM, defused cell by cell.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    yield make_header()
    yield from write_rows(report.rows())


def make_header(*front: str) -> str:
    """Return the BOM and the header, with further columns first."""
    return "\ufeff" + ",".join((*front, *FindingRow._fields)) + _LINE_END


def write_rows(rows: Iterable[FindingRow], *front: str) -> Iterator[str]:
    """Yield findings as lines, defused cell by cell, with further cells first."""
    begin = "".join(f"{_write_cell(text)}," for text in front)
    for row in rows:
        code, severity, file, line, record, username, message, group, level, other = row
        yield (
            f"{begin}{code},{severity},{_write_cell(file)},{line or ''},{record or ''},"
            f"{_write_cell(username)},{_write_cell(message)},{group or ''},{level},"
            f"{_write_cell(other)}{_LINE_END}"
        )


def _write_cell(text: str) -> str:
    # Most usernames hold letters and digits only.
    return text if text.isascii() and text.isalnum() else _quote(text)


@lru_cache(maxsize=64)  # paths and messages occur in many rows
def _quote(text: str) -> str:
    safe = defuse(text)
    if _QUOTED.isdisjoint(safe):
        return safe
    doubled = safe.replace('"', '""')
    return f'"{doubled}"'


def defuse(text: str) -> str:
    """Put an apostrophe before all that a spreadsheet would take for a formula.

    Also where a cell would begin if the text were split by another delimiter.
    """
    safe = _BEGINNING.sub(_stop_sign, text) if _BEGUN.search(text) else text
    # A leading tab or line end would begin another cell.
    return f"'{safe}" if safe.lstrip(" ").startswith(_STEERING) else safe


def _stop_sign(match: re.Match[str]) -> str:
    """Put an apostrophe where the last cell before a sign begins."""
    front, sign = match.groups()
    at = max(front.rfind(border) for border in _BORDERS) + 1
    if not at and match.start():
        return match[0]
    return f"{front[:at]}'{front[at:]}{sign}"
