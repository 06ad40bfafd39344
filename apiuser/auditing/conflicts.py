"""Which names are taken twice, exist under another suffix, or look alike.

Names are compared by resource: the same Resource ID in two exports is one resource.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain, repeat
from typing import NamedTuple

from apiuser.credentials.credential import Username
from apiuser.credentials.matching import (
    fold_compatibility,
    fold_identity,
    fold_lookalikes,
)
from apiuser.rules.case import Relation
from apiuser.rules.policies import Policy
from apiuser.rules.rule import Rule

Place = tuple[int, int]
"""A table and a row in it; proposed names stand behind the last table."""


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


class ComparedName(NamedTuple):
    """A name that takes part in comparisons; many are made.

    Attributes:
        place: Where it stands.
        proposed: Whether somebody only proposes it.
        resource: What tells its resource from others.
        identity: The local part without its case.
        same: The folded local part.
        alike: The look-alike form of the local part.
        suffix: The folded suffix; None where it is not known.
    """

    place: Place
    proposed: bool
    resource: Hashable
    identity: str
    same: str
    alike: str
    suffix: str | None


Related = tuple[ComparedName, Relation, Level]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Names that are the same or look alike, and what that makes of each.

    Attributes:
        name: The folded name or look-alike form in question.
        alike: Whether the names only look alike.
        members: Where the names stand, in order, those without a finding included.
        found: The places with a finding, with its rule and the level of the nearest
            other name.
    """

    name: str
    alike: bool
    members: tuple[Place, ...]
    found: tuple[tuple[Place, Rule, Level], ...]

    @property
    def level(self) -> Level:
        """How near the names are, by the least near finding."""
        return max(level for _place, _rule, level in self.found)


def fold_names(names: Iterable[str]) -> list[str]:
    """Return the look-alike form of the local part of each name."""
    return fold_lookalikes([name.partition("@")[0] for name in names])


def compare_names(
    places: Iterable[Place], names: Sequence[str], ids: Iterable[str], exports: int
) -> list[ComparedName]:
    """Describe names for comparison; those without a local part take no part.

    Args:
        places: Where they stand, in order.
        names: The names as read.
        ids: What tells the resources of those read apart; blank where nothing does.
        exports: How many tables there are; names behind them are proposed.
    """
    compared = []
    seen: Counter[tuple[int, str]] = Counter()
    for place, name, alike, identifier in zip(
        places,
        names,
        fold_names(names),
        chain(ids, repeat("")),
        strict=False,  # the IDs go on as blank
    ):
        username = Username.parse(name)
        local = username.local
        same = fold_compatibility(local)
        if not same:
            continue
        resource: Hashable = place
        if identifier:
            # An ID that occurs twice in one export does not make one resource of
            # its two records: only the same occurrence in another file is it.
            once = (place[0], identifier)
            resource = (identifier, seen[once])
            seen[once] += 1
        compared.append(
            ComparedName(
                place=place,
                proposed=place[0] >= exports,
                resource=resource,
                identity=fold_identity(local),
                same=same,
                alike=alike,
                suffix=fold_compatibility(username.suffix) if username.suffix else None,
            )
        )
    return compared


def find_conflicts(names: Iterable[ComparedName], policy: Policy) -> list[Conflict]:
    """Compare all names; return the conflicts in the order of their first members.

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
    return sorted(found, key=lambda c: (c.members[0], c.alike, c.name))


def _compare_family(
    form: str, family: Sequence[ComparedName], rules: Mapping[Relation, Rule]
) -> Iterator[Conflict]:
    groups: dict[str, list[ComparedName]] = {}
    for name in family:
        groups.setdefault(name.same, []).append(name)
    for same, group in groups.items():
        if len(group) > 1:
            yield from _make_conflict(same, group, _relate_same, rules)
    # Names of accents alone have no form, and look like nothing else.
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
    """Yield the conflict of a group, where there is one."""
    # A name somebody proposes is no fault of the resource that has it.
    members = [name for name in group if not name.proposed]
    found = []
    if len(members) > 1:
        found = [one for one in relate(members) if one[1] in rules]
    if len(members) < len(group):
        asked = [one for one in relate(group) if one[0].proposed and one[1] in rules]
        if asked:
            members = [*group]
            found += asked
    if found:
        yield Conflict(
            name=form,
            alike=alike,
            members=tuple(member.place for member in members),
            found=tuple((one.place, rules[rel], level) for one, rel, level in found),
        )


def _relate_lookalikes(family: Sequence[ComparedName]) -> Iterator[Related]:
    pairs = _PairCounts((name.resource, name.same) for name in family)
    for name in family:
        if pairs.has_other(name.resource, name.same):
            yield name, Relation.LOOKALIKE, Level.LOOKALIKE


def _relate_same(group: Sequence[ComparedName]) -> Iterator[Related]:
    """Yield what is taken or exists under another suffix; one excludes the other."""
    everyone = {name.resource for name in group}
    if len(everyone) == 1:
        return
    by_suffix: dict[str | None, set[Hashable]] = defaultdict(set)
    by_identity: dict[str, set[Hashable]] = defaultdict(set)
    for name in group:
        by_suffix[name.suffix].add(name.resource)
        by_identity[name.identity].add(name.resource)
    unsuffixed = by_suffix.pop(None, set())
    known = None  # the pairs of several suffixes
    if len(by_suffix) > 1:
        known = _PairCounts(
            (n.resource, n.suffix) for n in group if n.suffix is not None
        )
    for name in group:
        same = (
            (everyone,) if name.suffix is None else (unsuffixed, by_suffix[name.suffix])
        )
        identical = len(by_identity[name.identity]) > 1
        level = Level.IDENTICAL if identical else Level.COMPATIBILITY
        # Anybody else, who may be in the sets beside the resource itself.
        if any(len(who) > (name.resource in who) for who in same):
            yield name, Relation.TAKEN, level
        elif (
            known is not None
            and name.suffix is not None
            and known.has_other(name.resource, name.suffix)
        ):
            yield name, Relation.OTHER_SUFFIX, level


class _PairCounts:
    """Counts pairs of a resource and a mark, to ask for pairs that differ in both."""

    def __init__(self, pairs: Iterable[tuple[Hashable, Hashable]]) -> None:
        self._pairs = set(pairs)
        self._resources = Counter(resource for resource, _ in self._pairs)
        self._marks = Counter(mark for _, mark in self._pairs)

    def has_other(self, resource: Hashable, mark: Hashable) -> bool:
        """Tell whether a pair differs in the resource and in the mark."""
        mine = self._resources[resource] + self._marks[mark]
        return len(self._pairs) - mine + ((resource, mark) in self._pairs) > 0
