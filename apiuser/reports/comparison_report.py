"""What changed between two moments, for a terminal and for programs."""

from collections.abc import Iterator, Sequence
from typing import Any

from apiuser.auditing.changes import DOUBTED, Change
from apiuser.auditing.comparison import Comparison
from apiuser.auditing.expectation import Check, holds_all
from apiuser.auditing.resource_pairs import ChangeKind, Resource
from apiuser.errors import escape_invisible
from apiuser.reports.json_report import describe_file_for_programs
from apiuser.reports.terminal_text import FINDINGS_SHOWN
from apiuser.reports.wording import describe_file, list_unreadable, spell_odd

REST = "its JSON contains all"
"""Where what is not shown can be found."""
_ANSWERS = {True: "yes", False: "no", None: "not shown"}


def comparison_as_json(
    comparison: Comparison, checks: Sequence[Check] = (), *, expected: str = ""
) -> dict[str, Any]:
    """Return a comparison in the shape that `apiuser compare --json` prints.

    Args:
        comparison: What changed.
        checks: What was expected.
        expected: The username that was expected; blank if none was.
    """
    return {
        "before": [describe_file_for_programs(table) for table in comparison.before],
        "after": [describe_file_for_programs(table) for table in comparison.after],
        "changes": [
            _describe_change(change) | {"certain": comparison.is_certain(change)}
            for change in comparison.changes
        ],
        "counts": {str(kind): n for kind, n in comparison.counts.items()},
        "missing": list(comparison.missing),
        "complete": not comparison.missing,
        "not_compared": list(comparison.not_compared),
        "notices": list(comparison.notices),
        "expected": {
            "username": expected,
            "proved": holds_all(checks),
            "checks": [check._asdict() for check in checks],
        }
        if checks
        else None,
    }


def _describe_change(change: Change) -> dict[str, Any]:
    resource = change.resource
    return {
        "change": str(change.kind),
        "username": resource.username,
        "resource_id": resource.resource_id,
        "old": change.old,
        "new": change.new,
        "before": _describe_place(change.before),
        "after": _describe_place(change.after),
    }


def _describe_place(resource: Resource | None) -> dict[str, Any] | None:
    if resource is None:
        return None
    return {"file": resource.file, "line": resource.line, "record": resource.record}


def render_comparison(
    comparison: Comparison,
    checks: Sequence[Check] = (),
    *,
    expected: str = "",
    rest: str = REST,
) -> str:
    """Return a comparison as text: files, changes, what was expected, the verdict.

    Args:
        comparison: What changed.
        checks: What was expected.
        expected: The username that was expected; blank if none was.
        rest: Where what is not shown can be found.
    """
    lines = _write_lines(comparison, checks, expected, rest)
    return "\n".join(map(escape_invisible, lines))


def _write_lines(
    comparison: Comparison, checks: Sequence[Check], expected: str, rest: str
) -> Iterator[str]:
    for moment, tables in (("Before", comparison.before), ("After", comparison.after)):
        for table in tables:
            yield f"{moment}: {table.path}: {describe_file(table)}"
            yield from list_unreadable(table, limit=FINDINGS_SHOWN, rest=rest)
    yield from (f"Note: {notice}" for notice in comparison.notices)
    yield ""
    for change in comparison.changes[:FINDINGS_SHOWN]:
        yield _write_change(change, certain=comparison.is_certain(change))
    if len(comparison.changes) > FINDINGS_SHOWN:
        yield f"... and {len(comparison.changes) - FINDINGS_SHOWN:,} more; {rest}."
    if checks:
        yield f"Expected {expected}:"
        yield from (
            f"  {_ANSWERS[check.holds]:9}  {check.what}: {check.said}"
            for check in checks
        )
    yield _conclude(comparison, checks)


def _write_change(change: Change, *, certain: bool) -> str:
    resource = change.resource
    odd = spell_odd(resource.username)
    name = f"{resource.username} ({odd})" if odd else resource.username
    what = f"{change.old or 'blank'}, now {change.new or 'blank'}"
    if change.kind in {ChangeKind.ADDED, ChangeKind.GONE}:
        moment = "before" if change.before is None else "after"
        what = f"not seen {moment}"
        if not resource.doubted:
            what += ", but names may be missing there"
        if certain:
            what = "not there before" if change.before is None else "not there any more"
    if change.doubted:
        what += f"; {DOUBTED}"
    place = f"{resource.file}:{resource.line} record {resource.record}"
    return f"{change.kind.spoken:18}  {name}: {what} ({place})"


def _conclude(comparison: Comparison, checks: Sequence[Check]) -> str:
    """Say what changed and whether it is what was expected, and no more."""
    said = f"{comparison.summary or f'Nothing changed in {comparison.scope}'}."
    if comparison.doubted and not comparison.changes:
        said = "No change was seen, but that does not prove that nothing changed."
    elif not all(map(comparison.is_certain, comparison.changes)):
        said += " Some of these may not be real changes."
    if not checks:
        if comparison.not_compared and comparison.changes:
            said += f" Not compared: {', '.join(comparison.not_compared)}."
        if comparison.missing:
            said += f" More may have changed: {'; '.join(comparison.missing)}."
        return said
    # What the exports do not show is said beside what was expected.
    wrong = [check.what for check in checks if check.holds is False]
    if not wrong:
        if comparison.not_compared:
            return f"{said} All that was compared is as expected; see what was not."
        return f"{said} All is as expected."
    verb = "proved" if comparison.doubted or comparison.missing else "true"
    return f"{said} It is not {verb} that {', nor that '.join(wrong)}."
