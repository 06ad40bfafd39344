"""Lists of usernames, one a line."""

from pathlib import Path

from apiuser.exports.encodings import decode
from apiuser.exports.sources import read_bytes, refuse_large, refuse_other_kinds

MAX_NAMES = 256 << 20
"""Bytes above which a file is no list of names."""


def read_names(path: str | Path, *, encoding: str | None = None) -> list[str]:
    """Read usernames, one a line; blank lines are left out.

    Raises:
        AccessError: The file cannot be read.
        SourceError: It is no text, not in the encoding, or far too large for names.
    """
    path = Path(path)
    refuse_large(path, MAX_NAMES, advice="Check whether it is the list of names.")
    data = read_bytes(path)
    refuse_other_kinds(data, path)
    text = decode(data, path, encoding=encoding).data.decode()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line for line in lines if line.strip()]
