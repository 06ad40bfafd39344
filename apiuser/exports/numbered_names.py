"""Usernames that are built from Resource IDs, or just number the records."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from apiuser.exports.resource_ids import LEAST_ID, number_rows, read_ids
from apiuser.exports.rows import Rows

_BUILT = re.compile(r"(\D{1,8}?)0*([1-9][0-9]*)")
"""Signs before a number, which are the same in all names that are built so."""
_FEWEST = 2


def cut_suffixes(names: Sequence[str]) -> list[str]:
    """Return the names without their suffixes."""
    return [name.partition("@")[0] for name in names]


def describe_numbered(
    rows: Rows, usernames: Sequence[str], ids: Sequence[int]
) -> Iterator[str]:
    """Say that usernames are built from IDs, or number the records, if they are.

    Args:
        rows: The records.
        usernames: Their usernames.
        ids: Their Resource IDs.
    """
    names = cut_suffixes(usernames)
    found = list_built(names, ids, 2)
    if found and not number_rows(ids, rows.records):
        yield (
            f"{len(found)} of {len(names)} usernames are the Resource ID of the same "
            f"record with the same signs before it ({rows.list_lines(found)})"
        )
    if ids and number_rows(read_ids(names), rows.records):
        yield "all usernames just number the records"


def list_built(names: Sequence[str], ids: Sequence[int], part: int) -> list[int]:
    """Return the names that are a record's own ID behind the same signs.

    Args:
        names: The usernames without their suffixes.
        ids: The Resource IDs beside them; none if there are none.
        part: More than one in so many have to be.
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    for at, (name, number) in enumerate(zip(names, ids, strict=False)):
        if number >= LEAST_ID and name.endswith(str(number)):
            built = _BUILT.fullmatch(name)
            if built and int(built[2]) == number:
                found[built[1].casefold()].append(at)
    most = max(found.values(), key=len, default=[])
    enough = part * len(most) > len(names) and len(most) >= _FEWEST
    return most if enough else []
