"""The names in use, read from an export as the sheet needs them."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import Path

from apiuser.checklist.desk import NamesFile
from apiuser.errors import ApiuserError


def read_names_file(path: Path, options: Mapping[str, str]) -> NamesFile:
    """Read the names in use from an export; a refusal is part of the answer.

    Args:
        path: The export.
        options: How to read it, as a person typed it, by the names of reading options.
    """
    from apiuser.exports import read_resources  # noqa: PLC0415  # late: shown sooner
    from apiuser.exports.asked_options import (  # noqa: PLC0415
        explain_in_fields,
        list_asks,
        take_options,
    )

    now = dt.datetime.now().astimezone()
    digest, read_at = hash_file(path), f"{now:%Y-%m-%d %H:%M}"
    try:
        table = read_resources(path, take_options(options), name=path.name)
    except ApiuserError as error:
        return NamesFile(
            name=path.name,
            path=str(path),
            refusal=explain_in_fields(error).removeprefix(f"{path.name}: "),
            asks=list_asks(error, options),
            digest=digest,
            read_at=read_at,
        )
    return NamesFile(
        name=path.name,
        path=str(path),
        names=tuple(text for text in table.usernames if text),
        unreadable=len(table.unreadable),
        halves=frozenset(
            status.name.lower() for status in table.summary.statuses if status
        ),
        digest=digest,
        read_at=read_at,
    )


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits; blank if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
