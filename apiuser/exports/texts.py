"""A column of texts as bytes and offsets, for work on all of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Self, TypeVar

import numpy as np
import numpy.typing as npt

from apiuser.exports.arrow import list_chunks

Bytes = npt.NDArray[np.uint8]
Positions = npt.NDArray[np.int64]
Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts in UTF-8, one after the other.

    Attributes:
        data: All bytes.
        starts: Where each text begins in `data`.
        ends: Where each text ends.
    """

    data: Bytes
    starts: Positions
    ends: Positions

    @classmethod
    def of(cls, values: Any) -> Self:  # noqa: ANN401  # Arrow has no types
        """Look into an Arrow array of texts; nothing is copied but the offsets."""
        _, offsets, data = values.buffers()
        size = len(values)
        kind = np.int64 if str(values.type).startswith("large") else np.int32
        if size == 0:
            return cls.none()
        bounds = np.frombuffer(
            offsets, kind, count=size + 1, offset=values.offset * kind().itemsize
        ).astype(np.int64)
        content = np.zeros(0, np.uint8) if data is None else np.frombuffer(data, "u1")
        return cls(content[bounds[0] : bounds[-1]], *_shift(bounds))

    @classmethod
    def none(cls) -> Self:
        """Return a column of no texts."""
        places = np.zeros(0, np.int64)
        return cls(np.zeros(0, np.uint8), places, places)

    def __len__(self) -> int:
        return len(self.starts)

    def take(self, row: int) -> str:
        """Return one text."""
        return self.data[self.starts[row] : self.ends[row]].tobytes().decode()

    def as_list(self) -> list[str]:
        """Return all texts."""
        data = self.data.tobytes()
        bounds = zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        return [data[start:end].decode() for start, end in bounds]

    def select(self, rows: Positions) -> Self:
        """Return some of the texts; where they are few, with their bytes only."""
        starts, ends = self.starts[rows], self.ends[rows]
        if 2 * len(rows) > len(self):
            return type(self)(self.data, starts, ends)
        bounds = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(ends - starts, out=bounds[1:])
        places = np.arange(bounds[-1]) + np.repeat(starts - bounds[:-1], ends - starts)
        return type(self)(self.data[places], bounds[:-1], bounds[1:])

    def find_rows_outside(self, low: int, high: int) -> Positions:
        """Return the rows that hold a byte below `low` or above `high`."""
        if len(self.data) == 0 or (self.data.min() >= low and self.data.max() <= high):
            return np.zeros(0, np.int64)  # far faster than to look for the places
        # Unsigned: what is below the range wraps around and lies above it too.
        places = np.flatnonzero(self.data - np.uint8(low) > np.uint8(high - low))
        if not len(places):
            return places
        rows = np.searchsorted(self.starts, places, side="right") - 1
        # Between two texts there may be bytes that belong to neither.
        return sort_distinct(rows[places < self.ends[rows]])


def sort_distinct(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Return each value once, sorted; `numpy.unique` would load masked arrays."""
    values = np.sort(values)
    return values[np.concatenate(([True], values[1:] != values[:-1]))[: len(values)]]


def take_texts(values: Any, rows: Positions) -> Texts:  # noqa: ANN401
    """Return the texts of some rows of an Arrow column, which ascend."""
    chunks = list_chunks(values)
    begins = [0, *accumulate(map(len, chunks))]
    bounds = np.searchsorted(rows, begins).tolist()
    parts = [
        Texts.of(chunk).select(rows[first:last] - begin)
        for chunk, begin, (first, last) in zip(
            chunks, begins, pairwise(bounds), strict=False
        )
        if first < last
    ]
    return join_texts(parts)


def join_texts(columns: Sequence[Texts]) -> Texts:
    """Return the texts of several columns as one."""
    if not columns:
        return Texts.none()
    if len(columns) == 1:
        return columns[0]
    begins = np.cumsum([0, *(len(texts.data) for texts in columns[:-1])])
    pairs = list(zip(columns, begins.tolist(), strict=True))
    return Texts(
        np.concatenate([texts.data for texts in columns]),
        np.concatenate([texts.starts + begin for texts, begin in pairs]),
        np.concatenate([texts.ends + begin for texts, begin in pairs]),
    )


def _shift(bounds: Positions) -> tuple[Positions, Positions]:
    bounds -= bounds[0]
    return bounds[:-1], bounds[1:]
