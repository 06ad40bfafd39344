"""Columns that say the same as another one, such as Is Active beside Status.

The one whose header is known first is read, or the one that a person named. If another
one says otherwise, nobody knows which of the two is right.
"""

from collections.abc import Iterator, Mapping, Sequence

from apiuser.errors import count_noun, show_start
from apiuser.exports.categories import code_kinds, code_statuses
from apiuser.exports.headers import is_inverted
from apiuser.exports.rows import Rows

ONE_OF_THEM = "Export again with only the right one, or name it."
"""What to do about two columns that contradict each other."""


def take_contrary(rows: Rows) -> dict[int, list[int]]:
    """Return the rows in which each such column contradicts the one read, and forget it.

    Args:
        rows: The records.

    Returns:
        The rows, by the position of each column that does.
    """
    found = {
        at: list_contrary(rows, at, rows.texts[role], rows.forget(at))
        for at, role in rows.rivals.items()
    }
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
    read = rows.positions[rows.rivals[at]]
    codes = zip(_code(rows, at, read, texts), _code(rows, at, at, others), strict=True)
    return [place for place, (one, other) in enumerate(codes) if 0 < one != other > 0]


def _code(rows: Rows, rival: int, at: int, texts: Sequence[str]) -> bytes:
    role = rows.rivals[rival]
    if role == "status":
        return code_statuses(texts, inverted=is_inverted(rows.headers, at))[0]
    columns = (texts, None) if role == "license_type" else (None, texts)
    return code_kinds(*columns, size=len(texts))


def describe_contrary(
    rows: Rows, contrary: Mapping[int, Sequence[int]]
) -> Iterator[str]:
    """Say which columns contradict the one read, and in which rows."""
    for at, found in contrary.items():
        read = rows.find_header(rows.rivals[at])
        one, other = (show_start(name.strip()) for name in (read, rows.headers[at]))
        yield (
            f"the columns {one} and {other} contradict each other in "
            f"{count_noun(len(found), 'record')} ({rows.list_lines(found)})"
        )
