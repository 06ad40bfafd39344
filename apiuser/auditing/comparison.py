"""What changed between the exports of two moments."""

import os
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from apiuser.auditing.completeness import list_missing
from apiuser.auditing.label_numbers import find_form, match_each
from apiuser.credentials.credential import Username
from apiuser.credentials.matching import fold_compatibility
from apiuser.errors import InputError, count_noun
from apiuser.exports import ResourceTable, Status, UserKind, read_resources
from apiuser.exports.categories import number_license, says_locked

Exports = str | Path | ResourceTable
"""A path, or what was read from it."""


class ChangeKind(StrEnum):
    """What happened to a resource, or what of it changed."""

    ADDED = "added"
    GONE = "gone"
    INACTIVATED = "inactivated"
    ACTIVATED = "activated"
    STATUS = "status"
    RENAMED = "renamed"
    KIND = "kind of user"
    LICENSE = "licence type"
    LEVEL = "security level"
    VENDOR = "integration vendor"
    EMAIL = "e-mail address"
    LOCKED = "locked"


_ROLES: Mapping[ChangeKind, str] = MappingProxyType(
    {
        ChangeKind.LICENSE: "license_type",
        ChangeKind.LEVEL: "security_level",
        ChangeKind.VENDOR: "integration",
        ChangeKind.EMAIL: "email",
        ChangeKind.LOCKED: "locked",
    }
)
"""Whose texts are compared where both moments have them."""
_SHOWN_WORDS, _SHOWN_TEXT = 5, 40
_NUMBERED = (ChangeKind.LICENSE, ChangeKind.LEVEL)
"""What the API writes as numbers, and the list of resources as labels."""


class Resource(NamedTuple):
    """A resource at one moment; blank or 0 where the export does not say.

    Attributes:
        file: The export.
        line: The line in it.
        record: The record in it.
        username: The username as read.
        resource_id: The Resource ID, where it is one.
        status: Whether it is active.
        kind: What kind of user it is.
        texts: The texts of further columns that the export has; that of the status
            where its word says neither active nor inactive.
    """

    file: str
    line: int
    record: int
    username: str
    resource_id: str
    status: Status
    kind: UserKind
    texts: Mapping[ChangeKind, str]


_Unlike = AbstractSet[tuple[ChangeKind, str, str]]
"""What two exports write as numbers and as labels."""


