"""What the words in a status, licence or security level column mean."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from apiuser.exports.resources import Status, UserKind
from apiuser.exports.vocabulary import (
    fold_letters,
    fold_word,
    fold_words,
    is_blank,
    list_words,
    load_cell_words,
)

# No known vendor's label contains any of these.
_BETWEEN_NAMES = re.compile(r"[,;|\r\n]")
_WORDS = re.compile(r"[^\W_]+|[()]")
_CROSSES = frozenset("\u2610\u2612\u2715\u2717\u2718\u26d4\u274c\u274e\U0001f6ab")
"""What people draw for no."""
_CO_MANAGED = "(?:co managed|comanaged)"
_NUMBERED = re.compile(r"\s*([0-9])\s*[-\u2013\u2014:=]\s*([^\W\d].*)")
_LONGEST = 100
MORE = "…"
"""Marks where a name may go on."""


def code_statuses(texts: Iterable[str], *, inverted: bool) -> tuple[bytes, list[str]]:
    """Return a status for each text, and the words not understood.

    Args:
        texts: The column.
        inverted: Whether a yes means inactive, as under "Inactive".
    """
    yes, no = Status.ACTIVE, Status.INACTIVE
    by_word = {
        **dict.fromkeys(fold_words("yes"), yes),
        **dict.fromkeys(fold_words("no"), no),
    }
    if inverted:
        by_word = {word: no if code == yes else yes for word, code in by_word.items()}
    by_word |= dict.fromkeys(fold_words("active"), yes)
    by_word |= dict.fromkeys(fold_words("inactive"), no)

    known = _Codes(lambda text: by_word.get(fold_word(text), Status.UNKNOWN))
    statuses = bytes(map(known.__getitem__, texts))
    odd = [word for word, status in known.items() if not (status or is_blank(word))]
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
    # One byte per row holds both kinds, so that all rows are done at once.
    return (by_license << _BITS | by_level).to_bytes(size).translate(_JOINED)


def number_license(text: str) -> str:
    """Return the API's number of a licence type; blank if it is not known."""
    numbers, by_kind = _number_licenses()
    text = _write_plainly(text)
    word = fold_word(text)
    return numbers.get(word) or by_kind.get(_find_kind(text, "licence"), "")


@cache
def _number_licenses() -> tuple[Mapping[str, str], Mapping[UserKind, str]]:
    """Return the numbers of licence types by word, and by kind where it has one."""
    numbers: dict[str, str] = {}
    for words in load_cell_words():
        number = ""
        if words.meaning.endswith(" licence"):
            for word in words.words:
                number = word if word.isdecimal() else number
                if number:
                    numbers[fold_word(word)] = number
    by_kind = {_find_kind(n, "licence"): n for n in numbers.values()}
    del by_kind[UserKind.OTHER]
    return numbers, by_kind


def says_locked(text: str) -> bool | None:
    """Tell whether a text says that a user is locked; None if it is not known."""
    word = fold_word(text)
    if word in fold_words("yes", "locked"):
        return True
    return False if word in fold_words("no") else None


def says_status(text: str) -> bool:
    """Tell whether a text says that a resource is active, or that it is not."""
    return fold_word(text) in fold_words("yes", "no", "active", "inactive")


def names_system_level(text: str) -> bool:
    """Tell whether a text names the full system level of API users."""
    return fold_word(text) in fold_words("full api user level")


def names_several(text: str) -> bool:
    """Tell whether a text names more than one integration."""
    names = {" ".join(name.casefold().split()) for name in _BETWEEN_NAMES.split(text)}
    return len(names - {""}) > 1


class _Codes(dict[str, int]):
    """The codes of words, each worked out when the word first occurs."""

    def __init__(self, code: Callable[[str], int]) -> None:
        super().__init__()
        self._code = code

    def __missing__(self, text: str) -> int:
        code = self[text] = int(self._code(text))
        return code


def _code_license(text: str) -> int:
    return _find_kind(_write_plainly(text), "licence")


def _write_plainly(text: str) -> str:
    """Return the name of a licence without its number, or a word for licence, beside it."""
    text = text.replace("&amp;", "&")  # as it stands in what was once a page
    if len(text) <= _LONGEST and (found := _NUMBERED.fullmatch(text)):
        return found[2] if number_license(found[2]) == found[1] else text
    name, _, last = re.sub(r"[-\s]+", " ", text).strip().rpartition(" ")
    return name if fold_letters(last) in fold_words("word for a licence") else text


def _code_level(text: str) -> int:
    return _find_kind(text, "level")


def _find_kind(text: str, what: str) -> UserKind:
    """Return the kind that a name tells; an unknown name tells nothing."""
    folded = fold_word(text)
    words = f" {_split_words(text)} "
    if re.search(f" {_CO_MANAGED} | non{_CO_MANAGED} ", words) and (
        _find_denials().search(words) or not _CROSSES.isdisjoint(text)
    ):
        return UserKind.UNKNOWN
    for kind in UserKind:
        meaning = f"{kind.label} {what}"
        if folded in fold_words(meaning) or any(
            mark in words if anywhere else words.startswith(mark)
            for mark, anywhere in _list_marks(meaning)
        ):
            return kind
    return UserKind.UNKNOWN


@cache
def _find_denials() -> re.Pattern[str]:
    """Return the pattern of words that say that a user is not co-managing."""
    told = map(_split_words, list_words("denial", "inactive"))
    anywhere = "|".join({*filter(None, told)})
    behind = "|".join(filter(str.isalnum, map(_split_words, list_words("no"))))
    return re.compile(
        rf" (?:{anywhere}) |^ non ?{_CO_MANAGED} "
        rf"| {_CO_MANAGED} \(? ?(?:{behind}) \)? ?$"
    )


@cache
def _list_marks(meaning: str) -> list[tuple[str, bool]]:
    """Return the words that mark a longer name, and whether they may be anywhere."""
    return [
        (f" {_split_words(word)} ", word.startswith(MORE))
        for word in list_words(meaning)
        if word.endswith(MORE)
    ]


def _split_words(text: str) -> str:
    """Return the words and brackets of a text with one blank between them."""
    if text.isascii():  # as nearly all are; to fold each word takes ten times as long
        return " ".join(_WORDS.findall(text.lower()))
    return " ".join(fold_letters(part) or part for part in _WORDS.findall(text))


def _join_kinds(by_license: int, by_level: int) -> int:
    """Join the kinds by both columns: an API user by either is one.

    Otherwise the licence counts: a level of a person may be named after co-managed
    accounts, and would then be taken for the only co-managing user.
    """
    unsure = by_license == UserKind.UNKNOWN or (
        by_license == UserKind.OTHER and by_level == UserKind.API_USER
    )
    return by_level if unsure else by_license


_BITS = max(UserKind).bit_length()
_JOINED = bytes(
    _join_kinds(pair >> _BITS, pair & (1 << _BITS) - 1) for pair in range(256)
)
"""The kind by both columns, at the index that the two codes make together."""
