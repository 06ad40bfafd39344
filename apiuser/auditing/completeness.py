"""What exports lack: the AUD findings, and why an audit may be incomplete."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from apiuser.auditing.suffixes import find_apart, list_mixed
from apiuser.errors import count_noun, join_some, show_start
from apiuser.exports import HALVES, ResourceTable, Status, UserKind
from apiuser.exports.headers import KIND_ROLES
from apiuser.exports.missing_names import find_cut, list_hidden
from apiuser.exports.resources import add_summaries
from apiuser.exports.rows import SHOWN_LINES, show_places
from apiuser.exports.vocabulary import fold_letters
from apiuser.rules.catalogue.audit_rules import (
    KIND_UNKNOWN,
    NO_CO_MANAGED,
    ONE_HALF,
    SEVERAL_TENANTS,
)
from apiuser.rules.rule import Rule

_NAMED = 5


def shows_kinds(tables: Sequence[ResourceTable]) -> bool:
    """Tell whether any table has a column that says what kind of user each is."""
    return any(role in table.columns for table in tables for role in KIND_ROLES)


def hides_names(tables: Sequence[ResourceTable]) -> bool:
    """Tell whether a name may be missing in tables, or replaced by another one."""
    return any(list_hidden(tables))


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
    if found := _name_suffixes(tables):
        template = f"{SEVERAL_TENANTS.template} Found: {found}."
        yield replace(SEVERAL_TENANTS, template=template), -1
    for at, table in enumerate(tables):
        cut = find_cut(table)
        if cut:
            yield cut[0], at
        unknown = table.summary.kinds.get(UserKind.UNKNOWN, 0)
        if unknown:
            yield _add_number(KIND_UNKNOWN, table, unknown), at


def _name_suffixes(tables: Sequence[ResourceTable]) -> str:
    """Return the suffixes that seem to be of several tenants; blank if none do."""
    return _join_suffixes(find_apart(tables))


def _join_suffixes(suffixes: Sequence[str]) -> str:
    return join_some([f"@{suffix}" for suffix in suffixes[:_NAMED]], len(suffixes))


def list_mixed_tenants(tables: Sequence[ResourceTable]) -> Iterator[str]:
    """Yield which exports hold several tenants, by API users or by a column."""
    for table in tables:
        if suffixes := list_mixed(table):
            yield (
                f"{table.path}: API users end differently ({_join_suffixes(suffixes)}), "
                "as those of several tenants do"
            )
    found: dict[str, dict[str, str]] = {}
    headers: dict[str, str] = {}
    for table in tables:
        for header, names in table.tenants.items():
            first = headers.setdefault(fold_letters(header), header)
            known = found.setdefault(first, {})
            for name in names:
                known.setdefault(name.casefold(), name)
    for header, known in found.items():
        if len(known) > 1:
            some = [*map(show_start, [*known.values()][:_NAMED])]
            yield (
                f"the column {show_start(header)} names {len(known)} tenants "
                f"({join_some(some, len(known))})"
            )


def list_missing(
    tables: Sequence[ResourceTable], *, co_managed: bool
) -> tuple[str, ...]:
    """Say why names may be in use that the tables do not show; empty if there are none.

    Args:
        tables: What was read.
        co_managed: Whether the tenant may have co-managing users.
    """
    reasons = [*list_hidden(tables)]
    if found := _name_suffixes(tables):
        reasons.append(
            f"usernames of different exports end differently ({found}), as those of "
            "several tenants do"
        )
    reasons += list_mixed_tenants(tables)
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
