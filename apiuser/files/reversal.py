"""Files that are written, and taken back if a later step fails."""

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from apiuser.files.drafts import lock_folder
from apiuser.files.failures import raise_left
from apiuser.files.whole import find_free_path, put_in_place

_SHORT = 50
"""Characters of a name to which more can be added, whatever the file system."""


@contextlib.contextmanager
def write_reversibly(
    path: str | Path, make: Callable[[], bytes], *, new: bool
) -> Iterator[None]:
    """Write a file as `write_whole` does, and take it back if the block fails.

    Until the block has ended an old file has a second name, so that a kill does not
    lose it either.

    Args:
        path: Where the file goes.
        make: Returns all of it.
        new: Whether there must be no old file.

    Raises:
        AccessError: It cannot be written; an old file is untouched.
        LeftError: It cannot be taken back, or somebody else's file is there by then,
            which stays; the message says where the old file is.
        PlaceError: There is an old file, though there must be none.
    """
    change = _Replacement(Path(path))
    try:
        with put_in_place(path, make, new=new) as draft:
            change.begin(draft)
        yield
    except BaseException as error:
        change.take_back(error)
        raise
    change.finish()


@dataclass(slots=True)
class _Replacement:
    """A file that is replaced, for now.

    Attributes:
        target: Its path.
        ours: What the new file is.
        old: What the old file is, if there is one.
        kept: The second name of the old file.
    """

    target: Path
    ours: os.stat_result | None = None
    old: os.stat_result | None = None
    kept: Path | None = None

    def begin(self, draft: Path) -> None:
        """Give the old file its second name, just before the draft replaces it."""
        if self.target.exists():
            self.old = self.target.stat()
            self._keep()
        self.ours = draft.stat()

    def _keep(self) -> None:
        wanted = self.target.with_name(f"{self.target.name[:_SHORT]}.old")
        self.kept = find_free_path(wanted)
        try:
            os.link(self.target, self.kept)
        except OSError:  # not every file system has links
            import shutil  # noqa: PLC0415  # late: seldom needed

            with self.target.open("rb") as first, self.kept.open("xb") as second:
                self.kept.chmod(0o600)  # before anything is in it
                shutil.copyfileobj(first, second)
            shutil.copystat(self.target, self.kept)

    def take_back(self, error: BaseException | None) -> None:
        """Put the old file back, or remove the new one, if it is there still.

        Raises:
            LeftError: Something stays behind.
        """
        # No other process of this program replaces it between the look and the deed.
        with lock_folder(self.target.parent):
            left = self._restore()
        if left:
            raise_left(error, left)

    def finish(self) -> None:
        """Remove the second name of the old file.

        Raises:
            LeftError: It cannot be removed.
        """
        if self.kept is not None and (left := _remove(self.kept)):
            raise_left(None, f"{self.target}: is written. {left}")

    def _restore(self) -> str:
        """Return what to say about what stays."""
        if _is_still(self.target, self.ours):
            try:
                if self.kept is None:
                    self.target.unlink()
                else:
                    self.kept.replace(self.target)
            except OSError as error:
                return self._tell_left(error)
            return ""
        if self.kept is None:
            return ""
        if _is_still(self.target, self.old):
            return _remove(self.kept)
        return (
            f"{self.target}: was changed by somebody else in the meantime and stays. "
            f"The file that was there before is kept as {self.kept}."
        )

    def _tell_left(self, error: OSError) -> str:
        old = f" The old file is kept as {self.kept}." if self.kept else ""
        return (
            f"{self.target}: was written and cannot be taken back ({error.strerror}). "
            f"Delete it.{old}"
        )


def _is_still(path: Path, known: os.stat_result | None) -> bool:
    """Tell whether a path leads to a file that is known, unchanged."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    # The number of a file that is gone is given to another one.
    return (
        known is not None
        and os.path.samestat(found, known)
        and found.st_mtime_ns == known.st_mtime_ns
    )


def _remove(kept: Path) -> str:
    try:
        kept.unlink(missing_ok=True)
    except OSError as error:
        return (
            f"{kept}: is a second name or copy of the old file and cannot be removed "
            f"({error.strerror}). Delete it."
        )
    return ""
