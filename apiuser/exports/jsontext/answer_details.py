"""What an answer says about itself besides its list: pages, counts and errors."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from apiuser.exports.jsontext.addresses import is_address
from apiuser.exports.jsontext.answer_names import list_meanings
from apiuser.exports.jsontext.answer_values import (
    JsonPlace,
    Named,
    find_outermost,
    fold_name,
    fold_place,
    list_numbers,
    says,
    says_no,
    says_yes,
)
from apiuser.exports.jsontext.json_text import Number
from apiuser.exports.jsontext.record_lists import ListPath

_FLAG = re.compile("(?:has|is|was|are).*|failed")
"""The names of values that are a yes or a no."""
_POSITIONS = frozenset({"last", "lastpage", "end", "final", "first", "firstpage"})
"""Names of a yes or no, or of a number, of which zero is then no no."""
_GOOD = re.compile(
    "(?:http1?[0-9]|http[0-9]{2}|200|request|query|export|the|is|was|has|and|with|all"
    "|ok|okay|success(?:ful|fully)?|succeeded|done|completed?|finished|ready|retrieved"
    "|passed|normal|true|yes|(?:no|without|any)errors?)+"
)
"""What a state says that is good; another may be good, or not."""
_BAD = re.compile(
    "partial|incomplete|error|fail|time(?:d)?out|truncat|abort|cancel|running|pending"
    "|progress|queued|started|waiting|interrupt|stopped|expired|denied|refused"
    "|forbidden|unauthori|throttl|multistatus|^not"
)
_LONGEST_STATE = 100
_PARTIAL = frozenset({202, 206, 207})
"""The HTTP status of what was begun, of partial content, and of several answers."""
_LEAST_BAD, _MOST_BAD = 400, 599
_REL_NEXT = re.compile(r"\brel=[\"']?[^\"';,]*\bnext\b", re.IGNORECASE)
_MEASURE = re.compile(r"-?[0-9][0-9.,:]*\s*[a-zµ]{0,12}", re.IGNORECASE)


def find_next(named: Named) -> str | None:
    """Return what names the next page; blank if there is none, None if nothing says."""
    said = False
    follows: list[Any] = []
    numbers: dict[str, list[float]] = {}
    for name, value in named:
        meanings = list_meanings(name)
        said = said or "last said" in meanings
        if _tells_of_next(name, value):
            follows.append(value)
        more = 1 if {"page", "from zero"} <= meanings else 0
        for one in meanings:
            found = [number + more for number in list_numbers(value)]
            numbers.setdefault(one, []).extend(found)
    if _begins_before_end(numbers):
        follows.append("a further page")
    said = said or not numbers.keys().isdisjoint({"pages", "last linked page"})
    # An address tells more than just a yes.
    follows.sort(key=lambda one: not isinstance(one, str))
    return next(iter([*map(str, follows), *([""] * said)]), None)


def _begins_before_end(numbers: Mapping[str, Sequence[float]]) -> bool:
    """Tell whether an answer has another page than the last one, by its numbers.

    Args:
        numbers: All numbers with a meaning.
    """

    def find_last(*meanings: str) -> float:
        return max(
            (one for name in meanings for one in numbers.get(name, ())), default=0
        )

    page = min(numbers.get("page") or [1])
    offset = min(numbers.get("offset") or [1])
    return (
        max(page, 1) < find_last("pages")  # the first may be page 0
        or page < find_last("last linked page", "linked page")
        or offset < find_last("linked offset")
    )


def find_previous(named: Named) -> str | None:
    """Return the address of the page before; blank if none, None if nothing says."""
    pages = [(name, one) for name, one in named if "previous" in list_meanings(name)]
    said = (str(one) for name, one in pages if _agrees(name, one))
    return next(said, "") if pages else None


def begins_late(named: Named) -> bool:
    """Tell whether an answer says that it is not the first page of several."""
    meant = [(name, list_meanings(name), value) for name, value in named]
    of_pages = {
        number
        for _, meanings, value in meant
        if "pages" in meanings
        for number in list_numbers(value)
    }
    return any(
        number > (0 if "from zero" in meanings and of_pages != {1} else 1)
        for _, meanings, value in meant
        if not meanings.isdisjoint({"page", "offset"})
        for number in list_numbers(value)
    ) or any(
        _denies(name, value) for name, meanings, value in meant if "first" in meanings
    )


def list_starts(named: Named, number: int) -> dict[str, tuple[float, float]]:
    """Return where an answer begins, and where the next one is due, by each name.

    Args:
        named: What is beside its lists.
        number: How many records it has.
    """
    return {
        name: (start, start + (1 if "page" in list_meanings(name) else number))
        for name, value in named
        if not list_meanings(name).isdisjoint({"page", "offset"})
        for start in list_numbers(value)
    }


def is_full(named: Named, number: int) -> bool:
    """Tell whether a page holds as many records as it says that one may."""
    return number > 0 and any(
        number in list_numbers(value)
        for name, value in named
        if "page size" in list_meanings(name)
    )


def find_counts(named: Named) -> list[str]:
    """Return the numbers of records that an answer states, as they are written."""
    return [
        value.strip()
        for name, value in named
        if not list_meanings(name).isdisjoint({"count", "things"})
        and "no count of records" not in list_meanings(name)
        and list_numbers(value)
    ]


def is_count_of(written: str, number: int) -> bool:
    """Tell whether a number that an answer states is the number of its records."""
    return list_numbers(written) == [number]


def tells_of_errors(named: Named) -> bool:
    """Tell whether an answer reports errors, or has a message."""
    return any(_tells_of_error(name, value) for name, value in named)


def find_left_out(answer: Mapping[str, Any], lists: Collection[ListPath]) -> list[str]:
    """Return the places of what says that something was left out or cut off."""

    def is_meant(at: JsonPlace, value: object) -> bool:
        meant = "left out" in list_meanings(fold_place(at))
        return meant and says(value) and not says_no(value)

    return find_outermost(answer, is_meant, lists)


def is_next(name: str) -> bool:
    """Tell whether a name sounds like that of the next page."""
    return "next" in list_meanings(fold_name(name))


def is_told(name: str, value: object) -> bool:
    """Tell whether a member is checked, by its folded name, and harmless if it is."""
    return any(_FORMS[one](value) for one in list_meanings(name) if one in _FORMS)


def _tells_of_error(name: str, value: object) -> bool:
    meanings = list_meanings(name)
    if "error" in meanings:
        return _agrees(name, value)
    if isinstance(value, dict | list):
        return False
    if "good" in meanings:
        return (
            says_no(value) or (value is not None and not says(value)) or _is_bad(value)
        )
    if "state" not in meanings:
        return False
    most = _MOST_BAD if name.endswith("code") and "stat" not in name else float("inf")
    return _is_bad(value) or any(
        code in _PARTIAL or _LEAST_BAD <= code <= most for code in list_numbers(value)
    )


def _tells_of_next(name: str, value: object) -> bool:
    if name == "rel":
        return "next" in (value if isinstance(value, list) else str(value).casefold())
    meanings = list_meanings(name)
    if "next" in meanings:
        return _agrees(name, value)
    if isinstance(value, dict | list):
        return False
    if "whole" in meanings:
        return _denies(name, value)
    if "offset or token" in meanings and not list_numbers(value):
        return says(value)
    cut = "cut" in meanings and says(value) and not says_no(value)
    return cut or _REL_NEXT.search(str(value)) is not None


def _agrees(name: str, value: object) -> bool:
    """Tell whether a value says something, and no no where a yes or no is due."""
    return says(value) and not (_FLAG.fullmatch(name) and says_no(value))


def _denies(name: str, value: object) -> bool:
    """Tell whether a value is a no, and not a number that tells where."""
    return says_no(value) and not (isinstance(value, Number) and name in _POSITIONS)


def _is_bad(value: object) -> bool:
    """Tell whether a state is other than good, by a word in it."""
    return not _is_good(value) and _BAD.search(fold_name(str(value))) is not None


def _is_good(value: object) -> bool:
    text = str(value)
    return len(text) <= _LONGEST_STATE and _GOOD.fullmatch(fold_name(text)) is not None


def _is_number(value: object) -> bool:
    return bool(list_numbers(value))


def _is_one(value: object) -> bool:
    return not isinstance(value, dict | list)


def _is_any(_: object) -> bool:
    return True


def _is_measure(value: object) -> bool:
    return isinstance(value, str) and _MEASURE.fullmatch(value.strip()) is not None


def _is_yes_or_no(value: object) -> bool:
    return says_yes(value) or says_no(value) or _is_number(value)


def _is_state(value: object) -> bool:
    return _is_yes_or_no(value) or _is_good(value) or _is_bad(value)


_FORMS: Mapping[str, Callable[[object], bool]] = {
    **dict.fromkeys(("total", "offset or token"), _is_one),
    **dict.fromkeys(
        ("count", "things", "page", "pages", "page size", "offset"), _is_number
    ),
    **dict.fromkeys(("next", "previous", "cut", "left out", "error"), _is_any),
    **dict.fromkeys(("whole", "first"), _is_yes_or_no),
    **dict.fromkeys(("state", "good"), _is_state),
    "link": is_address,
    **dict.fromkeys(("measure", "part of a search engine"), _is_measure),
}
"""The values that are checked, or say nothing, by what their name means."""
