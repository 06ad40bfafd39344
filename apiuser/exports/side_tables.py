"""Further lists beside the records, under headers that are not known or are blank."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from apiuser.errors import count_noun
from apiuser.exports.headers import show_headers
from apiuser.exports.rows import Rows
from apiuser.exports.vocabulary import fold_word, fold_words, is_blank

_FEWEST = 3
"""Fewer words in a column without a header are remarks, if not all records have one."""
_LONGEST_CODE = 4


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

    Further columns are normal, and so is one without a header. Beyond an empty one is a
    list of its own if it has names and states, or names as only users have.
    """
    empty = {at for at in rows.unheaded if not any(map(str.strip, rows.beside[at]))}
    found = []
    for block in rows.blocks:
        columns = [
            rows.beside[at] if at in rows.rivals else rows.beside.pop(at)
            for at in block
        ]
        apart = not empty.isdisjoint({block[0] - 1, block[-1] + 1})
        places = _find_listed(columns)
        for at, texts in zip(block, columns, strict=True):
            if apart and at not in rows.rivals:
                places = places or find_usernames_in(texts, rows)
        if places:
            rows.unread.add(chain.from_iterable(columns))
            found.append(SideTable(block, places))
    return found


def describe_side_tables(rows: Rows, found: Iterable[SideTable]) -> Iterator[str]:
    """Say which columns seem to be another list of resources."""
    for table in found:
        shown = show_headers([rows.headers[at] for at in table.columns])
        many = len(table.columns) > 1
        said = f"columns {shown} seem" if many else f"column {shown} seems"
        yield (
            f"the {said} to be another list of resources "
            f"({rows.list_lines(table.places)})"
        )


def _find_listed(columns: Sequence[Sequence[str]]) -> list[int]:
    """Return the rows in which columns hold names and states, if they do."""
    for states in columns:
        places = _list_filled(states)
        others = [column for column in columns if column is not states]
        if _are_states([states[at] for at in places]) and any(
            _are_names([column[at] for at in places]) for column in others
        ):
            return places
    return []


def drop_unheaded(rows: Rows) -> list[SideTable]:
    """Drop the columns without a header, and return those that seem to have usernames."""
    found = []
    for at in rows.unheaded:
        texts = rows.beside.pop(at)
        if places := find_usernames_in(texts, rows):
            rows.unread.add(texts[place] for place in places)
            found.append(SideTable([at], places))
    return found


def describe_unheaded(rows: Rows, found: Iterable[SideTable]) -> Iterator[str]:
    """Say which columns without a header seem to have usernames."""
    for (at,), places in found:
        yield (
            f"column {at + 1}, which has no header, seems to have usernames that "
            f"were not read, in {count_noun(len(places), 'record')} "
            f"({rows.list_lines(places)})"
        )


def find_usernames_in(texts: Sequence[str], rows: Rows) -> list[int]:
    """Return the rows where a column has other names than those read, if it does.

    Names of people begin with a capital, and numbers and dates with a digit.
    """
    filled = _list_filled(texts)
    words = [texts[at].strip() for at in filled]
    if (
        len(words) < min(_FEWEST, len(texts))
        or not may_be_usernames(words)
        or all(map(_is_called, words))
    ):
        return []
    known = [rows.texts[role] for role in ("username", "email") if role in rows.texts]
    return [
        at
        for at in filled
        if texts[at].strip().casefold()
        not in {column[at].strip().casefold() for column in known}
    ]


def may_be_usernames(words: Sequence[str]) -> bool:
    """Tell whether some words, none of them blank, may be usernames."""
    return (
        bool(words)
        and _are_names(words)
        and not any(word[:1].isdecimal() for word in words)
        and fold_words("active", "inactive", "yes", "no").isdisjoint(
            map(fold_word, words)
        )
    )


def _is_called(word: str) -> bool:
    """Tell whether a word is written like the name of a person, or a short code."""
    short = word.isupper() and len(word) <= _LONGEST_CODE
    return word.isalpha() and (short or word.istitle())


def _list_filled(texts: Sequence[str]) -> list[int]:
    return [at for at, word in enumerate(texts) if not is_blank(word)]


def _are_states(texts: Sequence[str]) -> bool:
    words = fold_words("active", "inactive")
    return bool(texts) and all(fold_word(text) in words for text in texts)


def _are_names(texts: Sequence[str]) -> bool:
    """Tell whether all are different words with letters, as titles and numbers are not."""
    return len({*texts}) == len(texts) and all(
        len(text.split()) == 1 and any(map(str.isalpha, text)) for text in texts
    )
