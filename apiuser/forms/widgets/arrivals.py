"""Files that come from a window in parts, each after the kernel's word.

The stock widget sends a file as one message, which JupyterLab drops without a word
above 10 MB, and keeps the bytes in the notebook.
"""

from collections.abc import Callable, Mapping
from pathlib import Path, PureWindowsPath

from apiuser.errors import AccessError, InputError

_LONGEST = 120


class Arrivals:
    """The files that are on their way."""

    def __init__(self, place: Callable[[str], Path], *, most_bytes: int) -> None:
        """Begin with none.

        Args:
            place: Returns where a file goes, by its name; may raise an OSError.
            most_bytes: From how many on it is no list of resources.
        """
        self._place, self._most_bytes = place, most_bytes
        self._coming: dict[str, tuple[Path, int]] = {}

    def take(self, event: Mapping[str, object], part: bytes) -> Path | None:
        """Take a part of a file, and return where the file is when it is whole.

        Args:
            event: The `name` and `size` of the file, and `at` which byte the part begins.
            part: The bytes.

        Raises:
            ApiuserError: The file is too large, cannot be kept, or parts are missing.
        """
        name, size, at = str(event.get("name")), event.get("size"), event.get("at")
        if (
            type(size) is not int
            or type(at) is not int
            or not 0 <= size <= self._most_bytes
        ):
            message = "The file is too large for a list of resources. Check it."
            raise InputError(message)
        try:
            if at == 0:
                self._coming[name] = (self._place(take_name(name)), 0)
            path, got = self._coming.get(name, (Path(), -1))
            if at != got or at + len(part) > size or (size and not part):
                self._coming.pop(name, None)
                message = f"{name}: the upload was interrupted. Choose the file again."
                raise AccessError(message)
            with path.open("r+b" if at else "wb") as file:
                file.seek(at)
                file.write(part)
            path.chmod(0o600)
        except OSError as error:
            self._coming.pop(name, None)
            reason = error.strerror or "the system gives no reason"
            message = f"{name}: cannot be kept here ({reason}). Make room."
            raise AccessError(message) from None
        self._coming[name] = (path, at + len(part))
        if at + len(part) < size:
            return None
        del self._coming[name]
        return path


def take_name(name: str) -> str:
    """Return the last part of a name that a browser gave, as a file may be called."""
    last = PureWindowsPath(name).name  # it splits at both kinds of slash
    plain = "".join(c if c.isprintable() and c not in '<>:"|?*' else "_" for c in last)
    return plain.strip(". ")[:_LONGEST] or "export.csv"
