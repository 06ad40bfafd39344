"""Between Arrow and numpy by way of their buffers.

Arrow's own conversions load pandas, which takes longer than a small audit.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa


def make_texts(texts: Iterable[str]) -> Any:  # noqa: ANN401  # Arrow has no types
    """Return an Arrow array of texts."""
    parts = [text.encode() for text in texts]
    offsets = np.zeros(len(parts) + 1, np.int64)
    np.cumsum([len(part) for part in parts], out=offsets[1:])
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(b"".join(parts))]
    array = pa.Array.from_buffers(pa.large_string(), len(parts), buffers)
    # Short offsets like those of the fast reader, where they suffice.
    return array.cast(pa.string()) if offsets[-1] < 2**31 else array


def make_rows(rows: npt.NDArray[np.int64]) -> Any:  # noqa: ANN401
    """Return row numbers as an Arrow array, to take rows by."""
    buffers = [None, pa.py_buffer(np.ascontiguousarray(rows, np.int64))]
    return pa.Array.from_buffers(pa.int64(), len(rows), buffers)


def read_indices(values: Any) -> npt.NDArray[np.int32]:  # noqa: ANN401
    """Return the indices of an Arrow dictionary without missing values."""
    indices = values.indices.cast(pa.int32())
    if not len(indices):
        return np.zeros(0, np.int32)
    return np.frombuffer(
        indices.buffers()[1], np.int32, count=len(indices), offset=indices.offset * 4
    )


def read_booleans(values: Any) -> npt.NDArray[np.bool_]:  # noqa: ANN401
    """Return Arrow truth values without missing ones."""
    if not len(values):
        return np.zeros(0, np.bool_)
    bits = np.unpackbits(np.frombuffer(values.buffers()[1], "u1"), bitorder="little")
    return bits[values.offset : values.offset + len(values)].astype(np.bool_)
