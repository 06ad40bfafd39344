"""Headers of columns that say the same as another one, however it is called.

Such a column is never read, but only compared, so that more headers may be known.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum
from functools import cache, lru_cache
from itertools import product

from apiuser.exports.headers import (
    TELLING_ROLES,
    list_bare_forms,
    list_inverted_forms,
    list_known_forms,
)
from apiuser.exports.vocabulary import fold_letters, fold_words, list_words

_COPY = re.compile(
    r"(.*?\D)(?:(?:duplicated)?[0-9]{1,3}|right|(?:copy|kopie|copie|copia)[0-9]{0,3})"
)
"""What programs and people make of a header that is there twice, such as Status.1."""
_BEFORE_COPY = ("copyof", "kopievon", "copiede", "second", "secondary", "additional")
_PLURALS = ("s", "n")
_TWINS = re.compile("(.+)(?:x|y|left|right)")
"""Headers of two tables that were joined, such as Username_x and Username_y."""
_LOGINS = ("login", "userlogin")
"""Headers of usernames that mean something else in many another one, as in Last Login."""
_COPIED_ROLES = ("username", "resource_id")
"""Columns of which only a copy says the same."""


class Meaning(Enum):
    """What may be under a header that is much like that of usernames."""

    COPY = "usernames, whatever they look like"
    FURTHER = "other usernames, or something about them, such as a date"
    UNKNOWN = "usernames, or anything, such as those of managers"


def find_rivals(
    headers: Sequence[str], positions: Mapping[str, int], named: Collection[str]
) -> dict[int, str]:
    """Return what columns say that others say too.

    Args:
        headers: All headers.
        positions: Where the column is that is read, by role.
        named: The roles whose column a person named; these have no rivals.
    """
    used = {*positions.values()}
    wanted = {role: at for role, at in positions.items() if role not in named}
    found = {}
    for at, (known, copied) in enumerate(
        zip(_list_meanings(headers), _list_copied(headers), strict=True)
    ):
        roles = [role for role in _COPIED_ROLES if wanted.get(role) in copied]
        roles += (role for role in known if role in wanted)
        if at not in used and roles:
            found[at] = roles[0]
    read, forms = positions["username"], [*map(fold_letters, headers)]
    for at, form in enumerate(forms):
        twin = _is_twin(form, forms[read])
        if at not in used and (
            twin or ("username" in wanted and _names_usernames(form, forms[read]))
        ):
            found.setdefault(at, "username")
    if "username" in wanted and any(map(_list_known_in, forms)):
        for at, bare in enumerate(list_bare_forms(headers)):
            around = () if at in used else _list_around(bare)
            if found.get(at) == "status" and any(map(_says_further, around)):
                del found[at]  # there may be states as well, as its cells show
            if around:
                found.setdefault(at, "username")
    return found


@lru_cache(maxsize=1 << 6)  # records share their headers
def find_meaning(header: str, read: str) -> Meaning:
    """Return what is under a header that is much like that of usernames.

    Args:
        header: The header.
        read: That of the usernames that are read.
    """
    forms = [fold_letters(one) for one in (header, read)]
    if _names_usernames(*forms) or _is_twin(*forms):
        return Meaning.COPY
    if any(map(_says_further, _list_around(list_bare_forms([header])[0]))):
        return Meaning.FURTHER
    return Meaning.UNKNOWN


def _list_known_in(form: str) -> list[str]:
    return [known for known in list_known_forms("username") if known in form]


def _list_around(forms: Sequence[str]) -> list[str]:
    """Return what may be around a known header of usernames.

    Nothing is around it if only a prefix that says nothing is before it.

    Args:
        forms: The folded forms of a header.
    """
    around = {
        (form.replace(known, "", 1), known)
        for form in forms
        for known in _list_known_in(form)
    }
    return [
        words
        for words, known in around
        if _says_further(words) or (known not in _LOGINS and "mail" not in words)
    ]


def _says_further(words: str) -> bool:
    """Tell whether what is around a header of usernames makes it one of others."""
    return _compile_further().fullmatch(words) is not None


@cache
def _compile_further() -> re.Pattern[str]:
    told = list_words("further usernames", "active", "inactive")
    words = "|".join(sorted(map(fold_letters, [*told, *_PLURALS])))
    return re.compile(f"(?:{words}|[0-9]{{1,3}})*")


def _is_twin(form: str, read: str) -> bool:
    """Tell whether two headers of usernames are of tables that were joined.

    Neither is known, so that a person had to name one of them.
    """
    one, other = _TWINS.fullmatch(form), _TWINS.fullmatch(read)
    known = list_known_forms("username")
    return one is not None and other is not None and one[1] == other[1] in known


def _names_usernames(form: str, read: str) -> bool:
    """Tell whether a header is a copy of any known one of usernames, or its plural."""
    known = list_known_forms("username") | {read}
    copy = _COPY.fullmatch(form)
    joined = _TWINS.fullmatch(form)
    return (
        any(found is not None and found[1] in known for found in (copy, joined))
        or any(form.removeprefix(word) in known - {form} for word in _BEFORE_COPY)
        # Logins may be how often somebody logged in.
        or any("nam" in form and form.removesuffix(end) in known for end in _PLURALS)
    )


def says_states(headers: Sequence[str], at: int, read: int) -> bool:
    """Tell whether nothing but a state can be under a header.

    Under another one, such as Estado, there may be something else, such as a region.

    Args:
        headers: All headers.
        at: The position of the column.
        read: That of the column that is read.
    """
    forms = list_bare_forms([headers[at]])[0]
    states = fold_words("active", "inactive")
    return read in _list_copied(headers)[at] or any(
        state in form for form in forms for state in states
    )


def may_say_states(headers: Sequence[str], at: int) -> bool:
    """Tell whether states may be under a header, such as Username Inactive."""
    return "status" in _list_meanings(headers)[at]


def is_rival_inverted(headers: Sequence[str], at: int) -> bool:
    """Tell whether a yes in a column that is only compared means inactive."""
    return _list_meanings(headers)[at].get("status", False)


def _list_copied(headers: Sequence[str]) -> list[list[int]]:
    """Return for each header the positions of those that it seems to be a copy of."""
    folded = [*map(fold_letters, headers)]
    bases = [match[1] if (match := _COPY.fullmatch(form)) else None for form in folded]
    return [
        [at for at, form in enumerate(folded) if base == form] if base else []
        for base in bases
    ]


def _list_meanings(headers: Sequence[str]) -> list[dict[str, bool]]:
    """Return the roles of each header, and whether a yes under it means inactive."""
    return [
        {
            role: meanings[found[-1]]
            for role, meanings in _list_known().items()
            # As of headers that are read, the last form is the one that counts.
            if (found := [form for form in _list_shortened(forms) if form in meanings])
        }
        for forms in list_bare_forms(headers)
    ]


def _list_shortened(forms: Iterable[str]) -> list[str]:
    """Return the forms of a header, each after what is left of it without some words.

    Of `accountstatus1` these are `status`, `status1`, `accountstatus` and itself.
    """
    found = dict.fromkeys(forms)
    words = fold_words("around a header")
    waiting = [*found]
    while waiting:
        form = waiting.pop()
        copy = _COPY.fullmatch(form)
        further = {copy[1]} if copy else set()
        further.update(map(form.removeprefix, words), map(form.removesuffix, words))
        for bare in sorted(further - found.keys()):
            found = {bare: None, **found}
            waiting.append(bare)
    return [*found]


@cache
def _list_known() -> Mapping[str, Mapping[str, bool]]:
    """Return all headers of each role, and whether a yes under them means inactive."""
    active, inactive = fold_words("active"), fold_words("inactive")
    states = {
        **dict.fromkeys(active, False),
        **dict.fromkeys(inactive, True),
        # Such as Active/Inactive.
        **{f"{one}{other}": False for one, other in product(active, inactive)},
        **{f"{one}{other}": True for one, other in product(inactive, active)},
    }
    found = {
        role: dict.fromkeys(list_known_forms(role), False) for role in TELLING_ROLES
    }
    found["status"] |= states | dict.fromkeys(list_inverted_forms(), True)
    return found
