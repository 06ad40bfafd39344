"""The header and the first records of a huge export, read before DuckDB reads it."""

from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from apiuser.exports.delimited.dialects import Dialect, find_dialect
from apiuser.exports.delimited.records import QuoteError, scan_records
from apiuser.exports.engine.database import RejectedError
from apiuser.exports.engine.loaded_records import Words
from apiuser.exports.engine.statements import WORDS
from apiuser.exports.read_options import ReadOptions
from apiuser.exports.rows import Rows

_HEAD = 1 << 16
_MARK = b"\xef\xbb\xbf"
_SAMPLE = 1_000
_FEW = 50


class Beginning(NamedTuple):
    """The beginning of an export.

    Attributes:
        encoding: Its encoding, for people.
        text: Its text, which may end within a record.
        dialect: Its layout.
    """

    encoding: str
    text: str
    dialect: Dialect


def read_beginning(file: BinaryIO, name: Path, options: ReadOptions) -> Beginning:
    """Read the header, and leave the file after it.

    Args:
        file: The file, from its beginning.
        name: What messages call it.
        options: How to read it.

    Raises:
        RejectedError: DuckDB cannot be told to begin there.
        SourceError: There is no header with a username column.
    """
    first = file.read(_HEAD)
    if options.encoding is not None or b"\0" in first:
        raise RejectedError
    body = first.removeprefix(_MARK)
    marked = len(body) < len(first)
    text = body.decode("utf-8", "ignore")
    dialect = find_dialect(text, name, options, ended=False)
    if dialect is None:
        raise RejectedError
    front = text[: dialect.start]
    # DuckDB counts what it skips by line feeds outside quotation marks.
    if (
        not body.startswith(front.encode())
        or "\r" in front.replace("\r\n", "")
        or any(line.count('"') % 2 for line in front.split("\n"))
    ):
        raise RejectedError
    file.seek(marked * len(_MARK) + len(front.encode()))
    return Beginning(f"UTF-8{' with BOM' * marked}", text, dialect)


def sample_words(beginning: Beginning, rows: Rows) -> Words:
    """Return the words that the first records show.

    Args:
        beginning: The beginning of the export.
        rows: The headers, and where each known column is.

    Raises:
        RejectedError: DuckDB saves no time: with blank lines, or hardly any names.
    """
    found: dict[str, dict[str, None]] = {
        role: {} for role in WORDS if role in rows.positions
    }
    dialect = beginning.dialect
    records = scan_records(
        beginning.text, delimiter=dialect.delimiter, start=dialect.start, ended=False
    )
    seen = blank = 0
    try:
        for record in islice(records, _SAMPLE):
            if record.blank:
                raise RejectedError
            if len(record.fields) == rows.width:
                seen += 1
                blank += not record.fields[rows.positions["username"]].strip()
                for role, words in found.items():
                    words[record.fields[rows.positions[role]]] = None
    except QuoteError:
        pass  # DuckDB rejects the file
    if blank > max(seen / 2, _FEW):
        raise RejectedError
    return {role: [*words] or [""] for role, words in found.items()}
