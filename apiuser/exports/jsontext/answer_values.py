"""What an answer contains besides its list: each value with its name and place.

Names are compared without case and punctuation.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from apiuser.exports.jsontext.json_text import Number, decode_kept, may_keep_json
from apiuser.exports.jsontext.record_lists import ListPath
from apiuser.exports.vocabulary import fold_word, fold_words

Named = Sequence[tuple[str, Any]]
"""The values that have a name, each with its folded name."""
JsonPlace = tuple[str | int, ...]
"""The names and positions that lead to a value, beginning with the outermost object."""

_PUNCTUATION = re.compile(r"[\W_]+")
_PLAIN = 100
"""How many plain values of a list are examined."""
_INNER = frozenset({"value", "text"})
"""The names under which a number has an object of its own."""
_SHARDS = ["shards"]
"""The name of an object about parts of a search engine, which are no records."""
_LONGEST_WORD = 20


def walk(
    value: object, lists: Collection[ListPath] = ()
) -> Iterator[tuple[JsonPlace, Any]]:
    """Yield everything in a value, at any depth, with its place.

    What is in JSON that a text holds has the place of that text.

    Args:
        value: The value.
        lists: The lists that are read; they and their contents are left out.
    """
    waiting = [*_list_inner((), value)]
    one: Any
    while waiting:
        at, one = waiting.pop()
        if isinstance(one, list) and at in lists:
            continue
        yield at, one
        while isinstance(one, str) and (kept := decode_kept(one)) is not None:
            yield at, kept
            one = kept
        waiting += _list_inner(at, one)


def walk_named(
    answer: Mapping[str, Any], lists: Collection[ListPath] = ()
) -> Iterator[tuple[str, Any]]:
    """Yield the values that have a name, at any depth of an answer.

    Args:
        answer: Its members.
        lists: The lists that are read.
    """
    for at, value in walk(answer, lists):
        yield fold_place(at), value


def fold_place(place: JsonPlace) -> str:
    """Return the folded name of what is at a place; blank in a list of lists."""
    names = [fold_name(one) for one in place[-2:] if isinstance(one, str)]
    if names[:-1] == _SHARDS:
        return "".join(names)
    name = names[-1] if names else ""
    return names[0] if name in _INNER else name


def find_outermost(
    value: object,
    is_meant: Callable[[JsonPlace, Any], bool],
    lists: Collection[ListPath] = (),
) -> list[str]:
    """Return the outermost places of what is meant.

    Args:
        value: Where to look, at any depth.
        is_meant: Tells whether a value is meant, from its place and the value.
        lists: The lists that are read.
    """
    found: list[JsonPlace] = []
    for at, one in walk(value, lists):
        inside = found and at[: len(found[-1])] == found[-1]
        if not inside and is_meant(at, one):
            found.append(at)
    return [*map(show_place, found)]


def show_place(place: JsonPlace) -> str:
    """Write a place for messages, such as `pages[0].items`."""
    parts = (f"[{one}]" if isinstance(one, int) else f".{one}" for one in place)
    return "".join(parts).removeprefix(".")


def locate(path: str, line: int) -> str:
    """Say where an answer is, for messages."""
    return f"line {line}, {path}" if path else f"line {line}"


def says(value: object) -> bool:
    """Tell whether a value is other than null, false, zero or empty."""
    if isinstance(value, Number):
        return list_numbers(value) != [0]
    if isinstance(value, str):
        return value.strip().casefold() not in {"", "false", "null"}
    return bool(value)


def says_no(value: object) -> bool:
    """Tell whether a value is false, zero or a word for no; null and blank are not."""
    return value is False or _is_word(value, "no")


def says_yes(value: object) -> bool:
    """Tell whether a value is true, one or a word for yes."""
    return value is True or _is_word(value, "yes")


def _is_word(value: object, meaning: str) -> bool:
    short = isinstance(value, str) and len(value) <= _LONGEST_WORD
    return short and fold_word(str(value)) in fold_words(meaning)


def list_numbers(value: object) -> list[float]:
    """Return a value that is a number, even in a text; nothing for any other value."""
    if not isinstance(value, str):
        return []
    try:
        return [float(re.sub(r"[,'\s]", "", value))]
    except ValueError:
        return []


@lru_cache(1 << 12)
def fold_name(name: str) -> str:
    """Fold a name: its case, and all but letters and digits, tell none apart."""
    return _PUNCTUATION.sub("", name).casefold()


def _tells(value: object) -> bool:
    """Tell whether a value may matter even if it is far down in a list."""
    if isinstance(value, str):
        return "next" in value or may_keep_json(value)
    return isinstance(value, dict | list) and bool(value)


def _list_inner(place: JsonPlace, value: object) -> list[tuple[JsonPlace, Any]]:
    """Return what is directly in a value, in reverse order."""
    if isinstance(value, dict):
        return [((*place, name), one) for name, one in reversed(value.items())]
    if isinstance(value, list):
        # A number in a list of lists has no name to say what it is.
        named = place and isinstance(place[-1], str)
        plain = _PLAIN if named else 0
        return [
            ((*place, at), one)
            for at, one in enumerate(value)
            if at < plain or _tells(one)
        ][::-1]
    return []
