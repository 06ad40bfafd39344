"""Whose exports files are, by their names."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from apiuser.exports import UserKind
from apiuser.exports.vocabulary import fold_letters, fold_words, list_words

_BETWEEN_WORDS = re.compile(r"[-_. ]+")
_SIGNS = re.compile(r"[-_. ()]+")
_LAST_NUMBERS = re.compile(r"(?:[-_. (]+[0-9]+)+\)?$")
"""A date, or the number of a second download."""
_NUMBERS = r"[0-9]+(?:t[0-9]+)?z?|(?:[0-9]{4})?(?:q|kw|cw|w|v)[0-9]{1,3}"
"""A number, date, time, quarter, week or version."""
_GENERAL = frozenset(
    re.findall(
        r"\w+",
        "all autotask copy download downloads export exported exports grid list psa report "
        "resource resources user users tenant tenants customer client api "
        "alle benutzer kopie liste mandant kunde ressource ressourcen "
        "utilisateurs utilisateur ressources recursos recurso usuarios utilizadores "
        "gebruikers brugere bruger ressourcer exportacion exportacao",
    )
)
"""What a file holds or how it was made, which is no tenant's name."""


def is_tenant(name: str) -> bool:
    """Tell whether a name is that of a tenant, and not of a half of its resources.

    A date, a number and a general word before the half name no tenant either.
    """
    parts = _leave_out_general(name)
    return not _is_half("_".join(parts) or name)


def name_tenant(path: Path) -> str:
    """Return the tenant in the name of a file.

    It is what is before the first underscore and before the last words, if these say
    which half of the resources the file holds, and perhaps when. Dates, numbers and
    general words such as `export` before an underscore are skipped.
    """
    parts = _leave_out_general(_leave_out_half(path.stem))
    return _leave_out_half(parts[0] if parts else "") or path.stem


def name_apart(paths: Sequence[Path]) -> Iterator[str]:
    """Yield the tenants of files that lie together.

    Halves of one tenant have the same words beside its name and the half. Where these
    differ, as in `acme_emea_active` and `acme_apac_inactive`, they belong to the name.
    """
    tenants = [*map(name_tenant, paths)]
    further = [
        _list_further(path, tenant) for path, tenant in zip(paths, tenants, strict=True)
    ]
    found: dict[str, set[str]] = defaultdict(set)
    for tenant, words in zip(tenants, further, strict=True):
        if words is not None:
            found[tenant].add(fold_letters("".join(words)))
    for tenant, words in zip(tenants, further, strict=True):
        several = len(found[tenant]) > 1
        yield "_".join([tenant, *(words or ())]) if several else tenant


def _leave_out_general(name: str) -> list[str]:
    """Return the parts between underscores, from the first that may name a tenant."""
    parts = name.split("_")
    while parts and _is_general(parts[0]):
        del parts[0]
    return parts


def _is_general(part: str) -> bool:
    """Tell whether a part says only when or what was exported."""
    words = _split(part)
    dated = any(word[:1].isdecimal() or word[-1:].isdecimal() for word in words)
    return bool(words) and all(
        _says_nothing(word) or (dated and _is_month(word)) for word in words
    )


def _split(text: str) -> list[str]:
    return [word for part in _SIGNS.split(text) if (word := fold_letters(part))]


def _says_nothing(word: str) -> bool:
    return word in _GENERAL or re.fullmatch(_NUMBERS, word) is not None


def _is_month(word: str) -> bool:
    """Tell whether a word is a month, perhaps with a day and a year."""
    return word.strip("0123456789") in map(fold_letters, list_words("month"))


def _list_further(path: Path, tenant: str) -> list[str] | None:
    """Return the words beside the tenant and the half; None if no half is named."""
    halves = _list_half_words()
    if halves.isdisjoint(_split(path.stem)):
        return None
    _, _, rest = path.stem.partition(tenant)
    return [
        word
        for word in filter(None, _SIGNS.split(rest))
        if not (fold_letters(word) in halves or _is_general(word))
    ]


def _is_half(name: str) -> bool:
    return fold_letters(_LAST_NUMBERS.sub("", name)) in _list_halves()


def _leave_out_half(name: str) -> str:
    if _is_half(name):
        return name
    for found in _BETWEEN_WORDS.finditer(name):
        if _is_half(name[found.end() :]):
            return _leave_out_half(name[: found.start()])
    return name


@cache
def _list_halves() -> frozenset[str]:
    """Return the words for a part of the resources that is exported alone."""
    words = fold_words("active", "inactive")
    return words | {fold_letters(UserKind.CO_MANAGED.label)}


@cache
def _list_half_words() -> frozenset[str]:
    """Return the same, each of several words alone."""
    names = [*list_words("active", "inactive"), UserKind.CO_MANAGED.label]
    return frozenset(word for name in names for word in _split(name)) | _list_halves()