class Change(NamedTuple):
    """Something that differs between the two moments.

    Attributes:
        kind: What.
        before: The resource before; None where it was not there.
        after: The resource after; None where it is not there.
        old: What it was, in words.
        new: What it is, in words.
    """

    kind: ChangeKind
    before: Resource | None
    after: Resource | None
    old: str
    new: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparison:
    """What differs between the exports of two moments, and what that rests on.

    Attributes:
        before: What was read of the earlier moment.
        after: What was read of the later one.
        resources_before: The resources of the earlier moment.
        resources_after: The resources of the later one.
        changes: What differs, in the order of the later exports; what is gone last.
        notes: What could not be compared, as sentences.
        hidden: The columns whose changes cannot be seen, and why.
    """

    before: tuple[ResourceTable, ...]
    after: tuple[ResourceTable, ...]
    resources_before: Sequence[Resource] = field(repr=False)
    resources_after: Sequence[Resource] = field(repr=False)
    changes: tuple[Change, ...] = field(repr=False)
    notes: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Why changes may have happened that the exports do not show."""
        gone = sum(change.kind is ChangeKind.GONE for change in self.changes)
        reasons = [
            f"{moment}: {reason}"
            for moment, tables in (("before", self.before), ("after", self.after))
            for reason in (
                *list_missing(tables, co_managed=False),
                *_count_unknown_statuses(tables),
            )
        ]
        if gone:
            reasons.append(
                f"{count_noun(gone, 'resource')} of before not seen after, though "
                "Autotask deletes none"
            )
        return (*reasons, *self.hidden)

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
    def notices(self) -> tuple[str, ...]:
        """What was noticed while reading and comparing, as sentences."""
        read = (n for table in (*self.before, *self.after) for n in table.notices)
        return (*read, *self.notes)


def compare(
    before: Exports | Iterable[Exports], after: Exports | Iterable[Exports]
) -> Comparison:
    """Say what changed between the exports of two moments.

    Resources are the same where their Resource ID is; where an export shows none,
    where their username is.

    Args:
        before: Paths or tables of the earlier moment.
        after: Paths or tables of the later one.

    Raises:
        AccessError: A file cannot be read.
        InputError: There is nothing to compare, or a file is given twice.
        SourceError: A file cannot be understood as a table of resources.
    """
    sides = [_read(before), _read(after)]
    _refuse_doubled([table.path for side in sides for table in side])
    by_id = not any(table.summary.ids_number_rows for side in sides for table in side)
    old, new = (_list_resources(side, by_id=by_id) for side in sides)
    pairs = _pair(old, new)
    unlike = _find_unlike([*old, *new])
    matched = _match_labels(
        [(old[was], new[now]) for now, was in pairs.items()], unlike
    )
    limits = [*_describe_limits(*sides, by_id=by_id), *_describe_matches(matched)]
    return Comparison(
        before=sides[0],
        after=sides[1],
        resources_before=old,
        resources_after=new,
        changes=tuple(_list_changes(old, new, pairs, unlike)),
        notes=tuple(limits),
        hidden=(
            *_describe_locks("before", old),
            *_describe_locks("after", new),
            *(
                f"{kind} not comparable: numbers against labels"
                for kind, each in matched.items()
                if not each
            ),
        ),
    )


def _read(given: Exports | Iterable[Exports]) -> tuple[ResourceTable, ...]:
    one = isinstance(given, str | Path | ResourceTable)
    exports: list[Exports] = [given] if one else list(given)  # type: ignore[arg-type,list-item]
    if not exports:
        message = "There is nothing to compare; give at least one export each."
        raise InputError(message)
    return tuple(
        one if isinstance(one, ResourceTable) else read_resources(one)
        for one in exports
    )


def _refuse_doubled(paths: Iterable[Path]) -> None:
    seen = set()
    for path in paths:
        if os.path.realpath(path) in seen:
            reason = "is given twice; give exports of two moments."
            raise InputError(reason, path=path)
        seen.add(os.path.realpath(path))


def _count_unknown_statuses(tables: Sequence[ResourceTable]) -> Iterator[str]:
    """Say of how many records the status is not known, where it is of others."""
    counts = Counter[Status]()
    for table in tables:
        counts.update(table.summary.statuses)
    unknown = counts[Status.UNKNOWN]
    if 0 < unknown < counts.total():
        yield f"{count_noun(unknown, 'record')} that may be active or inactive"


def _list_resources(tables: Iterable[ResourceTable], *, by_id: bool) -> list[Resource]:
    """Return the resources of one moment; one that two exports show alike once."""
    resources: dict[object, Resource] = {}
    for at, table in enumerate(tables):
        for row, name in enumerate(table.usernames):
            resource = _describe(table, row, name, by_id=by_id)
            known = tuple(resource[3:7]) if resource.resource_id else (at, row)
            resources.setdefault((*known, *resource.texts.items()), resource)
    return [*resources.values()]


def _describe(table: ResourceTable, row: int, name: str, *, by_id: bool) -> Resource:
    ids = table.columns.get("resource_id")
    identifier = ids[row].strip() if by_id and ids is not None else ""
    texts = {
        kind: table.columns[role][row]
        for kind, role in _ROLES.items()
        if role in table.columns
    }
    status = Status(table.statuses[row])
    if not status and "status" in table.columns:
        texts[ChangeKind.STATUS] = table.columns["status"][row]
    return Resource(
        file=str(table.path),
        line=table.lines[row],
        record=table.numbers[row],
        username=name,
        resource_id=identifier if identifier.isdecimal() else "",
        status=status,
        kind=UserKind(table.kinds[row]),
        texts=texts,
    )


def _pair(old: Sequence[Resource], new: Sequence[Resource]) -> dict[int, int]:
    """Return which resource of before each of after is, by their places."""
    pairs: dict[int, int] = {}
    waiting: dict[tuple[str, str], deque[int]] = defaultdict(deque)
    for at, resource in enumerate(old):
        waiting[_key(resource)].append(at)
    for at, resource in enumerate(new):
        if found := waiting[_key(resource)]:
            pairs[at] = found.popleft()
    # A name tells the rest apart, unless both moments know an ID and they differ.
    used = {*pairs.values()}
    named: dict[tuple[str, bool], deque[int]] = defaultdict(deque)
    for at, resource in enumerate(old):
        if at not in used:
            named[_fold_local(resource.username), bool(resource.resource_id)].append(at)
    for at, resource in enumerate(new):
        local = _fold_local(resource.username)
        if at in pairs or not local:
            continue
        found = named[local, False]
        if not found and not resource.resource_id:
            found = named[local, True]
        if found:
            pairs[at] = found.popleft()
    return pairs


def _key(resource: Resource) -> tuple[str, str]:
    return resource.resource_id, "" if resource.resource_id else resource.username


def _fold_local(username: str) -> str:
    return fold_compatibility(Username.parse(username).local)


def _find_unlike(resources: Iterable[Resource]) -> _Unlike:
    """Return which two exports have numbers and labels of one thing."""
    texts: dict[tuple[ChangeKind, str], list[str]] = defaultdict(list)
    for resource in resources:
        for kind in _NUMBERED:
            texts[kind, resource.file].append(resource.texts.get(kind, ""))
    forms = {place: find_form(column) for place, column in texts.items()}
    return {
        (kind, file, other)
        for kind, file in forms
        for same, other in forms
        if same == kind
        and {forms[kind, file], forms[kind, other]} == {"numbers", "labels"}
    }


def _meet(
    kind: ChangeKind, before: Resource, after: Resource, unlike: _Unlike
) -> tuple[str, str] | None:
    """Return the texts of two exports if one is a number and the other its label."""
    was, now = before.texts.get(kind, ""), after.texts.get(kind, "")
    if (kind, before.file, after.file) not in unlike or "" in {
        was.strip(),
        now.strip(),
    }:
        return None
    return was, now


def _match_labels(
    couples: Iterable[tuple[Resource, Resource]], unlike: _Unlike
) -> Mapping[ChangeKind, bool]:
    """Tell where numbers met labels whether each number has one label of its own."""
    met: dict[ChangeKind, list[tuple[str, str]]] = defaultdict(list)
    unsure = set()
    for before, after in couples:
        for kind in _NUMBERED:
            pair = _meet(kind, before, after, unlike)
            same = pair and _is_same_number(kind, *pair)
            if pair and same is None:
                unsure.add(kind)
            if pair and same is not False:  # what has changed tells no label
                met[kind].append(pair)
    return {kind: match_each(met[kind]) for kind in _NUMBERED if kind in unsure}


def _is_same_number(kind: ChangeKind, was: str, now: str) -> bool | None:
    """Tell whether two licence types have one number; None where that is not known."""
    if kind is not ChangeKind.LICENSE:
        return None
    numbers = number_license(was), number_license(now)
    return numbers[0] == numbers[1] if all(numbers) else None


def _describe_locks(moment: str, resources: Iterable[Resource]) -> Iterator[str]:
    """Say which words tell nobody whether a resource is locked."""
    texts = (
        resource.texts.get(ChangeKind.LOCKED, "").strip() for resource in resources
    )
    unknown = Counter(text for text in texts if text and says_locked(text) is None)
    if unknown:
        shown = ", ".join(text[:_SHOWN_TEXT] for text in [*unknown][:_SHOWN_WORDS])
        number = count_noun(unknown.total(), "record")
        yield f"{moment}: {number} with a word for locked that is not known ({shown})"


def _describe_matches(matched: Mapping[ChangeKind, bool]) -> Iterator[str]:
    for kind, each in matched.items():
        if each:
            yield (
                f"One moment has numbers for the {kind} and the other has labels; each "
                "number has one label, so it was taken for that. To be sure, export "
                "both in the same way."
            )


def _list_changes(
    old: Sequence[Resource],
    new: Sequence[Resource],
    pairs: Mapping[int, int],
    unlike: _Unlike,
) -> Iterator[Change]:
    for at, after in enumerate(new):
        if at not in pairs:
            yield Change(ChangeKind.ADDED, None, after, "", after.username)
            continue
        before = old[pairs[at]]
        yield from (
            Change(kind, before, after, was, now)
            for kind, was, now in _compare_resources(before, after, unlike)
        )
    seen = {*pairs.values()}
    for at, before in enumerate(old):
        if at not in seen:
            yield Change(ChangeKind.GONE, before, None, before.username, "")


def _compare_resources(
    before: Resource, after: Resource, unlike: _Unlike
) -> Iterator[tuple[ChangeKind, str, str]]:
    """Yield what differs, where both moments show it."""
    if not _is_same_name(before.username, after.username):
        yield ChangeKind.RENAMED, before.username, after.username
    yield from _compare_statuses(before, after)
    other_kind = before.kind and after.kind and before.kind != after.kind
    if other_kind:
        yield ChangeKind.KIND, name_code(before.kind), name_code(after.kind)
    for kind in _ROLES:
        was, now = before.texts.get(kind), after.texts.get(kind)
        # The licence of another kind of user is another one, and was told above.
        if was is None or now is None or (kind is ChangeKind.LICENSE and other_kind):
            continue
        if _meet(kind, before, after, unlike):
            differs = _is_same_number(kind, was, now) is False
        else:
            differs = _differ(kind, was, now)
        if differs:
            yield kind, was, now


def _compare_statuses(
    before: Resource, after: Resource
) -> Iterator[tuple[ChangeKind, str, str]]:
    """Yield whether the status differs, by its words where one is not known."""
    if before.status and after.status:
        if before.status != after.status:
            inactive = after.status is Status.INACTIVE
            kind = ChangeKind.INACTIVATED if inactive else ChangeKind.ACTIVATED
            yield kind, name_code(before.status), name_code(after.status)
        return
    was, now = (
        name_code(resource.status) or resource.texts.get(ChangeKind.STATUS)
        for resource in (before, after)
    )
    if was is None or now is None:
        return
    if fold_compatibility(was) != fold_compatibility(now):
        yield ChangeKind.STATUS, was, now


def _is_same_name(one: str, other: str) -> bool:
    """Tell whether two names are the same text, the suffix aside if one has none."""
    first, second = Username.parse(one), Username.parse(other)
    if first.suffix is None or second.suffix is None:
        return first.local == second.local
    return one == other


def _differ(kind: ChangeKind, was: str, now: str) -> bool:
    if kind is ChangeKind.LOCKED:
        locks = says_locked(was), says_locked(now)
        if None not in locks:
            return locks[0] != locks[1]
    return fold_compatibility(was) != fold_compatibility(now)


def name_code(code: Status | UserKind) -> str:
    """Return a status or kind of user in words; blank where it is not known."""
    words = code.name.lower().replace("_", " ") if code else ""
    return words.replace("api", "API")


def _describe_limits(
    before: Sequence[ResourceTable], after: Sequence[ResourceTable], *, by_id: bool
) -> Iterator[str]:
    """Say what could not be compared, and why."""
    both = (before, after)
    if not by_id or not all(_all_have("resource_id", side) for side in both):
        yield (
            "Not every export has Resource IDs, so a renamed resource may count as one "
            "that is gone and one that was added."
        )
    lacking = [
        str(kind)
        for kind, role in (("status", "status"), *_ROLES.items())
        if not all(_all_have(role, side) for side in both)
    ]
    if lacking:
        yield f"Not compared, as not every export shows it: {', '.join(lacking)}."


def _all_have(role: str, tables: Iterable[ResourceTable]) -> bool:
    return all(
        role in table.columns or (role == "status" and table.assumed)
        for table in tables
    )
