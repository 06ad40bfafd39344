"""Files that a window sends in parts, each when the kernel asks for it.

The stock widget sends a file as one message, which JupyterLab drops without a word
above 10 MB, and keeps the bytes in the notebook.
"""

import contextlib
import shutil
import tempfile
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path

from apiuser.errors import AccessError, InputError
from apiuser.files.failures import advise
from apiuser.files.file_names import take_name


class PrivateFolder:
    """A temporary folder for its owner only, gone when the kernel ends.

    Attributes:
        path: Where it is; None before it is needed.
    """

    path: Path | None = None

    def place(self, name: str) -> Path:
        """Return where a file may go, by its name.

        Raises:
            OSError: There is no room.
        """
        if self.path is None:
            self.path = Path(tempfile.mkdtemp(prefix="apiuser-"))
            weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)
        # A folder for each file: the name stays as it was, twice the same or not.
        return Path(tempfile.mkdtemp(dir=self.path)) / name


class Arrivals:
    """The files that are being uploaded."""

    def __init__(self, place: Callable[[str], Path], *, most_bytes: int) -> None:
        """Begin with none.

        Args:
            place: Returns where a file goes, by its name; may raise an OSError.
            most_bytes: The size from which it is not a list of resources.
        """
        self._place, self._most_bytes = place, most_bytes
        self._coming: dict[tuple[str, str], tuple[Path, int]] = {}

    def take(self, event: Mapping[str, object], part: bytes) -> Path | None:
        """Store a part of a file; return the path of the file once it is whole.

        Args:
            event: The `name` and `size` of the file, `at` which byte the part begins,
                and the `moment` it is for, if any.
            part: The bytes.

        Raises:
            ApiuserError: The file is too large, cannot be kept, or parts are missing.
        """
        given, size, at = str(event.get("name")), event.get("size"), event.get("at")
        if (
            type(size) is not int
            or type(at) is not int
            or not 0 <= size <= self._most_bytes
        ):
            message = "The file is too large for a list of resources. Check it."
            raise InputError(message)
        name = take_name(given)
        # Two files with the same name may be on their way to different places.
        key = str(event.get("moment", "")), given
        try:
            if at == 0:
                self._drop(key)
                self._coming[key] = (self._place(name), 0)
            path, got = self._coming.get(key, (Path(), -1))
            if at != got or (size and not part):
                self._drop(key)
                message = f"{name}: the upload was interrupted. Choose the file again."
                raise AccessError(message)
            if at + len(part) > size:
                self._drop(key)
                message = (
                    f"{name}: more arrived than the {size} bytes announced. "
                    "Choose the file again."
                )
                raise AccessError(message)
            with path.open("r+b" if at else "wb") as file:
                file.seek(at)
                file.write(part)
            path.chmod(0o600)
        except OSError as error:
            self._drop(key)
            reason = error.strerror or "the system gives no reason"
            message = f"{name}: cannot be kept here ({reason}). {advise(error)}"
            raise AccessError(message) from None
        self._coming[key] = (path, at + len(part))
        if at + len(part) < size:
            return None
        del self._coming[key]
        return path

    def _drop(self, key: tuple[str, str]) -> None:
        """Forget a file that is being uploaded, and delete what has arrived of it."""
        path, _ = self._coming.pop(key, (None, 0))
        if path is not None:
            with contextlib.suppress(OSError):
                path.unlink()
