"""Unpack archives and compressed streams, and what is in them."""

import io
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from apiuser.leaks.streams import is_stream, unpack

DEEPEST_ARCHIVE = 6
"""How many archives inside each other are opened."""

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Piece:
    """Some bytes of a file.

    Attributes:
        place: Where in the file they are; blank for the file itself.
        name: What the file or member is called, blank if it has no name.
    """

    place: str
    data: bytes
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A part that could not be opened, and why."""

    place: str
    reason: str


Part = Piece | Closed


def join(place: str, more: str) -> str:
    """Join a place and another one inside it."""
    return f"{place}, {more}" if place else more


def open_piece(piece: Piece, *, limit: int) -> Iterator[Part]:
    """Return what an archive or compressed stream holds, one level down.

    Args:
        piece: What to open; anything other than an archive holds nothing.
        limit: The most bytes of one part; more are not unpacked.
    """
    data = piece.data
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _open_zip(piece, limit)
    elif data[257:262] == b"ustar":
        yield from _open_tar(piece, limit)
    elif is_stream(data):
        name, unpacked, reason = unpack(data, limit=limit)
        place = join(piece.place, f"unpacked {name}")
        yield from _give(place, PurePath(piece.name).stem, unpacked, reason, limit)


def _open_zip(piece: Piece, limit: int) -> Iterator[Part]:
    try:
        with zipfile.ZipFile(io.BytesIO(piece.data)) as archive:
            for member in archive.infolist():
                if member.is_dir():
                    continue
                place = join(piece.place, f"member {member.filename}")
                try:
                    file = archive.open(member)
                except (RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
                    # zipfile raises RuntimeError if a password is needed.
                    yield Closed(place=place, reason=f"cannot be unpacked ({error})")
                else:
                    yield from _read(place, member.filename, file, limit)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        yield Closed(place=piece.place, reason=f"is a damaged zip ({error})")


def _open_tar(piece: Piece, limit: int) -> Iterator[Part]:
    try:
        with tarfile.open(fileobj=io.BytesIO(piece.data), mode="r:") as archive:
            for member in archive:
                file = archive.extractfile(member) if member.isfile() else None
                if file is not None:
                    place = join(piece.place, f"member {member.name}")
                    yield from _read(place, member.name, file, limit)
    except (tarfile.TarError, OSError, ValueError) as error:
        yield Closed(place=piece.place, reason=f"is a damaged tar ({error})")


def _read(place: str, name: str, file: IO[bytes], limit: int) -> Iterator[Part]:
    """Read as much as possible, so that a damaged part is searched that far."""
    chunks: list[bytes] = []
    size, reason = 0, ""
    with file:
        try:
            while size <= limit and (chunk := file.read(_MEBIBYTE)):
                chunks.append(chunk)
                size += len(chunk)
        except Exception as error:  # noqa: BLE001  # each compression has errors of its own
            reason = f"is damaged ({error})"
    yield from _give(place, name, b"".join(chunks), reason, limit)


def _give(
    place: str, name: str, data: bytes, reason: str, limit: int
) -> Iterator[Part]:
    yield Piece(place=place, data=data[:limit], name=name)
    if len(data) > limit:
        reason = (
            f"is larger than {limit // _MEBIBYTE} MiB and was searched only up to "
            "there; raise the limit"
        )
    if reason:
        yield Closed(place=place, reason=reason)
