"""Lists of usernames, one per line."""

import re
from pathlib import Path

from apiuser.errors import SourceError
from apiuser.exports.encodings import decode
from apiuser.exports.file_kinds import (
    open_export,
    read_blocks,
    recognise,
)

MAX_NAMES = 256 << 20
"""A file with more bytes is not a list of names."""
_OF_TABLES = {
    ",": "a comma",
    ";": "a semicolon",
    "\t": "a tab",
    "|": "a vertical bar",
    '"': "a quotation mark",
    "  ": "several blanks",
}
"""What may separate or enclose the fields of a table, and is in no name."""
_DUE = "Give a text file with the usernames alone, one per line."
_SIGN = r"[,;|\"]|\t|  "


def read_names(path: str | Path, *, encoding: str | None = None) -> list[str]:
    """Read usernames, one per line; blank lines are left out.

    Raises:
        AccessError: The file cannot be read.
        SourceError: It is not text, not in the encoding, far too large for names, an
            export or another table, or without any names.
    """
    path = Path(path)
    with open_export(path, path) as (file, size):
        if size > MAX_NAMES:
            reason = (
                f"is {size} bytes, above the limit of {MAX_NAMES}. "
                "Check whether it is the list of names."
            )
            raise SourceError(reason, path=path)
        if kind := recognise(file, size, path):
            reason = f"is {kind}, not a list of names. {_DUE}"
            raise SourceError(reason, path=path)
        _, pieces = decode(read_blocks(file, size), path, encoding)
        text = "".join(pieces)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    suspect = any(sign in text for sign in _OF_TABLES)
    for number, line in enumerate(lines if suspect else (), start=1):
        if sign := re.search(_SIGN, line.strip()):
            reason = (
                f"contains {_OF_TABLES[sign[0]]}, so this is an export or another table, "
                f"not a list of names. {_DUE}"
            )
            raise SourceError(reason, path=path, line=number)
    names = [line for line in lines if line.strip()]
    if not names:
        reason = "contains no names. Write one per line, or leave the file out."
        raise SourceError(reason, path=path)
    return names
