"""Counts records in a way of its own, to be compared with the readers' numbers."""

import json
import re

_LISTS = ("items", "value", "Items", "Value")


def count_elements(text: str) -> int:
    """Count the records of a JSON text, all of it decoded at once.

    What the lines of a text without any other sign hold is counted line by line.
    """
    alone = _find_unusual(_decode_whole(text))
    if len(alone) == 1:
        return len(alone[0])
    lines = [line for line in re.split("\r\n|\r|\n", text) if line.strip(" \t")]
    first = _decode_whole(lines[0])
    if isinstance(first, dict) and not _find_lists(first):
        return sum(map(_count_line, lines))
    decoder = json.JSONDecoder()
    number = 0
    while text := text.lstrip(" \t\r\n"):
        value, end = decoder.raw_decode(text)
        text = text[end:]
        if isinstance(value, list):
            number += sum(map(_count_value, value))
        else:
            number += _count_value(value)
    return number


def _decode_whole(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _count_line(line: str) -> int:
    return _count_value(_decode_whole(line))


def _count_value(value: object) -> int:
    if isinstance(value, list) and any(map(_has_name, _objects([value]))):
        return len(value)
    lists = _find_lists(value)
    return sum(map(len, lists)) if lists else 1


def _find_lists(value: object) -> list[list[object]]:
    if not isinstance(value, dict):
        return []
    lists = [value[name] for name in _LISTS if isinstance(value.get(name), list)]
    if _has_name(value) and not any(map(_has_name, _objects(lists))):
        return []
    return lists


def _find_unusual(value: object) -> list[list[object]]:
    """Find lists of users in an object that stands alone and has no usual list."""
    if not isinstance(value, dict) or _has_name(value) or _find_lists(value):
        return []
    lists = [one for one in value.values() if isinstance(one, list)]
    return [one for one in lists if any(map(_has_name, _objects([one])))]


def _has_name(value: dict[str, object]) -> bool:
    """Tell whether an object has a username, whatever blanks and signs are in it."""
    return any(
        "," not in name and re.sub("[^a-z]", "", name.lower()) == "username"
        for name in value
    )


def _objects(lists: list[list[object]]) -> list[dict[str, object]]:
    return [one for some in lists for one in some if isinstance(one, dict)]


def count_records(text: str, delimiter: str) -> int:
    """Count records one character after the other; lines of empty fields are none.

    A field that begins with a quotation mark goes on to the closing one; everywhere
    else CR, LF and CRLF end the record.
    """
    records = at = 0
    size = len(text)
    while at < size:
        begin = at
        at = _skip_record(text, at, delimiter)
        body = text[begin:at].rstrip("\r\n")
        sign = re.escape(delimiter)
        empty = re.fullmatch(rf'(?:"")?(?:{sign}(?:"")?)+', body)
        records += bool(body) and not empty
    return records


def _skip_record(text: str, at: int, delimiter: str) -> int:
    fresh = True
    while at < len(text):
        if fresh and text[at] == '"':
            at = _skip_quoted(text, at + 1)
            fresh = False
            continue
        fresh = text[at] == delimiter
        if text[at] == "\r":
            return at + (2 if text[at + 1 : at + 2] == "\n" else 1)
        if text[at] == "\n":
            return at + 1
        at += 1
    return at


def _skip_quoted(text: str, at: int) -> int:
    while at < len(text):
        if text[at] == '"':
            if text[at + 1 : at + 2] != '"':
                return at + 1
            at += 1
        at += 1
    return at
