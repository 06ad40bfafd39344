"""Columns that say the same as another one, such as Is Active beside Status.

The one whose header is known first is read, or the one that a person named. If another
one says otherwise, nobody knows which of the two is right.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from apiuser.errors import count_noun, join_some, show_start
from apiuser.exports.categories import code_kinds, code_statuses, says_status
from apiuser.exports.cells import clean_texts, write_ids
from apiuser.exports.resource_ids import read_ids
from apiuser.exports.resources import Status
from apiuser.exports.rival_headers import (
    Meaning,
    find_meaning,
    is_rival_inverted,
    may_say_states,
    says_states,
)
from apiuser.exports.rows import Rows
from apiuser.exports.vocabulary import fold_word, fold_words, is_blank, list_words

_NO_NAME = re.compile(r"\s|^\W?[0-9a-f-]{32,}\W?$|^S-1-[0-9-]+$", re.IGNORECASE)
"""Several words, a digest, or an ID of Windows."""
_ONE_OF_THEM = "Export again with only the right one, or name it."
_OF_TIMES = ("t", "z", "utc", "gmt", "am", "pm")
_SHOWN_WORDS = 5
_ALL_NAMES = "Put all usernames below each other in one column, or name the right one."


class Rivalry(NamedTuple):
    """Where a column contradicts the one read.

    Attributes:
        places: The rows.
        odd: The words in some of these that are not known, but beside Active.
    """

    places: list[int]
    odd: list[str]


def drop_rivals(rows: Rows) -> dict[int, Rivalry]:
    """Drop the columns that say the same as another one.

    Args:
        rows: The records.

    Returns:
        Where each contradicts the one read, by the position of each that does.
    """
    found = {}
    for at in rows.rivals:
        others = rows.beside.pop(at)
        role = rows.rivals[at] = _find_role(rows, at, others)
        found[at] = compare_rival(rows, at, rows.texts[role], others)
        if role == "username":
            rows.unread.add(others[place] for place in found[at].places)
    return {at: one for at, one in found.items() if one.places}


def _find_role(rows: Rows, at: int, others: Sequence[str]) -> str:
    """Return what a column says: its header may mean states as well as usernames."""
    role = rows.rivals[at]
    may = role == "username" and "status" in rows.positions
    if may and may_say_states(rows.headers, at):
        words = {text for text in {*others} if not is_blank(text)}
        return "status" if all(map(says_status, words)) else role
    return role


def compare_rival(
    rows: Rows, at: int, texts: Sequence[str], others: Sequence[str]
) -> Rivalry:
    """Return where a column contradicts the one read.

    Args:
        rows: The headers, and where each known column is.
        at: The position of the other column.
        texts: The texts of the one read.
        others: Those of the other one beside them.
    """
    role = rows.rivals[at]
    if role == "username":
        meaning = find_meaning(rows.headers[at], rows.find_header(role))
        return Rivalry(_list_further(texts, others, meaning), [])
    if role == "resource_id":
        ids = zip(*(read_ids(write_ids(some)) for some in (texts, others)), strict=True)
        places = [place for place, (one, other) in enumerate(ids) if one != other >= 0]
        return Rivalry(places, [])
    if role == "status":
        return _list_states(rows, at, texts, others)
    kinds, beside = (_code_kinds(role, some) for some in (texts, others))
    return Rivalry(_compare(kinds, beside), [])


def _compare(codes: bytes, others: bytes) -> list[int]:
    pairs = enumerate(zip(codes, others, strict=True))
    return [place for place, (one, other) in pairs if 0 < one != other > 0]


def _code_kinds(role: str, texts: Sequence[str]) -> bytes:
    columns = (texts, None) if role == "license_type" else (None, texts)
    return code_kinds(*columns, size=len(texts))


def _list_states(
    rows: Rows, at: int, texts: Sequence[str], others: Sequence[str]
) -> Rivalry:
    """Return where states contradict each other, or may since a word is not known."""
    read = rows.positions["status"]
    codes, _ = code_statuses(texts, inverted=rows.is_inverted)
    inverted = is_rival_inverted(rows.headers, at)
    beside, odd = code_statuses(others, inverted=inverted)
    # Only a column of states has words for them: it may be one of regions, too.
    told = any(beside) or says_states(rows.headers, at, read)
    words = {word for word in odd if told and _is_word(word)}
    places = _compare(codes, beside)
    doubted = [
        place
        for place, word in enumerate(others)
        if word in words and codes[place] == Status.ACTIVE
    ]
    shown = dict.fromkeys(others[place] for place in doubted)
    return Rivalry(sorted([*places, *doubted]), [*shown])


def _is_word(text: str) -> bool:
    """Tell whether a text has words, and is no number or date."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return not {*words} <= {*_OF_TIMES, *map(str.casefold, list_words("month"))}


def _list_further(
    texts: Sequence[str], others: Sequence[str], meaning: Meaning
) -> list[int]:
    """Return where a column holds usernames other than those that are read."""
    names = (clean_texts(some, is_name=True) for some in (texts, others))
    pairs = enumerate(zip(*names, strict=True))
    places = [place for place, pair in pairs if _is_further(*pair)]
    if meaning is Meaning.COPY:
        return places
    found = {place: others[place].strip() for place in places}
    told = fold_words("yes", "no", "active", "inactive", "locked")
    found = {
        place: text
        for place, text in found.items()
        if _is_word(text) and fold_word(text) not in told
    }
    if meaning is Meaning.FURTHER:
        return [*found]
    # Nobody has the username of another one, but many have a manager, or a format.
    shared = len({*map(str.casefold, found.values())}) < len(found)
    if shared or any(map(_NO_NAME.search, found.values())):
        return []
    known = {*map(_fold_local, texts)} if found else set()
    listed = all(_fold_local(text) in known for text in found.values())
    return [] if listed else [*found]


def _fold_local(name: str) -> str:
    return name.partition("@")[0].strip().casefold()


def _is_further(name: str, other: str) -> bool:
    return bool(other.strip()) and other.strip().casefold() != name.strip().casefold()


def describe_rivals(rows: Rows, rivals: Mapping[int, Rivalry]) -> dict[str, str]:
    """Say which columns contradict the one read, in which rows, and what to do."""
    said = {}
    for at, found in rivals.items():
        role = rows.rivals[at]
        names = (rows.find_header(role), rows.headers[at])
        one, other = (show_start(name.strip()) for name in names)
        number = count_noun(len(found.places), "record")
        lines = rows.list_lines(found.places)
        if role == "username":
            said[
                f"the column {other} has usernames that were not read, beside those of "
                f"{one}, in {number} ({lines})"
            ] = _ALL_NAMES
        else:
            may = "may " * bool(found.odd)
            doubt = f"the columns {one} and {other} {may}contradict each other in "
            doubt += f"{number} ({lines})"
            if found.odd:
                some = [*map(show_start, found.odd[:_SHOWN_WORDS])]
                words = join_some(some, len(found.odd))
                doubt += f", since the meaning of {words} is not known"
            said[doubt] = _ONE_OF_THEM
    return said
