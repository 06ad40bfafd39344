"""Files that have another name until they are whole.

A draft is locked by the process that writes it, so one without a lock was left by a
process that was killed. If there are no such locks, as on Windows, none is cleared.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

_PREFIX = ".apiuser-"
_SUFFIX = ".draft"


@contextlib.contextmanager
def write_draft(folder: Path, data: bytes) -> Iterator[Path]:
    """Write a draft, and remove it at the end if it was not moved to its place.

    Args:
        folder: Where it goes; its name is short, whatever its place is called.
        data: All of it.

    Raises:
        OSError: It cannot be written.
    """
    handle, path = _make(folder)
    with contextlib.ExitStack() as stack:
        stack.callback(_remove, path)
        with os.fdopen(handle, "wb") as file:
            if _lock(handle, wait=False):
                # Keeps the lock when the file is closed, which it must be on Windows.
                stack.callback(os.close, os.dup(handle))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield path


def clear_drafts(folder: Path) -> None:
    """Remove the drafts in a folder that nobody is writing any more."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            _clear(path)


@contextlib.contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Let no other process of this program put a file in its place meanwhile."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):  # Windows opens no folders
            handle = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, handle)
            _lock(handle, wait=True)
        yield


def _make(folder: Path) -> tuple[int, Path]:
    # As tempfile does, whose import takes longer than to write most reports.
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    while True:
        path = folder / f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}"
        try:
            handle = os.open(path, flags, 0o600)
        except FileExistsError:
            continue
        # Somebody who clears drafts may have been faster than the lock.
        if not _lock(handle, wait=True) or os.fstat(handle).st_nlink:
            return handle, path
        os.close(handle)


def _clear(path: Path) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        try:
            if _lock(handle, wait=False):
                path.unlink()
        finally:
            os.close(handle)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _lock(handle: int, *, wait: bool) -> bool:
    """Lock an open file; False if another process has it or there are no locks."""
    try:
        import fcntl  # noqa: PLC0415  # not everywhere
    except ImportError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True
