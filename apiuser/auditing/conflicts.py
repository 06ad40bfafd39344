"""Which names are taken twice, exist under another suffix, or look alike.

Names are compared by resource: the same Resource ID in two exports is one resource.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import chain, repeat
from typing import NamedTuple

from apiuser.credentials.credential import Username
from apiuser.credentials.matching import (
    fold_accents,
    fold_compatibility,
    fold_identity,
    fold_local_parts,
    is_seen,
)
from apiuser.rules.case import Relation
from apiuser.rules.policies import Policy
from apiuser.rules.rule import Rule

Place = tuple[int, int]
"""A table and a row in it; proposed names come after the last table."""


class Level(IntEnum):
    """How close two names are; 0 if nothing is compared."""

    NONE = 0
    IDENTICAL = 1  # the same text
    CAPITALS = 2  # only the case differs
    COMPATIBILITY = 3  # other forms of the same characters
    ACCENTS = 4  # only the accents differ
    LOOKALIKE = 5

    @property
    def label(self) -> str:
        """The level as programs read it; blank if there is none."""
        return _LABELS[self]

    @property
    def spoken(self) -> str:
        """The level as people read it; blank if there is none."""
        return _SPOKEN[self]


_LABELS = ("", "identical", "capitals", "compatibility", "accents", "look-alike")
_SPOKEN = (
    *("", "same name", "different capitals", "different letter forms"),
    *("different accents", "look alike"),
)
OTHER_ENDING = "different ending"
"""What people read instead if names are the same except for their suffix."""


class ComparedName(NamedTuple):
    """A name that takes part in comparisons; many are made.

    Attributes:
        place: Where it is.
        proposed: Whether it is only proposed, and nobody has it yet.
        resource: What identifies its resource.
        local: The local part as read.
        identity: The local part without its case.
        same: The folded local part.
        alike: The look-alike form of the local part.
        suffix: The folded suffix; None if it is not known.
        nobodys: Whether it is a word or a mask, which only a proposed name may equal.
    """

    place: Place
    proposed: bool
    resource: Hashable
    local: str
    identity: str
    same: str
    alike: str
    suffix: str | None
    nobodys: bool = False


class Related(NamedTuple):
    """A name that is related to another name, the closest one."""

    name: ComparedName
    relation: Relation
    level: Level
    other: ComparedName


class ConflictFinding(NamedTuple):
    """A name in a conflict for which a rule has a finding.

    Attributes:
        place: The place.
        rule: The rule.
        level: The level of the closest other name.
        other: Where that one is.
    """

    place: Place
    rule: Rule
    level: Level
    other: Place


class Conflict(NamedTuple):
    """Names that are the same or look alike, and the findings about them.

    Attributes:
        name: The folded name or look-alike form in question.
        alike: Whether the names only look alike.
        members: Where the names are, in order, including those without a finding.
        found: The places with a finding.
    """

    name: str
    alike: bool
    members: tuple[Place, ...]
    found: tuple[ConflictFinding, ...]

    @property
    def level(self) -> Level:
        """How close the names are, by the finding of the least close pair."""
        return max(one.level for one in self.found)

    @property
    def spoken(self) -> str:
        """How close the names are, as people read it."""
        relations = {one.rule.relation for one in self.found}
        return (
            OTHER_ENDING if relations == {Relation.OTHER_SUFFIX} else self.level.spoken
        )


def compare_names(
    places: Iterable[Place], names: Sequence[str], ids: Iterable[str], exports: int
) -> list[ComparedName]:
    """Describe names for comparison; those without a local part are left out.

    Args:
        places: Where they are, in order.
        names: The names as read.
        ids: What identifies the resource of each name read; blank if nothing does.
        exports: How many tables there are; names after them are proposed.
    """
    compared = []
    seen: Counter[tuple[int, str]] = Counter()
    for place, name, alike, identifier in zip(
        places,
        names,
        fold_local_parts(names),
        chain(ids, repeat("")),
        strict=False,  # the others have blank IDs
    ):
        username = Username.parse(name)
        local = username.local
        same = fold_compatibility(local)
        if not is_seen(same):
            continue
        resource: Hashable = place
        if identifier:
            # An ID that occurs twice in one export does not make its two records one
            # resource: each is the same only as that occurrence of the ID in another
            # file.
            once = (place[0], identifier)
            resource = (identifier, seen[once])
            seen[once] += 1
        compared.append(
            ComparedName(
                place=place,
                proposed=place[0] >= exports,
                resource=resource,
                local=local,
                identity=fold_identity(local),
                same=same,
                alike=alike,
                suffix=fold_compatibility(username.suffix) if username.suffix else None,
            )
        )
    return compared


def find_conflicts(names: Iterable[ComparedName], policy: Policy) -> list[Conflict]:
    """Compare all names; return the conflicts, those with the worst findings first.

    Of the same severity, they are in the order of their first members.

    Args:
        names: The names, in the order of their places.
        policy: Where the rules about relations come from.
    """
    rules = {rule.relation: rule for rule in policy.rules if rule.relation is not None}
    families: dict[str, list[ComparedName]] = defaultdict(list)
    for name in names:
        families[name.alike].append(name)
    found: list[Conflict] = []
    for form, family in families.items():
        if len(family) > 1:
            found += _compare_family(form, family, rules)

    def rank(one: Conflict) -> tuple[int, Place, bool, str]:
        worst = min(finding.rule.severity.rank for finding in one.found)
        return worst, one.members[0], one.alike, one.name

    return sorted(found, key=rank)


def _compare_family(
    form: str, family: Sequence[ComparedName], rules: Mapping[Relation, Rule]
) -> Iterator[Conflict]:
    groups: dict[str, list[ComparedName]] = {}
    for name in family:
        groups.setdefault(name.same, []).append(name)
    for same, group in groups.items():
        if len(group) > 1:
            yield from _make_conflict(same, group, _relate_same, rules)
    # Names of nothing but accents have no form, and look like nothing else.
    if len(groups) > 1 and form:
        yield from _make_conflict(form, family, _relate_lookalikes, rules, alike=True)


def _make_conflict(
    form: str,
    group: Sequence[ComparedName],
    relate: Callable[[Sequence[ComparedName]], Iterator[Related]],
    rules: Mapping[Relation, Rule],
    *,
    alike: bool = False,
) -> Iterator[Conflict]:
    """Yield the conflict of a group, if there is one."""
    # A proposed name is not a fault of the resource that has it.
    members = [name for name in group if not (name.proposed or name.nobodys)]
    found = []
    if len(members) > 1:
        found = [one for one in relate(members) if one.relation in rules]
    if any(name.proposed for name in group):
        of_proposed = [
            one for one in relate(group) if one.name.proposed and one.relation in rules
        ]
        if of_proposed:
            members = [*group]
            found += of_proposed
    if found:
        yield Conflict(
            name=form,
            alike=alike,
            members=tuple(member.place for member in members),
            found=tuple(
                ConflictFinding(
                    one.name.place, rules[one.relation], one.level, one.other.place
                )
                for one in found
            ),
        )


def _relate_lookalikes(family: Sequence[ComparedName]) -> Iterator[Related]:
    alike = _NamesByMark()
    by_plain: dict[str, _NamesByMark] = defaultdict(_NamesByMark)
    plain = [fold_accents(name.same) for name in family]
    for name, form in zip(family, plain, strict=True):
        alike.add(name, name.same)
        by_plain[form].add(name, name.same)
    for name, form in zip(family, plain, strict=True):
        if other := by_plain[form].find_elsewhere(name, name.same):
            yield Related(name, Relation.LOOKALIKE, Level.ACCENTS, other)
        elif other := alike.find_elsewhere(name, name.same):
            yield Related(name, Relation.LOOKALIKE, Level.LOOKALIKE, other)


def _relate_same(group: Sequence[ComparedName]) -> Iterator[Related]:
    """Yield each name that is taken or exists under another suffix, but never both."""
    if len({name.resource for name in group}) == 1:
        return
    marked: dict[tuple[Level, str], _NamesByMark] = defaultdict(_NamesByMark)
    for name in group:
        for form in _list_forms(name):
            marked[form].add(name, name.suffix)
    for name in group:
        near = [(form[0], marked[form]) for form in _list_forms(name)]
        for relation, find in _BY_SUFFIX:
            found = ((level, find(others, name)) for level, others in near)
            nearest = next(((at, other) for at, other in found if other), None)
            if nearest:
                yield Related(name, relation, *nearest)
                break


def _list_forms(name: ComparedName) -> tuple[tuple[Level, str], ...]:
    """Return what a name may share with others, the closest level first."""
    return (
        (Level.IDENTICAL, name.local),
        (Level.CAPITALS, name.identity),
        (Level.COMPATIBILITY, ""),
    )


class _NamesByMark:
    """Names by their marks: for each mark at most two, of different resources.

    Two are enough to find one of another resource, however many there are.
    """

    def __init__(self) -> None:
        self._by_mark: dict[Hashable, list[ComparedName]] = {}

    def add(self, name: ComparedName, mark: Hashable) -> None:
        """Add a name, unless two others have its mark."""
        kept = self._by_mark.setdefault(mark, [])
        if not kept or (len(kept) == 1 and kept[0].resource != name.resource):
            kept.append(name)

    def find(self, name: ComparedName, mark: Hashable) -> ComparedName | None:
        """Return one of another resource under a mark."""
        for other in self._by_mark.get(mark, ()):
            if other.resource != name.resource:
                return other
        return None

    def find_elsewhere(self, name: ComparedName, mark: Hashable) -> ComparedName | None:
        """Return one of another resource under any other mark."""
        # Few are skipped: a resource has at most one name in each export.
        for other in self._by_mark:
            if other != mark and (found := self.find(name, other)):
                return found
        return None


def _find_taken(others: _NamesByMark, name: ComparedName) -> ComparedName | None:
    """Return one whose suffix is the same, or may be, as one is not known."""
    if name.suffix is None:
        return others.find(name, None) or others.find_elsewhere(name, None)
    return others.find(name, name.suffix) or others.find(name, None)


def _find_other_suffix(others: _NamesByMark, name: ComparedName) -> ComparedName | None:
    """Return one under another suffix, of a name that is not taken."""
    return None if name.suffix is None else others.find_elsewhere(name, name.suffix)


_BY_SUFFIX = (
    (Relation.TAKEN, _find_taken),
    (Relation.OTHER_SUFFIX, _find_other_suffix),
)
"""How names that are the same relate to one another, and what finds the other one."""
