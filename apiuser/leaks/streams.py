"""Unpack gzip, zlib, bzip2 and xz as far as they are intact."""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_STEP = 64 * 1024
_MOST_AT_ONCE = 1024 * 1024
_GZIP_WINDOW = 31  # zlib's number for a gzip header around the data
_ZLIB_CHECK = 31  # RFC 1950: the first two bytes are a multiple of it


class _Bounded:
    """bzip2 and xz, which may grow a thousand times as much as zlib, in small bites."""

    def __init__(self, opener: bz2.BZ2Decompressor | lzma.LZMADecompressor) -> None:
        self._opener = opener

    @property
    def eof(self) -> bool:
        return self._opener.eof

    @property
    def unused_data(self) -> bytes:
        return self._opener.unused_data

    def bite(self, data: bytes) -> Iterator[bytes]:
        yield self._opener.decompress(data, _MOST_AT_ONCE)
        while not (self._opener.eof or self._opener.needs_input):
            yield self._opener.decompress(b"", _MOST_AT_ONCE)


class _Zlib:
    """gzip and zlib, where a bite of 64 KiB grows to 64 MiB at the very most."""

    def __init__(self, window: int = zlib.MAX_WBITS) -> None:
        self._opener = zlib.decompressobj(window)

    @property
    def eof(self) -> bool:
        return self._opener.eof

    @property
    def unused_data(self) -> bytes:
        return self._opener.unused_data

    def bite(self, data: bytes) -> Iterator[bytes]:
        yield self._opener.decompress(data)


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    magic: bytes
    make: Callable[[], _Bounded | _Zlib]


_KINDS = (
    _Kind("gzip", b"\x1f\x8b\x08", lambda: _Zlib(_GZIP_WINDOW)),
    _Kind("bzip2", b"BZh", lambda: _Bounded(bz2.BZ2Decompressor())),
    _Kind("xz", b"\xfd7zXZ\x00", lambda: _Bounded(lzma.LZMADecompressor())),
    _Kind("zlib", b"\x78", _Zlib),
)


def is_stream(data: bytes) -> bool:
    """Tell whether bytes begin like a compressed stream."""
    return _find_kind(data) is not None


def unpack(data: bytes, *, limit: int) -> tuple[str, bytes, str]:
    """Unpack a stream, and those that follow it.

    Args:
        data: Bytes for which `is_stream` is true.
        limit: How many bytes are enough; a little more may come.

    Returns:
        The name of the compression, what came out, and what is wrong, if anything.
    """
    kind = _find_kind(data)
    name = kind.name if kind else ""
    parts: list[bytes] = []
    reason = ""
    while kind is not None and not reason and sum(map(len, parts)) <= limit:
        data, reason = _unpack_one(kind.make(), data, parts, limit)
        data = data.lstrip(b"\0")  # what tapes and xz fill up with
        kind = _find_kind(data)
    if name == "zlib" and not any(parts):
        reason = ""  # two bytes that look like zlib by chance
    return name, b"".join(parts), reason


def _unpack_one(
    opener: _Bounded | _Zlib, data: bytes, parts: list[bytes], limit: int
) -> tuple[bytes, str]:
    """Add what a stream holds to the parts; return what follows, and what is wrong."""
    size = sum(map(len, parts))
    try:
        for start in range(0, len(data), _STEP):
            for part in opener.bite(data[start : start + _STEP]):
                parts.append(part)
                size += len(part)
                if size > limit:
                    return b"", ""
            if opener.eof:
                return opener.unused_data + data[start + _STEP :], ""
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
        return b"", f"is damaged ({error})"
    return b"", "is damaged (it ends early)"


def _find_kind(data: bytes) -> _Kind | None:
    for kind in _KINDS:
        if data.startswith(kind.magic) and (
            kind.name != "zlib" or int.from_bytes(data[:2]) % _ZLIB_CHECK == 0
        ):
            return kind
    return None
