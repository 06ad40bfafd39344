"""Reading and writing whole files, so that a stop leaves the old or the new one."""

import contextlib
import os
from pathlib import Path

from apiuser.errors import AccessError


def read_whole(path: str | Path) -> bytes:
    """Read a file.

    Raises:
        AccessError: It cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}). Check the path."
        raise AccessError(message) from None


def write_whole(path: str | Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write a file beside the old one, and put it in its place when it is complete.

    Args:
        path: Where the file goes.
        data: All of it.
        mode: Its permissions.

    Raises:
        AccessError: It cannot be written; an old file is still whole.
    """
    import tempfile  # noqa: PLC0415  # late: most commands write no file

    target = Path(path)
    draft = ""
    try:
        handle, draft = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(mode)
        Path(draft).replace(target)
    except OSError as error:
        message = (
            f"{path}: cannot be written ({error.strerror}). "
            "Choose another folder or make room."
        )
        raise AccessError(message) from None
    finally:
        with contextlib.suppress(OSError):
            if draft:
                Path(draft).unlink()
