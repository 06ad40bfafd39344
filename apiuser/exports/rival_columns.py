"""Columns that say the same as another one, such as Is Active beside Status.

The one whose header is known first is read, or the one that a person named. If another
one says otherwise, nobody knows which of the two is right.
"""

from collections.abc import Mapping, Sequence

from apiuser.errors import count_noun, show_start
from apiuser.exports.categories import code_kinds, code_statuses
from apiuser.exports.cells import clean_texts, write_ids
from apiuser.exports.headers import is_inverted
from apiuser.exports.resource_ids import read_ids
from apiuser.exports.rows import Rows

_ONE_OF_THEM = "Export again with only the right one, or name it."
_ALL_NAMES = "Put all usernames below each other in one column, or name the right one."


def take_contrary(rows: Rows) -> dict[int, list[int]]:
    """Return the rows in which each such column contradicts the one read, and forget it.

    Args:
        rows: The records.

    Returns:
        The rows, by the position of each column that does.
    """
    found = {}
    for at, role in rows.rivals.items():
        others = rows.forget(at)
        found[at] = list_contrary(rows, at, rows.texts[role], others)
        if role == "username":
            rows.unread.add(others[place] for place in found[at])
    return {at: places for at, places in found.items() if places}


def list_contrary(
    rows: Rows, at: int, texts: Sequence[str], others: Sequence[str]
) -> list[int]:
    """Return the places where a column contradicts the one read.

    Args:
        rows: The headers, and where each known column is.
        at: The position of the other column.
        texts: The texts of the one read.
        others: Those of the other one beside them.
    """
    role = rows.rivals[at]
    if role == "username":
        pairs = zip(
            *(clean_texts(some, is_name=True) for some in (texts, others)), strict=True
        )
        return [
            place for place, (one, other) in enumerate(pairs) if _is_further(one, other)
        ]
    if role == "resource_id":
        ids = zip(*(read_ids(write_ids(some)) for some in (texts, others)), strict=True)
        return [place for place, (one, other) in enumerate(ids) if one != other >= 0]
    read = rows.positions[role]
    codes = zip(_code(rows, at, read, texts), _code(rows, at, at, others), strict=True)
    return [place for place, (one, other) in enumerate(codes) if 0 < one != other > 0]


def _code(rows: Rows, rival: int, at: int, texts: Sequence[str]) -> bytes:
    role = rows.rivals[rival]
    if role == "status":
        return code_statuses(texts, inverted=is_inverted(rows.headers, at))[0]
    columns = (texts, None) if role == "license_type" else (None, texts)
    return code_kinds(*columns, size=len(texts))


def _is_further(name: str, other: str) -> bool:
    return bool(other.strip()) and other.strip().casefold() != name.strip().casefold()


def describe_contrary(
    rows: Rows, contrary: Mapping[int, Sequence[int]]
) -> dict[str, str]:
    """Say which columns contradict the one read, in which rows, and what to do."""
    said = {}
    for at, found in contrary.items():
        role = rows.rivals[at]
        names = (rows.find_header(role), rows.headers[at])
        one, other = (show_start(name.strip()) for name in names)
        number, lines = count_noun(len(found), "record"), rows.list_lines(found)
        if role == "username":
            said[
                f"the column {other} has usernames that were not read, beside those of "
                f"{one}, in {number} ({lines})"
            ] = _ALL_NAMES
        else:
            said[
                f"the columns {one} and {other} contradict each other in {number} "
                f"({lines})"
            ] = _ONE_OF_THEM
    return said
