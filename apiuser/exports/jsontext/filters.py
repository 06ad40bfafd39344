"""Filters that an answer shows: what they leave out is missing from it.

A filter that selects all asks for an ID, which each resource has: one above 0, or any.
A choice of fields, or of how many records a page may have, leaves nothing out.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from apiuser.exports.headers import list_roles, show_headers
from apiuser.exports.jsontext.addresses import is_address, list_parameters
from apiuser.exports.jsontext.answer_values import (
    JsonPlace,
    find_outermost,
    fold_name,
    list_numbers,
    says,
    says_no,
)
from apiuser.exports.jsontext.json_text import decode_kept
from apiuser.exports.jsontext.record_lists import ListPath
from apiuser.exports.titles import is_of_some
from apiuser.exports.vocabulary import fold_word, fold_words

_FILTER = re.compile(
    "(?:(?:odata|simple|quick|resource|query|search|applied|active)?"
    "(?:filters?|search|where|criteria|conditions?|filterby))|q"
)
_WHO = "(?:users?|resources?)?"
_HALF = (
    "(?:inactive|disabled|deactivated|archived|deleted|terminated|former|locked|hidden"
    "|suspended|api|comanaged)"
)
_PARTLY = re.compile(
    "(?:is|was)?filter(?:ed|applied)|(?:only)?(?:active|enabled)(?:only)?users?"
    rf"|(?:active|enabled)only|only(?:active|enabled){_WHO}"
    rf"|active(?:user|resource)sonly|(?:exclude|hide|skip|without){_HALF}{_WHO}"
)
"""Names of values that leave resources out if they say anything, or yes."""
_WHOLLY = re.compile(
    f"(?:include|with|show|all)s?(?:{_HALF}{_WHO}|all{_WHO})|{_HALF}{_WHO}included"
)
"""Names of values that leave resources out if they say no."""
_FIELDS = frozenset({"isactive", "licensetype", "usertype"})
"""Fields that an answer names only to say which resources were chosen by them."""
_ASKED = re.compile("request|params|parameters|arguments|body|meta", re.IGNORECASE)
"""The names of objects that hold what was asked for."""
_TITLES = re.compile(
    "title|description|notes?|hints?|comments?|remarks?|query|name|label|subject|heading"
    "|summary|report|list|view|scope|type|kind|object|entity|source|context|reason"
    "|format|status|state"
)
_FIELD = re.compile("[a-z]+(?:[A-Z][a-z]+)+")
_PLAIN = frozenset(
    {
        *("all", "any", "every", "existing", "in", "use", "within", "limits", "list"),
        *("of", "the", "with", "and", "from", "get", "post", "select", "query", "v"),
        *("resource", "resources", "user", "users"),
    }
)
"""Words of a query that leave nobody out; any other may be what was searched for."""
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


def _is_filter(name: str) -> bool:
    """Tell whether a member says what was asked for, by its folded name."""
    return _FILTER.fullmatch(name) is not None


def asks(name: str) -> bool:
    """Tell whether a member is a filter or leaves some out, by its folded name."""
    return any(one.fullmatch(name) for one in (_FILTER, _PARTLY, _WHOLLY))


def describe_filters(
    answer: Mapping[str, Any], lists: Collection[ListPath], place: str
) -> Iterator[str]:
    """Say which members of an answer show that it does not hold all resources.

    Args:
        answer: Its members.
        lists: The lists that are read.
        place: Where it is.
    """

    def is_meant(at: JsonPlace, value: object) -> bool:
        name = fold_name(at[-1]) if isinstance(at[-1], str) else ""
        if _is_field(name) and not all(_ASKED.fullmatch(str(one)) for one in at[:-1]):
            return False  # it is a resource's own
        return _leaves_out(name, _unpack(value))

    if found := find_outermost(answer, is_meant, lists):
        yield (
            f"{place}: the answer was filtered, so resources may be missing: "
            f"{show_headers(found)} (the filter id gt 0 selects all)"
        )


def _is_field(name: str) -> bool:
    return name.removesuffix("s") in _FIELDS


@lru_cache(1 << 12)
def _has_role(name: str) -> bool:
    """Tell whether a resource has a field of this name."""
    return bool(list_roles([name]))


def _leaves_out(name: str, value: object, depth: int = 0) -> bool:
    """Tell whether a member says that resources were left out."""
    if _is_filter(name):
        return not _selects_all(value, depth)
    if isinstance(value, list) and _is_field(name):
        return any(type(one) is not dict for one in value)
    if isinstance(value, dict | list) or value in (None, ""):
        return False
    agrees = says(value) and not says_no(value)
    if _PARTLY.fullmatch(name):
        return agrees
    if _WHOLLY.fullmatch(name):
        return not agrees
    return _is_field(name) or _tells_of_some(name, str(value))


def _tells_of_some(name: str, text: str) -> bool:
    """Tell whether a text is about some resources: a half, an address or a title."""
    if fold_word(text) in fold_words("active", "inactive"):
        return True
    is_title = _TITLES.fullmatch(name) is not None
    if is_address(text):
        return _asks_for_some(text) or (is_title and is_of_some(text))
    return is_title and (is_of_some(text) or (name == "query" and _searches(text)))


def _asks_for_some(address: str) -> bool:
    """Tell whether an address asks for some of the resources."""
    steps = address.partition("?")[0].split("/")
    if not fold_words("active", "inactive").isdisjoint(map(fold_word, steps)):
        return True
    parameters = list_parameters(address)
    return parameters is None or any(
        _has_role(one) or _leaves_out(fold_name(one), _unpack(value))
        for one, value in parameters
    )


def _searches(text: str) -> bool:
    """Tell whether a query has a condition, or a word that may be searched for."""
    words = re.findall(r"[^\W\d_]+", text)
    return not _selects_all(text) and (
        _TERM.search(text) is not None
        or not all(
            word.casefold() in _PLAIN or _FIELD.fullmatch(word) or list_roles([word])
            for word in words
        )
    )


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
            _leaves_out(name, _unpack(one), depth + 1)
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
