"""Rows whose names may equal or resemble another, found by hashing a whole column.

The hash is taken over the look-alike form of the local part: the sum of a random
number for every two neighbours in it. What two neighbours of the text itself give,
longer forms of characters included, stands in a table, so a column is hashed without
writing its forms down. Names that are equal after folding have equal forms, so one
pass finds both. Equal hashes only nominate rows; `conflicts` compares the names.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from apiuser.credentials.credential import Username
from apiuser.credentials.matching import fold_compatibility, fold_lookalike
from apiuser.exports.arrow import make_texts
from apiuser.exports.texts import Bytes, Number, Positions, Texts, sort_distinct
from apiuser.exports.threads import work_together

Hashes = npt.NDArray[np.uint64]

_CHUNK = 1 << 14
_FEW_CHUNKS = 8
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIXES = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
_ROUND_BITS = 21
_FILTER_BITS = np.uint64(44)
_AT = ord("@")
_ODD_SIGNS = ("\uff20", "\ufe6b")  # compatibility forms of the @
_LAST_ASCII = 127
_BLANK_STARTS = (0xC2, 0xE1, 0xE2, 0xE3, 0xEF)  # how blanks beyond ASCII begin
_BLANKS = (*range(9, 14), *range(28, 33))  # what `str.strip` takes from ASCII text


def find_candidates(hashes: Hashes, asked: Hashes) -> Positions:
    """Return the rows whose look-alike form occurs again or is a proposed one.

    Args:
        hashes: The hashes of all names read.
        asked: The hashes of the names proposed.
    """
    ordered = np.sort(_keep_shared(hashes))
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    return find_rows(hashes, sort_distinct(np.concatenate((again, asked))))


def _keep_shared(hashes: Hashes) -> Hashes:
    """Leave out most hashes that occur once; few are left to be sorted."""
    # Some leading bits after others: tables that count more would not fit the cache.
    leading = max(0, len(hashes).bit_length() - _ROUND_BITS)
    groups = (
        [hashes[hashes >> np.uint64(64 - leading) == n] for n in range(1 << leading)]
        if leading
        else [hashes]
    )
    return np.concatenate([_keep_crowded(group, leading) for group in groups])


def _keep_crowded(hashes: Hashes, first: int) -> Hashes:
    for shift in range(first, 64, _ROUND_BITS):
        hashes = hashes[_share_bits(hashes, shift)]
    return hashes


def _share_bits(hashes: Hashes, shift: int) -> npt.NDArray[np.bool_]:
    """Tell which hashes share some of their bits with another."""
    bits = min(len(hashes).bit_length(), 64 - shift)
    places = (hashes << np.uint64(shift) >> np.uint64(64 - bits)).astype(np.int64)
    crowded = np.bincount(places, minlength=1 << bits) > 1
    shared: npt.NDArray[np.bool_] = _look_up(crowded, places)
    return shared


def find_rows(hashes: Hashes, needles: Hashes) -> Positions:
    """Return the rows whose hash is among some, which are sorted."""
    if not len(needles):
        return np.zeros(0, np.int64)
    # A small table of leading bits rules most rows out before the exact look.
    likely = np.zeros(1 << (64 - int(_FILTER_BITS)), np.bool_)
    likely[needles >> _FILTER_BITS] = True
    rows = np.flatnonzero(_look_up(likely, hashes >> _FILTER_BITS))
    found = np.searchsorted(needles, hashes[rows])
    found[found == len(needles)] = 0
    hits: Positions = rows[needles[found] == hashes[rows]]
    return hits


def hash_usernames(texts: Texts) -> Hashes:
    """Hash the look-alike forms of the local parts of a column."""
    if not len(texts):
        return np.zeros(0, np.uint64)
    ends = find_local_ends(texts)
    hashes = _sum_pairs(texts.data, texts.starts, ends, _pair_forms())
    odd = _find_odd_rows(texts, ends)
    if len(odd):
        forms = [
            fold_lookalike(Username.parse(texts.take(row)).local)
            for row in odd.tolist()
        ]
        side = Texts.of(make_texts(forms))
        hashes[odd] = hash_texts(side.data, side.starts, side.ends)
    return hashes


def hash_texts(data: Bytes, starts: Positions, ends: Positions) -> Hashes:
    """Hash texts as they are; equal texts have equal hashes in every column."""
    return _sum_pairs(data, starts, ends, _pair_bytes())


def find_local_ends(texts: Texts) -> Positions:
    """Return where each local part ends: at the first `@`, or with the text."""
    places = np.flatnonzero(texts.data == _AT)
    if not len(places):
        return texts.ends
    first = np.searchsorted(places, texts.starts)
    places = np.append(places, len(texts.data))
    return np.minimum(places[first], texts.ends)


def find_nameless(texts: Texts) -> list[int]:
    """Return the rows whose local part is blank, which no comparison takes in."""
    if not len(texts.data):
        return list(range(len(texts)))
    ends = find_local_ends(texts)
    suspect = np.zeros(256, np.bool_)
    suspect[[*range(ord("!")), *_BLANK_STARTS]] = True
    likely = (ends <= texts.starts) | _look_up(
        suspect, _look_up(texts.data, texts.starts)
    )
    return [
        row
        for row in np.flatnonzero(likely).tolist()
        if not fold_compatibility(Username.parse(texts.take(row)).local)
    ]


def count_odd_signs(texts: Texts) -> int:
    """Count the signs that may stand for an `@`, at which no name is split."""
    if not len(texts.data) or texts.data.max() <= _LAST_ASCII:
        return 0
    data = texts.data.tobytes()
    return sum(data.count(sign.encode()) for sign in _ODD_SIGNS)


def _find_odd_rows(texts: Texts, ends: Positions) -> Positions:
    """Return the rows that bytes alone cannot fold: not ASCII, or blanks at an end."""
    odd = texts.find_rows_outside(0, _LAST_ASCII)
    if not len(texts.data):
        return odd
    blank = np.zeros(256, np.bool_)
    blank[list(_BLANKS)] = True
    # An empty text has no ends; what is looked up for it does not count.
    edges = _look_up(blank, _look_up(texts.data, texts.starts))
    edges |= _look_up(blank, _look_up(texts.data, ends - 1))
    edges &= ends > texts.starts
    return sort_distinct(np.concatenate((odd, np.flatnonzero(edges))))


@dataclass(frozen=True, slots=True)
class _Pairs:
    """What neighbours add to a hash.

    Attributes:
        firsts: For the first byte of a text.
        pairs: For two bytes, at the number that both make (little endian).
        lasts: For the last byte.
    """

    firsts: Hashes
    pairs: Hashes
    lasts: Hashes


@cache
def _pair_bytes() -> _Pairs:
    """Return numbers without a pattern, the same in every run, for bytes as they are."""
    # SplitMix64; numpy's own generators take longer to import than a small audit.
    numbers = np.arange(1, (1 << 16) + 513, dtype=np.uint64) * _STEP
    for shift, factor in _MIXES:
        numbers = (numbers ^ numbers >> shift) * factor
    numbers ^= numbers >> np.uint64(31)
    return _Pairs(numbers[:256], numbers[512:], numbers[256:512])


@cache
def _pair_forms() -> _Pairs:
    """Return what the forms of ASCII bytes add; other bytes stand for themselves."""
    own = _pair_bytes()
    forms = [bytes([byte]) for byte in range(256)]
    # Between two letters nothing is stripped.
    forms[:128] = [fold_lookalike(f"x{chr(b)}x")[1:-1].encode() for b in range(128)]
    first = np.array([form[0] for form in forms])
    last = np.array([form[-1] for form in forms])
    within = np.array(
        [
            sum((int(own.pairs[a | b << 8]) for a, b in pairwise(form)), start=0)
            % (1 << 64)
            for form in forms
        ],
        np.uint64,
    )
    left, right = np.arange(1 << 16) & 255, np.arange(1 << 16) >> 8
    # A byte's own pairs are added with the one behind it, or with the end.
    pairs = own.pairs[last[left] | first[right] << 8] + within[left]
    return _Pairs(own.firsts[first], pairs, own.lasts[last] + within)


def _sum_pairs(data: Bytes, starts: Positions, ends: Positions, by: _Pairs) -> Hashes:
    """Sum over each text, some rows at a time; an empty one has the hash 0."""
    hashes = np.zeros(len(starts), np.uint64)
    chunks = iter(range(0, len(starts), _CHUNK))

    def work() -> None:
        for at in chunks:
            some = slice(at, at + _CHUNK)
            _sum_chunk(data, starts[some], ends[some], by, hashes[some])

    if len(starts) < _FEW_CHUNKS * _CHUNK:
        work()
    else:
        work_together(work)
    return hashes


def _sum_chunk(
    data: Bytes, starts: Positions, ends: Positions, by: _Pairs, hashes: Hashes
) -> None:
    low, high = int(starts.min()), int(ends.max())
    filled: Any = ends > starts
    if filled.all():
        filled = slice(None)  # which copies nothing
    first, last = starts[filled] - low, ends[filled] - (low + 1)
    if not len(first):
        return
    some = data[low:high]
    # Differences of a running sum are exact: unsigned numbers wrap around.
    running = np.zeros(high - low, np.uint64)
    if high - low > 1:
        places = np.ndarray((high - low - 1,), "<u2", some, strides=(1,))
        np.cumsum(_look_up(by.pairs, places), out=running[1:])
    sums = _look_up(running, last)
    sums -= _look_up(running, first)
    sums += _look_up(by.firsts, _look_up(some, first))
    sums += _look_up(by.lasts, _look_up(some, last))
    hashes[filled] = sums


def _look_up(
    table: npt.NDArray[Number], places: npt.NDArray[Any]
) -> npt.NDArray[Number]:
    """Return what stands at places; faster than an index, and clips what is outside."""
    return table.take(places, mode="clip")
