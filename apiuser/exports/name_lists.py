"""Lists of usernames, one per line."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from apiuser.errors import NotNamesError, SourceError
from apiuser.exports.encodings import decode
from apiuser.exports.file_kinds import (
    open_export,
    read_blocks,
    recognise,
)
from apiuser.exports.headers import list_header_forms
from apiuser.exports.vocabulary import fold_letters, fold_word, fold_words

MAX_NAMES = 256 << 20
"""A file with more bytes is not a list of names."""
_OF_TABLES = {
    ",": "a comma",
    ";": "a semicolon",
    "\t": "a tab",
    "|": "a vertical bar",
    '"': "a quotation mark",
    "  ": "several blanks",
}
"""What may separate or enclose the fields of a table, and is in no name."""
_DUE = "Give a text file with the usernames alone, one per line."
_SIGN = r"[,;|\"]|\t|  "
_WORD = re.compile(r"[\w.@+'&$-]+")
"""What may be a name, between blanks, marks and what nobody can see."""
_AROUND = ".@+'&$-_"
"""What a name hardly begins or ends with, but a sentence or a list does."""
_DAMAGE = frozenset("\0\x1a\ufeff")
"""What programs leave in lists that they pad or join."""
_MARKED = re.compile(
    r"(?:[-*+>\u2022\u2023\u25aa\u25cf\u25e6\u2013\u2014\u00b7]|\(?[0-9]+[.)])\s.*"
    r"|'.*'|`.*`|\*.*\*|\u2018.*\u2019|\u201c.*\u201d|\u201e.*[\u201c\u201d]|\u00ab.*\u00bb"
    r"|(?:.*\s)?(?:\(.*\)|\[.*\]|\{.*\}|<.*>)"
)
"""Items of a list and what people put around or behind a name.

An apostrophe, a blank or a bracket inside a name may belong to it.
"""
_MASKED = re.compile(r"[*\u2022\u2217\u25cf\u2588\u2026\uff0a]|\.{2,}|[#?]{3,}")
"""Signs in the place of letters."""


def read_names(path: str | Path, *, encoding: str | None = None) -> list[str]:
    """Read usernames, one per line; blank lines are left out.

    Raises:
        AccessError: The file cannot be read.
        SourceError: It is not text, not in the encoding, far too large for names, an
            export or another table, or without any names.
    """
    path = Path(path)
    with open_export(path, path) as (file, size):
        if size > MAX_NAMES:
            reason = (
                f"is {size} bytes, above the limit of {MAX_NAMES}. "
                "Check whether it is the list of names."
            )
            raise SourceError(reason, path=path)
        if kind := recognise(file, size, path):
            reason = f"is {kind}, not a list of names. {_DUE}"
            raise NotNamesError(reason, path=path)
        _, pieces = decode(read_blocks(file, size), path, encoding)
        text = "".join(pieces)
    lines = text.splitlines()
    suspect = any(sign in text for sign in _OF_TABLES)
    for number, line in enumerate(lines if suspect else (), start=1):
        if sign := re.search(_SIGN, line.strip()):
            reason = (
                f"contains {_OF_TABLES[sign[0]]}, so this is an export or another table, "
                f"not a list of names. {_DUE}"
            )
            raise NotNamesError(reason, path=path, line=number)
    for number, line in enumerate(lines, start=1):
        if _is_marked(line.strip()):
            reason = (
                "has more than a username: a mark, a number, brackets, a word beside "
                f"it, or an invisible character. {_DUE}"
            )
            raise SourceError(reason, path=path, line=number)
    names = [line for line in lines if line.strip()]
    if not names:
        reason = "contains no names. Write one per line, or leave the file out."
        raise SourceError(reason, path=path)
    return names


def list_hidden_lines(lines: Sequence[str]) -> list[int]:
    """Return the places of lines that hide a name by a mask or a word for none.

    Remarks beside a name may have such words, and the first line may be a header.
    """
    # Late: few commands are given names.
    from apiuser.exports.cells import clean_texts  # noqa: PLC0415
    from apiuser.exports.changed_names import (  # noqa: PLC0415
        is_masked,
        is_partly_masked,
        list_unusual,
        may_be_own,
    )

    names = [line.strip() for line in lines]
    if names and fold_letters(names[0]) in list_header_forms():
        names[0] = ""
    return [
        at
        for at in list_unusual(names)
        if names[at]
        and (
            clean_texts([names[at]], is_name=True) == [""]
            or (is_masked(names[at]) and not may_be_own(names[at]))
            or any(
                _MASKED.search(word) or is_partly_masked(word)
                for word in names[at].split()
                if any(map(str.isalnum, word))
            )
        )
    ]


def add_words(names: Iterable[str]) -> list[str]:
    """Return names in use, and the words in them, each once.

    In `presh2zapier # old` and `Zapier: presh2zapier.` one of the words is in use.
    """
    found = dict.fromkeys(names)
    for name in [*found]:
        for word in _WORD.findall(name):
            found |= {word: None, word.strip(_AROUND): None}
    return [*found]


def _is_marked(line: str) -> bool:
    """Tell whether a line clearly holds more than a name, which would match no name."""
    if line.isascii() and line.isalnum():  # as nearly all
        return False
    label, _, named = line.replace("=", ":", 1).partition(":")
    last = line.rsplit(maxsplit=1)[-1] if " " in line else ""
    return (
        _MARKED.fullmatch(line) is not None
        or (named.strip() != "" and fold_letters(label) in list_header_forms())
        or (last != "" and fold_word(last) in fold_words("active", "inactive"))
        or not _DAMAGE.isdisjoint(line)
    )
