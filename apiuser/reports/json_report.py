"""A report for programs: names exactly as read."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from apiuser.auditing import AuditReport, Member
from apiuser.credentials.confusables import UNICODE_VERSION


def as_json(report: AuditReport) -> dict[str, Any]:
    """Return the report in the shape that `apiuser audit --json` prints."""
    levels = report.levels
    return {
        "files": [
            {
                "path": str(table.path),
                "encoding": table.encoding,
                "delimiter": table.delimiter,
                "records": table.records,
                "unreadable": [
                    {"line": item.line, "record": item.record, "reason": item.reason}
                    for item in table.unreadable
                ],
            }
            for table in report.tables
        ],
        "findings": [row._asdict() for row in report.rows()],
        "counts": dict(report.counts),
        "complete": report.complete,
        "proved": report.proved,
        "missing": list(report.missing),
        "notices": list(report.notices),
        "same_resources": report.same_resources,
        "suggestions": dict(report.suggestions),
        "unicode": UNICODE_VERSION,
        "conflicts": [
            {
                "group": group,
                "level": levels.get(group, ""),
                "members": [_describe(member) for member in members],
            }
            for group, members in groupby(report.members, key=lambda m: m.group)
        ],
    }


def _describe(member: Member) -> dict[str, Any]:
    return {name: v for name, v in member._asdict().items() if name != "group"}


def render_json(report: AuditReport) -> Iterator[str]:
    """Yield the report as JSON text."""
    encoder = json.JSONEncoder(ensure_ascii=False, indent=2)
    yield from encoder.iterencode(as_json(report))
    yield "\n"
