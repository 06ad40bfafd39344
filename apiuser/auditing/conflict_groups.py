"""Conflicts as people count them: the groups of an audit, and how many there are."""

import weakref
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from apiuser.auditing.conflicts import Conflict, Place
from apiuser.auditing.report import AuditReport
from apiuser.errors import count_noun
from apiuser.rules.case import Relation

_RANKS = {Relation.TAKEN: 0, Relation.OTHER_SUFFIX: 1, Relation.LOOKALIKE: 2}


class Group(NamedTuple):
    """A conflict among names that were read.

    Attributes:
        relation: How its closest names relate.
        conflict: The conflict.
        places: Where its names are, except for proposed ones.
    """

    relation: Relation
    conflict: Conflict
    places: Sequence[Place]


_KEPT: "weakref.WeakKeyDictionary[AuditReport, list[Group]]" = (
    weakref.WeakKeyDictionary()
)


def list_groups(report: AuditReport) -> list[Group]:
    """List the conflicts among names that were read, the worst kind first."""
    if report not in _KEPT:
        groups = _find_groups(report)
        _KEPT[report] = sorted(groups, key=lambda group: _RANKS[group.relation])
    return _KEPT[report]


def _find_groups(report: AuditReport) -> Iterator[Group]:
    tables = len(report.tables)
    for conflict in report.conflicts:
        relations = [
            one.rule.relation
            for one in conflict.found
            if one.place[0] < tables and one.rule.relation is not None
        ]
        if relations:
            places = [place for place in conflict.members if place[0] < tables]
            yield Group(min(relations, key=_RANKS.__getitem__), conflict, places)


def count_taken(report: AuditReport) -> int:
    """Count the usernames that are taken twice."""
    return sum(group.relation is Relation.TAKEN for group in list_groups(report))


def count_conflicts(report: AuditReport) -> str:
    """Say how many usernames are in conflict, and in how many records.

    Each is a group of a report, and each record a line of it. Names that only look
    alike are counted apart.
    """
    same, alike = (
        [len(g.places) for g in list_groups(report) if g.conflict.alike is alike]
        for alike in (False, True)
    )
    if same:
        verb = "is" if len(same) == 1 else "are"
        said = (
            f"{count_noun(len(same), 'username')} {verb} in conflict: "
            f"{count_noun(sum(same), 'record')}."
        )
    elif report.proved:
        said = "No conflict: no name is taken twice."
    else:
        said = "No conflict was found in what was given; that does not prove there is none."
    if alike:
        verb = "looks" if len(alike) == 1 else "look"
        said += (
            f" {count_noun(len(alike), 'group')} of names {verb} alike: "
            f"{count_noun(sum(alike), 'record')}."
        )
    return said


def count_proposed(report: AuditReport) -> str:
    """Say how many proposed names are taken or look alike; blank if none is."""
    tables = len(report.tables)
    names = {one.row for one in report.found if one.group and one.table == tables}
    if not names:
        return ""
    taken = "are taken or look like others"
    if len(names) == 1:
        taken = "is taken or looks like another"
    return f"{count_noun(len(names), 'proposed name')} {taken}."
