"""Addresses that an answer names: what they ask for, and which page each is of."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from apiuser.exports.jsontext.answer_names import list_meanings
from apiuser.exports.jsontext.answer_values import JsonPlace, fold_name, says, walk
from apiuser.exports.jsontext.record_lists import ListPath

_MOST_PARAMETERS = 100
_ADDRESS = re.compile(r"(?:[A-Za-z]+ +)?(?:\{\{[^{}]*\}\}|(?:https?:/)?/|[\w./-]*\?)")
"""The beginning of an address, perhaps after GET or POST."""
_HOLDER = frozenset({"href", "url", "uri", "link"})
"""The names under which an address has an object of its own."""
_OTHER = re.compile("last(?:page)?(?:url|link|href|uri)?|list")
"""What the last page is called, and an address in a list of addresses."""
_ELSEWHERE = re.compile("(?:first|next|prev).*")
_TOKEN = re.compile("after|marker|bookmark|startingafter|scrollid|paging")
_SAME = {"p": "page", "first": "take"}
"""The usual name of a parameter, if it is another."""
_REL = re.compile(r"<([^<>]*)>\s*;[^<]*?\brel=[\"']?([^\"';,<]*)")
"""An address in a header Link, and what it leads to."""


def is_address(value: object) -> bool:
    """Tell whether a value is an address, whole or without its beginning."""
    return isinstance(value, str) and _ADDRESS.match(value) is not None


def list_parameters(address: str) -> list[tuple[str, str]] | None:
    """Return what an address asks for; None if that is more than any address does."""
    query = address.partition("#")[0].partition("?")[2]
    try:
        return parse_qsl(query, max_num_fields=_MOST_PARAMETERS)
    except ValueError:
        return None


def list_linked(
    answer: Mapping[str, Any], lists: Collection[ListPath]
) -> Iterator[tuple[str, Any]]:
    """Yield what the addresses in an answer say about its pages, by folded names.

    Args:
        answer: Its members.
        lists: The lists that are read.
    """
    for at, value in walk(answer, lists):
        if isinstance(value, dict):
            rel = str(value.get("rel")).strip("[]'").casefold()
            if rel.startswith("prev"):
                yield "previous", True
            for address in filter(is_address, value.values() if rel == "self" else ()):
                yield from _list_values(rel, address)
        elif is_address(value):
            yield from _list_values(_find_relation(at), value)
        elif isinstance(value, str):
            for address, relations in _REL.findall(value):
                for rel in relations.casefold().split():
                    yield from _list_values(rel, address)
                    if rel == "next":
                        yield "next", address


def _find_relation(place: JsonPlace) -> str:
    """Return what the address at a place leads to, by its name; blank in a list."""
    if any(isinstance(one, int) for one in place[-2:]):
        return "list"
    name = fold_name(str(place[-1]))
    return fold_name(str(place[-2])) if name in _HOLDER and place[:-1] else name


def _list_values(relation: str, address: str) -> Iterator[tuple[str, Any]]:
    """Yield what an address says, by what it leads to: this page, the last, another."""
    if relation.startswith("prev"):
        yield "previous", True
    if _ELSEWHERE.fullmatch(relation):
        return
    is_other = _OTHER.fullmatch(relation)
    for parameter, value in list_parameters(address) or ():
        name = fold_name(parameter)
        name = _SAME.get(name, name)
        meanings = list_meanings(name)
        if is_other:
            for one in meanings & {"page", "offset"}:
                yield f"{is_other[0][:4]}linked{one}", value
        elif meanings & {"page", "offset", "page size"}:
            yield name, value
        elif ("next" in meanings or _TOKEN.fullmatch(name)) and says(value):
            yield "previous", True
