"""The verdict in one sentence, and point by point whether the list is complete."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from apiuser.auditing import AuditReport, TenantAudit
from apiuser.auditing.checkup.export_files import ask_needs
from apiuser.auditing.completeness import find_halves, list_mixed_tenants
from apiuser.auditing.summing_up import count_conflicts, count_taken, sum_up
from apiuser.errors import count_noun, escape_invisible
from apiuser.exports import HALVES, ResourceTable, UserKind
from apiuser.exports.missing_names import WRITTEN_OTHERWISE, count_unread
from apiuser.files.sheet_data import Shown
from apiuser.rules.catalogue.audit_rules import CUT, SEVERAL_TENANTS

_LISTED = 20
"""The most unreadable records listed; a .json report holds all of them."""
_FILTER = "Set the filter of Autotask's list to {}, export, and add the file."
_LEVELS = ("error", "warning", "ok")
_RIVALS = "Name the right one in its field beside the file, and check again."
_EXPORT_PAGES = "export their pages too, mapped and unmapped, and add the files."
_SAID_OF_OTHERS = (
    "“There are none” was ticked for other exports; tick it again if it holds for "
    f"these, otherwise {_EXPORT_PAGES}"
)
_NO_FIELD = {
    "username": "Put all usernames below each other in one column, and check again.",
    "resource_id": "Export again with only the right one.",
}
"""What to do about columns for which naming the right one is not enough, or no field."""
_UNSAID = "Say which half the file is, or show the column Status and export again."


def describe_verdict(one: TenantAudit) -> Shown:
    """Say what was found, and what to do next."""
    report = one.report
    if report is None:
        return {
            "level": "error",
            "text": " ".join(one.short_complaints),
            "then": " ".join([*(fault.step for fault in one.faults), *_say_files(one)]),
        }
    taken = count_taken(report)
    level = "ok" if report.proved else "warning"
    if taken or one.complaints:
        level = "error"
    elif any(rule.severity.matters for rule in report.rules):
        level = "warning"
    whole = ["The list is complete."] if report.proved else []
    return {
        "level": level,
        "text": " ".join([count_conflicts(report), *whole, *one.short_complaints]),
        "then": _say_next(one, report, taken),
    }


def describe_summary(audits: Sequence[TenantAudit]) -> Shown:
    """Say of all tenants what was found, as bad as the worst of them."""
    levels = {describe_verdict(one)["level"] for one in audits}
    return {
        "level": min(levels, key=_LEVELS.index),
        "text": escape_invisible(sum_up(audits)),
        "then": "See each tenant below.",
    }


def _say_files(one: TenantAudit) -> list[str]:
    return [f"{ask_needs(len(one.refused))}."] if one.refused else []


def _say_next(one: TenantAudit, report: AuditReport, taken: int) -> str:
    steps = ["Resolve the conflicts below."] if taken else []
    if one.complaints:
        steps += [fault.step for fault in one.faults]
        steps += _say_files(one)
    elif not report.proved:
        steps.append("What is missing is below, under “Is the list complete?”.")
    elif not taken:
        left = any(one.row >= 0 for one in report.found)
        steps.append("What else was found is below." if left else "Nothing to do.")
    return " ".join(steps)


def describe_points(one: TenantAudit, *, said_before: bool = False) -> list[Shown]:
    """List what a complete list needs, each with how to close it if it is open.

    Args:
        one: What was found.
        said_before: Whether a person said of some exports that they have no co-managing
            users.
    """
    if one.report is None:
        return []
    parts = [
        _look_for_complaints(one),
        _look_for_columns(one.report),
        _look_for_halves(one.report),
        _look_for_co_managed(one.report, said_before=said_before),
        *(part(one.report) for part in _FURTHER_PARTS),
    ]
    points = [point for part in parts for point in part]
    if not one.report.proved and all(point["level"] != "warning" for point in points):
        # Whatever else an audit may find missing, the list is not called complete.
        lines = one.report.missing
        points.append(_point("Other", "open", "See what is missing.", lines=lines))
    return points


def _point(
    label: str, text: str, how: str = "", *, lines: Sequence[str] = (), **more: object
) -> Shown:
    return {
        "label": label,
        "text": escape_invisible(text),
        "how": how,
        "level": "warning" if how else "ok",
        "lines": [*map(escape_invisible, lines)],
        **more,
    }


def _look_for_complaints(one: TenantAudit) -> Iterator[Shown]:
    for fault in one.faults:
        yield _point("Tenant", fault.reason, fault.step)
    if one.refused:
        files = len(one.refused)
        how = f"{ask_needs(files)}, and check again."
        yield _point("Files", count_unread(files, "file"), how, lines=one.refused)


def _look_for_columns(report: AuditReport) -> Iterator[Shown]:
    tables = [table for table in report.tables if table.rivals]
    if tables:
        lines = [f"{t.path}: {doubt}." for t in tables for doubt in t.doubts]
        roles = (role for table in tables for role in table.rivals)
        how = " ".join(dict.fromkeys(_NO_FIELD.get(role, _RIVALS) for role in roles))
        yield _point("Columns", "two contradict each other", how, lines=lines)


def _look_for_halves(report: AuditReport) -> Iterator[Shown]:
    unsaid = any(table.lacks_status for table in report.tables)
    doubted = any("status" in table.rivals for table in report.tables)
    halves = find_halves(report.tables)
    for name, half in HALVES.items():
        seen = report.summary.statuses[half]
        how = _UNSAID if unsaid else _FILTER.format(name)
        how = _RIVALS if doubted else how
        how = "" if half in halves else how
        yield _point(f"{name.capitalize()} resources", _see(seen), how)


def _look_for_co_managed(report: AuditReport, *, said_before: bool) -> Iterator[Shown]:
    seen = report.summary.kinds[UserKind.CO_MANAGED]
    text, how = _see(seen), ""
    if not report.co_managed and not seen:
        text = "none, as you say"
    elif not seen:
        how = _SAID_OF_OTHERS if said_before else _EXPORT_PAGES.capitalize()
    # If none were seen, a tick can say that there are none.
    tick = None if seen else not report.co_managed
    yield _point("Co-managing users", text, how, tick=tick)


def _look_for_cuts(report: AuditReport) -> Iterator[Shown]:
    cut = [one for one in report.found if one.row < 0 and one.rule.code == CUT.code]
    files = ", ".join(str(report.tables[one.table].path) for one in cut)
    how = " ".join(dict.fromkeys(one.rule.message for one in cut))
    yield _point("Cut off", files or "no file", how)


def _look_for_unread(report: AuditReport) -> Iterator[Shown]:
    if report.unreadable:
        text = count_unread(report.unreadable, "record")
        lines = [*islice(_list_unreadable(report.tables), _LISTED)]
        if report.unreadable > _LISTED:
            more = report.unreadable - _LISTED
            lines.append(f"and {more:,} more, in the JSON report")
        yield _point("Records", text, "Fix them, or export again.", lines=lines)
    sheets = [
        f"{table.path}: {', '.join(table.unread_sheets)}"
        for table in report.tables
        if table.unread_sheets
    ]
    if sheets:
        how = "One sheet of a workbook is read: save the others as files of their own."
        yield _point("Sheets", "some were not read", how, lines=sheets)


def _list_unreadable(tables: tuple[ResourceTable, ...]) -> Iterator[str]:
    for table in tables:
        for item in table.unreadable:
            yield f"{table.path}, line {item.line}: {item.reason}"


def _look_for_names(report: AuditReport) -> Iterator[Shown]:
    summary = report.summary
    if summary.nameless:
        text = f"{count_noun(summary.nameless, 'record')} without one"
        yield _point("Usernames", text, "Look up their usernames in Autotask.")
    if summary.odd_names:
        names = count_noun(summary.odd_names, "name")
        how = "See what was noticed, and compare these names with Autotask."
        yield _point("Odd names", f"{names} {WRITTEN_OTHERWISE}", how)
    if summary.odd_signs:
        text = f"{count_noun(summary.odd_signs, 'sign')} that may stand for an @"
        how = "Check in Autotask how these usernames are written."
        yield _point("Signs", text, how)


def _look_for_kinds(report: AuditReport) -> Iterator[Shown]:
    unknown = report.summary.kinds[UserKind.UNKNOWN]
    if unknown:
        text = f"not known for {count_noun(unknown, 'record')}"
        how = "Show the licence type or the security level: rules check API users only."
        yield _point("Kind of user", text, how)


def _look_for_tenants(report: AuditReport) -> Iterator[Shown]:
    for one in report.found:
        if one.rule.code == SEVERAL_TENANTS.code:
            how = "Choose “Many tenants” above, so that none is compared with another."
            yield _point("Tenants", one.rule.message, how)
    if lines := [*list_mixed_tenants(report.tables)]:
        how = "Export each tenant on its own, and audit one after the other."
        yield _point("Tenants", "several in one list, it seems", how, lines=lines)


_FURTHER_PARTS: tuple[Callable[[AuditReport], Iterator[Shown]], ...] = (
    _look_for_cuts,
    _look_for_unread,
    _look_for_names,
    _look_for_kinds,
    _look_for_tenants,
)


def _see(number: int) -> str:
    return f"{number:,} seen" if number else "none seen"
