"""Reading, parsing and writing whole files; a stop leaves the old or the new one."""

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from apiuser.errors import AccessError, InputError

if TYPE_CHECKING:
    from typing import Any


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


def parse_toml(data: bytes, place: str, refusal: type[InputError]) -> "dict[str, Any]":
    """Parse TOML in UTF-8.

    Args:
        data: The whole text.
        place: Where it comes from, for the message.
        refusal: What to raise where it is no such text.

    Raises:
        InputError: As `refusal`, with the place and what to do.
    """
    import tomllib  # noqa: PLC0415  # late: the command starts faster

    try:
        return tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{place}: is not TOML in UTF-8 ({error}). Correct the file."
    except (ValueError, RecursionError):
        message = f"{place}: has a number or a nesting far too long. Correct the file."
    raise refusal(message)


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
