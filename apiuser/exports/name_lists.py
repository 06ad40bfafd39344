"""Lists of usernames, one a line."""

from pathlib import Path

from apiuser.errors import SourceError
from apiuser.exports.encodings import decode
from apiuser.exports.file_kinds import (
    open_export,
    read_blocks,
    recognise,
    refuse_other_kinds,
)

MAX_NAMES = 256 << 20
"""Bytes above which a file is no list of names."""


def read_names(path: str | Path, *, encoding: str | None = None) -> list[str]:
    """Read usernames, one a line; blank lines are left out.

    Raises:
        AccessError: The file cannot be read.
        SourceError: It is no text, not in the encoding, or far too large for names.
    """
    path = Path(path)
    with open_export(path, path) as (file, size):
        if size > MAX_NAMES:
            reason = (
                f"is {size} bytes large, above the limit of {MAX_NAMES}. "
                "Check whether it is the list of names."
            )
            raise SourceError(reason, path=path)
        refuse_other_kinds(recognise(file, size, path), path)
        _, pieces = decode(read_blocks(file, size), path, encoding)
        text = "".join(pieces)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line for line in lines if line.strip()]
