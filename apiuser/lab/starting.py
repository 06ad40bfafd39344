"""A server in a process of its own, which ends with the command in any case."""

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

from apiuser.errors import ExtraError
from apiuser.lab.copies import copy_notebooks

# What Jupyter and Voilà read before the person's own settings.
JUPYTER_SETTINGS = Path(__file__).parent / "jupyter"
# Where Jupyter looks for settings, and for the templates of Voilà.
_SEARCHED = ("JUPYTER_CONFIG_PATH", "JUPYTER_PATH")


def open_lab(
    folder: Path,
    *,
    browser: bool = True,
    replace: Callable[[Path], bool] = lambda _: False,
) -> int:
    """Copy the notebooks and open the first one with its form; ends with the server.

    The channel between notebook and kernel is encrypted, since any user of the
    machine could read it otherwise, and JupyterLab never looks for news, a newer
    release or extensions. The server ends with the command, however that ends.

    Args:
        folder: Where the notebooks are copied to; made if it is missing.
        browser: Whether to open a browser; the address is printed either way.
        replace: Asked for each file that differs from ours; true overwrites it.

    Returns:
        The exit code of the server.

    Raises:
        AccessError: The folder cannot be written.
    """
    copy_notebooks(folder, replace=replace)
    return _serve("lab", folder, browser=browser)


def open_form(folder: Path, *, browser: bool = True) -> int:
    """Open the forms alone, by Voilà; ends with the server.

    The forms are those of the notebooks as shipped, even if the copies in the
    folder were changed; what the forms save goes into the folder.

    Args:
        folder: Where the forms look for files and save them; made if missing.
        browser: Whether to open a browser; the address is printed either way.

    Returns:
        The exit code of the server.

    Raises:
        AccessError: The folder cannot be written.
        ExtraError: Voilà is not installed.
    """
    if importlib.util.find_spec("voila") is None:
        message = "The form needs Voilà. Run: uv run --extra app apiuser form"
        raise ExtraError(message)
    copy_notebooks(folder, only_missing=True)
    return _serve("form", folder, browser=browser)


def _serve(kind: str, folder: Path, *, browser: bool) -> int:
    # -P: a file in the current folder must not pass for a module.
    command = [sys.executable, "-P", "-m", "apiuser.lab.serving", kind, str(folder)]
    if not browser:
        command.append("--no-browser")
    with (
        _leave_on_signals(),
        subprocess.Popen(  # noqa: S603  # our own words
            command,
            stdin=subprocess.PIPE,
            env=os.environ | {name: _prepend(name) for name in _SEARCHED},
            # So that a Ctrl-C or a closed terminal reaches it by way of this process only.
            start_new_session=True,
        ) as server,
    ):
        try:
            code = server.wait()
        finally:
            end_process(server)
    if code:
        print(
            f"apiuser: the server ended by itself with code {code}; what it said about "
            "that is above.",
            file=sys.stderr,
        )
    return code


def _prepend(name: str) -> str:
    before = os.environ.get(name)
    return os.pathsep.join(filter(None, (str(JUPYTER_SETTINGS), before)))


def end_process(process: "subprocess.Popen[bytes]", *, patience: float = 20) -> None:
    """Ask a process to end by closing its input, and kill it if it does not.

    Args:
        process: The process.
        patience: Seconds it has; `serving` ends itself in fewer.
    """
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def _leave_on_signals() -> Iterator[None]:
    """When told to end or when the terminal closes, leave through every `finally`."""
    signals = {
        number: signal.getsignal(number)
        for name in ("SIGTERM", "SIGHUP")
        if (number := getattr(signal, name, None))
    }
    for number, before in signals.items():
        if before is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, _leave)
    try:
        yield
    finally:
        for number, before in signals.items():
            signal.signal(number, before)


def _leave(number: int, _: FrameType | None) -> NoReturn:
    """Leave with the code a shell would report."""
    raise SystemExit(128 + number)
