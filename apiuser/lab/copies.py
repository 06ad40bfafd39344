"""Copies of the notebooks that belong to the user."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from apiuser.errors import AccessError

FIRST, AUDIT = "create-api-user.ipynb", "audit-usernames.ipynb"
TITLES = {FIRST: "API user", AUDIT: "Audit of usernames"}
_PACKAGE = Path(__file__).parents[1]


def copy_notebooks(
    folder: Path,
    *,
    replace: Callable[[Path], bool] = lambda _: False,
    only_missing: bool = False,
) -> tuple[Path, ...]:
    """Copy the notebooks and their data; what a person changed stays unless replaced.

    Args:
        folder: Where they go.
        replace: Tells whether a file that a person changed is replaced.
        only_missing: Whether a notebook with our cells stays with its outputs, which
            another server may show; else it is copied again.

    Returns:
        The files that differ and were kept.

    Raises:
        AccessError: The folder cannot be written.
    """
    kept = []
    source = find_notebooks()
    try:
        for path in _list_files(source):
            target = folder / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                if target.read_bytes() == path.read_bytes():
                    continue
                if is_as_shipped(target):
                    if only_missing:
                        continue
                elif not replace(target):
                    kept.append(target)
                    continue
            shutil.copyfile(path, target)
    except OSError as error:
        message = (
            f"{folder}: the notebooks cannot be copied there ({error.strerror}). "
            "Name another folder."
        )
        raise AccessError(message) from None
    return tuple(kept)


def find_notebooks() -> Path:
    """Find the notebooks that came with this package."""
    installed = _PACKAGE / "notebooks"
    return installed if installed.is_dir() else _PACKAGE.parent / "notebooks"


def is_as_shipped(path: Path) -> bool:
    """Tell whether the cells of a notebook are ours, whatever was shown below them.

    What Jupyter itself writes when it saves a notebook does not count: outputs,
    numbers of runs, what it knows about the language.
    """
    shipped = find_notebooks() / path.name
    return (
        path.suffix == ".ipynb"
        and shipped.is_file()
        and _read_cells(path) == _read_cells(shipped)
    )


def _read_cells(path: Path) -> list[tuple[str, str]] | None:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (ValueError, LookupError, TypeError):
        return None  # no longer a notebook


def _list_files(source: Path) -> Iterator[Path]:
    yield from sorted(source.glob("*.ipynb"))
    yield from sorted(path for path in (source / "data").glob("*") if path.is_file())
