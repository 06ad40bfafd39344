"""One audit: read, compare, check, look for gaps."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import inf
from pathlib import Path
from typing import Any

from apiuser.auditing.completeness import find_gaps
from apiuser.auditing.conflicts import find_conflicts
from apiuser.auditing.contradictions import doubt_contrary
from apiuser.auditing.identities import describe_repeats
from apiuser.auditing.judgement import (
    judge_states,
    judge_usernames,
    make_case,
    read_cases,
)
from apiuser.auditing.name_index import NameIndex
from apiuser.auditing.report import AuditFinding, AuditReport
from apiuser.auditing.suggestions import suggest_free
from apiuser.credentials.matching import fold_compatibility
from apiuser.errors import InputError
from apiuser.exports import (
    HUGE,
    ResourceTable,
    UserKind,
    read_resources,
)
from apiuser.rules.case import Case
from apiuser.rules.policies import DEFAULT_POLICY, Policy

Progress = Callable[[int, int, str], None]
"""Called with the number of steps done, the number in all, and what comes next."""

Export = str | Path | ResourceTable
"""A path, or what was read from it."""
_API_USER = int(UserKind.API_USER)


def audit(  # noqa: PLR0913  # options, by keyword only
    sources: Export | Iterable[Export],
    *,
    proposed: Sequence[str] = (),
    policy: Policy = DEFAULT_POLICY,
    co_managed: bool = True,
    refused: Sequence[str] = (),
    progress: Progress | None = None,
) -> AuditReport:
    """Audit exports together: conflicts, rules for API users, completeness.

    Args:
        sources: Paths of exports, or tables already read.
        proposed: Usernames to check against the exports and one another.
        policy: The rules to check by.
        co_managed: Whether the tenant may have co-managing users; if it has none,
            nothing is missing when none is seen.
        refused: Why further files could not be read, one sentence each.
        progress: Told how far the work has got.

    Raises:
        AccessError: A file cannot be read.
        InputError: There is nothing to audit, a file is given twice, or a source is
            neither a path nor a table.
        SourceError: A file cannot be understood as a table of resources.
    """
    given = _list_sources(sources)
    if not given:
        message = "There is nothing to audit; give at least one export."
        raise InputError(message)
    refuse_doubled(given, "all its names would be in conflict")
    steps = len(given) + 3
    tell = progress or tell_nobody
    tables = [*_read(given, steps, tell)]
    tell(steps - 3, steps, "comparing names")
    names = tuple(proposed)
    index = NameIndex(tables, names)
    compared, identities = index.compare()
    conflicts = find_conflicts(compared, policy)
    found = [
        AuditFinding(*one.place, one.rule, group, one.level, one.other)
        for group, conflict in enumerate(conflicts, start=1)
        for one in conflict.found
    ]
    taken = {one.row for one in found if one.table == len(tables)}
    tell(steps - 2, steps, "checking API users")
    found += _judge(index.tables, names, policy)
    tell(steps - 1, steps, "looking for gaps")
    found += [
        AuditFinding(table, -1, rule)
        for rule, table in find_gaps(index.tables, co_managed=co_managed)
    ]
    same, notes = identities.describe(compared)
    report = AuditReport(
        tables=doubt_contrary(index.tables),
        proposed=names,
        found=_sort(found, policy),
        conflicts=conflicts,
        refused=tuple(refused),
        suggestions=suggest_free(
            [names[at] for at in sorted(taken)],
            find_used=index.find_used,
            policy=policy,
        ),
        doubted=index.list_doubted(),
        same_resources=same,
        notes=(*notes, *describe_repeats(index.tables, compared)),
        co_managed=co_managed,
    )
    tell(steps, steps, "done")
    return report


def _list_sources(sources: Export | Iterable[Export]) -> list[Export]:
    # A table or a frame is one source; as a list, a frame would be its headers.
    one = isinstance(sources, str | Path) or hasattr(sources, "columns")
    one = one or not isinstance(sources, Iterable)
    given: list[Any] = [sources] if one else list(sources)  # type: ignore[arg-type]
    for source in given:
        if not isinstance(source, str | Path | ResourceTable):
            message = (
                f"Something of the type {type(source).__name__} cannot be audited as it is; "
                "make a table from a frame with read_frame(frame, name=...)."
            )
            raise InputError(message)
    return given


def _read(
    sources: Sequence[Export], steps: int, tell: Progress
) -> Iterator[ResourceTable]:
    for done, source in enumerate(sources):
        if isinstance(source, ResourceTable):
            yield source
        else:
            tell(done, steps, f"reading {source}")
            yield read_resources(source, narrow_from=HUGE)


def tell_nobody(done: int, steps: int, text: str) -> None:
    """Stand in for a `Progress` if none is given."""


def refuse_doubled(sources: Iterable[Export], why: str) -> None:
    """Refuse exports if one of them is given twice.

    Raises:
        InputError: One is, by whatever path.
    """
    seen = set()
    for source in sources:
        path = source.path if isinstance(source, ResourceTable) else Path(source)
        if os.path.realpath(path) in seen:
            reason = f"is given twice; {why}."
            raise InputError(reason, path=path)
        seen.add(os.path.realpath(path))


def _judge(
    tables: Sequence[ResourceTable], proposed: Sequence[str], policy: Policy
) -> Iterator[AuditFinding]:
    """Check API users and proposed names by the rules for one username."""
    for at, table in enumerate(tables):
        rows = [row for row, kind in enumerate(table.kinds) if kind == _API_USER]
        cases = [*read_cases(table, rows)]
        for judge in (judge_usernames, judge_states):
            yield from (
                AuditFinding(at, rows[user], rule)
                for rule, user in judge(cases, policy)
            )
    cases = [*_make_cases(tables, proposed)]
    for rule, row in judge_usernames(cases, policy, proposed=True):
        yield AuditFinding(len(tables), row, rule)


def _make_cases(
    tables: Sequence[ResourceTable], proposed: Sequence[str]
) -> Iterator[Case]:
    """Yield what rules are asked about proposed names: one may be a user's address."""
    addresses: set[str] = set()
    if any("@" in name for name in proposed):
        wanted = {*map(fold_compatibility, proposed)}
        for table in tables:
            addresses.update(map(fold_compatibility, table.columns.get("email", ())))
            unkept = table.find_unkept_addresses(wanted)
            addresses.update(map(fold_compatibility, unkept))
    addresses.discard("")  # no address, and what a name of blanks is folded to
    for name in proposed:
        yield make_case(name, name if fold_compatibility(name) in addresses else "")


def _sort(found: Sequence[AuditFinding], policy: Policy) -> list[AuditFinding]:
    """Sort in the order in which to act: the worst first, conflicts before the rest.

    Then by table, row and the order of the policy, which other rules follow.
    """
    codes = {rule.code: rank for rank, rule in enumerate(policy.rules)}
    last = len(codes)
    # By identity, which is quick: few rules have many findings.
    rules = {id(one.rule): one.rule for one in found}
    ranks = {
        at: (rule.severity.rank, codes.get(rule.code, last))
        for at, rule in rules.items()
    }

    def rank(one: AuditFinding) -> tuple[int, float, int, int, int]:
        severity, code = ranks[id(one.rule)]
        return severity, one.group or inf, one.table, one.row, code

    return sorted(found, key=rank)
