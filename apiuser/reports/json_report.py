"""A report for programs: names exactly as read."""

import json
from collections.abc import Callable, Iterator
from itertools import groupby
from types import GeneratorType
from typing import Any

from apiuser.auditing import AuditReport, Member
from apiuser.credentials.confusables import UNICODE_VERSION
from apiuser.exports import ResourceTable
from apiuser.files.json_escapes import escape_json

_LONG = (dict, list, GeneratorType)


def as_json(report: AuditReport) -> dict[str, Any]:
    """Return the report in the shape that `apiuser audit --json` prints."""
    value = describe(report)
    lists = {name: [*value[name]] for name in ("findings", "conflicts")}
    return value | lists


def describe(report: AuditReport) -> dict[str, Any]:
    """Return the report as `as_json` does, with generators for what may be long."""
    levels = report.levels
    return {
        "files": [describe_file_for_programs(table) for table in report.tables],
        "findings": (row._asdict() for row in report.rows()),
        "counts": dict(report.counts),
        "complete": report.complete,
        "proved": report.proved,
        "missing": list(report.missing),
        "notices": list(report.notices),
        "same_resources": report.same_resources,
        "suggestions": dict(report.suggestions),
        "unicode": UNICODE_VERSION,
        "conflicts": (
            {
                "group": group,
                "level": levels.get(group, ""),
                "members": [_describe_member(member) for member in members],
            }
            for group, members in groupby(report.members, key=lambda m: m.group)
        ),
    }


def describe_file_for_programs(table: ResourceTable) -> dict[str, Any]:
    """Return how a file was read, as all JSON has it."""
    return {
        "path": str(table.path),
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "records": table.records,
        "unreadable": [
            {"line": item.line, "record": item.record, "reason": item.reason}
            for item in table.unreadable
        ],
    }


def _describe_member(member: Member) -> dict[str, Any]:
    return {name: v for name, v in member._asdict().items() if name != "group"}


def render_json(report: AuditReport, *, ascii_only: bool = False) -> Iterator[str]:
    """Yield the report as JSON text, a line for each finding and member.

    Args:
        report: The report.
        ascii_only: Escape what is not ASCII, which JSON readers undo.
    """
    yield from write_json(describe(report), ascii_only=ascii_only)


def write_json(value: object, *, ascii_only: bool = False) -> Iterator[str]:
    """Yield a value as JSON text; what holds no lists or objects goes on one line.

    Args:
        value: The value; generators in it are written as lists.
        ascii_only: Escape what is not ASCII, which JSON readers undo.
    """
    # Without an indent of its own the encoder is written in C, and ten times faster.
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for part in _write(value, encode, "\n"):
        yield escape_json(part, ascii_only=ascii_only)
    yield "\n"


def _write(
    value: object, encode: Callable[[object], str], margin: str
) -> Iterator[str]:
    if isinstance(value, list | GeneratorType):
        brackets, items = "[]", (("", item) for item in value)
    elif isinstance(value, dict) and any(map(_is_long, value.values())):
        brackets = "{}"
        items = ((f"{encode(name)}: ", item) for name, item in value.items())
    else:
        yield encode(value)
        return
    lead = inner = f"{margin}  "
    yield brackets[0]
    for name, item in items:
        yield f"{lead}{name}"
        yield from _write(item, encode, inner)
        lead = f",{inner}"
    yield f"{margin}{brackets[1]}" if lead != inner else brackets[1]


def _is_long(value: object) -> bool:
    return isinstance(value, _LONG)
