"""The bytes of a file, or one sentence on why they cannot be read or used."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from apiuser.errors import AccessError, SourceError

JSON_ENDINGS = (".json", ".jsonl", ".ndjson")
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", *JSON_ENDINGS)
"""The endings of the names of exports."""
OTHER_ENDINGS = (
    *(".xls", ".xlsb", ".xlsm", ".ods", ".html", ".htm"),
    *(".xml", ".zip", ".gz", ".7z", ".rar", ".parquet", ".sqlite", ".db", ".numbers"),
)
"""The endings of other files that may hold resources, and are refused."""
WORKBOOK = "an Excel workbook"
_DAMAGED = "a damaged Excel workbook"
_ARCHIVE = "a zip archive"
JSON = "a JSON file"
OLD_WORKBOOK = "an old Excel workbook (.xls) or a protected Office file"
_BINARY_WORKBOOK = "a binary Excel workbook (.xlsb)"
_OPEN_DOCUMENT = "an OpenDocument spreadsheet (.ods)"
_PAGE = "an HTML page"
_SAVE = "Open it in a spreadsheet program and save it as .xlsx"
_ADVICE = {
    WORKBOOK: "Name it .xlsx, or export the resources as CSV.",
    _DAMAGED: "Export the resources again.",
    OLD_WORKBOOK: f"{_SAVE} without a password, or export the resources as CSV.",
    _BINARY_WORKBOOK: f"{_SAVE}, or export the resources as CSV.",
    _OPEN_DOCUMENT: f"{_SAVE}, or export the resources as CSV.",
    _PAGE: f"{_SAVE} if it is a report with the wrong ending, or export the resources "
    "as CSV.",
}
CHANGED = "changed while it was read. Wait for the export, then try again."

_LISTS_CONTENTS = b"PK\x05\x06"  # ends a whole archive
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", _ARCHIVE),
    (_LISTS_CONTENTS, "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_WORKBOOK),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"{\\rtf", "an RTF document"),
)
_ZIPPED = {
    b"xl/workbook.xml": WORKBOOK,
    b"xl/workbook.bin": _BINARY_WORKBOOK,
    b"opendocument.spreadsheet": _OPEN_DOCUMENT,
}
_HTML = rb"(?i)<(?:!doctype\s+html|html|head|body|table)\b"
_XML = rb"<\?xml\b"
_JSON = (
    rb"(?:\{\s*(?:\"[^\"]*\"\s*:|\})|\[\s*(?:\{|\[|\]|\"(?:[^\"\\]|\\.)*\"\s*[,\]]))"
)
_MARK = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|(?:\0\0)?\xfe\xff)")
_CONTROL = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x19\x1b-\x1f\x7f]")
_HEAD = 4096
_ENDS = 1 << 16
_BLOCK = 1 << 16
_ODD_KINDS = (
    (stat.S_ISDIR, "is a folder; name a file in it."),
    (stat.S_ISFIFO, "is a pipe; save the export to a file first."),
    (stat.S_ISSOCK, "is a socket; save the export to a file first."),
    (stat.S_ISCHR, "is a device; save the export to a file first."),
    (stat.S_ISBLK, "is a device; save the export to a file first."),
)


@contextmanager
def open_export(path: Path, name: Path) -> Iterator[tuple[BinaryIO, int]]:
    """Open a regular file to be read whole while the block runs.

    Args:
        path: Where it is.
        name: What messages call it.

    Yields:
        The file and how many bytes it holds.

    Raises:
        AccessError: There is no such file, it cannot be read, or it changed
            while the block ran.
        SourceError: There was not enough memory.
    """
    before = _find_file(path, name)
    try:
        with path.open("rb") as file:
            yield file, before.st_size
            after = os.fstat(file.fileno())
    except OSError as error:
        raise _make_access_error(error, name) from None
    except MemoryError:
        reason = (
            "does not fit into memory. Export it in parts, or use a computer with more."
        )
        raise SourceError(reason, path=name) from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise AccessError(CHANGED, path=name)


def _find_file(path: Path, name: Path) -> os.stat_result:
    """Return what is known about a regular file; opening a pipe could wait forever."""
    try:
        found = path.stat()
    except FileNotFoundError:
        gone = "is a link to a file that is gone."
        reason = gone if path.is_symlink() else "does not exist; check the path."
        raise AccessError(reason, path=name) from None
    except (OSError, ValueError) as error:
        raise _make_access_error(error, name) from None
    for is_kind, reason in _ODD_KINDS:
        if is_kind(found.st_mode):
            raise AccessError(reason, path=name)
    return found


def _make_access_error(error: OSError | ValueError, name: Path) -> AccessError:
    said = getattr(error, "strerror", None) or str(error)
    reason = f"cannot be read ({said}). Check the path and the rights."
    return AccessError(reason, path=name)


def read_blocks(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield this many first bytes of a file in blocks, and no more if it grows."""
    while block := file.read(min(_BLOCK, size)):
        size -= len(block)
        yield block


def recognise(file: BinaryIO, size: int, path: Path) -> str | None:
    """Say what a file is, whatever its name says; None if it may be a text table.

    Args:
        file: The file, at its beginning and again there afterwards.
        size: How many bytes it holds.
        path: Where it is; its ending tells broken JSON and workbooks from other text.
    """
    head = file.read(_ENDS)
    # An archive lists its contents at its end.
    file.seek(max(size - _ENDS, 0))
    ends = head + file.read(_ENDS)
    file.seek(0)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            if kind != _ARCHIVE:
                return kind
            cut = path.suffix.lower() == ".xlsx" and _LISTS_CONTENTS not in ends
            other = _DAMAGED if cut else kind
            return next((k for mark, k in _ZIPPED.items() if mark in ends), other)
    # These kinds are marked in ASCII, which UTF-16 and UTF-32 write with zero bytes.
    head = _MARK.sub(b"", head[:_HEAD]).replace(b"\0", b"").lstrip()
    if head.startswith((b"<", b"{", b"[")):
        for pattern, kind in (
            (_HTML, _PAGE),
            (_XML, "an XML document"),
            (_JSON, JSON),
        ):
            if re.match(pattern, head):
                return kind
    ending = path.suffix.lower()
    if ending == ".xlsx" and not _MARK.match(ends) and _CONTROL.search(ends):
        return _DAMAGED
    return JSON if ending in JSON_ENDINGS else None


def refuse_other_kinds(kind: str | None, path: Path) -> None:
    """Refuse what is not a text table.

    Args:
        kind: What it was recognised as; None if it may be text.
        path: The file, for messages.

    Raises:
        SourceError: The content is an archive, document, image or the like.
    """
    if kind:
        advice = _ADVICE.get(kind, "Export the resources as CSV and give that file.")
        reason = f"is {kind}, not a delimited text file. {advice}"
        raise SourceError(reason, path=path)
