"""Write a file whole or not at all."""

import contextlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from apiuser.errors import AccessError


def write_whole(path: Path, parts: Iterable[str]) -> None:
    """Write a text beside its place, flush it to disk and then put it there.

    Whatever happens on the way, the place holds the old file or the new one.

    Raises:
        AccessError: The folder is missing, not writable or full.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        # Like any new file, it gets the rights that the person's umask leaves.
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            # A file name may hold bytes that are no text; they are written escaped.
            with open(  # noqa: PTH123
                handle, "w", encoding="utf-8", errors="backslashreplace", newline=""
            ) as file:
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
    except OSError as error:
        message = (
            f"{path}: cannot be written ({error.strerror}). "
            "Check the folder, its rights and the space left."
        )
        raise AccessError(message) from None
