"""Checks of a workbook before it is opened: what it unpacks to, where its cells are.

The reader of workbooks makes every cell between the first and the last, gives each its
own copy of a shared text, accepts any reference, and keeps the later of two cells with
the same reference. So this module refuses what would take too much memory, and cells
that are outside the limits of a workbook, repeated, or out of order.
"""

import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from apiuser.errors import Remedy, SourceError, count_noun, escape_invisible
from apiuser.exports.read_options import ReadOptions
from apiuser.exports.xlsx.workbook_part import OddRows, WorkbookPart

CELL = 32
"""About how many bytes the reader of workbooks takes for a cell."""
_MOST_BLANK = 2_000_000
_BLANKS = 20
"""So many times the cells there are, blank ones take time for nothing."""
_OTHER_KINDS = frozenset({"content.xml", "xl/workbook.bin"})
_XML = (".xml", ".rels")
_CHUNK = 1 << 16
_RAISE = "or raise the limit with {} if this is right."
_DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, OverflowError),
)


def check_workbook(file: BinaryIO, path: Path, options: ReadOptions) -> OddRows:
    """Refuse a workbook that must not be given to the reader.

    Args:
        file: The workbook.
        path: Its path, for messages.
        options: How many bytes its parts and cells may take, and how many characters a
            cell may have.

    Returns:
        The rows of any sheet that are not as their cells say.

    Raises:
        SourceError: It is damaged, of a kind whose cells cannot be checked here, above
            a limit, or has a cell without a place of its own.
    """
    # One object for all parts, since there may be many.
    odd = OddRows()
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if _OTHER_KINDS.intersection(part.filename for part in parts):
                reason = (
                    "is a different kind of workbook from what its name says. Save it "
                    "as .xlsx, or export the resources as CSV."
                )
                raise SourceError(reason, path=path)
            if not parts:
                refuse_damaged(path, "it is empty")
            if sum(part.file_size for part in parts) > options.max_unpacked:
                _refuse_size(path, options.max_unpacked)
            # Cells may be in a part of any name.
            seen = [_check_part(archive, part, path, options, odd) for part in parts]
    except _DAMAGES as error:
        refuse_damaged(path, str(error))
    _check_sizes(seen, path, options.max_unpacked)
    return odd


def refuse_damaged(path: Path, reason: str) -> NoReturn:
    """Refuse a workbook that cannot be read.

    Raises:
        SourceError: Always.
    """
    reason = (
        f"cannot be read as an Excel workbook ({escape_invisible(reason[:200])}). "
        "Save it again, or export the resources as CSV."
    )
    raise SourceError(reason, path=path)


def _check_part(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    path: Path,
    options: ReadOptions,
    odd: OddRows,
) -> WorkbookPart:
    """Read a part to its end, where its checksum must be right."""
    part = WorkbookPart(path, info, options.max_cell, odd)
    is_xml = True
    tail = b""
    with archive.open(info) as file:
        while True:
            data = file.read(_CHUNK)
            if is_xml:
                try:
                    part.feed(data)
                except expat.ExpatError as error:
                    is_xml = False
                    if part.is_sheet or info.filename.lower().endswith(_XML):
                        refuse_damaged(path, f"{info.filename}: {error}")
            # The reader of workbooks may read what is nearly XML.
            if not is_xml and b"sheetData" in tail + data:
                part.refuse("there are cells outside XML")
            if not data:
                return part
            tail = data[-len(b"sheetData") :]


def _check_sizes(parts: Sequence[WorkbookPart], path: Path, most: int) -> None:
    """Refuse a workbook for which the reader would need too much memory.

    Args:
        parts: What was seen in each part.
        path: The workbook, for messages.
        most: The most bytes that it may take.

    Raises:
        SourceError: It takes more.
    """
    for part in parts:
        if part.cells > max(_MOST_BLANK, _BLANKS * part.placed):
            reason = (
                f"has no more than {count_noun(part.placed, 'cell')} up to row "
                f"{part.rows}. Delete the rows and columns that seem empty."
            )
            raise SourceError(reason, path=path)
    taken = [part.size + part.cells * CELL for part in parts]
    if sum(taken) > most:
        _refuse_size(path, most, rows=max(part.rows for part in parts))
    shared = _count_shared(parts)
    # Chart sheets have no part with cells, and one part may have several names.
    sheets = sum(part.is_sheet for part in parts)
    listed = max(part.sheets for part in parts)
    again = max(listed - sheets, 0)
    if sum(taken) + shared + again * (shared + max(taken)) > most:
        reason = (
            f"the cells of {count_noun(max(listed, sheets), 'sheet')} take more than "
            f"{most} bytes once each has its own copy of a shared text."
        )
        advice = f"Shorten the long texts that cells repeat, {_RAISE}"
        remedy = Remedy(option="max_unpacked", advice=advice)
        raise SourceError(reason, path=path, remedies=(remedy,))


def _count_shared(parts: Sequence[WorkbookPart]) -> int:
    """Return how many bytes the shared strings take if each cell has a copy."""
    shared: Counter[int] = Counter()
    for part in parts:
        shared.update(part.shared)
    # The strings may be in a part of any name.
    return max(
        sum(
            cells * part.strings[number]
            for number, cells in shared.items()
            if number < len(part.strings)
        )
        for part in parts
    )


def _refuse_size(path: Path, most: int, *, rows: int = 0) -> NoReturn:
    reach = f" and its cells reach to row {rows}" if rows else ""
    reason = f"unpacks to more than {most} bytes{reach}."
    advice = f"Delete rows and columns that seem empty, {_RAISE}"
    remedy = Remedy(option="max_unpacked", advice=advice)
    raise SourceError(reason, path=path, remedies=(remedy,))
