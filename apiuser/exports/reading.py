"""Read an export, whatever kind of file it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from apiuser.errors import Remedy, SourceError
from apiuser.exports.assembly import build_table
from apiuser.exports.delimited.delimited_text import read_text
from apiuser.exports.encodings import decode
from apiuser.exports.file_kinds import (
    JSON,
    WORKBOOK,
    open_export,
    read_blocks,
    recognise,
    refuse_other_kinds,
)
from apiuser.exports.read_options import DEFAULT_OPTIONS, RAISE, ReadOptions
from apiuser.exports.resources import ResourceTable

_SLOW = (
    "exports of this size are read in less time if DuckDB is installed, as the "
    "extra large does."
)
_BROKEN = (
    "DuckDB, with which exports of this size are read in less time, is installed but "
    "cannot be used ({}). Install it again, or do without it."
)


def read_resources(
    path: str | Path,
    options: ReadOptions = DEFAULT_OPTIONS,
    *,
    name: str | Path | None = None,
    narrow_from: int | None = None,
) -> ResourceTable:
    """Read an export of resources; every record is read or listed as unreadable.

    Args:
        path: The file: delimited text, JSON, or an Excel workbook named .xlsx.
        options: How to read it, and the limits.
        name: What messages and the table call it, if its path means nothing to the
            person who gave it.
        narrow_from: From how many bytes on the table of a .csv file keeps only the rows
            that can matter to an audit, once `select_candidates` has seen all exports;
            from `HUGE` bytes on that is much faster. None keeps all rows.

    Raises:
        AccessError: The file cannot be read.
        SourceError: It cannot be understood as a table of resources.
    """
    path = Path(path)
    called = path if name is None else Path(name)
    with open_export(path, called) as (file, size):
        if size > options.max_size:
            reason = f"is {size} bytes, above the limit of {options.max_size}."
            remedy = Remedy(option="max_size", advice=RAISE)
            raise SourceError(reason, path=called, remedies=(remedy,))
        kind = recognise(file, size, path)
        if kind == WORKBOOK and path.suffix.lower() == ".xlsx":
            # Late: most exports are text.
            from apiuser.exports.xlsx.workbooks import read_workbook  # noqa: PLC0415

            return read_workbook(file, called, options)
        if kind == JSON:
            # Late: most exports are delimited text.
            from apiuser.exports.jsontext.json_exports import read_json  # noqa: PLC0415

            def read_pieces() -> tuple[str, Iterator[str]]:
                file.seek(0)
                return decode(read_blocks(file, size), called, options.encoding)

            return read_json(read_pieces, called, options)
        refuse_other_kinds(kind, called)
        slow = ""
        if narrow_from is not None and size >= narrow_from:
            from importlib.util import find_spec  # noqa: PLC0415  # late, as above

            if find_spec("duckdb") is None:
                slow = f"{called}: {_SLOW}"
            else:
                table, fault = _try_engine(file, path, called, options)
                if table is not None:
                    return table
                slow = f"{called}: {fault}" * bool(fault)
                file.seek(0)
        encoding, pieces = decode(read_blocks(file, size), called, options.encoding)
        rows, delimiter, twice_encoded = read_text(pieces, called, options)
        rows.notices += [slow] * bool(slow)
        return build_table(
            rows, encoding=encoding, delimiter=delimiter, twice_encoded=twice_encoded
        )


def _try_engine(
    file: BinaryIO, path: Path, called: Path, options: ReadOptions
) -> tuple[ResourceTable | None, str]:
    """Read an export with DuckDB; without a table, say why if it cannot be used."""
    # Late: few exports are huge.
    from apiuser.exports.engine.database import BrokenEngineError  # noqa: PLC0415
    from apiuser.exports.engine.loading import read_large  # noqa: PLC0415

    try:
        return read_large(file, path, called, options), ""
    except BrokenEngineError as error:
        return None, _BROKEN.format(error)
