"""Rows that stand for several records, and count them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from apiuser.errors import count_noun, show_start
from apiuser.exports.resource_ids import number_rows
from apiuser.exports.rows import Rows
from apiuser.exports.vocabulary import is_blank, write_whole_number

ONE_EACH = "Export again with one record in each row."
_COUNT = re.compile("[0-9]{1,15}")


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
