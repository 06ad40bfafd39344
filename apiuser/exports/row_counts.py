"""Columns that say how many rows each one stands for, or how many there are in all."""

import re
from collections.abc import Sequence

from apiuser.errors import count_noun, show_start
from apiuser.exports.cells import write_ids
from apiuser.exports.count_headers import Told
from apiuser.exports.joined_records import ONE_EACH
from apiuser.exports.resource_ids import number_rows, read_ids
from apiuser.exports.rows import Rows
from apiuser.exports.vocabulary import is_blank, write_whole_number

_ALL_OF_THEM = "Export all of them."
_COUNT = re.compile("[0-9]{1,15}")


def drop_counts(rows: Rows) -> dict[str, str]:
    """Drop the columns about the list, and say which show a fault, and what to do."""
    doubts = {}
    for at, told in rows.counts.items():
        texts, shown = rows.beside.pop(at), show_start(rows.headers[at].strip())
        if told is Told.TOTAL:
            read = len(rows.lines) + len(rows.unreadable)
            if total := find_total(texts, read):
                rows.unread.lose()
                doubts[
                    f"the column {shown} says that there are "
                    f"{count_noun(total, 'record')}, but the file has {read:,}"
                ] = _ALL_OF_THEM
        elif places := list_counted(texts, rows.records):
            number = count_noun(len(places), "record")
            doubts[
                f"the column {shown} counts rows, and more than one in {number} "
                f"({rows.list_lines(places)})"
            ] = ONE_EACH
    return doubts


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


def find_total(texts: Sequence[str], read: int) -> int:
    """Return how many records there are in all, if a column says more; 0 otherwise.

    Whatever differs from row to row is a total of something else.

    Args:
        texts: The column, or its different texts.
        read: How many records are in the file.
    """
    words = [text for text in {*texts} if not is_blank(text)]
    totals = {*read_ids(write_ids(words))}
    return max(totals) if len(totals) == 1 and max(totals) > read else 0
