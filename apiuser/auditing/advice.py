"""What to do about names in conflict, by how close they are and who has them."""

from collections.abc import Sequence

from apiuser.auditing.conflicts import Conflict, Level
from apiuser.exports import HALVES, ResourceTable, UserKind
from apiuser.rules.case import Relation

_FIRST = {
    Level.COMPATIBILITY: "The letters differ only in form. ",
    Level.CAPITALS: "Whether Autotask tells capitals apart is not documented: treat them as one name. ",
}
_ANOTHER = " another name when its secret is next changed."
_MIXED_UP = "People may mix them up: take care when you give one of them rights."
_MIXED_UP_API = (
    "People will mix them up: rename an API user when its secret is next changed."
)
_ENDINGS = (
    "Compare the endings with Autotask: one may be mistyped, or another tenant's."
)
_PEOPLE = (
    "An existing person keeps the name: give it to nobody else, and check in Autotask "
    "whether this is one resource exported twice."
)
_PERSON_KEEPS = f"The person keeps the name: give the API user{_ANOTHER}"
_INACTIVE_KEEPS = (
    f"An inactive resource keeps its name: give the active API user{_ANOTHER}"
)
_ALL_BUT_ONE = f"Give all but one of the API users{_ANOTHER}"
_LOOK = "Find out in Autotask who has the name; give it to nobody else."


def advise_on(
    tables: Sequence[ResourceTable],
    conflict: Conflict,
    relation: Relation,
) -> str:
    """Say what to do about those names of a conflict that were read.

    Args:
        tables: What was read.
        conflict: The names, proposed ones included.
        relation: How the names in question relate.
    """
    places = [place for place in conflict.members if place[0] < len(tables)]
    kinds = {tables[table].kinds[row] for table, row in places}
    statuses = {tables[table].statuses[row] for table, row in places}
    api = UserKind.API_USER
    if relation is Relation.LOOKALIKE:
        return _MIXED_UP_API if api in kinds else _MIXED_UP
    if relation is Relation.OTHER_SUFFIX:
        return _ENDINGS
    advice = _ALL_BUT_ONE
    if not any(kinds):
        advice = _LOOK
    elif api not in kinds:
        advice = _PEOPLE
    elif kinds - {api, UserKind.UNKNOWN}:
        advice = _PERSON_KEEPS
    elif statuses.issuperset(HALVES.values()):
        advice = _INACTIVE_KEEPS
    level = max(one.level for one in conflict.found if one.place[0] < len(tables))
    return _FIRST.get(level, "") + advice
