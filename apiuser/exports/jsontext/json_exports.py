"""Exports as JSON: each object is a record, and each name in it a header.

The file is read twice: all names are known only at its end, and this way little of a
huge file is in memory. Before that, its first object shows where the list is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from apiuser.errors import (
    ColumnError,
    Remedy,
    SourceError,
    count_noun,
    escape_invisible,
    show_start,
)
from apiuser.exports.assembly import build_table
from apiuser.exports.encodings import JSON_IN
from apiuser.exports.headers import (
    CHOOSE,
    choose_username,
    find_usernames,
    refuse_wide_header,
    show_headers,
)
from apiuser.exports.jsontext.answer_values import (
    JsonPlace,
    find_outermost,
    show_place,
)
from apiuser.exports.jsontext.elements import Element, Elements
from apiuser.exports.jsontext.json_text import (
    JsonText,
    NoText,
    decode_kept,
    may_keep_json,
    name_kind,
    write_word,
)
from apiuser.exports.jsontext.record_lists import (
    HasUsername,
    RecordLists,
    choose_record_list,
    find_record_lists,
    flatten,
)
from apiuser.exports.read_options import (
    LONGEST_CELLS,
    MOST_UNREADABLE,
    NO_DATA,
    ReadOptions,
)
from apiuser.exports.resources import ResourceTable
from apiuser.exports.rival_headers import Meaning, find_meaning
from apiuser.exports.rows import Rows

_SHOWN_GAPS = 20
_KNOWN = 1 << 10
"""For how many sets of names it is remembered whether one is a username."""
_SHAPES = "Give an answer of the API, a list of objects, or an object per line."
_NAMES = (
    "If these are usernames, write them below the header Username in a .csv file, one "
    "per line."
)
_NO_RESOURCES = ["userName"]
"""The headers of an answer without resources."""


def read_json(
    read_pieces: Callable[[], tuple[str, Iterator[str]]],
    path: Path,
    options: ReadOptions,
) -> ResourceTable:
    """Read all resources of a JSON text.

    Args:
        read_pieces: Reads the file from its beginning; returns the encoding, for
            people, and the text in pieces of any size.
        path: The file, for messages.
        options: How to read it; there are no lines to skip.

    Raises:
        SourceError: It cannot be understood as resources.
    """
    most = LONGEST_CELLS * options.max_cell
    encoding, pieces = read_pieces()
    text = JsonText(pieces, path, most)
    if not text.peek_next():
        raise SourceError(NO_DATA, path=path)

    @lru_cache(_KNOWN)
    def find(names: tuple[str, ...]) -> list[str]:
        return [names[at] for at in find_usernames(names, options.column)]

    def has_username(members: Mapping[str, Any]) -> bool:
        return bool(find(tuple(members)))

    @lru_cache(_KNOWN)
    def tell(names: tuple[str, ...]) -> bool:
        return bool(find(names) or find_usernames(names, None))

    def may_be_resource(members: Mapping[str, Any]) -> bool:
        return tell(tuple(members))

    found = find_record_lists(text, has_username, path)
    lists = choose_record_list(found)

    def list_elements(*, noticing: bool) -> Elements:
        _, pieces = read_pieces()
        inside = JsonText(pieces, path, most)
        return Elements(inside, has_username, lists, noticing=noticing)

    elements = list_elements(noticing=False)
    headers = _collect_headers(elements, find, path, options)
    # Without resources there are no names, whatever column was named.
    none = headers is _NO_RESOURCES
    usernames = [0] if none else find_usernames(headers, options.column)
    if not usernames:
        _refuse_names(headers, found, path, options.column)
    username = choose_username(headers, usernames, path, line=0)
    named = replace(options, columns={}) if none else options
    rows = Rows(path, headers, username, named)
    elements = list_elements(noticing=True)
    inner: list[str] = []
    noticed = _notice_inner(elements, headers[username], may_be_resource, inner)
    _read_records(noticed, rows, options)
    gaps = [escape_invisible(gap) for gap in (*elements.gaps, *inner)]
    if gaps:
        rows.unread.lose()
    rows.notices += (f"{path}: {gap}. Ask the API again." for gap in gaps[:_SHOWN_GAPS])
    return build_table(
        rows,
        encoding=f"{JSON_IN}{encoding}",
        lacks_pages=elements.pages.lacks_pages,
        gaps=gaps,
    )


def _collect_headers(
    elements: Iterable[Element],
    find: Callable[[tuple[str, ...]], list[str]],
    path: Path,
    options: ReadOptions,
) -> list[str]:
    """Return all names that the resources have, in the order in which they occur.

    If none of many records has a username, the rest is not read.

    Raises:
        SourceError: Many have none, or there are too many names.
    """
    headers: dict[str, None] = {}
    known: set[str] = set()  # names of plain values
    is_empty = True
    nameless: list[Element] = []
    for element in elements:
        members = element.value
        if len(nameless) < MOST_UNREADABLE and not _is_named(element, find):
            nameless.append(element)
            if len(nameless) == MOST_UNREADABLE:
                found = find_usernames([*headers], options.column)
                if not found:
                    break
                # Only the names of other objects may tell what a name means.
                if all(find(([*headers][at],)) for at in found):
                    _refuse_nameless(nameless, path)
        if element.reason or not isinstance(members, dict):
            continue
        is_empty = False
        nested = dict in map(type, members.values())
        if not nested and members.keys() <= known:  # as nearly all are
            continue
        headers |= dict.fromkeys(name for name, _ in flatten(members))
        known = headers.keys() - {name for name in headers if "." in name}
        refuse_wide_header(
            len(headers), path, line=element.line, most=options.max_columns
        )
    return _NO_RESOURCES if is_empty else [*headers]


def _is_named(element: Element, find: Callable[[tuple[str, ...]], list[str]]) -> bool:
    """Tell whether an element has a username, as far as its own names show."""
    members = element.value
    if element.reason or not isinstance(members, dict):
        return False
    if dict in map(type, members.values()):
        members = dict(flatten(members))
    return any(
        isinstance(members[name], str | bool) and members[name] != ""
        for name in find(tuple(members))
    )


def _refuse_nameless(found: Sequence[Element], path: Path) -> NoReturn:
    """Refuse a list most of whose elements are not resources.

    Raises:
        SourceError: Always.
    """
    first, last = found[0], found[-1]
    place = f" ({escape_invisible(first.path)})" if first.path else ""
    reason = (
        f"{len(found)} elements up to here have no username, the first in line "
        f"{first.line}{place}. Ask the API again for resources only, or save their "
        "list in a file of its own."
    )
    raise SourceError(reason, path=path, line=last.line)


def _notice_inner(
    elements: Iterable[Element],
    username: str,
    may_be_resource: HasUsername,
    gaps: list[str],
) -> Iterator[Element]:
    """Yield the elements, and note the resources inside others."""

    def is_meant(at: JsonPlace, value: object) -> bool:
        # The username itself may be in an object inside the record.
        read = f"{username}.".startswith(f"{show_place(at)}.")
        some = value if isinstance(value, list) else [value]
        return not read and any(
            may_be_resource(one) for one in some if isinstance(one, dict)
        )

    for element in elements:
        yield element
        members = element.value
        if not isinstance(members, dict) or len(gaps) == _SHOWN_GAPS:
            continue
        if not any(map(may_be_resource, _list_objects(members))):  # as in nearly all
            continue
        if inner := find_outermost(members, is_meant):
            place = f"line {element.line}, {element.path}".removesuffix(", ")
            gaps.append(
                f"{place}: what is within a record was not read: {show_headers(inner)}"
            )


def _list_objects(members: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield all objects inside an object; quicker than `walk` if there are none."""
    waiting: list[Any] = [members.values()]
    while waiting:
        for one in waiting.pop():
            if isinstance(one, str):
                if may_keep_json(one):
                    waiting.append([decode_kept(one)])
            elif isinstance(one, dict):
                yield one
                waiting.append(one.values())
            elif isinstance(one, list):
                waiting.append(one)


