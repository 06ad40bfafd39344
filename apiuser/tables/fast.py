"""The fast reader: it proves how many records there are, or leaves the file alone.

The proof is over the bytes: no NUL, no lone carriage return, no blank line, every
quotation mark opens or closes a field, and so every line end outside of quotation
marks ends a record. Arrow then splits the fields, refuses a record of another
width, and must come to the same number of records.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv

from apiuser.tables.arrow import OFFSETS_END
from apiuser.tables.dialects import Dialect

Bytes = npt.NDArray[np.uint8]
Positions = npt.NDArray[np.int64]

_LF, _CR, _QUOTE = b'\n\r"'
_BLOCK = 4 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the bytes show about their records.

    Attributes:
        records: How many records there are.
        lines: How many lines stand before each; None where each is one line.
        quoted: Whether there are quotation marks.
    """

    records: int
    lines: Positions | None
    quoted: bool


def prove_records(
    data: bytes, *, start: int, delimiter: str, max_cell: int
) -> Proof | None:
    """Count the records from `start` on; None where they need the careful reader."""
    size = len(data) - start
    if size == 0:
        return Proof(records=0, lines=None, quoted=False)
    body = np.frombuffer(data, np.uint8, offset=start)
    ends = _find_byte(body, _LF)
    if not data.endswith(b"\n"):
        ends = np.append(ends, size)
    if data.find(b"\0", start) >= 0 or not _has_plain_line_ends(data, start, ends):
        return None
    quoted = data.find(b'"', start) >= 0
    lines = None
    if quoted:
        quotes = _find_byte(body, _QUOTE)
        if not _are_quotes_paired(body, quotes, ord(delimiter)):
            return None
        outside = np.searchsorted(quotes, ends) % 2 == 0
        if not outside.all():
            last = np.flatnonzero(outside)
            lines = np.concatenate(([0], last[:-1] + 1)).astype(np.int64)
            ends = ends[outside]
    # A record that is shorter than the limit holds no cell above it.
    if np.diff(ends, prepend=-1).max() > max_cell:
        return None
    return Proof(records=len(ends), lines=lines, quoted=quoted)


def split_records(
    data: bytes,
    proof: Proof,
    dialect: Dialect,
    *,
    start: int,
    columns: Mapping[str, int],
) -> pa.Table | None:
    """Split proved records; None where Arrow does not come to the same number.

    Args:
        data: The text in UTF-8.
        proof: What `prove_records` found.
        dialect: Its delimiter and headers; every record has as many fields.
        start: The byte at which the first record begins.
        columns: The columns wanted, with their positions; `username`,
            `resource_id` and `email` come as text, the others as dictionaries.
    """
    if proof.records == 0:
        return None
    names = [f"c{at}" for at in range(len(dialect.headers))]
    text = pa.string() if len(data) <= OFFSETS_END else pa.large_string()
    types = {names[at]: _type_for(role, text) for role, at in columns.items()}
    try:
        table = csv.read_csv(
            pa.BufferReader(pa.py_buffer(data).slice(start)),
            read_options=csv.ReadOptions(column_names=names, block_size=_BLOCK),
            parse_options=csv.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char='"' if proof.quoted else False,
                double_quote=proof.quoted,
                escape_char=False,
                newlines_in_values=proof.lines is not None,
                ignore_empty_lines=True,
            ),
            convert_options=csv.ConvertOptions(
                check_utf8=False,  # all bytes have been checked before
                include_columns=list(types),
                column_types=types,
                strings_can_be_null=False,
                null_values=[],
                auto_dict_encode=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != proof.records:
        return None
    table = table.unify_dictionaries().combine_chunks()
    return table.select([names[at] for at in columns.values()]).rename_columns(
        list(columns)
    )


def _type_for(role: str, text: Any) -> Any:  # noqa: ANN401  # Arrow has no types
    many = role in {"username", "resource_id", "email"}
    return text if many else pa.dictionary(pa.int32(), text)


def _find_byte(body: Bytes, byte: int) -> Positions:
    """Return where a byte stands; block by block, which spares memory."""
    return np.concatenate(
        [
            np.flatnonzero(body[at : at + _BLOCK] == byte) + at
            for at in range(0, len(body), _BLOCK)
        ]
    )


def _has_plain_line_ends(data: bytes, start: int, ends: Positions) -> bool:
    """Tell whether lines end in LF or CRLF only, and none is blank."""
    lengths = np.diff(ends, prepend=-1) - 1
    returns = data.count(b"\r", start)
    if returns:
        filled = ends[lengths > 0] + start
        before = np.frombuffer(data, np.uint8)[filled - 1] == _CR
        if np.count_nonzero(before) != returns or data.endswith(b"\r"):
            return False
        lengths[lengths > 0] -= before
    return bool(lengths.min() > 0)


def _are_quotes_paired(body: Bytes, quotes: Positions, delimiter: int) -> bool:
    """Tell whether every second mark opens a field and the others close it.

    A doubled mark inside a field closes it and opens it again at once.
    """
    if len(quotes) % 2:
        return False
    borders = np.zeros(256, dtype=np.bool_)
    borders[[delimiter, _LF, _CR]] = True
    opening, closing = quotes[::2], quotes[1::2]
    reopened = closing[:-1] + 1 == opening[1:]
    before = borders[body[opening - 1]]
    before[0] |= opening[0] == 0
    before[1:] |= reopened
    # A carriage return is a border in front of a line end only; before a mark it
    # would stand alone, which has been ruled out.
    after = borders[body[np.minimum(closing + 1, len(body) - 1)]]
    after[-1] |= closing[-1] + 1 == len(body)
    after[:-1] |= reopened
    return bool(before.all() and after.all())
