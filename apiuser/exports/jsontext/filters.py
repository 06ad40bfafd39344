"""Filters that an answer shows: what they leave out is missing from it.

A filter that selects all asks for an ID, which each resource has: one above 0, or any.
A choice of fields, or of how many records a page may have, leaves nothing out.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from apiuser.exports.headers import show_headers
from apiuser.exports.jsontext.answer_details import (
    JsonPlace,
    fold_name,
    list_numbers,
    says,
    show_place,
)
from apiuser.exports.jsontext.json_text import decode_kept
from apiuser.exports.jsontext.record_lists import ListPath

_FILTER = re.compile(
    "(?:(?:odata|simple|quick|resource|query|search|applied|active)?"
    "(?:filters?|search|where|criteria|conditions?|filterby))|q"
)
_WHO = "(?:users?|resources?)?"
_PARTLY = re.compile(
    "(?:is|was)?filter(?:ed|applied)|(?:only)?active(?:only)?users?|activeonly"
    rf"|onlyactive{_WHO}|active(?:user|resource)sonly"
    rf"|(?:exclude|hide|skip|without)inactive{_WHO}"
)
"""Names of values that leave resources out if they say anything, or yes."""
_WHOLLY = re.compile(
    f"(?:include|with|show|all)s?inactive{_WHO}|inactive{_WHO}included"
)
"""Names of values that leave resources out if they say no."""
_FIELDS = frozenset({"isactive", "active", "licensetype", "usertype"})
"""Fields that an address names only to choose resources by them."""
_ALL = frozenset({"*", "%", "*:*", "all", "any", "everything", "none", "true", "1=1"})
_ABOVE = {"gt": 0, ">": 0, "greaterthan": 0, "gte": 1, "ge": 1, ">=": 1}
"""The highest number above which all IDs are, by the sign or word before it."""
_THERE = frozenset({"exist", "exists", "isnotnull", "notnull"})
_FOUND_BY = frozenset({"id", "resourceid", "username"})
_TEXT = re.compile(
    r"\(?\s*id\s+exists?\s*\)?"
    r"|\(?\s*id\s*(?P<above>gte?|ge|greaterthan|>=?)\s*'?(?P<number>-?[0-9]{1,15})'?\s*\)?"
)
_TERM = re.compile(
    r"[=<>]|\s(?:eq|ne|noteq|gte?|ge|lte?|le|(?:not)?(?:contains|like|exists?)"
    r"|(?:begins|starts|ends)with)\b|\s(?:not)?in\s*['\"(\[0-9]",
    re.IGNORECASE,
)
_DEEPEST_FILTER = 20
"""How many levels of lists and objects inside others are followed."""
_ADDRESS = re.compile(r"(?:https?:/)?/|[\w./-]*\?")


def is_filter(name: str) -> bool:
    """Tell whether a member says what was asked for, by its folded name."""
    return _FILTER.fullmatch(name) is not None


def describe_filters(
    answer: Mapping[str, Any], lists: Collection[ListPath], place: str
) -> Iterator[str]:
    """Say which members of an answer show that it does not hold all resources.

    Args:
        answer: Its members.
        lists: The lists that are read.
        place: Where it is.
    """
    found = [*_find_filters(answer, lists)]
    if found:
        yield (
            f"{place}: the answer was filtered, so resources may be missing: "
            f"{show_headers([*map(show_place, found)])} (the filter id gt 0 selects all)"
        )


def _find_filters(
    answer: Mapping[str, Any], lists: Collection[ListPath]
) -> Iterator[JsonPlace]:
    waiting: list[tuple[JsonPlace, Mapping[str, Any]]] = [((), answer)]
    while waiting:
        above, members = waiting.pop()
        for name, value in members.items():
            at = (*above, name)
            if at in lists:
                continue
            kept = _unpack(value)
            if _leaves_out(fold_name(name), kept):
                yield at
            elif isinstance(kept, dict) and not is_filter(fold_name(name)):
                waiting.append((at, kept))


def _leaves_out(name: str, value: object, depth: int = 0) -> bool:
    """Tell whether a member says that resources were left out."""
    if is_filter(name):
        return not _selects_all(value, depth)
    if isinstance(value, dict | list):
        return False
    if _PARTLY.fullmatch(name):
        return says(value)
    if _WHOLLY.fullmatch(name):
        return not says(value)
    text = str(value)
    if _ADDRESS.match(text):
        return any(
            fold_name(one) in _FIELDS or _leaves_out(fold_name(one), _unpack(asked))
            for one, asked in parse_qsl(text.partition("#")[0].partition("?")[2])
        )
    return name == "query" and _TERM.search(text) is not None


def _unpack(value: object) -> object:
    """Return what JSON in a text holds, or the value."""
    while isinstance(value, str) and (kept := decode_kept(value)) is not None:
        value = kept
    return value


def _selects_all(value: object, depth: int = 0) -> bool:
    """Tell whether a filter selects all resources; one of many levels may not."""
    if depth > _DEEPEST_FILTER:
        return False
    if not says(value):
        return True
    if isinstance(value, list):
        return all(_selects_all(_unpack(one), depth + 1) for one in value)
    if isinstance(value, dict):
        return _object_selects_all(
            {fold_name(name): one for name, one in value.items()}, depth
        )
    text = str(value).strip().casefold()
    found = _TEXT.fullmatch(text)
    above = found and found["above"]
    return text in _ALL or (
        found is not None and (not above or int(found["number"]) <= _ABOVE[str(above)])
    )


def _object_selects_all(value: Mapping[str, Any], depth: int) -> bool:
    """Tell whether an object does, such as a condition or a search with a filter."""
    if "filter" in value:
        return _selects_all(_unpack(value["filter"]), depth + 1) and not any(
            (name in _FIELDS and one not in (None, ""))
            or _leaves_out(name, _unpack(one), depth + 1)
            for name, one in value.items()
            if name != "filter"
        )
    if "op" not in value:
        return not any(map(says, value.values()))
    op, items = fold_name(str(value["op"])), value.get("items")
    if op in {"and", "or"} and isinstance(items, list):
        found = (_selects_all(one, depth + 1) for one in items)
        return all(found) if op == "and" else any(found)
    if fold_name(str(value.get("field"))) not in _FOUND_BY:
        return False
    numbers = list_numbers(value.get("value"))
    return op in _THERE or any(one <= _ABOVE.get(op, -1) for one in numbers)
