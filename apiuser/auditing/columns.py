"""Constraints over a whole column: the same judgement as for one text.

Per row, a constraint needs only how many characters of each set there are: one
look-up over the bytes of the column and one reduction over its offsets. Rows with
a byte above 127, and very long ones, are judged one by one.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from apiuser.exports.texts import Bytes, Positions, Texts, sort_distinct
from apiuser.rules.constraints import Constraint, Tally

Booleans = npt.NDArray[np.bool_]

_LANES = 8
_LANE_LIMIT = 255
_CHUNK = 1 << 18
_LAST_ASCII = 127


def judge_column(constraints: Sequence[Constraint], texts: Texts) -> list[Booleans]:
    """Return, for each constraint, which texts keep to it."""
    tallies = list(dict.fromkeys(t for c in constraints for t in c.tallies))
    counts = dict(zip(tallies, _count(tallies, texts), strict=True))
    alone = _find_rows_judged_alone(texts)
    singles = [texts.take(row) for row in alone.tolist()]
    results = []
    for constraint in constraints:
        held = np.asarray(constraint.judge([counts[t] for t in constraint.tallies]))
        held = np.broadcast_to(held, len(texts)).astype(np.bool_)
        held[alone] = [constraint.holds(text) for text in singles]
        results.append(held)
    return results


def _find_rows_judged_alone(texts: Texts) -> Positions:
    long = np.flatnonzero(texts.ends - texts.starts > _LANE_LIMIT)
    odd = texts.find_rows_outside(0, _LAST_ASCII)
    return sort_distinct(np.concatenate((odd, long)))


def _count(tallies: Sequence[Tally], texts: Texts) -> list[Positions]:
    """Count for each tally; eight sets share the bytes of one 64-bit number."""
    spans: dict[tuple[int, int], list[Tally]] = {}
    for tally in tallies:
        spans.setdefault((tally.first, tally.last), []).append(tally)
    found: dict[Tally, Positions] = {}
    for span, members in spans.items():
        starts, ends = _cut(texts, *span)
        for at in range(0, len(members), _LANES):
            lanes = members[at : at + _LANES]
            sums = _sum(_make_table(lanes), texts.data, starts, ends)
            for lane, tally in enumerate(lanes):
                found[tally] = (sums >> np.uint64(8 * lane) & np.uint64(255)).astype(
                    np.int64
                )
    return [found[tally] for tally in tallies]


def _make_table(tallies: Sequence[Tally]) -> npt.NDArray[np.uint64]:
    table = np.zeros(256, np.uint64)
    for lane, tally in enumerate(tallies):
        members = [byte for byte in range(128) if chr(byte) in tally.characters]
        table[members] += np.uint64(1 << 8 * lane)
    return table


def _cut(texts: Texts, first: int, last: int) -> tuple[Positions, Positions]:
    """Return the bounds of the characters between two positions, as `Tally` has them.

    Right for texts of ASCII characters; the others are judged alone.
    """
    starts, ends = texts.starts, texts.ends
    begin = starts + first - 1 if first > 0 else ends + first
    stop = starts + last if last > 0 else ends + last + 1
    begin = np.clip(begin, starts, ends)
    return begin, np.maximum(np.clip(stop, starts, ends), begin)


def _sum(
    table: npt.NDArray[np.uint64], data: Bytes, starts: Positions, ends: Positions
) -> npt.NDArray[np.uint64]:
    """Sum the table's numbers over the bytes of each row, some rows at a time."""
    sums = np.zeros(len(starts), np.uint64)
    for at in range(0, len(starts), _CHUNK):
        begin, stop = starts[at : at + _CHUNK], ends[at : at + _CHUNK]
        low, high = int(begin.min()), int(stop.max())
        # Differences of a running sum are exact: unsigned numbers wrap around.
        running = np.zeros(high - low + 1, np.uint64)
        np.cumsum(table[data[low:high]], out=running[1:])
        sums[at : at + _CHUNK] = running[stop - low] - running[begin - low]
    return sums