def _read_records(
    elements: Iterable[Element], rows: Rows, options: ReadOptions
) -> None:
    places = [*rows.places.values()]
    numbered: list[int] = []
    for element in elements:
        fields, reason = _read_fields(element, rows, places)
        if reason:
            rows.add_unreadable(reason, _list_texts(element.value), line=element.line)
            if element.reason:
                rows.unread.lose()  # such as the first of two values with one name
        else:
            name = fields[rows.positions["username"]]
            if isinstance(name, NoText):
                numbered.append(rows.records + 1)
                rows.stored_otherwise.add(rows.records + 1)
            elif not name.strip():  # it may be where nobody looks
                rows.unread.add(_list_texts(element.value))
            rows.add(fields, line=element.line, longest=options.max_cell)
            rows.check_number(options.max_records)
        if len(rows.unreadable) >= MOST_UNREADABLE:
            _refuse_unreadable(rows)
    if rows.unreadable and not rows.lines:
        _refuse_unreadable(rows)
    if numbered:
        rows.notices.append(
            f"{rows.path}: {count_noun(len(numbered), 'username')} written as a number "
            f"or a truth value, the first in record {numbered[0]}; leading zeros and "
            "what was typed may be lost. Ask the API again and keep its answer "
            "unchanged."
        )


def _list_texts(value: object) -> Iterator[str]:
    """Yield all names and texts in a value, at any depth, and what lists make of them."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += (*one.keys(), *one.values(), _join_texts(one.values()))
        elif isinstance(one, list):
            waiting += (*one, _join_texts(one))


def _join_texts(values: Iterable[object]) -> str:
    """Join texts, which may be the parts of one name."""
    return "".join(value for value in values if isinstance(value, str))


def _refuse_unreadable(rows: Rows) -> NoReturn:
    """Refuse a file if none of its records can be read, or too many cannot.

    Raises:
        SourceError: Always.
    """
    first = rows.unreadable[0]
    advice = _NAMES if "a text where an object" in first.reason else _SHAPES
    what = f"{len(rows.unreadable)} records cannot" if rows.lines else "no record can"
    reason = f"{what} be read. The first: {first.reason}. {advice}"
    raise SourceError(reason, path=rows.path, line=first.line)


def _read_fields(
    element: Element, rows: Rows, places: Iterable[int]
) -> tuple[Sequence[str], str]:
    """Return the texts of a record, and why it cannot be read; blank if it can."""
    lead = f"{escape_invisible(element.path)}: " if element.path else ""
    if element.reason:
        return (), f"{lead}{element.reason}"
    if not isinstance(element.value, dict):
        return (), f"{lead}{name_kind(element.value)} where an object should be"
    members = element.value
    headers = [rows.headers[at] for at in places]
    if any("." in name or isinstance(members.get(name, {}), dict) for name in headers):
        pairs = [*flatten(members)]
        members = dict(pairs)
        if len(members) < len(pairs):
            return (), f"{lead}a name occurs twice in one object"
    fields = [""] * rows.width
    for name, at in zip(headers, places, strict=True):
        value = members.get(name)
        if rows.rivals.get(at) == "username":
            value = element.value.get(name, value)  # a name inside would be lost
        if isinstance(value, dict | list) and _is_left_alone(rows, at):
            continue
        if isinstance(value, dict | list) and value:
            place = f"{element.path}.{name}".lstrip(".")
            what = name_kind(value)
            return (), f"{escape_invisible(place)}: {what} where one value should be"
        fields[at] = _write(value)
    return fields, ""


def _is_left_alone(rows: Rows, at: int) -> bool:
    """Tell whether an object or a list in a column contradicts nothing that is read."""
    if rows.rivals.get(at) == "username":
        read = rows.find_header("username")
        return find_meaning(rows.headers[at], read) is Meaning.UNKNOWN
    return at in rows.rivals or at in rows.counts


def _write(value: object) -> str:
    """Return a value as text; a number or word is written as in JSON."""
    if isinstance(value, str):
        return value
    return NoText(write_word(value)) if isinstance(value, bool) else ""


def _refuse_names(
    headers: Sequence[str], found: RecordLists, path: Path, column: str | None
) -> NoReturn:
    inner, outer = found.describe(), show_headers(headers)
    names = f"their names are: {outer or 'none'}" if outer or not inner else ""
    said = "; ".join(filter(None, (names, inner)))
    if column is not None:
        advice = CHOOSE if outer else _SHAPES
        reason = f"no object has the name {show_start(column)}; {said}. {advice}"
        raise ColumnError(reason, path=path)
    reason = f"no object has a username; {said}. {_SHAPES}"
    remedy = Remedy(option="column", advice="Or name the username with {}.")
    raise SourceError(reason, path=path, remedies=(remedy,))
