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

_ZIP_END = b"PK\x05\x06"
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
    if data.startswith((b"PK\x03\x04", _ZIP_END)):
        yield from _open_zip(piece, limit)
    elif data[257:262] == b"ustar":
        yield from _open_tar(piece, limit)
    elif is_stream(data):
        name, unpacked, reason = unpack(data, limit=limit)
        place = join(piece.place, f"unpacked {name}")
        yield from _give(place, PurePath(piece.name).stem, unpacked, reason, limit)
    elif _ZIP_END in data and _is_zip(data):
        yield from _open_zip(piece, limit)


def _is_zip(data: bytes) -> bool:
    """Tell whether a zip ends the bytes, as in programs that unpack themselves.

    Programs that read zips hold its marks, too, so its directory has to be there.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return bool(archive.infolist())
    except NotImplementedError:  # a newer kind of zip, which is listed when opened
        return True
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _open_zip(piece: Piece, limit: int) -> Iterator[Part]:
    try:
        with zipfile.ZipFile(io.BytesIO(piece.data)) as archive:
            members = archive.infolist()
            start = min((member.header_offset for member in members), default=0)
            if start > 0:
                place = join(piece.place, "before the zip")
                yield Piece(place=place, data=piece.data[:start])
            for member in members:
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
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
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
