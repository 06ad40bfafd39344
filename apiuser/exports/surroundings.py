"""Rows that are not records: lines of dashes, counts of rows, the header again, totals.

A footer, such as a line of totals, is no resource, and it hides that an export ends at
a limit, since the number of records is then one more.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from apiuser.errors import count_noun
from apiuser.exports.cells import SEPARATORS
from apiuser.exports.headers import TELLING_ROLES
from apiuser.exports.repeated_headers import find_headers
from apiuser.exports.rows import Column, Rows
from apiuser.exports.vocabulary import fold_letters, fold_words, list_words

AGAIN = "is the header again"
PERHAPS = (
    "may be a header, such as that of another export below this one. Keep each export "
    "in a file of its own"
)
COUNTS = "counts the records"
UNDERLINE = "is a line of dashes under the header"
"""What a line is that is not a record."""
MOST_FOOTER_LINES = 5
"""A footer has no more lines than this; more such rows are ordinary ones."""
_TAIL = MOST_FOOTER_LINES + 1
"""So many of the last rows show what a row above the footer looks like."""
_TOTALS = "seems to be a line of totals and not a resource. Delete it"
_LONGEST = 200
"""Characters of a count or a total; the patterns take the square of the length."""
_FEWEST_COLUMNS = 2
_HIGHEST_CODE = 99
_NUMBER = rf"[0-9](?:[{SEPARATORS}]?[0-9]){{0,11}}"
_COUNT = (
    r"\(?([0-9]{1,9})\s+([^0-9()]+(?:\([^0-9()]*\)[^0-9()]*)*)"
    r"(?:\([0-9.,]+\s*s\w*\))?\)?\.?"
)


def _match_count(text: str) -> re.Match[str] | None:
    line = text.strip()
    may = len(line) <= _LONGEST and line.lstrip("(")[:1].isdecimal()
    return re.fullmatch(_COUNT, line) if may else None


def is_row_count(text: str) -> bool:
    """Tell whether a line counts rows, as in `(9 rows affected)`."""
    found = _match_count(text)
    return found is not None and fold_letters(found[2]) in fold_words("rows counted")


def explain_row_count(text: str, above: int) -> str:
    """Say why a row count is wrong; blank if it is right.

    Args:
        text: The line.
        above: How many records are above it.
    """
    found = _match_count(text)
    counted = int(found[1]) if found else 0
    if counted == above:
        return ""
    return f"counts {count_noun(counted, 'row')}, but {above} are above"


def is_rule(fields: Sequence[str], width: int) -> bool:
    """Tell whether a line is only dashes under the header, as sqlcmd writes them."""
    long = any(len(field.strip()) > 1 for field in fields)
    return len(fields) == width and long and all(map(is_dashes, fields))


def is_dashes(text: str) -> bool:
    """Tell whether a text is a line of dashes."""
    return bool(text.strip()) and not text.strip().strip("-=")


def find_surroundings(rows: Rows) -> tuple[dict[int, str], dict[int, str]]:
    """Return the rows that are not records, with what each is, and wrong counts."""
    columns = rows.columns
    headers = find_headers(
        {column: rows.headers[at] for column, at in rows.places.items()},
        columns,
        rows.headers,
    )
    found: dict[int, str] = {}
    wrong: dict[int, str] = {}
    names = rows.texts["username"]
    # Nearly all names are nothing but letters and digits.
    odd = [at for at, name in enumerate(names) if at in headers or not name.isalnum()]
    for at in odd:
        name = names[at]
        if at in headers:
            if headers[at]:
                found[at] = AGAIN
            else:
                wrong[at] = PERHAPS
        elif name[:1] in {"-", "="}:
            if all(is_dashes(texts[at]) for texts in columns.values()):
                found[at] = "is a line of dashes"
        elif is_row_count(name) and not any(
            texts[at].strip() for role, texts in columns.items() if role != "username"
        ):
            why = explain_row_count(name, rows.numbers[at] - 1 - len(found))
            if why:
                wrong[at] = why
            else:
                found[at] = COUNTS
    return found, wrong


@cache
def _compile_totals() -> re.Pattern[str]:
    words = "|".join(map(re.escape, list_words("total")))
    number = f"[0-9][0-9{SEPARATORS}]*"
    return re.compile(
        rf"(?i)(?:(?:{words})(?:[ :=]+{number}| ?[:=])?|{number} +(?:{words}))"
    )


@cache
def _list_totals() -> frozenset[str]:
    return frozenset(map(str.casefold, list_words("total")))


def says_total(text: str) -> bool:
    """Tell whether a text names a total, with its number or without."""
    words = _list_totals()
    if text.isalnum():  # as nearly all names
        return text.casefold() in words
    if len(text) > _LONGEST:
        return False
    text = text.strip()
    may = text[:1].isdecimal() and " " in text
    may = may or text.casefold().startswith(tuple(words))
    return may and _compile_totals().fullmatch(text) is not None


def find_totals(rows: Rows) -> dict[int, str]:
    """Return the last rows if they hold totals instead of a resource, and why."""
    last = find_footers(rows.columns, rows.numbers)
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
    found |= find_footers(rows.columns, rows.numbers).keys()
    unreadable = len(rows.unreadable)
    return len(found) + unreadable * (unreadable <= MOST_FOOTER_LINES)


def find_footers(
    columns: Mapping[Column, Sequence[str]], numbers: Sequence[int]
) -> dict[int, bool]:
    """Return the last rows that say hardly anything, and whether each holds totals.

    Below two records, a row with nothing but `Total: 2` does. There are none without an
    ordinary row above them, or if there are more than a footer has lines.

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
        above = numbers[at] - 1
        is_total = _are_totals(told, above) or (
            _are_sums(told, above) and _has_ids(columns, at)
        )
        worded = any(map(says_total, cells))
        if not (
            lonely
            or is_total
            or (cells and says_total(cells[0]))
            or _lacks_words(told, columns)
        ):
            return found
        # A number alone may be somebody without an ID.
        found[at] = is_total and len(columns) >= _FEWEST_COLUMNS + (not worded)
        if len(found) > MOST_FOOTER_LINES:
            break
    return {}


