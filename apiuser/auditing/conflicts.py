"""Which names are taken twice, exist under another suffix, or look alike.

Rows are compared by resource: the same Resource ID in two exports is one resource.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from apiuser.credentials.credential import Username
from apiuser.credentials.matching import (
    fold_compatibility,
    fold_identity,
    fold_lookalike,
)


class Level(IntEnum):
    """How near two names are; 0 where nothing is compared."""

    NONE = 0
    IDENTICAL = 1  # the same text, or other case only
    COMPATIBILITY = 2  # other forms of the same characters
    LOOKALIKE = 3

    @property
    def label(self) -> str:
        """The level as reports have it; blank where there is none."""
        return _LABELS[self]


_LABELS = ("", "identical", "compatibility", "look-alike")


class Bearer(NamedTuple):
    """A row or proposed name that takes part in comparisons; many are made.

    Attributes:
        row: Its row over all tables; proposed names follow behind the last row.
        resource: What tells its resource from others.
        identity: The local part without its case.
        same: The folded local part.
        alike: The look-alike form of the local part.
        suffix: The folded suffix; None where it is not known.
    """

    row: int
    resource: Hashable
    identity: str
    same: str
    alike: str
    suffix: str | None


class Conflict(NamedTuple):
    """A finding of a comparison; many are made.

    Attributes:
        code: USR007, USR008 or USR011.
        row: The row concerned.
        name: The folded name or look-alike form in question.
        level: How near the nearest other name is.
        members: All rows that bear the name or look like it.
    """

    code: str
    row: int
    name: str
    level: Level
    members: tuple[int, ...]


def make_bearers(
    rows: Sequence[int], names: Sequence[str], files: Sequence[int], ids: Sequence[str]
) -> list[Bearer]:
    """Describe rows for comparison; names without a local part take no part."""
    bearers = []
    seen: Counter[tuple[int, str]] = Counter()
    for row, name, file, read_id in zip(rows, names, files, ids, strict=True):
        username = Username.parse(name)
        local = username.local
        same = fold_compatibility(local)
        if not same:
            continue
        identifier = read_id.strip()
        resource: Hashable = row
        if identifier:
            # An ID that occurs twice in one export does not make one resource of
            # its two records: only the same occurrence in another file is it.
            place = (file, identifier)
            resource = (identifier, seen[place])
            seen[place] += 1
        bearers.append(
            Bearer(
                row=row,
                resource=resource,
                identity=fold_identity(local),
                same=same,
                alike=fold_lookalike(local),
                suffix=fold_compatibility(username.suffix) if username.suffix else None,
            )
        )
    return bearers


def find_conflicts(bearers: Iterable[Bearer]) -> list[Conflict]:
    """Compare all bearers; USR007 and USR008 exclude one another."""
    alike: dict[str, list[Bearer]] = defaultdict(list)
    for bearer in bearers:
        alike[bearer.alike].append(bearer)
    found: list[Conflict] = []
    for family in alike.values():
        if len(family) > 1:
            found += _compare_lookalikes(family)
    return found


def _compare_lookalikes(family: Sequence[Bearer]) -> Iterable[Conflict]:
    same: dict[str, list[Bearer]] = defaultdict(list)
    for bearer in family:
        same[bearer.same].append(bearer)
    for group in same.values():
        if len(group) > 1:
            yield from _compare_same(group)
    # Names of accents alone have no form, and look like nothing else.
    if len(same) > 1 and family[0].alike:
        others = _Others((b.resource, b.same) for b in family)
        members = tuple(b.row for b in family)
        for b in family:
            if others.than(b.resource, b.same):
                yield Conflict(
                    code="USR011",
                    row=b.row,
                    name=b.alike,
                    level=Level.LOOKALIKE,
                    members=members,
                )


def _compare_same(group: Sequence[Bearer]) -> Iterable[Conflict]:
    members = tuple(b.row for b in group)
    if len({b.resource for b in group}) == 1:
        return
    everyone = _Others((b.resource, None) for b in group)
    known = _Others((b.resource, b.suffix) for b in group if b.suffix is not None)
    unsuffixed = {b.resource for b in group if b.suffix is None}
    by_suffix: dict[str | None, set[Hashable]] = defaultdict(set)
    by_identity: dict[str, set[Hashable]] = defaultdict(set)
    for b in group:
        by_suffix[b.suffix].add(b.resource)
        by_identity[b.identity].add(b.resource)
    for b in group:
        if b.suffix is None:
            taken = everyone.than(b.resource, object())
        else:
            taken = any(
                len(resources) > 1 or b.resource not in resources
                for resources in (unsuffixed, by_suffix[b.suffix])
                if resources
            )
        if taken:
            code = "USR007"
        elif b.suffix is not None and known.than(b.resource, b.suffix):
            code = "USR008"
        else:
            continue
        identical = len(by_identity[b.identity]) > 1
        level = Level.IDENTICAL if identical else Level.COMPATIBILITY
        yield Conflict(code=code, row=b.row, name=b.same, level=level, members=members)


class _Others:
    """Counts pairs of a resource and a mark, to ask for pairs that differ in both."""

    def __init__(self, pairs: Iterable[tuple[Hashable, Hashable]]) -> None:
        self._pairs = set(pairs)
        self._resources = Counter(resource for resource, _ in self._pairs)
        self._marks = Counter(mark for _, mark in self._pairs)

    def than(self, resource: Hashable, mark: Hashable) -> bool:
        """Tell whether a pair differs in the resource and in the mark."""
        mine = self._resources[resource] + self._marks[mark]
        return len(self._pairs) - mine + ((resource, mark) in self._pairs) > 0
