"""What the words in a status, licence or security level column mean."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from apiuser.exports.headers import fold_header
from apiuser.exports.resources import Status, UserKind

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


def code_statuses(texts: Iterable[str], header: str) -> tuple[bytes, list[str]]:
    """Return a status for each text, and the words not understood.

    Args:
        texts: The column.
        header: Its header: under "Inactive" a yes means inactive.
    """
    yes, no = Status.ACTIVE, Status.INACTIVE
    inverted = fold_header(header) == "inactive"

    def code(text: str) -> int:
        word = _fold(text)
        if inverted and word not in {"active", "inactive"}:
            return no if word in _YES else yes if word in _NO else Status.UNKNOWN
        return yes if word in _YES else no if word in _NO else Status.UNKNOWN

    known = _Codes(code)
    statuses = bytes(map(known.__getitem__, texts))
    odd = [word for word, status in known.items() if word.strip() and not status]
    return statuses, odd


def code_kinds(
    licenses: Iterable[str] | None, levels: Iterable[str] | None, *, size: int
) -> bytes:
    """Return the kind of user for each row, from its licence and security level."""
    found = [
        bytes(map(_Codes(code).__getitem__, texts))
        for texts, code in ((licenses, _code_license), (levels, _code_level))
        if texts is not None
    ]
    if len(found) < 2:  # noqa: PLR2004  # one column or none
        return found[0] if found else bytes(size)
    by_license, by_level = map(int.from_bytes, found)
    # A byte for each row, with both kinds in it: all rows at once.
    return (by_license << _BITS | by_level).to_bytes(size).translate(_JOINED)


def says_locked(text: str) -> bool:
    """Tell whether a text says that a user is locked."""
    return _fold(text) in _YES | {"locked"}


def names_system_level(text: str) -> bool:
    """Tell whether a text names the full system level of API users."""
    return _fold(text) in _SYSTEM_LEVELS


def names_several(text: str) -> bool:
    """Tell whether a text names more than one integration."""
    names = {_fold(name) for name in _BETWEEN_NAMES.split(text)}
    return len(names - {""}) > 1


class _Codes(dict[str, int]):
    """The codes of words, each found out when it first comes."""

    def __init__(self, code: Callable[[str], int]) -> None:
        super().__init__()
        self._code = code

    def __missing__(self, text: str) -> int:
        code = self[text] = int(self._code(text))
        return code


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


@lru_cache(maxsize=1 << 10)  # many records share a word
def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _join_kinds(by_license: int, by_level: int) -> int:
    """An API user or co-managed user by either column is one."""
    unsure = by_license == UserKind.UNKNOWN or (
        by_license == UserKind.OTHER and by_level != UserKind.UNKNOWN
    )
    return by_level if unsure else by_license


_BITS = max(UserKind).bit_length()
_JOINED = bytes(
    _join_kinds(pair >> _BITS, pair & (1 << _BITS) - 1) for pair in range(256)
)
"""The kind by both columns, at the place that the two codes together make."""
