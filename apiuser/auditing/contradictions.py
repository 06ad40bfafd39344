"""Exports that contradict each other: other tenants, or other times.

A Resource ID is one resource: it has one username, and is active or inactive.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from apiuser.auditing.conflicts import Place
from apiuser.credentials.credential import Username
from apiuser.credentials.matching import fold_compatibility
from apiuser.errors import count_noun, join_some
from apiuser.exports import ResourceTable
from apiuser.exports.resource_ids import FEWEST_COUNTED, read_id

_SHOWN = 5
_ADVICE = "Export both halves again at the same time, of the same tenant."


def doubt_contrary(tables: Sequence[ResourceTable]) -> tuple[ResourceTable, ...]:
    """Return the tables, with doubts where one contradicts another.

    Args:
        tables: What was read, with the rows that can matter.
    """
    found: dict[tuple[int, int], list[tuple[int, str, str]]] = defaultdict(list)
    for identifier, (one, row), (other, below) in _find_contrary(tables):
        where = tables[one].name_place(row), tables[other].name_place(below)
        found[one, other].append((identifier, *where))
    doubted = [*tables]
    for (one, other), places in found.items():
        some = [
            f"{identifier}: {there} there, {here} here"
            for identifier, there, here in places[:_SHOWN]
        ]
        shown = join_some(some, len(places), between="; ")
        table = doubted[other]
        doubt = (
            f"{count_noun(len(places), 'Resource ID')} with another username or status "
            f"in {tables[one].path} ({shown})"
        )
        doubted[other] = replace(
            table,
            doubts=(*table.doubts, doubt),
            notices=(*table.notices, f"{table.path}: {doubt}. {_ADVICE}"),
        )
    return tuple(doubted)


def _find_contrary(
    tables: Sequence[ResourceTable],
) -> Iterator[tuple[int, Place, Place]]:
    """Yield each ID that is another resource in another table, with two places."""
    if len(tables) == 1:
        return
    places: dict[int, list[Place]] = defaultdict(list)
    for at, table in enumerate(tables):
        for row, identifier in _list_ids(table):
            places[identifier].append((at, row))
    for identifier, some in places.items():
        if len({at for at, _ in some}) < 2:  # noqa: PLR2004  # nothing to compare
            continue
        times = Counter(at for at, _ in some)
        # What occurs twice in one export may be a code, and is reported there.
        once = [place for place in some if times[place[0]] == 1]
        for first, second in combinations(once, 2):
            if _are_contrary(tables, first, second):
                yield identifier, first, second
                break


def _list_ids(table: ResourceTable) -> Iterator[tuple[int, int]]:
    """Yield rows and their IDs, unless these may only number the rows."""
    ids = table.columns.get("resource_id")
    if ids is None or table.summary.ids_number_rows:
        return
    few = table.records < FEWEST_COUNTED
    last = table.records + len(table.unreadable) if few else 0
    for row, text in enumerate(ids):
        number = read_id(text)
        if number > last:
            yield row, number


def _are_contrary(tables: Sequence[ResourceTable], first: Place, second: Place) -> bool:
    (one, row), (other, below) = first, second
    states = tables[one].statuses[row], tables[other].statuses[below]
    if all(states) and states[0] != states[1]:
        return True
    texts = tables[one].usernames[row], tables[other].usernames[below]
    if texts[0] == texts[1] or not all(texts):
        return False
    names = [*map(Username.parse, texts)]
    if fold_compatibility(names[0].local) != fold_compatibility(names[1].local):
        return True
    # An export may show the suffix and another one not.
    ends = [name.suffix and fold_compatibility(name.suffix) for name in names]
    return all(ends) and ends[0] != ends[1]
