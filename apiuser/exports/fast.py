"""The fast reader: Arrow splits the fields of records whose number is proved.

Arrow refuses records of another width. Where it does, the fields are counted, the
misfits listed and left out, and Arrow is asked again; it must come to the number
of records that is left. Anything else is for the careful reader.
"""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv

from apiuser.exports.arrow import OFFSETS_END, find_pool
from apiuser.exports.dialects import Dialect
from apiuser.exports.proving import (
    Proof,
    count_fields,
    count_plain_lines,
    prove_records,
)
from apiuser.exports.resources import Unreadable
from apiuser.exports.rows import Rows, describe_width, is_word

_BLOCK = 8 << 20


def read_fast(  # noqa: PLR0913  # options, by keyword only
    data: bytes,
    dialect: Dialect,
    columns: Mapping[str, int],
    *,
    start: int,
    max_cell: int,
    alone: bool = True,
    large: bool = False,
) -> Rows | None:
    """Read the records from a byte on; None where they need the careful reader.

    Args:
        data: The text in UTF-8.
        dialect: Its delimiter and headers; every record has as many fields.
        columns: The positions of the columns wanted.
        start: The byte at which the first record begins.
        max_cell: The most characters in one cell.
        alone: Whether this is the only part read at the time, so that Arrow may take
            all processors.
        large: Whether a column may take more bytes than 32 bits can count.
    """
    layout = _Layout(dialect=dialect, columns=columns, alone=alone, large=large)
    records = count_plain_lines(data, start=start, max_cell=max_cell)
    if records:
        body = pa.py_buffer(data).slice(start)
        plain = _split(body, layout, records=records, quoted=False, long=False)
        if plain is not None:
            return Rows(
                columns=_take_columns(plain, columns),
                lines=np.arange(records) + dialect.line,
                numbers=np.arange(1, records + 1),
                line_ends=records,
            )
    proof = prove_records(
        data, start=start, delimiter=dialect.delimiter, max_cell=max_cell
    )
    if not proof:
        return None
    table = _split_proved(pa.py_buffer(data).slice(start), proof, layout)
    fits = np.ones(len(proof), np.bool_)
    unreadable: list[Unreadable] = []
    if table is None:
        counted = count_fields(data, proof, start=start, delimiter=dialect.delimiter)
        fits = counted == len(dialect.headers)
        if fits.all() or not fits.any():
            return None
        unreadable = [
            Unreadable(
                line=int(proof.lines[at]) + dialect.line,
                record=at + 1,
                reason=describe_width(int(counted[at]), len(dialect.headers)),
            )
            for at in np.flatnonzero(~fits).tolist()
        ]
        table = _split_proved(*_drop(data, proof, fits, start=start), layout)
        if table is None:
            return None
    return Rows(
        columns=_take_columns(table, columns),
        lines=proof.lines[fits] + dialect.line,
        numbers=np.flatnonzero(fits) + 1,
        unreadable=unreadable,
        blank_lines=proof.blank_lines,
        line_ends=proof.line_ends,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    dialect: Dialect
    columns: Mapping[str, int]
    alone: bool
    large: bool


def _split_proved(buffer: pa.Buffer, proof: Proof, layout: _Layout) -> pa.Table | None:
    return _split(
        buffer,
        layout,
        records=len(proof),
        quoted=len(proof.quotes) > 0,
        long=proof.quoted_lines,
    )


def _split(
    buffer: pa.Buffer, layout: _Layout, *, records: int, quoted: bool, long: bool
) -> pa.Table | None:
    """Split records; None where Arrow does not come to the same number of them.

    Args:
        buffer: Nothing but the records, and blank lines.
        layout: What to read of them.
        records: How many there are.
        quoted: Whether there are quotation marks.
        long: Whether a record may be longer than one line.
    """
    names = [f"c{at}" for at in range(len(layout.dialect.headers))]
    large = layout.large or buffer.size > OFFSETS_END
    text = pa.large_string() if large else pa.string()
    # Words that many rows share come as dictionaries.
    types = {
        names[at]: pa.dictionary(pa.int32(), text) if is_word(role) else text
        for role, at in layout.columns.items()
    }
    if buffer[:3].to_pybytes() == codecs.BOM_UTF8:
        # Arrow would take it for the mark of a file and drop it; blank lines it skips.
        buffer = pa.py_buffer(b"\n" + buffer.to_pybytes())
    try:
        table = csv.read_csv(
            pa.BufferReader(buffer),
            read_options=csv.ReadOptions(
                column_names=names, block_size=_BLOCK, use_threads=layout.alone
            ),
            parse_options=csv.ParseOptions(
                delimiter=layout.dialect.delimiter,
                quote_char='"' if quoted else False,
                double_quote=quoted,
                escape_char=False,
                newlines_in_values=long,
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
            memory_pool=find_pool(),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != records:
        return None
    return table.unify_dictionaries().combine_chunks(memory_pool=find_pool())


def _drop(
    data: bytes, proof: Proof, fits: npt.NDArray[np.bool_], *, start: int
) -> tuple[pa.Buffer, Proof]:
    """Return the records that fit, without the others between them."""
    view = memoryview(data)[start:]
    parts = []
    at = 0
    for record in np.flatnonzero(~fits).tolist():
        parts.append(view[at : proof.begins[record]])
        at = int(proof.ends[record]) + 1
    parts.append(view[at:])
    kept = replace(
        proof, begins=proof.begins[fits], ends=proof.ends[fits], lines=proof.lines[fits]
    )
    return pa.py_buffer(b"".join(parts)), kept


def _take_columns(table: pa.Table, columns: Mapping[str, int]) -> dict[str, Any]:
    return {role: _join_chunks(table[f"c{at}"]) for role, at in columns.items()}


def _join_chunks(values: Any) -> Any:  # noqa: ANN401  # Arrow has no types
    return values.chunk(0) if values.num_chunks == 1 else values.combine_chunks()
