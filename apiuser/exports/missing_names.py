"""Why names may be in use that an export does not show, or shows otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from apiuser.errors import count_noun, join_some
from apiuser.exports.headers import name_api_fields
from apiuser.exports.resources import ResourceTable, add_summaries
from apiuser.rules.catalogue.audit_rules import (
    BROKEN_ANSWER,
    CUT,
    CUT_OLD_SHEET,
    CUT_PAGE,
    CUT_SHEET,
    NEXT_PAGE,
)
from apiuser.rules.rule import Rule

WRITTEN_OTHERWISE = "that may be written differently in Autotask"
"""What usernames are that a program seems to have altered."""


def count_unread(number: int, noun: str) -> str:
    """Say how many records or files could not be read."""
    return f"{count_noun(number, noun)} could not be read"


def list_hidden(tables: Sequence[ResourceTable]) -> Iterator[str]:
    """Yield why names may be missing in what was read, or not the real ones."""
    unreadable = sum(len(table.unreadable) for table in tables)
    if unreadable:
        yield count_unread(unreadable, "record")
    for table in tables:
        if table.unread_sheets:
            verb = "was" if len(table.unread_sheets) == 1 else "were"
            sheets = count_noun(len(table.unread_sheets), "sheet")
            yield f"{table.path} has {sheets} that {verb} not read"
    for table in tables:
        yield from (f"{table.path}: {doubt}" for doubt in table.doubts)
    summary = add_summaries(tables)
    for number, noun, what in (
        (summary.nameless, "record", "without a username"),
        (summary.odd_names, "username", WRITTEN_OTHERWISE),
        (summary.odd_signs, "sign", "in usernames that may stand for @"),
    ):
        if number:
            yield f"{count_noun(number, noun)} {what}"
    for table in tables:
        if cut := find_cut(table):
            yield f"{table.path} {cut[1]}"


def find_cut(table: ResourceTable) -> tuple[Rule, str] | None:
    """Return the rule that says that a table lacks records, and the reason."""
    rows, page = CUT.parameters["rows"], CUT_PAGE.parameters["rows"]
    if table.gaps:
        gap = join_some(table.gaps[:1], len(table.gaps), between="; ")
        template = f"{BROKEN_ANSWER.template} Found: {gap}."
        return replace(BROKEN_ANSWER, template=template), f"is not complete ({gap})"
    if table.lacks_pages:
        return NEXT_PAGE, "names a page that is not in it"
    if table.lacks_pages is False:  # the answer says that it is the last one
        return None
    records, besides = _find_multiple(table, page)
    if records and name_api_fields(table.headers):
        pages = count_noun(records // page, "whole page")
        limit = f"{pages} of {page} records{besides}"
        return _add_found(CUT_PAGE, besides, limit)
    records, besides = _find_multiple(table, rows)
    if records:
        times = "" if records == rows else f"{records // rows} times "
        exactly = "exactly " * (not (times or besides))
        limit = f"{exactly}{records} rows{besides}, {times}the limit of one export"
        return _add_found(CUT, besides, limit)
    return next(_find_sheets(table), None)


def _find_sheets(table: ResourceTable) -> Iterator[tuple[Rule, str]]:
    """Yield the rule about a sheet that records fill to its last row, if they do."""
    records = table.records + len(table.unreadable)
    for rule in (CUT_SHEET, CUT_OLD_SHEET):
        last = rule.parameters["rows"]
        # What is between records takes rows too.
        if last - 1 in {records, records + table.skipped_lines}:
            yield rule, f"reaches row {last}, the last of a sheet, and was probably cut"


def _add_found(rule: Rule, besides: str, limit: str) -> tuple[Rule, str]:
    """Return the rule, with what was found if the file holds more, and the reason."""
    if besides:
        rule = replace(rule, template=f"{rule.template} Found: {limit}.")
    return rule, f"holds {limit}, and was probably cut"


def _find_multiple(table: ResourceTable, rows: int) -> tuple[int, str]:
    """Return how many resources there may be, if that is a multiple of a limit; or 0.

    A footer may be among the records, and the header again between two exports.

    Returns:
        The number, and what else the file holds: footers, or other parts.
    """
    parts = table.summary.parts
    places = [(table.records + len(table.unreadable), "")]
    places += (
        (
            records,
            f" in part {number} of {len(parts)}, where the IDs, the states or the header begin again",
        )
        for number, records in enumerate(parts, start=1)
    )
    for records, where in places:
        fewest = max(records - table.summary.footers, 1)
        for number in range(records, fewest - 1, -1):
            if number % rows == 0:
                more = records - number
                footers = f" besides {count_noun(more, 'possible footer')}" * bool(more)
                return number, footers + where
    return 0, ""
