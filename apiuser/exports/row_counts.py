"""Columns about the list: they number or count its rows, or name their tenants."""

import re
from collections.abc import Sequence

from apiuser.errors import count_noun, join_some, show_start
from apiuser.exports.categories import says_status
from apiuser.exports.cells import write_ids
from apiuser.exports.count_headers import ListFact
from apiuser.exports.joined_records import ONE_EACH
from apiuser.exports.resource_ids import number_rows, read_ids
from apiuser.exports.rows import Rows
from apiuser.exports.vocabulary import is_blank, write_whole_number

_ALL_OF_THEM = "Export all of them."
_COUNT = re.compile("[0-9]{1,15}")
_SHOWN = 5


def drop_counts(rows: Rows) -> dict[str, str]:
    """Drop the columns about the list, and say which show a fault, and what to do."""
    doubts = {}
    read = len(rows.lines) + len(rows.unreadable)
    for at, told in rows.counts.items():
        texts, shown = rows.beside.pop(at), show_start(rows.headers[at].strip())
        if told is ListFact.TENANT:
            add_tenants(rows, at, texts)
        elif told is ListFact.TOTAL:
            if total := find_total(texts, read):
                doubts[
                    f"the column {shown} says that there are "
                    f"{count_noun(total, 'record')}, but the file has {read:,}"
                ] = _ALL_OF_THEM
        elif skipped := list_skipped(texts, rows.records):
            some = join_some([*map(str, skipped[:_SHOWN])], len(skipped))
            number = count_noun(len(skipped), "number")
            doubts[
                f"the column {shown} numbers the rows and skips {number} ({some})"
            ] = _ALL_OF_THEM
        elif told is ListFact.COUNT and (places := list_counted(texts, rows.records)):
            number = count_noun(len(places), "record")
            doubts[
                f"the column {shown} counts rows, and more than one in {number} "
                f"({rows.list_lines(places)})"
            ] = ONE_EACH
    if _ALL_OF_THEM in doubts.values():
        rows.unread.lose()
    return doubts


def add_tenants(rows: Rows, at: int, texts: Sequence[str]) -> None:
    """Keep the different names of tenants that a column has.

    Args:
        rows: The records.
        at: The position of the column.
        texts: Its texts, or its different texts.
    """
    words = sorted({text.strip() for text in {*texts} if not is_blank(text)})
    if not all(map(says_status, words)):
        names = {word.casefold(): word for word in reversed(words)}
        rows.tenants[rows.headers[at].strip()] = sorted(names.values())


def list_skipped(texts: Sequence[str], most: int) -> list[int]:
    """Return what a column skips that numbers the rows from 0 or 1 on, in any order.

    If it skips a third of the numbers or more, it numbers something else.

    Args:
        texts: The column.
        most: The number of the last record: rows that are none have numbers too.
    """
    numbers = read_ids(write_ids([text.strip().rstrip(".)") for text in texts]))
    first, last = min(numbers, default=-1), max(numbers, default=-1)
    skipped = last - first + 1 - len(numbers)
    fits = first in {0, 1} and len({*numbers}) == len(numbers)
    if not fits or 2 * skipped >= len(numbers) or last - first < most:
        return []
    return sorted({*range(first, last)}.difference(numbers))


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
