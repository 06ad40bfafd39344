"""The words in the headers and cells of exports, from `vocabulary.toml`."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_WHOLE = re.compile(r"([+-]?[0-9]{1,18})(?:[.,]0+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderWords:
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
    inverted: bool = False
    labels: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellWords:
    """Words in cells that have one meaning, in one language."""

    meaning: str
    language: str
    source: str
    words: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All words.

    Attributes:
        headers: The headers, in order of precedence.
        words: The words in cells.
        around: What may be before or after a header, by which.
        sources: The title and, if there is one, the address of each source.
    """

    headers: Sequence[HeaderWords]
    words: Sequence[CellWords]
    around: Mapping[str, Sequence[str]]
    sources: Mapping[str, Mapping[str, str]]


@cache
def load_vocabulary() -> Vocabulary:
    """Return the words; they are read only once."""
    import tomllib  # noqa: PLC0415  # late: other commands start faster

    with Path(__file__).with_suffix(".toml").open("rb") as file:
        value = tomllib.load(file)
    return Vocabulary(
        headers=[HeaderWords(**one) for one in value["headers"]],
        words=[CellWords(**one) for one in value["words"]],
        around=value["around"],
        sources=value["sources"],
    )


def list_words(*meanings: str) -> list[str]:
    """Return the words with some meanings, as they are written."""
    return [
        word
        for meaning in meanings
        for some in load_vocabulary().words
        if some.meaning == meaning
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
    decomposed = unicodedata.normalize("NFKD", bare)
    return "".join(filter(str.isalnum, decomposed))


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
