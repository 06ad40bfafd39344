"""Opening the notebooks in JupyterLab, from a copy that belongs to the user."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

from apiuser.errors import AccessError, InputError

FIRST = "create-api-user.ipynb"
_HERE = Path(__file__).parent
_ENCRYPTED = "--KernelManager.transport_encryption=auto"
# Voilà's own page asks a public host for a font of icons, which no form uses.
_POLICY = (
    "default-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; frame-ancestors 'self'"
)
_LAB_OPTIONS = (
    "--ServerApp.answer_yes=True",  # Ctrl-C ends it without a question
    # Else it asks public hosts, where somebody once agreed to that.
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=None",
)
_APP_OPTIONS = (
    "--token",  # else every program and page on the machine may use the form
    f"--Voila.tornado_settings={ {'headers': {'Content-Security-Policy': _POLICY}} }",
)


def open_lab(
    folder: Path,
    *,
    app: bool = False,
    browser: bool = True,
    replace: Callable[[Path], bool] = lambda _: False,
) -> int:
    """Copy the notebooks and open the first one; returns when the server ends.

    The channel between notebook and kernel is encrypted, since any user of the
    machine could read it otherwise, and JupyterLab never looks for news or a newer
    release. The server ends with the command, however that is told to end.

    Args:
        folder: Where the notebooks are copied to; made where it is missing.
        app: Show the form alone, by Voilà, instead of JupyterLab.
        browser: Whether to open a browser.
        replace: Asked for each file that differs from ours; true overwrites it.

    Returns:
        The exit code of the server.

    Raises:
        AccessError: The folder cannot be written.
        InputError: Voilà is asked for and not installed.
    """
    if app and importlib.util.find_spec("voila") is None:
        message = (
            "The form without code needs Voilà. "
            "Run: uv run --extra app apiuser lab --app"
        )
        raise InputError(message)
    copy_notebooks(folder, replace=replace)
    command = _make_command(app=app, browser=browser)
    previous = signal.signal(signal.SIGTERM, _leave)
    try:
        with subprocess.Popen(command, cwd=folder) as server:  # noqa: S603  # our own words
            try:
                return server.wait()
            finally:
                end_process(server)
    finally:
        signal.signal(signal.SIGTERM, previous)


def end_process(process: "subprocess.Popen[bytes]", *, patience: float = 20) -> None:
    """Tell a process to end, and end it where it does not in time."""
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        # Seen when Jupyter is interrupted without a terminal while it reads a file.
        process.kill()
        process.wait()


def _leave(number: int, _: FrameType | None) -> NoReturn:
    """Leave by way of every `finally`, with the code a shell would report."""
    raise SystemExit(128 + number)


def copy_notebooks(
    folder: Path, *, replace: Callable[[Path], bool] = lambda _: False
) -> tuple[Path, ...]:
    """Copy the notebooks and their data; files that differ stay unless replaced.

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
            changed = target.exists() and target.read_bytes() != path.read_bytes()
            if changed and not replace(target):
                kept.append(target)
                continue
            if not target.exists() or changed:
                shutil.copyfile(path, target)
    except OSError as error:
        message = (
            f"{folder}: the notebooks cannot be copied there ({error.strerror}). "
            "Name another folder: apiuser lab FOLDER"
        )
        raise AccessError(message) from None
    return tuple(kept)


def find_notebooks() -> Path:
    """Find the notebooks that came with this package."""
    installed = _HERE / "notebooks"
    return installed if installed.is_dir() else _HERE.parent / "notebooks"


def _list_files(source: Path) -> Iterator[Path]:
    yield from sorted(source.glob("*.ipynb"))
    yield from sorted(path for path in (source / "data").glob("*") if path.is_file())


def _make_command(*, app: bool, browser: bool) -> list[str]:
    module, options = ("voila", _APP_OPTIONS) if app else ("jupyterlab", _LAB_OPTIONS)
    command = [sys.executable, "-m", module, FIRST, _ENCRYPTED, *options]
    if not browser:
        command.append("--no-browser")
    # A container's only user is often root, whom JupyterLab refuses by default.
    if not app and getattr(os, "geteuid", lambda: 1)() == 0:
        command.append("--allow-root")
    return command
