"""Reading, parsing and writing whole files; if stopped, the old or new file is left."""

import contextlib
import itertools
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from apiuser.errors import AccessError, InputError, PlaceError
from apiuser.files.failures import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator
    from typing import Any

_LARGEST = 64 << 20
"""Bytes above which a file is not a policy, preset or saved checklist."""
_ANYBODY_WRITES = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def read_whole(path: str | Path) -> bytes:
    """Read a file.

    Raises:
        AccessError: It cannot be read.
    """
    try:
        # Asked before opening: opening a pipe would wait for a writer.
        found = Path(path).stat()
        if not stat.S_ISREG(found.st_mode):
            message = (
                f"{path}: cannot be read (it is not a regular file). Check the path."
            )
            raise AccessError(message)
        if found.st_size > _LARGEST:
            message = f"{path}: is larger than {_LARGEST >> 20} MiB. Check the path."
            raise AccessError(message)
        return Path(path).read_bytes()
    except ValueError:
        message = f"{path!r}: is not a valid path. Check it."
        raise AccessError(message) from None
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}). Check the path."
        raise AccessError(message) from None


def parse_toml(data: bytes, place: str, refusal: type[InputError]) -> "dict[str, Any]":
    """Parse TOML in UTF-8.

    Args:
        data: The whole text.
        place: Where it comes from, for the message.
        refusal: What to raise if it is not such a text.

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


def write_whole(path: str | Path, data: bytes) -> None:
    """Write a file beside the old one, and put it in its place when it is complete.

    Only its owner may read it, whoever could read the old one. What earlier runs left
    in the folder when they were killed is cleared away.

    Args:
        path: Where the file goes.
        data: All of it.

    Raises:
        AccessError: It cannot be written; an old file is untouched.
    """
    with put_in_place(path, lambda: data, new=False):
        pass


@contextlib.contextmanager
def put_in_place(
    path: str | Path, make: "Callable[[], bytes]", *, new: bool
) -> "Iterator[Path]":
    """Write a draft, yield it, and put it in its place.

    Meanwhile no other process of this program puts a file into the same folder.

    Raises:
        AccessError: It cannot be written; an old file is untouched.
        PlaceError: There is an old file, though there must be none.
    """
    # Late: most commands write no file.
    from apiuser.files.drafts import (  # noqa: PLC0415
        clear_drafts,
        lock_folder,
        write_draft,
    )

    target = Path(path)
    with explain(path):
        refuse_guarded(target)
        clear_drafts(target.parent)
        with write_draft(target, make) as draft, lock_folder(target.parent):
            if new and os.path.lexists(target):
                refuse_taken(target)
            yield draft
            draft.replace(target)


def refuse_taken(path: str | Path) -> NoReturn:
    """Refuse a place where a file is already.

    Raises:
        PlaceError: Always.
    """
    reason = "already exists. Choose another name."
    raise PlaceError(reason, path=path, permission="overwrite") from None


def refuse_guarded(path: str | Path) -> None:
    """Refuse to replace a link, a read-only or foreign file, or what is not a file.

    Raises:
        AccessError: It is one of these, or cannot be seen.
    """
    target = Path(path)
    with explain(path):
        if target.is_symlink():
            reason = (
                f"is a symbolic link to {target.readlink()}, which is not "
                "followed. Give the path of the file itself, or remove the link."
            )
            raise AccessError(reason, path=path)
        try:
            target.lstat()  # unlike `exists`, it fails where the text is no path
        except FileNotFoundError:
            return
        if not target.is_file():
            reason = (
                "cannot be written (it is not a regular file). Choose another name."
            )
            raise AccessError(reason, path=path)
        # Root is refused too: the mode says what the file's owner wants.
        mode = target.stat().st_mode
        if not (mode & _ANYBODY_WRITES and os.access(target, os.W_OK)):
            reason = (
                "is read-only, so it is not replaced. Make it writable first, "
                "or choose another name."
            )
            raise AccessError(reason, path=path)
        if not _may_replace(target):
            reason = (
                "belongs to another user, and in this folder only its owner "
                "may replace it. Choose another name."
            )
            raise AccessError(reason, path=path)


def _may_replace(target: Path) -> bool:
    """Tell whether a sticky folder, such as the one of temporary files, allows it."""
    folder = target.parent.stat()
    if os.name == "nt" or not folder.st_mode & stat.S_ISVTX:
        return True
    return os.geteuid() in {0, folder.st_uid, target.stat().st_uid}


def find_free_path(
    path: Path, is_taken: "Callable[[Path], bool]" = os.path.lexists
) -> Path:
    """Return a path, or the first free one of `name-2.csv`, `name-3.csv` and so on."""
    free, numbers = path, itertools.count(2)
    while is_taken(free):
        free = path.with_name(f"{path.stem}-{next(numbers)}{path.suffix}")
    return free


def find_free_name(name: str, used: "Container[str]") -> str:
    """Return the name of a file, numbered as its path would be if it is used."""
    return find_free_path(Path(name), lambda path: path.as_posix() in used).as_posix()
