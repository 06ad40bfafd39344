"""A second table beside the first, under headers that are not known."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from apiuser.exports.headers import show_headers
from apiuser.exports.rows import Rows
from apiuser.exports.vocabulary import fold_word, fold_words, is_blank


class SideTable(NamedTuple):
    """Columns that seem to be another list of resources.

    Attributes:
        columns: Their positions.
        places: The rows that say something there.
    """

    columns: Sequence[int]
    places: Sequence[int]


def drop_side_tables(rows: Rows) -> list[SideTable]:
    """Drop the columns beside the table, and return the lists of resources among them.

    Further columns are normal, and so is one without a header. Beyond such a one is a
    list of its own if it has names and states.
    """
    found = []
    for block in rows.blocks:
        columns = [
            rows.beside[at] if at in rows.rivals else rows.beside.pop(at)
            for at in block
        ]
        for states in columns:
            places = [at for at, word in enumerate(states) if not is_blank(word)]
            others = [column for column in columns if column is not states]
            if _are_states([states[at] for at in places]) and any(
                _are_names([column[at] for at in places]) for column in others
            ):
                rows.unread.add(chain.from_iterable(columns))
                found.append(SideTable(block, places))
                break
    return found


def describe_side_tables(rows: Rows, found: Iterable[SideTable]) -> Iterator[str]:
    """Say which columns seem to be another list of resources."""
    for table in found:
        shown = show_headers([rows.headers[at] for at in table.columns])
        yield (
            f"the columns {shown} seem to be another list of resources "
            f"({rows.list_lines(table.places)})"
        )


def _are_states(texts: Sequence[str]) -> bool:
    words = fold_words("active", "inactive")
    return bool(texts) and all(fold_word(text) in words for text in texts)


def _are_names(texts: Sequence[str]) -> bool:
    """Tell whether all are different words with letters, as titles and numbers are not."""
    return len({*texts}) == len(texts) and all(
        len(text.split()) == 1 and any(map(str.isalpha, text)) for text in texts
    )
