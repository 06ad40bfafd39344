"""How many records a text has, proved over its bytes.

The proof holds where there is no NUL and no lone carriage return and every
quotation mark opens or closes a field: then every line end outside of quotation
marks ends a record, or a line with nothing in it.
"""

from dataclasses import dataclass

import numpy as np

from apiuser.exports.texts import Bytes, Positions

_LF, _CR, _QUOTE = b'\n\r"'
_BLOCK = 4 << 20
_LEAST_WINDOW = 1 << 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the bytes show about their records.

    Attributes:
        begins: Where each record begins, counted from the first.
        ends: Where its line feed stands, or the end of the text.
        lines: How many lines stand before it.
        blank_lines: How many lines hold nothing and are no records.
        quotes: Where the quotation marks stand.
        quoted_lines: Whether a record is longer than one line.
        line_ends: How many lines end in the text.
    """

    begins: Positions
    ends: Positions
    lines: Positions
    blank_lines: int
    quotes: Positions
    quoted_lines: bool
    line_ends: int

    def __len__(self) -> int:
        return len(self.ends)


def count_plain_lines(data: bytes, *, start: int, max_cell: int) -> int | None:
    """Count the lines of a text whose records are one line each.

    A blank line is counted too, so a reader that passes it over comes to fewer.

    Returns:
        The number, or None where only `prove_records` can tell.
    """
    if data.find(b"\0", start) >= 0 or data.find(b'"', start) >= 0:
        return None
    # Where each window holds a line end, no line is longer than two of them.
    window = max_cell // 2
    if window < _LEAST_WINDOW or any(
        data.find(b"\n", at, at + window) < 0
        for at in range(start, len(data) - window, window)
    ):
        return None
    body = np.frombuffer(data, np.uint8, offset=start)
    feeds = body == _LF
    if data.find(b"\r", start) >= 0:
        returns = body == _CR
        if data.endswith(b"\r") or not feeds[1:][returns[:-1]].all():
            return None
    begun = len(body) > 0 and not data.endswith(b"\n")
    return int(np.count_nonzero(feeds)) + begun


def prove_records(
    data: bytes, *, start: int, delimiter: str, max_cell: int
) -> Proof | None:
    """Find the records from `start` on; None where they need the careful reader."""
    size = len(data) - start
    body = np.frombuffer(data, np.uint8, offset=start) if size else np.zeros(0, "u1")
    ends = find_byte(body, _LF)
    if size and not data.endswith(b"\n"):
        ends = np.append(ends, size)
    if data.find(b"\0", start) >= 0 or not _are_returns_paired(data, body, start, ends):
        return None
    line_ends = len(ends)
    quotes = np.zeros(0, np.int64)
    lines = np.arange(len(ends))
    quoted_lines = False
    if data.find(b'"', start) >= 0:
        quotes = find_byte(body, _QUOTE)
        if not _are_quotes_paired(body, quotes, ord(delimiter)):
            return None
        outside = np.searchsorted(quotes, ends) % 2 == 0
        if not outside.all():
            last = np.flatnonzero(outside)
            lines = np.concatenate(([0], last[:-1] + 1))
            quoted_lines = True
            ends = ends[outside]
    begins = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    lengths = ends - begins
    # A record that is shorter than the limit holds no cell above it.
    if lengths.max(initial=0) > max_cell:
        return None
    filled = lengths > 1
    short = np.flatnonzero(lengths == 1)
    filled[short] = body[begins[short]] != _CR
    blank_lines = len(filled) - int(np.count_nonzero(filled))
    if blank_lines:
        begins, ends, lines = begins[filled], ends[filled], lines[filled]
    return Proof(
        begins=begins,
        ends=ends,
        lines=lines,
        blank_lines=blank_lines,
        quotes=quotes,
        quoted_lines=quoted_lines,
        line_ends=line_ends,
    )


def count_fields(data: bytes, proof: Proof, *, start: int, delimiter: str) -> Positions:
    """Return how many fields each record has."""
    body = np.frombuffer(data, np.uint8, offset=start)
    borders = find_byte(body, ord(delimiter))
    if len(proof.quotes):
        borders = borders[np.searchsorted(proof.quotes, borders) % 2 == 0]
    within = np.searchsorted(borders, proof.ends) - np.searchsorted(
        borders, proof.begins
    )
    return within + 1


def find_byte(body: Bytes, byte: int) -> Positions:
    """Return where a byte stands; block by block, which spares memory."""
    return np.concatenate(
        [
            np.flatnonzero(body[at : at + _BLOCK] == byte) + at
            for at in range(0, len(body) or 1, _BLOCK)
        ]
    )


def _are_returns_paired(data: bytes, body: Bytes, start: int, ends: Positions) -> bool:
    """Tell whether every carriage return stands before a line feed."""
    if data.find(b"\r", start) < 0:  # much faster than to count them
        return True
    returns = data.count(b"\r", start)
    behind = ends[ends > 0] - 1
    paired = np.count_nonzero(body[behind] == _CR)
    return paired == returns and not data.endswith(b"\r")


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
    # A carriage return is a border in front of a line feed only; before a mark it
    # would stand alone, which has been ruled out.
    after = borders[body[np.minimum(closing + 1, len(body) - 1)]]
    after[-1] |= closing[-1] + 1 == len(body)
    after[:-1] |= reopened
    return bool(before.all() and after.all())
