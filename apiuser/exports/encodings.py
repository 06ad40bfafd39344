"""Bytes decoded piece by piece: marks, a named encoding, and the first bad byte."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from apiuser.errors import Remedy, SourceError

CHARSETS = frozenset(
    {
        "ascii",
        "utf-8",
        *(f"utf-{size}{order}" for size in (16, 32) for order in ("", "-le", "-be")),
        *(f"cp{page}" for page in (874, *range(1250, 1259))),
        # ISO 8859 has no part 12.
        *(f"iso8859-{part}" for part in range(1, 17) if part != 12),  # noqa: PLR2004
        *(f"cp{page}" for page in (437, 720, 737, 775, 850, 852, 855, 857, 858)),
        *(f"cp{page}" for page in (860, 861, 862, 863, 864, 865, 866, 869)),
        *(f"mac-{kind}" for kind in ("roman", "latin2", "cyrillic", "greek")),
        *(f"mac-{kind}" for kind in ("iceland", "turkish")),
        *("koi8-r", "koi8-u", "tis-620"),
        *("shift_jis", "shift_jisx0213", "cp932", "euc_jp"),
        *("gb2312", "gbk", "gb18030", "big5", "big5hkscs", "cp950"),
        *("euc_kr", "cp949", "johab"),
    }
)
"""The encodings an export may have, by Python's names.

Python has other codecs that no export uses: some undo escapes or turn bytes into bytes,
and some cannot say where a byte is wrong.
"""

JSON_IN = "JSON in "
"""How the encoding of JSON begins, for people."""
_EXAMPLES = (
    "utf-8, utf-16, cp1252, iso-8859-1, cp850, mac-roman, shift_jis, gbk or euc-kr"
)
# The UTF-32 marks begin with those of UTF-16, so they are checked first.
_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with BOM"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 (little endian)"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32 (big endian)"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 (little endian)"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 (big endian)"),
)
# Python's codecs that need a mark to know the order of bytes.
_MARKED = ("utf-16", "utf-32")
# What UTF-8 text becomes if it is read as Latin text and encoded again.
_TWICE_ENCODED = "\u00c3[\u0080-\u00bf]|\u00e2\u20ac"
_FIRST_OF_TWICE = "\u00c3\u00e2"
_HEAD = 4096
_SOME_OF_ALL = 3
"""If a third of the bytes are zero, nearly all at odd or even places, it is UTF-16."""


class _Encoding(NamedTuple):
    """How a text is encoded.

    Attributes:
        codec: Python's name of it.
        label: The encoding found or given, for people.
        skip: How many bytes the byte order mark takes.
        given: Whether a person or a mark says so.
    """

    codec: str
    label: str
    skip: int = 0
    given: bool = True


def find_charset(name: str) -> str | None:
    """Return Python's name for an encoding; None if no export has it."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    found = found.removesuffix("-sig")
    return found if found in CHARSETS else None


def find_asserted(label: str) -> str:
    """Return an encoding for which nothing but what a person said speaks; or blank.

    Bytes show whether they are UTF-8 or have a mark, but hardly any other encoding.

    Args:
        label: The encoding, for people.
    """
    name = label.removeprefix(JSON_IN)
    known = name.lower() in CHARSETS and not name.startswith("UTF-")
    return name if known else ""


def decode(
    blocks: Iterator[bytes], path: Path, encoding: str | None
) -> tuple[str, Iterator[str]]:
    """Decode by byte order mark, by the encoding given, or as UTF-8.

    Args:
        blocks: The bytes of a file, in order.
        path: Its path, for messages.
        encoding: The encoding of a file without a mark, by any of its names.

    Returns:
        The encoding, for people, and the text without its mark, piece by piece; a
        byte that does not belong to the encoding raises a SourceError there.

    Raises:
        SourceError: The encoding is unknown, or must be given.
    """
    first = next(blocks, b"")
    chosen = _choose(first, path, encoding)
    return chosen.label, _decode(chain((first,), blocks), path, chosen)


def is_twice_encoded(text: str) -> bool:
    """Tell whether accents look as if they were encoded twice."""
    # One character is found many times faster than a pattern.
    may = not text.isascii() and any(first in text for first in _FIRST_OF_TWICE)
    return may and re.search(_TWICE_ENCODED, text) is not None


def _choose(head: bytes, path: Path, encoding: str | None) -> _Encoding:
    given = None if encoding is None else _find_codec(encoding, path)
    for mark, codec, label in _MARKS:
        if head.startswith(mark):
            # The mark counts more than an encoding given for all files.
            against = given is not None and not codec.startswith(given)
            return _Encoding(
                codec=codec,
                label=f"{label}, as its mark says and not as given"
                if against
                else label,
                skip=len(mark),
            )
    if given in _MARKED:
        _refuse_unmarked(head[:_HEAD], path)
        reason = (
            f"has no byte order mark, so it is not {given.upper()}. Leave the encoding "
            "out, or give another one."
        )
        raise SourceError(reason, path=path)
    if given is not None:
        return _Encoding(codec=given, label=given.upper())
    _refuse_unmarked(head[:_HEAD], path)
    return _Encoding(codec="utf-8", label="UTF-8", given=False)


def _decode(blocks: Iterator[bytes], path: Path, encoding: _Encoding) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    place = TextPlace()
    skip = encoding.skip
    for block in chain(blocks, (b"",)):
        try:
            text = decoder.decode(block[skip:], final=not block)
        except UnicodeDecodeError as error:
            place.pass_over(error.object[: error.start].decode(encoding.codec))
            bad = error.object[error.start]
            raise _make_byte_error(bad, encoding, path, place) from None
        skip = 0
        if text:
            place.pass_over(text)
            yield text


@dataclass(slots=True)
class TextPlace:
    """A line, and a character in it, both from 1."""

    line: int = 1
    column: int = 1
    _returned: bool = False

    def pass_over(self, text: str) -> None:
        """Go on to the end of the next piece of text."""
        if self._returned and text:
            text = text.removeprefix("\n")  # the two are one line end
        self._returned = text.endswith("\r")
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        ends = text.count("\n")
        self.line += ends
        self.column = len(text) - text.rfind("\n") if ends else self.column + len(text)


def _make_byte_error(
    byte: int, encoding: _Encoding, path: Path, place: TextPlace
) -> SourceError:
    reason = f"the byte 0x{byte:02X} is not {encoding.codec.upper()}."
    advice = "Export as UTF-8, or give the encoding, such as {}"
    remedy = Remedy(option="encoding", value="cp1252", advice=advice)
    if encoding.given:
        reason = f"{reason} Check the encoding or export again."
    return SourceError(
        reason,
        path=path,
        line=place.line,
        column=place.column,
        remedies=() if encoding.given else (remedy,),
    )


def _refuse_unmarked(head: bytes, path: Path) -> None:
    """Refuse what looks like UTF-16: Latin letters leave every other byte empty."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    fewer, more = sorted((even, odd))
    if more * _SOME_OF_ALL > len(head) and fewer * _SOME_OF_ALL < more:
        order = "le" if odd > even else "be"
        advice = Remedy(
            option="encoding", value=f"utf-16-{order}", advice="Give the encoding: {}"
        )
        reason = "looks like UTF-16 without a byte order mark."
        raise SourceError(reason, path=path, remedies=(advice,))


def _find_codec(encoding: str, path: Path) -> str:
    name = find_charset(encoding)
    if name is None:
        reason = f"the encoding given is not known. Give one such as {_EXAMPLES}."
        raise SourceError(reason, path=path)
    return name
