"""Rows whose names may equal or resemble another, found by hashing a whole column.

The hash is taken over the look-alike form of the local part. Names that are equal
after folding have equal forms, so one pass finds both. Equal hashes only nominate
rows; `conflicts` compares the names themselves.
"""

import string
from functools import cache

import numpy as np
import numpy.typing as npt

from apiuser.credential import Username
from apiuser.names import fold_lookalike
from apiuser.tables.arrow import make_texts
from apiuser.tables.texts import Bytes, Positions, Texts, sort_distinct

Hashes = npt.NDArray[np.uint64]

_WORD = 8
_WORDS = 8  # bytes behind the 64th do not enter the hash, only the length does
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_WORD_FACTORS = [
    np.uint64(int(_FACTOR) * (2 * at + 1) % (1 << 64)) for at in range(_WORDS)
]
_KEEP = np.array([(1 << 8 * count) - 1 for count in range(_WORD + 1)], np.uint64)
_SHIFT = np.uint64(32)
_CHUNK = 1 << 15
_FILTER_BITS = np.uint64(44)
_AT = ord("@")
_LAST_ASCII = 127
_BLANKS = (*range(9, 14), *range(28, 33))  # what `str.strip` takes from ASCII text


def find_candidates(hashes: Hashes, asked: Hashes) -> list[int]:
    """Return the rows whose look-alike form occurs again or is a proposed one.

    Args:
        hashes: The hashes of all names read.
        asked: The hashes of the names proposed.
    """
    ordered = np.sort(hashes)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    rows: list[int] = find_rows(
        hashes, sort_distinct(np.concatenate((again, asked)))
    ).tolist()
    return rows


def find_rows(hashes: Hashes, needles: Hashes) -> Positions:
    """Return the rows whose hash is among some, which are sorted."""
    if not len(needles):
        return np.zeros(0, np.int64)
    # A small table of leading bits rules most rows out before the exact look.
    likely = np.zeros(1 << (64 - int(_FILTER_BITS)), np.bool_)
    likely[needles >> _FILTER_BITS] = True
    rows = np.flatnonzero(likely[hashes >> _FILTER_BITS])
    found = np.searchsorted(needles, hashes[rows])
    found[found == len(needles)] = 0
    hits: Positions = rows[needles[found] == hashes[rows]]
    return hits


def hash_usernames(texts: Texts) -> Hashes:
    """Hash the look-alike forms of the local parts of a column."""
    if not len(texts):
        return np.zeros(0, np.uint64)
    ends = find_local_ends(texts)
    hashes = hash_texts(*_fold_ascii(texts.data, texts.starts, ends))
    odd = _find_odd_rows(texts, ends)
    if len(odd):
        forms = [
            fold_lookalike(Username.parse(texts.take(row)).local)
            for row in odd.tolist()
        ]
        side = Texts.of(make_texts(forms))
        hashes[odd] = hash_texts(side.data, side.starts, side.ends)
    return hashes


def find_local_ends(texts: Texts) -> Positions:
    """Return where each local part ends: at the first `@`, or with the text."""
    places = np.flatnonzero(texts.data == _AT)
    if not len(places):
        return texts.ends
    first = np.searchsorted(places, texts.starts)
    places = np.append(places, len(texts.data))
    return np.minimum(places[first], texts.ends)


def _find_odd_rows(texts: Texts, ends: Positions) -> Positions:
    """Return the rows that bytes alone cannot fold: not ASCII, or blanks at an end."""
    odd = texts.find_rows_outside(0, _LAST_ASCII)
    filled = np.flatnonzero(ends > texts.starts)
    blank = np.zeros(256, np.bool_)
    blank[list(_BLANKS)] = True
    edges = (
        blank[texts.data[texts.starts[filled]]] | blank[texts.data[ends[filled] - 1]]
    )
    return sort_distinct(np.concatenate((odd, filled[edges])))


@cache
def _ascii_forms() -> tuple[bytes, dict[int, bytes]]:
    """Return the look-alike form of each ASCII byte; longer ones apart."""
    # Between two letters nothing is stripped.
    forms = [fold_lookalike(f"x{chr(byte)}x")[1:-1].encode() for byte in range(128)]
    table = bytes(form[0] if len(form) == 1 else at for at, form in enumerate(forms))
    longer = {at: form for at, form in enumerate(forms) if len(form) > 1}
    # A capital becomes the small letter first, and that one is written out.
    swaps = {ord(c.upper()): ord(c) for c in string.ascii_lowercase}
    low = bytes(
        swaps.get(at, byte) if at in longer else byte for at, byte in enumerate(table)
    )
    return low + bytes(range(128, 256)), {
        at: form for at, form in longer.items() if at not in swaps
    }


def _fold_ascii(
    data: Bytes, starts: Positions, ends: Positions
) -> tuple[Bytes, Positions, Positions]:
    table, longer = _ascii_forms()
    text = data.tobytes().translate(table)
    for byte, form in longer.items():
        if byte not in text:
            continue
        places = np.flatnonzero(np.frombuffer(text, np.uint8) == byte)
        growth = len(form) - 1
        starts = starts + np.searchsorted(places, starts) * growth
        ends = ends + np.searchsorted(places, ends) * growth
        text = text.replace(bytes([byte]), form)
    return np.frombuffer(text, np.uint8), starts, ends


def hash_texts(data: Bytes, starts: Positions, ends: Positions) -> Hashes:
    """Hash texts of a column; equal texts have equal hashes in every column."""
    padded = np.zeros(len(data) + _WORD * (_WORDS + 1), np.uint8)
    padded[: len(data)] = data
    # One 64-bit number from every byte on, without a copy.
    words: Hashes = np.ndarray(
        (len(padded) - _WORD + 1,), "<u8", padded.data, strides=(1,)
    )
    hashes = np.zeros(len(starts), np.uint64)
    for at in range(0, len(starts), _CHUNK):
        some = slice(at, at + _CHUNK)
        hashes[some] = _hash_words(words, starts[some], ends[some] - starts[some])
    return hashes


def _hash_words(words: Hashes, starts: Positions, lengths: Positions) -> Hashes:
    hashes: Hashes = lengths.astype(np.uint64) * _FACTOR
    longest = int(lengths.max(initial=0))
    for number, factor in enumerate(_WORD_FACTORS[: -(-longest // _WORD)]):
        done = number * _WORD
        rest = np.clip(lengths - done, 0, _WORD)
        word = (words[starts + done] & _KEEP[rest]) * _FACTOR
        # An absent word adds nothing: the hash of a name must not depend on how
        # long the longest name of its column is.
        hashes += (word ^ (word >> _SHIFT)) * factor
    return hashes
