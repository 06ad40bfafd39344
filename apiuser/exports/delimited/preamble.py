"""What may come before the header: a line such as sep=;, marks, blank lines."""

import re
from pathlib import Path
from typing import NamedTuple

from apiuser.errors import SourceError, count_noun, escape_invisible

_SEPARATOR_LINE = re.compile(r'"?sep=([^\r\n]*)(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_TYPE_LINE = re.compile(r'"?#TYPE [^\r\n]*(?:\r\n|\r|\n)')
_BLANK_LINE = re.compile(r'[ \t,;|"]*+(?:\r\n|\r|\n)')
_SEPARATORS = frozenset("!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\t")
_MOST_BLANK = 100  # lines; what is below more of them is not looked for
_MARK = "\ufeff"
_SHOWN = 9


class Preamble(NamedTuple):
    """Where the header begins and what is known by then.

    Attributes:
        start: Where it begins in the text.
        line: The line in which it begins.
        delimiter: The delimiter declared; blank if none is.
        notices: What is odd before it, as sentences.
    """

    start: int
    line: int
    delimiter: str
    notices: tuple[str, ...]


def read_preamble(text: str, path: Path, *, start: int, line: int) -> Preamble:
    """Read on to the header.

    Raises:
        SourceError: A line declares a delimiter that cannot separate fields.
    """
    begin = _pass_marks(text, start)
    delimiter = ""
    declared = _SEPARATOR_LINE.match(text, begin)
    if declared:
        delimiter = _read_separator(declared, path, line)
        begin, line = declared.end(), line + 1
    header = _pass_marks(text, begin)
    notices = []
    typed = _TYPE_LINE.match(text, header)
    if typed:
        notices.append(f"{path}: line {line}, PowerShell's #TYPE, skipped.")
        header, line = typed.end(), line + 1
    blank = 0
    while blank < _MOST_BLANK and (found := _BLANK_LINE.match(text, header)):
        header, line, blank = found.end(), line + 1, blank + 1
    if blank:
        what = count_noun(blank, "blank line")
        notices.append(f"{path}: {what} before the header skipped.")
    if _MARK in text[start:header]:
        notices.append(
            f"{path}: a byte order mark (U+FEFF) is inside the text, before "
            f"the header in line {line}. Check what put the file together."
        )
    return Preamble(
        start=header, line=line, delimiter=delimiter, notices=tuple(notices)
    )


def _read_separator(declared: re.Match[str], path: Path, line: int) -> str:
    delimiter = declared[1].removesuffix('"')
    if delimiter not in _SEPARATORS:
        shown = escape_invisible(delimiter[:_SHOWN]) if delimiter else "nothing"
        reason = (
            f"sep= is followed by {shown}, where one ASCII punctuation mark or a tab "
            "must be. Correct or delete the line."
        )
        raise SourceError(reason, path=path, line=line)
    return delimiter


def _pass_marks(text: str, start: int) -> int:
    while text.startswith(_MARK, start):
        start += 1
    return start
