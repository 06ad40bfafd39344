"""Workbooks before they are opened: what they unpack to, how far their cells reach.

What an archive says of itself may be a lie, so its parts are unpacked here, some at
a time. The reader of workbooks sets up every cell between the first and the last,
the empty ones too, and the process ends where there is no memory for them.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from apiuser.errors import SourceError, count_noun
from apiuser.exports.references import Part, count_shared

CELL = 32
"""About how many bytes the reader of workbooks takes for a cell."""
_OTHER_KINDS = frozenset({"content.xml", "xl/workbook.bin"})
_CHUNK = 1 << 20
_HEADER = 30


def refuse_bombs(data: bytes, path: Path, most: int) -> None:
    """Refuse a workbook that would take more memory than it may.

    Raises:
        SourceError: Its parts and cells take more bytes than `most`, or it is of a kind
            whose cells are not looked for here.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        return  # the reader of workbooks says what is wrong with it
    if _OTHER_KINDS.intersection(part.filename for part in parts):
        message = (
            f"{path}: holds another kind of workbook than its name says. Save it as "
            ".xlsx, or export the resources as CSV."
        )
        raise SourceError(message)
    size = largest = 0
    seen = []
    for part in parts:
        # A part with cells may bear any name.
        found = Part(path=path, name=part.filename)
        before = size
        for taken in found.take(_unpack(data, part)):
            size += taken
            _refuse_more(size + _count_cells(found), most, found)
        size += _count_cells(found)
        _refuse_more(size, most, found)
        largest = max(largest, size - before)
        seen.append(found)
    shared = count_shared(seen)
    # Chart sheets have no part with cells, and several names may stand for one part.
    sheets = sum(part.has_cells for part in seen)
    listed = max((part.listed for part in seen), default=0)
    more = max(listed - sheets, 0) if sheets else 0
    again = more * (shared + largest)
    if size + shared + again > most:
        message = (
            f"{path}: the cells of {count_noun(max(listed, sheets), 'sheet')} take more than "
            f"{most} bytes once each has the text it shares. Shorten what long cells "
            "repeat, or raise it with --max-unpacked if this is right."
        )
        raise SourceError(message)


def _count_cells(part: Part) -> int:
    return part.rows * part.columns * CELL


def _refuse_more(size: int, most: int, part: Part) -> None:
    if size > most:
        reach = f" and its cells reach to row {part.rows}" if part.rows else ""
        message = (
            f"{part.path}: unpacks to more than {most} bytes{reach}. Delete rows and "
            "columns that seem empty, or raise it with --max-unpacked if this "
            "is right."
        )
        raise SourceError(message)


def _unpack(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the content of a part as far as it can be unpacked."""
    start = part.header_offset + _HEADER
    # The name and further fields stand between the header and the content.
    for at in (start - 4, start - 2):
        start += int.from_bytes(data[at : at + 2], "little")
    packed = data[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        for at in range(0, len(packed), _CHUNK):
            yield packed[at : at + _CHUNK]
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            while packed and not inflater.eof:
                yield inflater.decompress(packed, _CHUNK)
                packed = inflater.unconsumed_tail
        except zlib.error:
            return  # the reader of workbooks says what is wrong with it
