"""Which records of several exports are one resource.

Two records are one resource if they have the same Resource ID and agree in everything
else that tells resources apart and that all their exports show. Some exports number
their rows instead of giving IDs; such numbers say nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from apiuser.auditing.conflicts import ComparedName, Place
from apiuser.errors import count_noun
from apiuser.exports import ResourceTable
from apiuser.exports.resource_ids import show_id
from apiuser.exports.resources import add_summaries


class Identities(NamedTuple):
    """What tells the resources of records apart.

    Attributes:
        keys: A text for each record, the same for records of one resource; blank if
            nothing is known.
        compared: What agrees besides the ID, in words.
        counters: The tables whose IDs number the rows.
        differing: How many records have the ID of another record but are not the same
            resource.
    """

    keys: Sequence[str]
    compared: tuple[str, ...] = ()
    counters: tuple[ResourceTable, ...] = ()
    differing: int = 0

    def describe(self, names: Iterable[ComparedName]) -> tuple[int, tuple[str, ...]]:
        """Count the records whose resource is in another export too, and say so.

        Args:
            names: The names of the records, compared by these keys.

        Returns:
            Their number, and sentences on what the IDs showed.
        """
        seen = Counter(
            (name.resource, name.same) for name in names if name.resource != name.place
        )
        same = sum(number - 1 for number in seen.values())
        notes = []
        if same:
            what = " and ".join(("Resource ID", *self.compared))
            notes.append(
                f"{count_noun(same, 'record')} counted as a resource that another export "
                f"shows too: the username, {what} are the same."
            )
        if self.differing:
            what = " or ".join(self.compared)
            notes.append(
                f"{count_noun(self.differing, 'record')} with the Resource ID of one "
                f"in another export, but a different {what}, counted as another "
                "resource. Export both again, one right after the other, if a "
                "resource changed in between."
            )
        notes += [
            f"{table.path}: the Resource IDs only number the rows, and say nothing "
            "about which records of other exports are the same resource."
            for table in self.counters
        ]
        return same, tuple(notes)


def identify(tables: Sequence[ResourceTable], places: Sequence[Place]) -> Identities:
    """Compare the IDs of some records.

    Args:
        tables: The exports.
        places: Where the records are, in order.
    """
    if len(tables) == 1:  # each record of one export is a resource of its own
        return Identities(keys=[""] * len(places))
    codes = add_summaries(tables).codes
    ids = [show_id(text, codes) for text in _read("resource_id", tables, places)]
    holders: defaultdict[str, set[int]] = defaultdict(set)
    for identifier, (at, _) in zip(ids, places, strict=True):
        holders[identifier].add(at)
    shared = {one for one, some in holders.items() if one and len(some) > 1}
    concerned = sorted(set().union(*(holders[one] for one in shared)))
    if not concerned:
        return Identities(keys=ids)
    counters = {at for at in concerned if tables[at].summary.ids_number_rows}
    emails = all("email" in tables[at].columns for at in concerned)
    statuses = all(_shows_status(tables[at]) for at in concerned)
    addresses = _read("email", tables, places) if emails else [""] * len(places)
    keys = []
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for identifier, address, (at, row) in zip(ids, addresses, places, strict=True):
        status = int(tables[at].statuses[row]) if statuses else 0
        known = identifier and at not in counters
        keys.append(f"{identifier} {status} {address.casefold()}" if known else "")
        if known and identifier in shared:
            kinds[identifier].add(keys[-1])
    return Identities(
        keys=keys,
        compared=("e-mail address",) * emails + ("status",) * statuses,
        counters=tuple(tables[at] for at in sorted(counters)),
        differing=sum(len(found) - 1 for found in kinds.values()),
    )


def describe_repeats(
    tables: Sequence[ResourceTable], names: Iterable[ComparedName]
) -> tuple[str, ...]:
    """Say where several rows without IDs may be one user, once per integration."""
    alike: Counter[tuple[int, str, tuple[str, ...]]] = Counter()
    for name in names:
        at, row = name.place
        if at >= len(tables) or "resource_id" in tables[at].columns:
            continue
        shown = (
            texts[row]
            for role, texts in tables[at].columns.items()
            if role != "integration"
        )
        alike[at, tables[at].usernames[row], tuple(shown)] += 1
    repeated: Counter[int] = Counter()
    for (at, _name, _shown), number in alike.items():
        if number > 1:
            repeated[at] += number
    return tuple(
        f"{tables[at].path}: {number} rows with usernames that occur again, and "
        "nothing else to tell the users apart, may be one user on several rows. Show "
        "the Resource ID, or use the list of resources instead."
        for at, number in repeated.items()
    )


def _read(
    role: str, tables: Sequence[ResourceTable], places: Sequence[Place]
) -> list[str]:
    """Return what a column holds for these records; blank for tables without it."""
    columns = [table.columns.get(role) for table in tables]
    return [
        "" if (column := columns[at]) is None else column[row].strip()
        for at, row in places
    ]


def _shows_status(table: ResourceTable) -> bool:
    return any(n for status, n in table.summary.statuses.items() if status)
