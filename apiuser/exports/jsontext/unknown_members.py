"""What is beside a list in an answer and is not known: perhaps a page, or a name.

No list has every name that answers give to a further page. So the words here are those
that say nothing about one, and anything else that says something is named.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from apiuser.exports.headers import DELIMITERS, list_roles
from apiuser.exports.jsontext.answer_details import (
    is_told,
)
from apiuser.exports.jsontext.answer_values import (
    JsonPlace,
    fold_name,
    fold_place,
    list_numbers,
    says,
)
from apiuser.exports.jsontext.filters import asks
from apiuser.exports.jsontext.json_text import Number, decode_kept, may_keep_json
from apiuser.exports.jsontext.record_lists import ListPath
from apiuser.exports.titles import tells_of_part

_HARMLESS = re.compile(
    # when and by whom it was written, and how long it took
    r"(?:(?:generated|created|updated|modified|exported|fetched|retrieved|requested"
    r"|started|finished|completed)(?:at|on|by|date|time|utc)?|.*date|.*time(?:stamp)?"
    r"|took|(?:duration|elapsed).*|(?:milli)?seconds|ms"
    # how it was sent
    r"|content(?:type|encoding|language)|cachecontrol|connection|protocol|useragent|vary"
    # what was asked, and of whom
    r"|odata\w+|context|schema|.*version|format|encoding|locale|language"
    r"|account(?:id|name)?|tenant(?:id|name)?|company(?:id|name)?|customer(?:id|name)?"
    r"|organi[sz]ation(?:id|name)?|database|zone(?:name)?|region|host|server|source"
    r"|environment|entity(?:name|type)?|type|kind|object|title|description|copyright"
    r"|x?(?:request|trace|correlation|session|operation)id|etag"
    r"|notes?|hints?|comments?|by|author|remarks?"
    r"|self|links?|href|rel|url|uri|path|method|endpoint|(?:base|web|request)url"
    r"|query|sort|order(?:by)?|select|(?:included?)?fields|columns|to"
    r")"
)
_ABOUT = re.compile(
    r"(?:page|paging|pagination|meta|metadata|links?|info|pageinfo|pagedetails|request"
    r"|response|headers?|context|summary|result|results|data|stats|self|query"
    r"|pageable|sort)"
)
"""The names of objects that say something about an answer."""
_LISTS = re.compile(
    "roles|departments|locations|permissions|scopes|links?|sort|order(?:by)?|headers?"
    "|(?:included?|select(?:ed)?|search)?(?:fields|columns)|servers|cookies?|params"
    "|parameters|query|facets|aggregations"
)
"""The names of lists of objects that are no resources."""
_TEXTS = re.compile("schemas|primarykey|host|path")
"""The names of lists of texts that name no resources."""
_KEY = re.compile(r"(?=\D*\d)(?=[^A-Za-z]*[A-Za-z]).*", re.DOTALL)
_TOTAL = re.compile(".*total.*|odatacount|numfound|of")

_FIRST = 1_000
"""The first elements of a list, which show whether it holds names."""
_OF_ANSWER = re.compile("error|message|^rel$", re.IGNORECASE)
"""The names of lists of texts about the answer itself, which is reported."""
_DELIMITER = re.compile(f"[{DELIMITERS}]")
_CUT_SHORT = re.compile(r"@\{|System\.\w")
"""The beginning of what ConvertTo-Json cut short: its content, or its type's name."""


def find_unknown(
    answer: Mapping[str, Any],
    lists: Collection[ListPath],
    number: int,
    *,
    is_last: bool,
) -> list[JsonPlace]:
    """Return the places of members that may be a further page, or a name.

    Args:
        answer: The members of an answer.
        lists: The lists that are read.
        number: How many elements they have.
        is_last: Whether the answer says that no page follows.
    """
    found = []
    whole = is_last
    unsure = []
    for at, value, about in _walk(answer, lists):
        name = fold_place(at)
        if _TOTAL.fullmatch(name) and list_numbers(value) == [number]:
            whole = True
        if _is_known(at, value, number, about=about):
            continue
        is_count = isinstance(value, Number | bool) and says(value)
        if is_count and not _KEY.fullmatch(str(at[-1])):
            unsure.append(at)
        else:
            found.append(at)
    return found if whole else found + unsure


def may_name(at: JsonPlace, value: object) -> bool:
    """Tell whether texts may name resources: a list, a table, or what was cut short."""
    name = str(at[-1])
    if _OF_ANSWER.search(name) or _TEXTS.fullmatch(fold_name(name)):
        return False
    if isinstance(value, str):
        first, _, more = value.partition("\n")
        is_table = bool(more) and "username" in list_roles(_DELIMITER.split(first))
        return is_table or _CUT_SHORT.match(value) is not None
    some = value if isinstance(value, list) else []
    texts = [one for one in some[:_FIRST] if type(one) is str and one.strip()]
    # Some answers list the names of their fields.
    return bool(texts) and not list_roles(texts)


def _walk(
    answer: Mapping[str, Any], lists: Collection[ListPath]
) -> Iterator[tuple[JsonPlace, Any, bool]]:
    """Yield what is in objects, and whether these are about the answer.

    Of the lists, only those are yielded that hold anything but texts.
    """
    waiting: list[tuple[JsonPlace, Mapping[str, Any], bool]] = [((), answer, True)]
    while waiting:
        above, inner, is_about = waiting.pop()
        for name, value in inner.items():
            at = (*above, name)
            if isinstance(value, str) and may_keep_json(value):
                value = decode_kept(value) or value  # noqa: PLW2901
            if at in lists or asks(fold_name(name)):
                continue
            if isinstance(value, list) and not any(map(_is_no_text, value)):
                continue
            if not isinstance(value, dict):
                yield at, value, is_about
                continue
            known = _ABOUT.fullmatch(fold_name(name)) is not None or any(
                one[: len(at)] == at for one in lists
            )
            if value or _KEY.fullmatch(name):
                yield at, value or None, is_about and known
            waiting.append((at, value, is_about and known))


def _is_no_text(value: object) -> bool:
    return type(value) is not str and says(value)


def _is_known(at: JsonPlace, value: object, number: int, *, about: bool) -> bool:
    """Tell whether a member says nothing about a page, or is checked elsewhere."""
    name = fold_place(at)
    if isinstance(value, list):
        of_records = name == "ids" and len(value) == number
        return bool(of_records or _LISTS.fullmatch(name) or is_told(name, value))
    if isinstance(value, dict):
        return about or not list_roles([*value])
    is_part = isinstance(value, str) and tells_of_part(value)
    if is_part or (name == "size" and any(n > number for n in list_numbers(value))):
        return False
    if _HARMLESS.fullmatch(name) or is_told(name, value):
        return True
    return about and not says(value) and not _KEY.fullmatch(str(at[-1]))
