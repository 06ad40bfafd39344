"""Reading, parsing and writing whole files; a stop leaves the old or the new one."""

import contextlib
import itertools
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from apiuser.errors import AccessError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

_LARGEST = 64 << 20
"""Bytes above which a file is not a policy, preset or saved checklist."""


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


def write_whole(path: str | Path, data: bytes, *, mode: int | None = None) -> None:
    """Write a file beside the old one, and put it in its place when it is complete.

    What earlier runs left in the folder when they were killed is cleared away.

    Args:
        path: Where the file goes.
        data: All of it.
        mode: Its permissions; those of the old file, or the usual ones, if None.

    Raises:
        AccessError: It cannot be written; an old file is untouched.
    """
    with prepare_whole(path, data, mode=mode) as put_in_place:
        put_in_place()


@contextlib.contextmanager
def prepare_whole(
    path: str | Path, data: bytes, *, mode: int | None = None
) -> "Iterator[Callable[[], None]]":
    """Write a file beside the old one, and yield what puts it in its place.

    If that is not called, nothing has changed in the end. The arguments are those
    of `write_whole`.

    Raises:
        AccessError: It cannot be written; an old file is untouched.
    """
    # Late: most commands write no file.
    from apiuser.files.drafts import clear_drafts, write_draft  # noqa: PLC0415

    target = Path(path)
    with contextlib.ExitStack() as stack:
        with _explain(path):
            if target.exists() and not target.is_file():
                message = f"{path}: cannot be written (it is not a regular file). Choose another name."
                raise AccessError(message)
            clear_drafts(target.parent)
            draft = stack.enter_context(write_draft(target.parent, data))
            draft.chmod(_find_mode(target) if mode is None else mode)

        def put_in_place() -> None:
            with _explain(path):
                draft.replace(target)

        yield put_in_place


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
