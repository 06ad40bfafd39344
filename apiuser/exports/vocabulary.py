"""The words in the headers and cells of exports, from tables beside this."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

_WHOLE = re.compile(r"([+-]?[0-9]{1,18})(?:[.,]0+)?")
_LONGEST_WORD = 512
"""Characters above which a text is no word: some stand for eighteen others each."""


class HeaderWords(NamedTuple):
    """Headers of one role in one language.

    Attributes:
        role: What the column holds.
        language: A code such as `de`.
        source: The key of the source of the words.
        names: The headers.
        inverted: Whether a yes under such a header means inactive.
        labels: Whether the labels of numbers, such as licenseTypeLabel, come `first`
            or `last` if a file has both; blank if there are none.
    """

    role: str
    language: str
    source: str
    names: Sequence[str]
    inverted: bool
    labels: str


class CellWords(NamedTuple):
    """Words in cells that have one meaning, in one language."""

    meaning: str
    language: str
    source: str
    words: Sequence[str]


@cache
def load_header_words() -> Sequence[HeaderWords]:
    """Return the headers, in order of precedence."""
    return [
        HeaderWords(
            *(role, language, source, names.split(", ")),
            inverted="inverted" in further,
            labels="".join(further).partition("labels ")[2],
        )
        for role, language, source, names, *further in _read_rows("header_words.txt")
    ]


@cache
def load_cell_words() -> Sequence[CellWords]:
    """Return the words in cells."""
    return [
        CellWords(meaning, language, source, words.split(", "))
        for meaning, language, source, words in _read_rows("cell_words.txt")
    ]


def load_word_sources() -> Mapping[str, tuple[str, str]]:
    """Return the title of each source, and its address or nothing."""
    return {key: (title, url) for key, title, url in _read_rows("word_sources.txt")}


def _read_rows(name: str) -> Iterator[list[str]]:
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def list_words(*meanings: str, language: str = "") -> list[str]:
    """Return the words with some meanings, in one language if any, as they are written."""
    return [
        word
        for meaning in meanings
        for some in load_cell_words()
        if some.meaning == meaning and language in {"", some.language}
        for word in some.words
    ]


@cache
def fold_words(*meanings: str) -> frozenset[str]:
    """Return the words with some meanings, each as `fold_word` folds it."""
    return frozenset(map(fold_word, list_words(*meanings)))


def fold_letters(text: str) -> str:
    """Fold what makes no difference: case, accents, all but letters and digits."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    # Accents alone are left out first: many in a row take the square of their number.
    bare = "".join(c for c in text.casefold() if not unicodedata.combining(c))
    if len(bare) <= _LONGEST_WORD:
        bare = unicodedata.normalize("NFKD", bare)
    return "".join(filter(str.isalnum, bare))


@lru_cache(maxsize=1 << 10)  # many records share a word
def fold_word(text: str) -> str:
    """Fold a word of a cell; a number is the same however it is written."""
    number = write_whole_number(text)
    if number != text or text.isdecimal():
        return number
    return fold_letters(text) or text.strip().removesuffix("\ufe0f")


def write_whole_number(text: str) -> str:
    """Return a whole number without the point that a spreadsheet adds, as in 7.0."""
    whole = _WHOLE.fullmatch(text.strip())
    return str(int(whole[1])) if whole else text


@cache
def list_nothing(*, is_name: bool) -> frozenset[str]:
    """Return what programs write if there is no value, folded by `str.casefold`.

    Args:
        is_name: Whether it stands for a username, which may be NA.
    """
    meanings = ("nothing",) if is_name else ("nothing", "nothing, names apart")
    return frozenset(map(str.casefold, list_words(*meanings)))


def is_blank(text: str) -> bool:
    """Tell whether a cell says nothing: it is empty, or a word stands for that."""
    word = text.strip().casefold()
    return not word or word in list_nothing(is_name=False)
