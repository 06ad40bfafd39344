"""A report as CSV, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from apiuser.auditing import AuditReport, Row

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
_CHUNK = 10_000


def render_csv(report: AuditReport) -> Iterator[str]:
    """Yield the findings as CSV with BOM, defused cell by cell.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    yield "\ufeff"
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(Row._fields)
    rows = report.rows()
    while some := list(islice(rows, _CHUNK)):
        writer.writerows(map(make_cells, some))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def make_cells(row: Row) -> tuple[object, ...]:
    """Return the cells of a finding, those with texts of others defused."""
    code, severity, file, line, record, username, message, group, level = row
    return (
        code,
        severity,
        defuse(file),
        line,
        record,
        defuse(username),
        message,
        group,
        level,
    )


def defuse(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    # Blanks in front do not stop every spreadsheet.
    return f"'{text}" if text.lstrip(" ").startswith(_ACTIVE) else text
