"""Footers under the records of a table, such as a line of totals.

A footer is no resource, and it hides that an export ends at a limit, since the number
of records is then one more.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from apiuser.exports.cells import SEPARATORS
from apiuser.exports.headers import TELLING_ROLES
from apiuser.exports.rows import Rows
from apiuser.exports.vocabulary import list_words

MOST_FOOTER_LINES = 5
"""A footer has no more lines than this; more such rows are ordinary ones."""
_LONGEST = 200
_FEWEST_COLUMNS = 2
_HIGHEST_CODE = 99
_NUMBER = rf"[0-9](?:[{SEPARATORS}]?[0-9]){{0,11}}"
_TOTALS = "seems to be a line of totals and not a resource. Delete it"


@cache
def write_totals() -> str:
    """Write the pattern of words for totals, for Python and for DuckDB."""
    words = "|".join(map(re.escape, list_words("total")))
    number = f"[0-9][0-9{SEPARATORS}]*"
    return rf"(?i)(?:(?:{words})(?:[ :=]+{number})?|{number} +(?:{words}))"


@cache
def _compile_totals() -> re.Pattern[str]:
    return re.compile(write_totals())


@cache
def _list_totals() -> frozenset[str]:
    return frozenset(map(str.casefold, list_words("total")))


def says_total(text: str) -> bool:
    """Tell whether a text names a total, with its number or without."""
    words = _list_totals()
    if text.isalnum():  # as nearly all names
        return text.casefold() in words
    # The pattern takes the square of the length; no total is long.
    if len(text) > _LONGEST:
        return False
    text = text.strip()
    may = text[:1].isdecimal() and " " in text
    may = may or text.casefold().startswith(tuple(words))
    return may and _compile_totals().fullmatch(text) is not None


def find_totals(rows: Rows) -> dict[int, str]:
    """Return the last rows if they hold totals instead of a resource, and why."""
    last = find_last(rows.texts, rows.numbers)
    return {at: _TOTALS for at, is_total in last.items() if is_total}


def count_possible_footers(rows: Rows) -> int:
    """Count what may be footers: totals anywhere, odd last rows, unreadable records."""
    names = rows.texts["username"]
    words = _list_totals()
    # Nearly all names are nothing but letters and digits, and no such word.
    odd = [
        at
        for at, name in enumerate(names)
        if not name.isalnum() or name.casefold() in words
    ]
    found = {at for at in odd if says_total(names[at])}
    found |= find_last(rows.texts, rows.numbers).keys()
    unreadable = len(rows.unreadable)
    return len(found) + unreadable * (unreadable <= MOST_FOOTER_LINES)


def find_last(
    columns: Mapping[str, Sequence[str]], numbers: Sequence[int]
) -> dict[int, bool]:
    """Return the last rows that say hardly anything, and whether each holds totals.

    Args:
        columns: The texts by role; the last ones of a huge export are enough.
        numbers: The numbers of the records.
    """
    found: dict[int, bool] = {}
    for at in reversed(range(len(numbers))):
        told = {
            role: text for role, some in columns.items() if (text := some[at].strip())
        }
        cells = [*told.values()]
        lonely = len(cells) < _FEWEST_COLUMNS <= len(columns)
        is_total = _are_totals(told, numbers[at] - 1)
        worded = any(map(says_total, cells))
        if not (lonely or is_total or (cells and says_total(cells[0]))):
            return found
        # A number alone may be somebody without an ID.
        found[at] = is_total and len(columns) >= _FEWEST_COLUMNS + (not worded)
        if len(found) > MOST_FOOTER_LINES:
            break
    return {}


def _are_totals(told: Mapping[str, str], above: int) -> bool:
    """Tell whether cells hold only words for totals, and the number of rows above."""
    return bool(told) and all(
        says_total(text)
        # A low number there is a code, such as 7 for an API user.
        or (
            (role not in TELLING_ROLES or above > _HIGHEST_CODE)
            and _read_number(text) == above
        )
        for role, text in told.items()
    )


def _read_number(text: str) -> int:
    is_number = text[:1].isdecimal() and re.fullmatch(_NUMBER, text)
    return int(re.sub(r"\D", "", text)) if is_number else -1
