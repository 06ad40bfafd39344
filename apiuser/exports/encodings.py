"""Bytes to UTF-8 text: byte order marks, a named encoding, and the first bad byte."""

import codecs
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from apiuser.errors import SourceError
from apiuser.exports.charsets import SOME, find_charset

# The UTF-32 marks begin with those of UTF-16, so they are asked first.
_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with BOM"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 (little endian)"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32 (big endian)"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 (little endian)"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 (big endian)"),
)
# What UTF-8 text becomes when it is taken for Latin text and encoded again.
_TWICE_ENCODED = (b"\xc3\x83\xc2", b"\xc3\xa2\xe2\x82\xac")
_HEAD = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text as UTF-8 without a byte order mark, and how it was encoded.

    Attributes:
        data: The text in UTF-8.
        encoding: The encoding found or given, for people.
    """

    data: bytes
    encoding: str


def decode(data: bytes, path: Path, *, encoding: str | None = None) -> Text:
    """Decode by byte order mark, by the encoding given, or as UTF-8.

    Args:
        data: The file as it is.
        path: Its path, for messages.
        encoding: The encoding of a file without a mark, by any of its names.

    Raises:
        SourceError: The encoding is unknown, or a byte does not belong to it.
    """
    name, label, skip = _choose(data, path, encoding)
    body = data[skip:] if skip else data
    if name == "utf-8":
        if not is_utf8(body):
            _decode_strictly(body, name, path, given=encoding is not None)
    else:
        body = _decode_strictly(body, name, path, given=True).encode()
    return Text(data=body, encoding=label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How a text in UTF-8 begins.

    Attributes:
        label: The encoding, for people.
        skip: How many bytes the byte order mark takes.
    """

    label: str
    skip: int


def find_plain_text(data: bytes, encoding: str | None) -> Mark | None:
    """Return how a text in UTF-8 begins; None where `decode` must choose or refuse."""
    if encoding is not None or data[:_HEAD].count(0):
        return None
    marked = next((mark for mark in _MARKS if data.startswith(mark[0])), None)
    if marked is None:
        return Mark(label="UTF-8", skip=0)
    mark, name, label = marked
    return Mark(label=label, skip=len(mark)) if name == "utf-8" else None


def is_twice_encoded(data: bytes) -> bool:
    """Tell whether accents look as if they were encoded twice."""
    return not data.isascii() and any(mark in data for mark in _TWICE_ENCODED)


def _choose(data: bytes, path: Path, encoding: str | None) -> tuple[str, str, int]:
    marked = next((mark for mark in _MARKS if data.startswith(mark[0])), None)
    given = None if encoding is None else _find_codec(encoding, path)
    if marked:
        mark, name, label = marked
        if given is not None and not name.startswith(given):
            # The mark says more than an encoding that was given for all files.
            label = f"{label}, by its mark and not as given"
        return name, label, len(mark)
    if given is not None:
        return given, given.upper(), 0
    head = data[:_HEAD]
    # Latin letters in UTF-16 leave every other byte empty.
    empty = head.count(0)
    if empty * 3 > len(head):
        order = "le" if head[1::2].count(0) >= head[::2].count(0) else "be"
        message = (
            f"{path}: looks like UTF-16 without a byte order mark. "
            f"Give the encoding: --encoding utf-16-{order}"
        )
        raise SourceError(message)
    return "utf-8", "UTF-8", 0


def _find_codec(encoding: str, path: Path) -> str:
    name = find_charset(encoding)
    if name is None:
        message = f"{path}: the encoding given is not known. Give one such as {SOME}."
        raise SourceError(message)
    return name


def is_utf8(data: bytes) -> bool:
    """Tell whether all of a text is UTF-8."""
    if data.isascii():
        return True
    offsets = pa.py_buffer(np.array([0, len(data)], np.int64))
    text = pa.Array.from_buffers(
        pa.large_string(), 1, [None, offsets, pa.py_buffer(data)]
    )
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _decode_strictly(data: bytes, name: str, path: Path, *, given: bool) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(name, "replace")
        lines = before.replace("\r\n", "\n").replace("\r", "\n")
        line = lines.count("\n") + 1
        column = len(lines) - (lines.rfind("\n") + 1) + 1
        advice = (
            "Check the encoding or export again."
            if given
            else "Export as UTF-8, or give the encoding, such as --encoding cp1252"
        )
        message = (
            f"{path}: is not {name.upper()}: byte 0x{data[error.start]:02X} in "
            f"line {line}, column {column}. {advice}"
        )
        raise SourceError(message) from None
