"""What exports lack: the AUD findings, and why an audit may be incomplete."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from apiuser.auditing.suffixes import find_apart
from apiuser.errors import count_noun, join_some
from apiuser.exports import HALVES, ResourceTable, Status, UserKind
from apiuser.exports.headers import KIND_ROLES, name_api_fields
from apiuser.exports.resources import add_summaries
from apiuser.exports.rows import SHOWN_LINES, show_places
from apiuser.rules.catalogue.audit_rules import (
    BROKEN_ANSWER,
    CUT,
    CUT_PAGE,
    KIND_UNKNOWN,
    NEXT_PAGE,
    NO_CO_MANAGED,
    ONE_HALF,
    SEVERAL_TENANTS,
)
from apiuser.rules.rule import Rule

WRITTEN_OTHERWISE = "that may be written differently in Autotask"
"""What usernames are that a program seems to have altered."""
_SUFFIXES_NAMED = 5


def shows_kinds(tables: Sequence[ResourceTable]) -> bool:
    """Tell whether any table has a column that says what kind of user each is."""
    return any(role in table.columns for table in tables for role in KIND_ROLES)


def count_unread(number: int, noun: str) -> str:
    """Say how many records or files could not be read."""
    return f"{count_noun(number, noun)} could not be read"


def hides_names(tables: Sequence[ResourceTable]) -> bool:
    """Tell whether a name may be missing in tables, or replaced by another one."""
    return any(_list_hidden(tables))


def find_halves(tables: Sequence[ResourceTable]) -> set[Status]:
    """Return the halves that were seen, of which one may be empty if it was given.

    A list of the co-managing users, or one of all API users, shows no half of the rest.
    """
    some = [table for table in tables if _may_show_half(table)]
    statuses = add_summaries(some or tables).statuses
    seen = {half for half in HALVES.values() if statuses[half]}
    if seen:
        seen |= {
            table.assumed
            for table in tables
            if table.assumed and not (table.records or table.unreadable)
        }
    return seen


def _may_show_half(table: ResourceTable) -> bool:
    kinds = {kind for kind, number in table.summary.kinds.items() if number}
    halves = [half for half in HALVES.values() if table.summary.statuses.get(half)]
    if table.assumed or not kinds <= {UserKind.CO_MANAGED, UserKind.API_USER}:
        return True
    return kinds != {UserKind.CO_MANAGED} and len(halves) == 1


def find_gaps(
    tables: Sequence[ResourceTable], *, co_managed: bool
) -> Iterator[tuple[Rule, int]]:
    """Yield the rules that say what is missing, each with its table.

    Args:
        tables: What was read.
        co_managed: Whether the tenant may have co-managing users.

    Yields:
        The rule with its numbers, and the table concerned; -1 for all together.
    """
    summary = add_summaries(tables)
    if find_halves(tables) != {*HALVES.values()}:
        yield ONE_HALF, -1
    if co_managed and not summary.kinds[UserKind.CO_MANAGED]:
        yield NO_CO_MANAGED, -1
    if suffixes := find_apart(tables):
        some = [f"@{suffix}" for suffix in suffixes[:_SUFFIXES_NAMED]]
        found = join_some(some, len(suffixes))
        template = f"{SEVERAL_TENANTS.template} Found: {found}."
        yield replace(SEVERAL_TENANTS, template=template), -1
    for at, table in enumerate(tables):
        cut = _find_cut(table)
        if cut:
            yield cut[0], at
        unknown = table.summary.kinds.get(UserKind.UNKNOWN, 0)
        if unknown:
            yield _add_number(KIND_UNKNOWN, table, unknown), at


def list_missing(
    tables: Sequence[ResourceTable], *, co_managed: bool
) -> tuple[str, ...]:
    """Say why names may be in use that the tables do not show; empty if there are none.

    Args:
        tables: What was read.
        co_managed: Whether the tenant may have co-managing users.
    """
    reasons = [*_list_hidden(tables)]
    summary = add_summaries(tables)
    seen = find_halves(tables)
    if not (seen or any("status" in table.columns for table in tables)):
        reasons.append("no column says which resources are active and which inactive")
    elif not seen:
        reasons.append("no word in the status columns says active or inactive")
    else:
        reasons += [
            f"no {status.word} resource was seen"
            for status in HALVES.values()
            if status not in seen
        ]
    # If no kind is known, no name was checked as that of an API user, and no column
    # confirms that nobody is co-managing: one unknown kind proves no less.
    unknown = summary.kinds[UserKind.UNKNOWN]
    known = shows_kinds(tables)
    if unknown and not known:
        others = " or co-managing ones" if co_managed else ""
        reasons.append(f"no column says which users are API users{others}")
    elif co_managed and not summary.kinds[UserKind.CO_MANAGED]:
        reasons.append("no co-managing user was seen")
    if unknown and known:
        reasons.append(
            f"{count_noun(unknown, 'record')} whose licence type and security level do "
            "not say what kind of user it is"
        )
    kinds = {k for table in tables for k, n in table.summary.kinds.items() if n}
    if kinds == {UserKind.API_USER}:  # somebody who logs in made the export
        reasons.append("no person was seen, only API users")
    return tuple(reasons)


def _list_hidden(tables: Sequence[ResourceTable]) -> Iterator[str]:
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
        if cut := _find_cut(table):
            yield f"{table.path} {cut[1]}"


def _find_cut(table: ResourceTable) -> tuple[Rule, str] | None:
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
    return None


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


def _add_number(rule: Rule, table: ResourceTable, records: int) -> Rule:
    """Return the rule with the number of records concerned in its message.

    Their places follow, unless the whole table is concerned.
    """
    where = ""
    if records < table.records:
        places = table.list_unknown_kinds(SHOWN_LINES)
        where = f" ({show_places(places, records)})"
    template = f"{rule.template} Records concerned: {{records}}{where}."
    return replace(rule, template=template, parameters={"records": records})