def _are_totals(told: Mapping[Column, str], above: int) -> bool:
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


def _are_sums(told: Mapping[Column, str], above: int) -> bool:
    """Tell whether cells hold a total and numbers, but no ID or the number of rows.

    Args:
        told: The cells that say anything, by role.
        above: The number of rows above; a total may count its own row, too.
    """
    counts = {above, above + 1}
    name = told.get("username", "")
    others = [text for role, text in told.items() if role != "username"]
    if "resource_id" in told and _read_number(told["resource_id"]) not in counts:
        return False
    if says_total(name):
        return all(says_total(text) or _read_number(text) >= 0 for text in others)
    return len(others) > 1 and all(
        _read_number(text) in counts for text in (name, *others)
    )


def _lacks_words(
    told: Mapping[Column, str], columns: Mapping[Column, Sequence[str]]
) -> bool:
    """Tell whether a row has no status, licence and level, but one of the last has all."""
    last = [columns[role][-_TAIL:] for role in TELLING_ROLES if role in columns]
    return told.keys().isdisjoint(TELLING_ROLES) and any(
        all(map(str.strip, cells)) for cells in zip(*last, strict=True)
    )


def _has_ids(columns: Mapping[Column, Sequence[str]], at: int) -> bool:
    """Tell whether any of the last rows has an ID, apart from one."""
    ids = columns.get("resource_id", ())
    near = range(max(0, len(ids) - _TAIL), len(ids))
    return any(ids[one].strip() for one in near if one != at)


def _read_number(text: str) -> int:
    is_number = text[:1].isdecimal() and re.fullmatch(_NUMBER, text)
    return int(re.sub(r"\D", "", text)) if is_number else -1
