"""What the words in a status, licence or security level column mean."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from apiuser.exports.arrow import list_chunks, read_indices
from apiuser.exports.headers import fold_header
from apiuser.exports.resources import Status, UserKind

Codes = npt.NDArray[np.int8]
Booleans = npt.NDArray[np.bool_]

_YES = {"active", "yes", "true", "1", "y", "x", "✓", "✔", "☑", "checked"}
_NO = {"inactive", "no", "false", "0", "n", "✗", "✘", "☐", "unchecked"}
_API_LICENSES = {"7", "api user"}
_CO_MANAGED_LICENSES = {"9", "co-managed help desk"}
_API_LEVEL_MARK = "api-only"
_API_LEVEL = "api user"
_SYSTEM_LEVELS = {"api user (system)", "api user (system) (api-only)"}
# The labels of vendors that are known hold none of these.
_BETWEEN_NAMES = re.compile(r"[,;|\r\n]")
_CO_MANAGED_MARK = "co-managed"


def code_statuses(values: Any, header: str) -> tuple[Codes, list[str]]:  # noqa: ANN401
    """Return a status for each text, and the words not understood.

    Args:
        values: The column as Arrow dictionary, in one part or several.
        header: Its header: under "Inactive" a yes means inactive.
    """
    yes, no = Status.ACTIVE, Status.INACTIVE
    inverted = fold_header(header) == "inactive"

    def code(text: str) -> int:
        word = _fold(text)
        if inverted and word not in {"active", "inactive"}:
            return no if word in _YES else yes if word in _NO else Status.UNKNOWN
        return yes if word in _YES else no if word in _NO else Status.UNKNOWN

    words = dict.fromkeys(
        word for part in list_chunks(values) for word in part.dictionary.to_pylist()
    )
    odd = [word for word in words if word.strip() and not code(word)]
    return _spread(values, code), odd


def code_kinds(licenses: Any, levels: Any, *, size: int) -> Codes:  # noqa: ANN401
    """Return the kind of user for each row, from its licence and security level."""
    kinds = np.zeros(size, np.int8)
    for values, code in ((licenses, _code_license), (levels, _code_level)):
        if values is None:
            continue
        found = _spread(values, code)
        # An API user or co-managed user by either column is one.
        better = (kinds == UserKind.UNKNOWN) | (
            (kinds == UserKind.OTHER) & (found != UserKind.UNKNOWN)
        )
        np.copyto(kinds, found, where=better)
    return kinds


def mark_locked(values: Any) -> Booleans:  # noqa: ANN401
    """Return which texts say that a user is locked."""
    return _mark(values, lambda text: _fold(text) in _YES | {"locked"})


def mark_system_levels(values: Any) -> Booleans:  # noqa: ANN401
    """Return which texts name the full system level of API users."""
    return _mark(values, lambda text: _fold(text) in _SYSTEM_LEVELS)


def mark_several(values: Any) -> Booleans:  # noqa: ANN401
    """Return which texts name more than one integration."""
    return _mark(values, _names_several)


def _mark(values: Any, test: Callable[[str], bool]) -> Booleans:  # noqa: ANN401
    return _spread(values, test).astype(np.bool_)


def _names_several(text: str) -> bool:
    names = {_fold(name) for name in _BETWEEN_NAMES.split(text)}
    return len(names - {""}) > 1


def _code_license(text: str) -> int:
    word = _fold(text)
    if not word:
        return UserKind.UNKNOWN
    if word in _API_LICENSES:
        return UserKind.API_USER
    return UserKind.CO_MANAGED if word in _CO_MANAGED_LICENSES else UserKind.OTHER


def _code_level(text: str) -> int:
    word = _fold(text)
    # The numbers of levels differ from tenant to tenant and say nothing.
    if not word or word.isdecimal():
        return UserKind.UNKNOWN
    if _API_LEVEL_MARK in word or word.startswith(_API_LEVEL):
        return UserKind.API_USER
    return UserKind.CO_MANAGED if _CO_MANAGED_MARK in word else UserKind.OTHER


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _spread(values: Any, code: Callable[[str], int]) -> Codes:  # noqa: ANN401
    """Code each distinct text once and give every row its text's code."""
    known = cache(code)
    parts = []
    for part in list_chunks(values):
        words: Iterable[str] = part.dictionary.to_pylist()
        codes = np.fromiter(map(known, words), np.int8)
        parts.append(codes[read_indices(part)])
    return np.concatenate(parts)
