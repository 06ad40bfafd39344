"""Take files apart: archives, compressed streams and what lies in them."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, cast

DEEPEST = 6
"""How many archives inside each other are opened."""

_CHUNK = 1024 * 1024
_ZLIB_CHECK = 31


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Piece:
    """Some bytes and where in the file they lie; blank for the file itself."""

    place: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A part that could not be opened, and why."""

    place: str
    reason: str


Part = Piece | Closed


def open_piece(piece: Piece, *, limit: int) -> Iterator[Part]:
    """Return what an archive or compressed stream holds, one level down.

    Args:
        piece: What to open; anything else than an archive holds nothing.
        limit: The most bytes of one part; more are not unpacked.
    """
    data = piece.data
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _open_zip(piece, limit)
    elif data[257:262] == b"ustar":
        yield from _open_tar(piece, limit)
    else:
        for magic, name, opener in _STREAMS:
            if data.startswith(magic):
                yield from _unpack(piece, name, opener(io.BytesIO(data)), limit)
                return
        if _is_zlib(data):
            yield from _open_zlib(piece, limit)


def _open_gzip(file: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile(fileobj=file))


_STREAMS: tuple[tuple[bytes, str, Callable[[IO[bytes]], IO[bytes]]], ...] = (
    (b"\x1f\x8b", "gzip", _open_gzip),
    (b"\xfd7zXZ\x00", "xz", lzma.LZMAFile),
    (b"BZh", "bzip2", bz2.BZ2File),
)


def _open_zip(piece: Piece, limit: int) -> Iterator[Part]:
    try:
        with zipfile.ZipFile(io.BytesIO(piece.data)) as archive:
            for member in archive.infolist():
                place = join(piece.place, f"member {member.filename}")
                if member.is_dir():
                    continue
                try:
                    file = archive.open(member)
                except (RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
                    # RuntimeError is how zipfile says that a password is needed.
                    yield Closed(place=place, reason=f"cannot be unpacked ({error})")
                else:
                    yield from _read(place, file, limit)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        yield Closed(place=piece.place, reason=f"is a damaged zip ({error})")


def _open_tar(piece: Piece, limit: int) -> Iterator[Part]:
    try:
        with tarfile.open(fileobj=io.BytesIO(piece.data), mode="r:") as archive:
            for member in archive:
                file = archive.extractfile(member) if member.isfile() else None
                if file is not None:
                    place = join(piece.place, f"member {member.name}")
                    yield from _read(place, file, limit)
    except (tarfile.TarError, OSError, ValueError) as error:
        yield Closed(place=piece.place, reason=f"is a damaged tar ({error})")


def _unpack(piece: Piece, name: str, file: IO[bytes], limit: int) -> Iterator[Part]:
    yield from _read(join(piece.place, f"unpacked {name}"), file, limit)


def _open_zlib(piece: Piece, limit: int) -> Iterator[Part]:
    opener = zlib.decompressobj()
    try:
        data = opener.decompress(piece.data, limit)
    except zlib.error:
        return  # two bytes that look like it by chance
    place = join(piece.place, "unpacked zlib")
    yield Piece(place=place, data=data)
    if opener.unconsumed_tail:
        yield Closed(place=place, reason=_say_limit(limit))


def _read(place: str, file: IO[bytes], limit: int) -> Iterator[Part]:
    """Read as much as there is, so that a damaged part is searched up to there."""
    chunks: list[bytes] = []
    size, reason = 0, ""
    with file:
        try:
            while size <= limit and (chunk := file.read(_CHUNK)):
                chunks.append(chunk)
                size += len(chunk)
        except (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile) as e:
            reason = f"is damaged ({e})"
    yield Piece(place=place, data=b"".join(chunks)[:limit])
    if size > limit:
        reason = _say_limit(limit)
    if reason:
        yield Closed(place=place, reason=reason)


def _say_limit(limit: int) -> str:
    return (
        f"is larger than {limit // _CHUNK} MiB and was searched up to there; "
        "raise --limit"
    )


def _is_zlib(data: bytes) -> bool:
    return data[:1] == b"\x78" and int.from_bytes(data[:2]) % _ZLIB_CHECK == 0


def join(place: str, more: str) -> str:
    """Return a place inside another."""
    return f"{place}, {more}" if place else more
