"""Files that have another name until they are whole.

A draft is locked by the process that writes it, so one without a lock was left by a
process that was killed. If there are no such locks, as on Windows, none is cleared.
"""

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from apiuser.files.failures import explain, raise_left

_PREFIX = ".apiuser-"
_SUFFIX = ".draft"
_PATIENCE = 5.0
"""Seconds to wait for a folder, which we lock for milliseconds."""
_AGAIN = 0.01


@contextlib.contextmanager
def write_draft(target: Path, make: Callable[[], bytes]) -> Iterator[Path]:
    """Write a draft, and remove it at the end if it was not moved to its place.

    Args:
        target: Its place; the draft is in the same folder, and its name is short,
            whatever its place is called.
        make: Returns all of it; no variable holds that, so no traceback can show it.

    Raises:
        AccessError: It cannot be written.
        LeftError: It cannot be removed either; it is empty then, and named.
    """
    with (
        _make(target) as (handle, path),
        explain(target),
        contextlib.ExitStack() as stack,
    ):
        with os.fdopen(handle, "wb") as file:
            if _lock(handle, wait=False):
                # Keeps the lock when the file is closed, which it must be on Windows.
                stack.callback(os.close, os.dup(handle))
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        yield path


def try_folder(target: Path) -> None:
    """Refuse a folder in which a file cannot get another name, or cannot be removed.

    A draft with something in it would stay there.

    Raises:
        AccessError: It is such a folder.
        LeftError: The empty draft that was tried stays there, and is named.
    """
    with _make(target) as (handle, path), explain(target):
        os.close(handle)
        second = _name_draft(target.parent)
        path.rename(second)
        second.rename(path)


def clear_drafts(folder: Path) -> None:
    """Remove the drafts in a folder that nobody is writing any more."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            _clear(path)


@contextlib.contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Let no other process of this program put a file in its place meanwhile.

    Whoever may read the folder can keep it locked, so this goes on after a while.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):  # Windows opens no folders
            handle = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, handle)
            until = time.monotonic() + _PATIENCE
            while _lock(handle, wait=False) is False and time.monotonic() < until:
                time.sleep(_AGAIN)
        yield


@contextlib.contextmanager
def _make(target: Path) -> Iterator[tuple[int, Path]]:
    """Make an empty draft, and discard it at the end if it still has its name."""
    path = _name_draft(target.parent)
    try:
        with explain(target):
            handle = _open(path)
        yield handle, path
    except BaseException as error:
        if left := _discard(path):
            raise_left(error, left)
        raise
    if left := _discard(path):
        raise_left(None, left)


def _name_draft(folder: Path) -> Path:
    return folder / f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}"


def _open(path: Path) -> int:
    # As tempfile does, whose import takes longer than to write most reports.
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    while True:
        handle = os.open(path, flags, 0o600)
        # Somebody who clears drafts may have been faster than the lock.
        if not _lock(handle, wait=True) or os.fstat(handle).st_nlink:
            return handle
        os.close(handle)


def _discard(path: Path) -> str:
    """Remove a draft, or empty it; return what to say about it."""
    if not os.path.lexists(path):  # it has its place, or was never made
        return ""
    try:
        path.unlink()
    except OSError:
        try:
            os.truncate(path, 0)
        except OSError as error:
            return (
                f"What was to be written stays in {path} ({error.strerror}): delete it."
            )
        return f"An empty file stays there, {path}: delete it."
    return ""


def _clear(path: Path) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        try:
            if _lock(handle, wait=False):
                path.unlink()
        finally:
            os.close(handle)


def _lock(handle: int, *, wait: bool) -> bool | None:
    """Lock an open file; False if another process has it, None if there are no locks."""
    try:
        import fcntl  # noqa: PLC0415  # not everywhere
    except ImportError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:  # what some network drives and containers answer
        return None
    return True
