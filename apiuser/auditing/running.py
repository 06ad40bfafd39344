"""One audit: read, compare, judge, look for gaps."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from apiuser.auditing.candidates import Hashes, find_candidates, hash_usernames
from apiuser.auditing.completeness import find_gaps
from apiuser.auditing.conflicts import find_conflicts, make_bearers
from apiuser.auditing.findings import Collector
from apiuser.auditing.hygiene import find_habits
from apiuser.auditing.identities import identify
from apiuser.auditing.judging import judge_usernames
from apiuser.auditing.report import AuditReport
from apiuser.auditing.suggesting import suggest_free
from apiuser.errors import InputError
from apiuser.exports import ResourceTable, UserKind, read_resources
from apiuser.exports.arrow import make_texts
from apiuser.exports.texts import Texts, join_texts, take_texts
from apiuser.rules.policies import DEFAULT_POLICY, Policy

Progress = Callable[[int, int, str], None]
"""Called with the steps done, the steps in all, and what comes next."""

Source = str | Path | ResourceTable


def audit(  # noqa: PLR0913  # options, by keyword only
    sources: Source | Iterable[Source],
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
        proposed: Usernames to judge against the exports and one another.
        policy: The rules to judge by.
        co_managed: Whether the tenant may have co-managing users; where it has none,
            nothing is missing if none is seen.
        refused: Why further files could not be read, one sentence each.
        progress: Told how far the work is.

    Raises:
        AccessError: A file cannot be read.
        InputError: There is nothing to audit, a file is given twice, or a source is
            neither a path nor a table.
        SourceError: A file cannot be understood as a table of resources.
    """
    given = _list_sources(sources)
    _refuse_doubled(given)
    steps = len(given) + 3
    tell = progress or tell_nobody
    tables = []
    for done, source in enumerate(given):
        if isinstance(source, ResourceTable):
            tables.append(source)
        else:
            tell(done, steps, f"reading {source}")
            tables.append(read_resources(source))
    collector = Collector(tables, policy=policy)
    tell(steps - 3, steps, "comparing names")
    hashes = _compare(tables, tuple(proposed), collector)
    tell(steps - 2, steps, "judging API users")
    _judge(tables, tuple(proposed), policy, collector)
    tell(steps - 1, steps, "looking for gaps")
    for gap in find_gaps(tables, co_managed=co_managed):
        collector.add_gap(gap.rule, gap.table)
    taken = collector.find_proposed_in_conflict()
    report = collector.make_report(
        tuple(proposed),
        suggest_free(
            [proposed[at] for at in taken],
            hashes=hashes,
            proposed=proposed,
            policy=policy,
        ),
        co_managed=co_managed,
        refused=tuple(refused),
    )
    tell(steps, steps, "done")
    return report


def _list_sources(sources: Source | Iterable[Source]) -> list[Source]:
    # A table or a frame is one source; the latter would be its headers as a list.
    one = isinstance(sources, str | Path) or hasattr(sources, "columns")
    given: list[Any] = [sources] if one else list(sources)  # type: ignore[arg-type]
    for source in given:
        if not isinstance(source, str | Path | ResourceTable):
            message = (
                f"A {type(source).__name__} cannot be audited as it is; "
                "make a table of a frame by read_frame(frame, name=...)."
            )
            raise InputError(message)
    return given


def tell_nobody(done: int, steps: int, text: str) -> None:
    """Be the progress of somebody who does not ask for it."""


def _refuse_doubled(sources: Sequence[Source]) -> None:
    if not sources:
        message = "There is nothing to audit; give at least one export."
        raise InputError(message)
    seen = set()
    for source in sources:
        path = source.path if isinstance(source, ResourceTable) else Path(source)
        if os.path.realpath(path) in seen:
            message = f"{path}: is given twice; all its names would be in conflict."
            raise InputError(message)
        seen.add(os.path.realpath(path))


def _compare(
    tables: Sequence[ResourceTable], proposed: tuple[str, ...], collector: Collector
) -> Hashes:
    """Find taken names, other suffixes and look-alikes; return the names' hashes."""
    joined = join_texts([table.texts for table in tables])
    hashes = hash_usernames(joined)
    rows = find_candidates(hashes, hash_usernames(Texts.of(make_texts(proposed))))
    places = [collector.locate(row) for row in rows.tolist()]
    identities = identify(tables, places)
    bearers = make_bearers(
        [*rows.tolist(), *range(len(joined), len(joined) + len(proposed))],
        [*joined.select(rows).as_list(), *proposed],
        [*(table for table, _ in places), *[len(tables)] * len(proposed)],
        [*identities.keys, *[""] * len(proposed)],
    )
    read = [bearer for bearer in bearers if bearer.row < len(joined)]
    collector.add_conflicts(find_conflicts(read))
    collector.add_identities(*identities.describe(read))
    if proposed:
        asked = {bearer.alike for bearer in bearers[len(read) :]}
        found = find_conflicts([bearer for bearer in bearers if bearer.alike in asked])
        collector.add_conflicts([c for c in found if c.row >= len(joined)])
    return hashes


def _judge(
    tables: Sequence[ResourceTable],
    proposed: tuple[str, ...],
    policy: Policy,
    collector: Collector,
) -> None:
    """Judge API users and proposed names by the rules for one username."""
    for at, table in enumerate(tables):
        rows = np.flatnonzero(table.kinds == UserKind.API_USER)
        if len(rows):
            emails = table.columns.get("email")
            found = judge_usernames(
                table.texts.select(rows),
                None if emails is None else take_texts(emails, rows),
                policy,
            )
            for rule, broken in found:
                collector.add_rows(rule, at, rows[broken])
        for rule, found_rows in find_habits(table):
            collector.add_rows(rule, at, found_rows)
    if proposed:
        names = Texts.of(make_texts(proposed))
        for rule, broken in judge_usernames(names, None, policy):
            collector.add_rows(rule, len(tables), broken)
