"""Rows that stand for several records: they count them, or join their cells."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from apiuser.errors import count_noun, show_start
from apiuser.exports.categories import says_status
from apiuser.exports.resource_ids import number_rows
from apiuser.exports.rows import Rows
from apiuser.exports.vocabulary import (
    fold_word,
    fold_words,
    is_blank,
    write_whole_number,
)

ONE_EACH = "Export again with one record in each row."
_COUNT = re.compile("[0-9]{1,15}")
_BLANK = "[ \t\r\n\u00a0]"
JOINED_IDS = (
    rf"[0-9]{_BLANK}*[;|\r\n]{_BLANK}*[0-9]|[0-9]{_BLANK}*,{_BLANK}+[0-9]"
    "|[0-9]{5}[,/+& \u00a0]{1,3}[0-9]{5}"
)
"""Several numbers, for Python and for DuckDB, and no thousands of one."""
JOINED_ADDRESSES = r"@[^@<(\[]*@|@[^@,;|\r\n]*[,;|\r\n][^@]*@"
"""Several addresses, for both: `ada@x <ada@x>` is one."""
_BETWEEN_STATES = re.compile(r"[,;|/+&\r\n]")


def drop_counts(rows: Rows) -> dict[int, list[int]]:
    """Drop the columns that count rows, and return where each counts several."""
    found = {at: list_counted(rows.beside.pop(at), rows.records) for at in rows.counts}
    return {at: places for at, places in found.items() if places}


def list_counted(texts: Sequence[str], most: int) -> list[int]:
    """Return the rows that stand for several, if a column has whole numbers only.

    Args:
        texts: The column.
        most: The number of the last record: the numbers of rows count nothing.
    """
    words = {text: write_whole_number(text) for text in {*texts} if not is_blank(text)}
    if not all(map(_COUNT.fullmatch, words.values())):
        return []
    numbers = {text: int(word) for text, word in words.items()}
    if number_rows([numbers.get(text, -1) for text in texts], most):
        return []
    return [at for at, text in enumerate(texts) if numbers.get(text, 0) > 1]


def describe_counts(rows: Rows, found: Mapping[int, Sequence[int]]) -> Iterator[str]:
    """Say which columns count several rows as one."""
    for at, places in found.items():
        yield (
            f"the column {show_start(rows.headers[at].strip())} counts rows, and more "
            f"than one in {count_noun(len(places), 'record')} ({rows.list_lines(places)})"
        )


def describe_joined(
    rows: Rows, texts: Mapping[str, Sequence[str]], ids: Sequence[int]
) -> Iterator[str]:
    """Say which cells hold the values of several records, unless marks enclose rows.

    Args:
        rows: The records.
        texts: The texts of their columns.
        ids: Their Resource IDs.
    """
    if rows.enclosing:
        return
    numbers, emails = texts.get("resource_id", ()), texts.get("email", ())
    states = texts.get("status", ())
    several = {*list_joined_states({*states})}
    found = {
        "resource_id": [
            at
            for at, number in enumerate(ids)
            if number < 0 and re.search(JOINED_IDS, numbers[at])
        ],
        "email": [
            at
            for at, text in enumerate(emails)
            if text.count("@") > 1 and re.search(JOINED_ADDRESSES, text)
        ],
        "status": [at for at, text in enumerate(states) if text in several]
        if several
        else [],
    }
    for role, places in found.items():
        if places:
            yield (
                f"the column {show_start(rows.find_header(role).strip())} has several "
                f"values in one cell, in {count_noun(len(places), 'record')} "
                f"({rows.list_lines(places)})"
            )


def list_joined_states(words: Iterable[str]) -> list[str]:
    """Return those words that are several states, such as Active, Inactive.

    The column of one export has either states or answers such as yes, not both.
    """
    kinds = fold_words("active", "inactive"), fold_words("yes", "no")
    return [
        word
        for word in words
        if len(parts := [*filter(str.strip, _BETWEEN_STATES.split(word))]) > 1
        and any(kind.issuperset(map(fold_word, parts)) for kind in kinds)
        and not says_status(word)
    ]
