"""What changed between the exports of two moments."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path

from apiuser.auditing.changes import Change, list_changes
from apiuser.auditing.completeness import hides_names, list_missing
from apiuser.auditing.label_numbers import find_unlike, match_labels
from apiuser.auditing.resource_pairs import (
    ROLES,
    ChangeKind,
    Resource,
    list_resources,
    pair_resources,
)
from apiuser.auditing.running import Export, refuse_doubled
from apiuser.errors import InputError, count_noun, show_start
from apiuser.exports import ResourceTable, Status, read_resources
from apiuser.exports.categories import says_locked

_SHOWN_WORDS = 5
_NO_ID = (
    "Not every record has a Resource ID, so a renamed resource may count as one that is "
    "gone and one that was added."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparison:
    """What differs between the exports of two moments, and what it is based on.

    Attributes:
        before: What was read for the earlier moment.
        after: What was read for the later one.
        resources_before: The resources of the earlier moment.
        resources_after: The resources of the later one.
        changes: What differs, in the order of the later exports; what is gone last.
        notes: What could not be compared, as sentences.
        hidden: The columns whose changes cannot be seen, and why.
        compared: What was compared, in words.
        not_compared: The headers that both moments have and that were not compared.
    """

    before: tuple[ResourceTable, ...]
    after: tuple[ResourceTable, ...]
    resources_before: Sequence[Resource] = field(repr=False)
    resources_after: Sequence[Resource] = field(repr=False)
    changes: tuple[Change, ...] = field(repr=False)
    notes: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    not_compared: tuple[str, ...] = ()

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Why changes may have happened that the exports do not show."""
        gone = sum(change.kind is ChangeKind.GONE for change in self.changes)
        moments: dict[str, list[str]] = {}
        for moment, tables in (("before", self.before), ("after", self.after)):
            for reason in (
                *list_missing(tables, co_managed=False),
                *_count_unknown_statuses(tables),
            ):
                moments.setdefault(reason, []).append(moment)
        reasons = [f"{' and '.join(at)}: {reason}" for reason, at in moments.items()]
        if gone:
            reasons.append(
                f"{count_noun(gone, 'resource')} seen before but not after, though "
                "Autotask deletes none"
            )
        return (*reasons, *self.hidden)

    @property
    def scope(self) -> str:
        """What was compared, as part of a sentence; headers that were not follow."""
        if not self.not_compared:
            return "what both moments show"
        return f"what was compared (not compared: {', '.join(self.not_compared)})"

    @cached_property
    def doubted(self) -> bool:
        """Whether names in either moment may be missing, or not the real ones."""
        return any(self.hidden_names)

    @cached_property
    def hidden_names(self) -> tuple[bool, bool]:
        """Whether names may be missing, or not the real ones: before, and after."""
        return hides_names(self.before), hides_names(self.after)

    def is_certain(self, change: Change) -> bool:
        """Tell whether something changed besides the way the exports were made."""
        before, after = self.hidden_names
        hidden = (change.before is None and before) or (change.after is None and after)
        return not (hidden or change.doubted)

    @property
    def unreadable(self) -> int:
        """How many records of both moments could not be read."""
        return sum(len(table.unreadable) for table in (*self.before, *self.after))

    @property
    def counts(self) -> Mapping[ChangeKind, int]:
        """How many changes there are of each kind."""
        counts = Counter(change.kind for change in self.changes)
        return {kind: counts[kind] for kind in ChangeKind if counts[kind]}

    @property
    def summary(self) -> str:
        """How many changes there are and of which kinds, in words; blank if none."""
        kinds = ", ".join(f"{kind.spoken} {n:,}" for kind, n in self.counts.items())
        return f"{count_noun(len(self.changes), 'change')} ({kinds})" if kinds else ""

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed while reading and comparing, as sentences."""
        read = (n for table in (*self.before, *self.after) for n in table.notices)
        return (*read, *self.notes)


def compare(
    before: Export | Iterable[Export], after: Export | Iterable[Export]
) -> Comparison:
    """Say what changed between the exports of two moments.

    Resources are the same if their Resource ID is the same or, if an export shows no
    IDs, their username.

    Args:
        before: Paths or tables of the earlier moment.
        after: Paths or tables of the later one.

    Raises:
        AccessError: A file cannot be read.
        InputError: There is nothing to compare, or a file is given twice.
        SourceError: A file cannot be understood as a table of resources.
    """
    sides = [_read(before), _read(after)]
    refuse_doubled(chain(*sides), "give exports from two moments")
    by_id = not any(table.summary.ids_number_rows for side in sides for table in side)
    old, new = (list_resources(side, by_id=by_id) for side in sides)
    pairs = pair_resources(old, new)
    unlike = find_unlike([*old, *new])
    matched = match_labels([(old[was], new[now]) for now, was in pairs.items()], unlike)
    limits = [*_describe_limits(*sides), *_describe_matches(matched)]
    if not all(one.resource_id for one in (*old, *new)):
        limits.insert(0, _NO_ID)
    return Comparison(
        before=sides[0],
        after=sides[1],
        resources_before=old,
        resources_after=new,
        changes=tuple(list_changes(old, new, pairs, unlike)),
        notes=tuple(limits),
        hidden=(
            *_describe_locks("before", old),
            *_describe_locks("after", new),
            *_describe_unlike(matched),
            *_describe_lost(*sides),
        ),
        compared=("username", *_list_kinds(*sides, shown=True)),
        not_compared=tuple(_list_unused(*sides)),
    )


def _read(given: Export | Iterable[Export]) -> tuple[ResourceTable, ...]:
    exports: list[Export] = (
        [given] if isinstance(given, str | Path | ResourceTable) else list(given)
    )
    if not exports:
        message = (
            "There is nothing to compare; give at least one export for each moment."
        )
        raise InputError(message)
    return tuple(
        one if isinstance(one, ResourceTable) else read_resources(one)
        for one in exports
    )


def _count_unknown_statuses(tables: Sequence[ResourceTable]) -> Iterator[str]:
    """Say for how many records the status is unknown, if it is known for others."""
    counts = Counter[Status]()
    for table in tables:
        counts.update(table.summary.statuses)
    unknown = counts[Status.UNKNOWN]
    if 0 < unknown < counts.total():
        yield f"{count_noun(unknown, 'record')} that may be active or inactive"


def _describe_locks(moment: str, resources: Iterable[Resource]) -> Iterator[str]:
    """Say which words do not tell whether a resource is locked."""
    texts = (
        resource.texts.get(ChangeKind.LOCKED, "").strip() for resource in resources
    )
    unknown = Counter(text for text in texts if text and says_locked(text) is None)
    if unknown:
        shown = ", ".join(show_start(text) for text in [*unknown][:_SHOWN_WORDS])
        number = count_noun(unknown.total(), "record")
        yield f"{moment}: {number} with an unknown word for locked ({shown})"


def _describe_unlike(matched: Mapping[ChangeKind, int | None]) -> Iterator[str]:
    for kind, lone in matched.items():
        if lone is None:
            yield f"{kind} not comparable: numbers against labels"
        elif lone:
            yield (
                f"{kind} of {count_noun(lone, 'resource')} not comparable: numbers "
                "against labels, and no other resource has the same pair"
            )


def _describe_lost(
    before: Sequence[ResourceTable], after: Sequence[ResourceTable]
) -> Iterator[str]:
    """Say which rights and states the exports of only one moment show.

    The answers of the API have neither a lock nor a vendor: a note says that.
    """
    roles = {ChangeKind.STATUS: "status", **ROLES}
    for kind in (ChangeKind.STATUS, ChangeKind.LICENSE, ChangeKind.LEVEL):
        role = roles[kind]
        if _all_have(role, before) != _all_have(role, after):
            yield f"{kind} not comparable: only one moment shows it"


def _describe_matches(matched: Mapping[ChangeKind, int | None]) -> Iterator[str]:
    for kind, lone in matched.items():
        if lone is not None:
            yield (
                f"One moment has numbers for the {kind} and the other has labels; each "
                "number has one label, so the two were taken as the same. To be sure, "
                "export both in the same way."
            )


def _describe_limits(
    before: Sequence[ResourceTable], after: Sequence[ResourceTable]
) -> Iterator[str]:
    """Say what could not be compared, and why."""
    if lacking := _list_kinds(before, after, shown=False):
        yield f"Not compared, as not every export shows it: {', '.join(lacking)}."


def _list_kinds(
    before: Sequence[ResourceTable], after: Sequence[ResourceTable], *, shown: bool
) -> list[str]:
    """Return what all exports show, or what some do not, in words."""
    return [
        str(kind)
        for kind, role in (("status", "status"), *ROLES.items())
        if (_all_have(role, before) and _all_have(role, after)) == shown
    ]


def _list_unused(
    before: Sequence[ResourceTable], after: Sequence[ResourceTable]
) -> Iterator[str]:
    """Yield the headers that both moments have and that no comparison looks at."""
    earlier = {_fold(name) for table in before for name in table.headers}
    later = {_fold(name) for table in after for name in table.headers}
    unused = {
        _fold(name): show_start(name.strip())
        for table in (*before, *after)
        for name in table.unused
    }
    return (name for fold, name in unused.items() if fold in earlier & later)


def _fold(header: str) -> str:
    return header.strip().casefold()


def _all_have(role: str, tables: Iterable[ResourceTable]) -> bool:
    return all(
        role in table.columns or (role == "status" and table.assumed)
        for table in tables
    )
