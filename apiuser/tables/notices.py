"""What is worth saying about a file that could be read."""

from pathlib import Path
from typing import Any

from apiuser.tables.encodings import Text
from apiuser.tables.rows import Rows
from apiuser.tables.texts import Texts

_SHOWN_PLACES = 20


def describe_rows(path: Path, decoded: Text, rows: Rows) -> list[str]:
    """Say what is odd about a text and its records."""
    notices = []
    if not len(rows.lines):
        notices.append(f"{path}: has a header but no resources. Check the filter.")
    if rows.blank_lines:
        notices.append(f"{path}: {rows.blank_lines} blank lines were passed over.")
    if decoded.looks_twice_encoded:
        notices.append(
            f"{path}: accents look as if they were encoded twice. "
            "Export again and do not save the file in between."
        )
    return notices + _describe_invisible(path, rows)


def _describe_invisible(path: Path, rows: Rows) -> list[str]:
    """Say where a username holds characters that nobody can see."""
    usernames = rows.columns["username"]
    found = _find_invisible(usernames)
    notices = []
    for at in found[:_SHOWN_PLACES]:
        points = sorted({c for c in usernames[at].as_py() if not c.isprintable()})
        shown = ", ".join(f"U+{ord(c):04X}" for c in points)
        notices.append(
            f"{path}: line {rows.lines[at]}, record {rows.numbers[at]}: the username "
            f"holds characters that cannot be seen ({shown})."
        )
    if len(found) > _SHOWN_PLACES:
        notices.append(
            f"{path}: {len(found) - _SHOWN_PLACES} more usernames hold such characters."
        )
    return notices


def _find_invisible(usernames: Any) -> list[int]:  # noqa: ANN401  # Arrow has no types
    # Only what stands outside of visible ASCII and the blank is worth a look.
    rows = Texts.of(usernames).find_rows_outside(ord(" "), ord("~"))
    return [int(row) for row in rows if not usernames[int(row)].as_py().isprintable()]
