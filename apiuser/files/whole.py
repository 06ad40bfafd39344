"""Reading, parsing and writing whole files; a stop leaves the old or the new one."""

import contextlib
import itertools
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from apiuser.errors import AccessError, InputError, PlaceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_LARGEST = 64 << 20
"""Bytes above which a file is not a policy, preset or saved checklist."""
_SHORT = 50
"""Characters of a name to which more can be added, whatever the file system."""
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


def write_whole(
    path: str | Path, data: bytes, *, mode: int | None = None, new: bool = False
) -> None:
    """Write a file beside the old one, and put it in its place when it is complete.

    What earlier runs left in the folder when they were killed is cleared away.

    Args:
        path: Where the file goes.
        data: All of it.
        mode: Its permissions; those of the old file, or the usual ones, if None.
        new: Whether there must be no old file.

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
    with _explain(path):
        refuse_guarded(target)
        clear_drafts(target.parent)
        with write_draft(target.parent, data) as draft:
            draft.chmod(_find_mode(target) if mode is None else mode)
            with lock_folder(target.parent):
                if new and os.path.lexists(target):
                    refuse_taken(target)
                draft.replace(target)


def refuse_taken(path: str | Path) -> NoReturn:
    """Refuse a place where a file is already.

    Raises:
        PlaceError: Always.
    """
    message = f"{path}: exists already. Choose another name."
    raise PlaceError(message, permission="overwrite") from None


def refuse_guarded(path: str | Path) -> None:
    """Refuse to replace a symbolic link, a read-only file, or what is no file.

    Raises:
        AccessError: It is one of these, or cannot be seen.
    """
    target = Path(path)
    with _explain(path):
        if target.is_symlink():
            message = (
                f"{path}: is a symbolic link to {target.readlink()}, which is not "
                "followed. Give the path of the file itself, or remove the link."
            )
            raise AccessError(message)
        if not target.exists():
            return
        if not target.is_file():
            message = (
                f"{path}: cannot be written (it is not a regular file). Choose another "
                "name."
            )
            raise AccessError(message)
        # Root is refused too: the mode says what the file's owner wants.
        mode = target.stat().st_mode
        if not (mode & _ANYBODY_WRITES and os.access(target, os.W_OK)):
            message = (
                f"{path}: is read-only, so it is not replaced. Make it writable first, "
                "or choose another name."
            )
            raise AccessError(message)


@contextlib.contextmanager
def keep_old(path: str | Path) -> "Iterator[None]":
    """Put an old file back where what is done with the new one fails.

    Until then it has a second name, so that a kill does not lose it either. Where there
    was no old file, the new one is removed.

    Raises:
        AccessError: The old file cannot be kept or put back.
    """
    target = Path(path)
    with _explain(path):
        old = target.stat() if target.exists() else None
        names = number_names(target.with_name(f"{target.name[:_SHORT]}.old"))
        kept = next(name for name in names if not os.path.lexists(name))
    try:
        if old is not None:
            with _explain(path):
                _double(target, kept)
        yield
    except BaseException as error:
        # What somebody else put there in the meantime is theirs.
        if old is not None or not isinstance(error, PlaceError):
            _put_back(target, old, kept)
        raise
    if old is not None:
        with _explain(kept):
            kept.unlink()


def _double(path: Path, second: Path) -> None:
    try:
        os.link(path, second)
    except OSError:  # not every file system has links
        import shutil  # noqa: PLC0415  # late: seldom needed

        shutil.copy2(path, second)


def _put_back(target: Path, old: "os.stat_result | None", kept: Path) -> None:
    try:
        if old is None:
            if target.exists():
                target.unlink()
            return
        if not (target.exists() and os.path.samestat(target.stat(), old)):
            kept.replace(target)
        kept.unlink(missing_ok=True)
    except OSError as error:
        there = "" if old is None else f" The old file is kept as {kept}."
        message = (
            f"{target}: was written and cannot be taken back ({error.strerror}).{there}"
        )
        raise AccessError(message) from None


@contextlib.contextmanager
def _explain(path: str | Path) -> "Iterator[None]":
    """Say why a path cannot be written."""
    try:
        yield
    except ValueError:
        message = f"{path!r}: is not a valid path. Choose another name."
        raise AccessError(message) from None
    except OSError as error:
        message = (
            f"{path}: cannot be written ({error.strerror}). "
            "Choose another folder or make room."
        )
        raise AccessError(message) from None


def _find_mode(target: Path) -> int:
    with contextlib.suppress(FileNotFoundError):
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)  # there is no other way to ask
    os.umask(mask)
    return 0o666 & ~mask


def number_names(path: Path) -> "Iterator[Path]":
    """Yield a path and then others beside it: `name-2.csv`, `name-3.csv` and so on."""
    yield path
    for number in itertools.count(2):
        yield path.with_name(f"{path.stem}-{number}{path.suffix}")
