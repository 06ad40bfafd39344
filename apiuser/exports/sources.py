"""Bytes of a file, or one sentence on why they cannot be had or used."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from apiuser.errors import AccessError, SourceError

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or protected Office file"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"{\\rtf", "an RTF document"),
)
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|table)\b", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b")
_JSON = re.compile(rb"\s*(?:\{\s*(?:\"[^\"]*\"\s*:|\})|\[\s*(?:\{|\[|\]))")
_HEAD = 4096
_ODD_KINDS = (
    (stat.S_ISDIR, "is a folder; name a file in it, or give --tenants and the folder"),
    (stat.S_ISFIFO, "is a pipe; save the export to a file first"),
    (stat.S_ISSOCK, "is a socket; save the export to a file first"),
    (stat.S_ISCHR, "is a device; save the export to a file first"),
    (stat.S_ISBLK, "is a device; save the export to a file first"),
)


def read_bytes(path: Path) -> bytes:
    """Read a regular file whole.

    Raises:
        AccessError: There is no such file, it cannot be read, or it changed
            while it was read.
    """
    try:
        # Asked before opening: opening a pipe would wait for a writer.
        before = path.stat()
        for is_kind, reason in _ODD_KINDS:
            if is_kind(before.st_mode):
                message = f"{path}: {reason}."
                raise AccessError(message)
        with path.open("rb") as file:
            data = file.read()
            after = os.fstat(file.fileno())
    except FileNotFoundError:
        reason = (
            "is a link to a file that is gone"
            if path.is_symlink()
            else "is not there; check the path"
        )
        message = f"{path}: {reason}."
        raise AccessError(message) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"{path}: cannot be read ({reason}). Check the path and the rights."
        raise AccessError(message) from None
    refuse_changed(before, after, len(data), path)
    return data


def refuse_large(
    path: Path, most: int, *, advice: str = "Raise it with --max-size if this is right."
) -> None:
    """Refuse a file above a limit before it is read.

    Raises:
        SourceError: It holds more bytes than `most`.
    """
    try:
        found = path.stat()
    except (OSError, ValueError):
        return  # the reader says why it cannot be had
    if stat.S_ISREG(found.st_mode) and found.st_size > most:
        message = (
            f"{path}: is {found.st_size} bytes large, above the limit of {most}. "
            f"{advice}"
        )
        raise SourceError(message)


@contextmanager
def refuse_without_memory(path: Path) -> Iterator[None]:
    """Turn the end of memory into a sentence.

    Raises:
        SourceError: The memory did not suffice.
    """
    try:
        yield
    except MemoryError:
        message = (
            f"{path}: does not fit into the memory. Export it in parts, "
            "or use a computer with more."
        )
        raise SourceError(message) from None


def refuse_changed(
    before: os.stat_result, after: os.stat_result, size: int, path: Path
) -> None:
    """Refuse a file that was not the same from the first byte read to the last.

    Raises:
        AccessError: Its size or date changed, or more or less was read.
    """
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or (
        size != after.st_size
    ):
        message = f"{path}: changed while it was read. Wait for the export, try again."
        raise AccessError(message)


def refuse_other_kinds(data: bytes, path: Path) -> None:
    """Refuse what is no text table, whatever the name of the file says.

    Raises:
        SourceError: The content is an archive, document, image or the like.
    """
    kind = recognise(data)
    if kind:
        advice = (
            "Name it .xlsx, or export the resources as CSV."
            if kind == "an Excel workbook"
            else "Export the resources as CSV and give that file."
        )
        message = f"{path}: is {kind}, not a delimited text file. {advice}"
        raise SourceError(message)


def recognise(data: bytes) -> str | None:
    """Say what a file is by its beginning, where it is no text table."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return "an Excel workbook" if is_workbook(data) else kind
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    for pattern, kind in (
        (_HTML, "an HTML page"),
        (_XML, "an XML document"),
        (_JSON, "a JSON file"),
    ):
        if pattern.match(head):
            return kind
    return None


def is_workbook(data: bytes) -> bool:
    """Tell whether a file is an Excel workbook, whatever its name says."""
    return data.startswith(_SIGNATURES[0][0]) and b"xl/workbook.xml" in data
