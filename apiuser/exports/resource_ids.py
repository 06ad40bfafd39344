"""What the Resource IDs of an export show besides who is who: its order, and repeats."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from apiuser.rules.catalogue.audit_rules import CUT, CUT_PAGE

LEAST_ID_DIGITS = 5
"""Numbers of fewer digits may be codes or names; the IDs of Autotask have more."""
LEAST_ID = 10 ** (LEAST_ID_DIGITS - 1)
"""The lowest number of as many digits."""
MOST_PARTS = 10
"""IDs that begin again more often are in no order."""
FEWEST_CUT = min(rule.parameters["rows"] for rule in (CUT, CUT_PAGE))
"""No limit of an export is lower."""
FEWEST_COUNTED = 5
"""With fewer records, IDs may be the numbers from 1 on by chance."""
_MOST_DIGITS = 100
"""No row number has more digits than this, however many leading zeros it has."""
CHANGED_ID = r"\s*[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}\s*|#{2,}"
"""What spreadsheets write for IDs, for Python and for DuckDB: digits are lost."""
REPEATED = (
    "Export again, each export into a file of its own; a resource is in a list once."
)


def read_ids(texts: Sequence[str]) -> list[int]:
    """Return IDs as numbers, and -1 for what is none.

    Args:
        texts: The IDs, as `write_ids` writes them.
    """
    joined = "".join(texts)
    plain = joined.isascii() and joined.isdigit() and all(texts)
    if plain and max(map(len, texts)) <= _MOST_DIGITS:  # as in nearly all exports
        return [*map(int, texts)]
    return [*map(read_id, texts)]


def read_id(text: str) -> int:
    """Return an ID as a number, whatever its leading zeros, and -1 for what is none."""
    plain = text.strip()
    known = plain.isascii() and plain.isdigit() and len(plain) <= _MOST_DIGITS
    return int(plain) if known else -1


def list_changed(texts: Sequence[str], ids: Sequence[int]) -> list[int]:
    """Return the rows whose ID a spreadsheet seems to have changed.

    Args:
        texts: The IDs, as `write_ids` writes them.
        ids: The same, as `read_ids` reads them.
    """
    unread = (at for at, number in enumerate(ids) if number < 0)
    return [at for at in unread if re.fullmatch(CHANGED_ID, texts[at])]


def number_rows(ids: Sequence[int], most: int) -> bool:
    """Tell whether the IDs are just the numbers from 0 or 1 on, in any order.

    Args:
        ids: The numbers of the column.
        most: The number of the last record.
    """
    return (
        len(ids) >= FEWEST_COUNTED
        and max(ids) <= most
        and min(ids) >= 0
        and len({*ids}) == len(ids)
    )


def list_repeats(ids: Sequence[int]) -> list[int]:
    """Return the rows whose ID is that of a row above."""
    if len({*ids}) == len(ids):
        return []
    seen: set[int] = set()
    found = []
    for at, number in enumerate(ids):
        if number in seen:
            found.append(at)
        if number >= LEAST_ID:
            seen.add(number)
    return found


def list_codes(ids: Sequence[int]) -> frozenset[int]:
    """Return the numbers too short for Resource IDs that occur again."""
    times = Counter(number for number in ids if 0 <= number < LEAST_ID)
    return frozenset(number for number, many in times.items() if many > 1)


def show_id(text: str, codes: Collection[int]) -> str:
    """Return an ID that tells a resource apart; blank for a code, and for none.

    Args:
        text: What is in the column.
        codes: The numbers that may be codes.
    """
    number = read_id(text)
    return "" if number < 0 or number in codes else str(number)


def list_turns(ids: Sequence[int]) -> list[int]:
    """Return the rows where sorted IDs begin again, as below another export."""
    ordered = sorted(ids)
    if len(ids) <= FEWEST_CUT or ids in (ordered, ordered[::-1]):
        return []
    known = [at for at, number in enumerate(ids) if number >= 0]
    pairs = [*pairwise(known)]
    falls = [at for above, at in pairs if ids[at] < ids[above]]
    rises = [at for above, at in pairs if ids[at] > ids[above]]
    turns = min(falls, rises, key=len)
    return turns if len(turns) < MOST_PARTS else []
