"""What is worth saying about a file that could be read."""

from pathlib import Path

import numpy as np

from apiuser.errors import count_noun
from apiuser.exports.encodings import Text, is_twice_encoded
from apiuser.exports.rows import Rows
from apiuser.exports.texts import Texts, sort_distinct

_SHOWN_PLACES = 20
_HEAD = 1 << 20
_DELIMITERS = np.frombuffer(b",;\t|", np.uint8)


def describe_rows(
    path: Path, decoded: Text, rows: Rows, texts: Texts, *, alone: bool
) -> list[str]:
    """Say what is odd about a text and its records.

    Args:
        path: The file.
        decoded: Its text, or the beginning of it.
        rows: The records read.
        texts: Their usernames.
        alone: Whether the column of usernames is the only one.
    """
    notices = []
    if not len(rows.lines):
        notices.append(f"{path}: has a header but no resources. Check the filter.")
    if rows.blank_lines:
        notices.append(
            f"{path}: {count_noun(rows.blank_lines, 'blank line')} passed over."
        )
    # The beginning of the file shows the accents of the other columns.
    if any(map(is_twice_encoded, (decoded.data[:_HEAD], texts.data.tobytes()))):
        notices.append(
            f"{path}: accents look as if they were encoded twice. "
            "Export again and do not save the file in between."
        )
    if alone:
        notices += _describe_delimiters(path, rows, texts)
    return notices + _describe_invisible(path, rows, texts)


def _describe_delimiters(path: Path, rows: Rows, texts: Texts) -> list[str]:
    """Say that usernames hold what separates fields elsewhere."""
    places = np.flatnonzero(np.isin(texts.data, _DELIMITERS))
    found = sort_distinct(np.searchsorted(texts.starts, places, side="right") - 1)
    if not len(found):
        return []
    at = found[0]
    notice = (
        f"{path}: {count_noun(len(found), 'username')} with a comma, semicolon, tab or pipe, the first "
        f"in line {rows.lines[at]}, record {rows.numbers[at]}. Check whether columns are "
        "missing in the header."
    )
    return [notice]


def _describe_invisible(path: Path, rows: Rows, texts: Texts) -> list[str]:
    """Say where a username holds characters that nobody can see."""
    # Only what stands outside of visible ASCII and the blank is worth a look.
    odd = texts.find_rows_outside(ord(" "), ord("~")).tolist()
    found = [row for row in odd if not texts.take(row).isprintable()]
    notices = []
    for at in found[:_SHOWN_PLACES]:
        points = sorted({c for c in texts.take(at) if not c.isprintable()})
        shown = ", ".join(f"U+{ord(c):04X}" for c in points)
        notices.append(
            f"{path}: line {rows.lines[at]}, record {rows.numbers[at]}: the username "
            f"holds characters that cannot be seen ({shown})."
        )
    if len(found) > _SHOWN_PLACES:
        notices.append(
            f"{path}: {count_noun(len(found) - _SHOWN_PLACES, 'more username')} with such characters."
        )
    return notices
