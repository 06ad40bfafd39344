"""What an answer says about itself besides its list: pages, counts and errors.

Names are compared without case and punctuation. What might be meant counts too:
doubting a complete export costs a look at it, trusting one that lacks resources costs
much more.
"""

import re
from typing import Any

from apiuser.exports.jsontext.answer_values import (
    Named,
    fold_name,
    list_numbers,
    says,
)

_THINGS = (
    "(?:items|records|results|resources|users|rows|elements|entries|objects|hits"
    "|members|accounts)"
)
_COUNT = re.compile(
    rf".*(?<!ac)(?<!dis)counts?|length|count(?:of)?{_THINGS}|.*total|total.*|numfound"
    rf"|(?:no|nr|num|number)(?:of)?{_THINGS}"
    rf"|{_THINGS}(?:found|returned|filtered|available|matched|number)?|of"
)
_NO_COUNT = re.compile(
    "(?:total|num|number|count)?(?:of)?pages?(?:count|total|size)?"
    "|.*(?:request|max|limit|time|second|duration|elapsed|byte|retry|skip|error).*"
)
_PAGE = re.compile("(?:current|this)?page(?:number|num|no|index)?")
_PAGES = re.compile(
    "(?:total|num|number|count)(?:of)?pages?|pages?(?:count|total)|pages|lastpage"
)
_PREVIOUS = frozenset({"prevpageurl", "previous"})
_LAST_SAID = re.compile(
    "(?:odata)?next(?:page)?(?:url|link|token|cursor)?|has(?:more|next(?:page)?)|cursor"
)
"""Names of values that also show which page is the last one."""
_NEXT = re.compile(
    "next.*|.*(?:nextpage|nextlink|nexturl|nexttoken|hasnext|hasmore|continuation).*"
    "|cursor|lastevaluatedkey"
)
_CUT = re.compile(
    "more(?:pages|results|items|records|data|available)?"
    "|(?:is|was)?(?:truncated|partial|incomplete)(?:results)?|exceededtransferlimit"
    "|limited|capped|cut(?:off)?|(?:items|records|results)?(?:remaining|left)"
)
_WHOLE = re.compile("(?:is)?(?:last|lastpage|final|complete|done|finished|end|eof)")
_PAGE_SIZE = re.compile(
    "(?:page|request|results?|records?|rows?)?(?:limit|size)|per_?page"
    "|max(?:imum)?(?:records|results|items)?"
    "|requestcount|top|take|first"
)
_OFFSET = re.compile("(?:offset|skip(?:ped)?|start|from|first)(?:index|at|row|record)?")
_FROM_ZERO = re.compile(
    "(?:(?:current|this)?page|offset|skip(?:ped)?)index|offset|skip(?:ped)?"
)
"""Names of what may be counted from 0, so that 1 is not the beginning."""
_STATE = re.compile("(?:http)?(?:status|state)(?:code)?")
_GOOD = frozenset({"success", "ok", "succeeded", "issuccess", "successful"})
_BAD = ("partial", "incomplete", "error", "fail")
_PARTIAL, _LEAST_BAD = 206, 400
"""The HTTP status of partial content, and the lowest one of an error."""
_REL_NEXT = re.compile(r"\brel=[\"']?next\b", re.IGNORECASE)


def find_next(named: Named) -> str | None:
    """Return what names the next page; blank if there is none, None if nothing says."""
    said = False
    follows: list[Any] = []
    pages: list[float] = []
    of_pages: list[float] = []
    for name, value in named:
        said = said or bool(_LAST_SAID.fullmatch(name))
        if _tells_of_next(name, value):
            follows.append(value)
        if _PAGE.fullmatch(name):
            more = 1 if _FROM_ZERO.fullmatch(name) else 0
            pages += (number + more for number in list_numbers(value))
        if _PAGES.fullmatch(name):
            of_pages += list_numbers(value)
    if min(pages, default=1) < max(of_pages, default=0):
        follows.append("a further page")
    said = said or bool(of_pages)
    # An address tells more than just a yes.
    follows.sort(key=lambda one: not isinstance(one, str))
    return next(iter([*map(str, follows), *([""] * said)]), None)


def find_previous(named: Named) -> str | None:
    """Return the address of the page before; blank if none, None if nothing says."""
    pages = [one for name, one in named if name in _PREVIOUS]
    return str(next(filter(None, pages), "")) if pages else None


def begins_late(named: Named) -> bool:
    """Tell whether an answer says that it is not the first page of several."""
    of_pages = (list_numbers(one) for name, one in named if _PAGES.fullmatch(name))
    only_one = any(numbers == [1] for numbers in of_pages)
    return any(
        number > (0 if _FROM_ZERO.fullmatch(name) and not only_one else 1)
        for name, value in named
        if _PAGE.fullmatch(name) or _OFFSET.fullmatch(name)
        for number in list_numbers(value)
    )


def is_full(named: Named, number: int) -> bool:
    """Tell whether a page holds as many records as it says that one may."""
    return number > 0 and any(
        number in list_numbers(value)
        for name, value in named
        if _PAGE_SIZE.fullmatch(name)
    )


def find_counts(named: Named) -> list[str]:
    """Return the numbers of records that an answer states, as they are written."""
    return [
        value.strip()
        for name, value in named
        if _COUNT.fullmatch(name)
        and not _NO_COUNT.fullmatch(name)
        and list_numbers(value)
    ]


def is_count_of(written: str, number: int) -> bool:
    """Tell whether a number that an answer states is the number of its records."""
    return list_numbers(written) == [number]


def tells_of_errors(named: Named) -> bool:
    """Tell whether an answer reports errors, or has a message."""
    return any(_tells_of_error(name, value) for name, value in named)


def is_next(name: str) -> bool:
    """Tell whether a name sounds like that of the next page."""
    return bool(_NEXT.fullmatch(fold_name(name)))


def is_told(name: str) -> bool:
    """Tell whether this module checks a member, by its folded name."""
    return (
        any(
            pattern.fullmatch(name)
            for pattern in (
                *(_COUNT, _NO_COUNT, _PAGE, _PAGES, _LAST_SAID, _NEXT, _CUT, _WHOLE),
                *(_PAGE_SIZE, _OFFSET, _STATE),
            )
        )
        or name in _PREVIOUS
        or name in _GOOD
        or _names_error(name)
    )


def _names_error(name: str) -> bool:
    return "error" in name or "warning" in name or name in {"message", "messages"}


def _tells_of_error(name: str, value: object) -> bool:
    if _names_error(name):
        return says(value)
    if isinstance(value, dict | list):
        return False
    if name in _GOOD:
        return value is not None and not says(value)
    if not _STATE.fullmatch(name):
        return False
    bad = str(value).strip().casefold().startswith(_BAD)
    codes = list_numbers(value)
    return bad or any(code == _PARTIAL or code >= _LEAST_BAD for code in codes)


def _tells_of_next(name: str, value: object) -> bool:
    if name == "rel":
        return "next" in (value if isinstance(value, list) else str(value).casefold())
    if _NEXT.fullmatch(name):
        return says(value)
    if isinstance(value, dict | list):
        return False
    if _WHOLE.fullmatch(name):
        return value is False or str(value).casefold() == "false"
    if name == "offset" and not list_numbers(value):  # a token for the next page
        return says(value)
    cut = _CUT.fullmatch(name) and says(value)
    return bool(cut or _REL_NEXT.search(str(value)))
