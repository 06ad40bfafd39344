"""What is said if a file cannot be written, or if something of it stays."""

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from apiuser.errors import AccessError, ApiuserError, LeftError

_FORBIDDEN = {errno.EPERM, errno.EACCES, errno.EROFS}


@contextlib.contextmanager
def explain(path: str | Path) -> Iterator[None]:
    """Say why a path cannot be written.

    Raises:
        AccessError: The system or the path's text causes an error.
    """
    try:
        yield
    except ValueError:
        message = f"{path!r}: is not a valid path. Choose another name."
        raise AccessError(message) from None
    except OSError as error:
        room = "" if error.errno in _FORBIDDEN else " or make room"
        reason = f"cannot be written ({error.strerror}). Choose another folder{room}."
        raise AccessError(reason, path=path) from None


def advise(error: OSError) -> str:
    """Say what to do where a file has to be written, and cannot be."""
    if error.errno in _FORBIDDEN:
        return "Ask for the right to write there."
    return "Make its folder again." if error.errno == errno.ENOENT else "Make room."


def raise_left(error: BaseException | None, left: str) -> NoReturn:
    """Say what stays behind, after what went wrong before.

    Args:
        error: What went wrong.
        left: What stays where, in sentences.

    Raises:
        LeftError: Nothing else went wrong, or an error of ours, whose words come first.
        BaseException: Another one, such as Ctrl-C, again; what stays is a note of it.
    """
    if error is not None and not isinstance(error, ApiuserError):
        error.add_note(left)
        raise error
    path, reason = None, left
    if error is not None:
        path, reason = error.path, f"{error.reason} {left}"
    raise LeftError(reason, path=path) from None
