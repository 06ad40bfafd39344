"""Conflicts as people count them: groups of names that were read."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from apiuser.auditing.conflicts import Conflict
from apiuser.rules.case import Relation

_RANKS = {relation: relation.rank for relation in Relation}


class Group(NamedTuple):
    """A conflict among names that were read.

    Attributes:
        relation: How its closest names relate.
        conflict: The conflict without proposed names.
    """

    relation: Relation
    conflict: Conflict


def group_conflicts(conflicts: Iterable[Conflict], exports: int) -> list[Group]:
    """List the conflicts among names that were read, the worst kind first.

    Args:
        conflicts: All conflicts.
        exports: How many exports were read; other places are those of proposed names.
    """
    groups = _find_groups(conflicts, exports)
    return sorted(groups, key=lambda group: _RANKS[group.relation])


def _find_groups(conflicts: Iterable[Conflict], exports: int) -> Iterator[Group]:
    for conflict in conflicts:
        found = tuple(one for one in conflict.found if one.place[0] < exports)
        relations = [one.rule.relation for one in found if one.rule.relation]
        if relations:
            closest = min(relations, key=_RANKS.__getitem__)
            members = tuple(place for place in conflict.members if place[0] < exports)
            yield Group(closest, conflict._replace(members=members, found=found))
