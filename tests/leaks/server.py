"""`apiuser lab` or `apiuser form` in a room: its logs and its kernels' at debug, and a browser beside."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from tests.browser.browsers import find_browser, open_driver
from tests.browser.conftest import SETTINGS
from tests.leaks.endings import Ending
from tests.leaks.processes import list_processes
from tests.leaks.room import Room

if TYPE_CHECKING:
    from playwright.sync_api import Page

_DEBUG = 10
_KERNEL = f"c = get_config()\nc.IPKernelApp.log_level = {_DEBUG}\n"
_SERVERS = {
    "jupyter_server_config": {"ServerApp": {"log_level": _DEBUG, "port": 0}},
    "jupyter_lab_config": {"LabApp": {"expose_app_in_browser": True}},
}
_ADDRESS = re.compile(r"http://(?:localhost|127\.0\.0\.1):\d+/\S*token=[\w-]+")
_HEARD = "MESSAGE TYPE:comm_msg"


@dataclass(slots=True)
class Server:
    """A running server.

    Attributes:
        process: The command that started it.
        url: Its address, with the token.
        reader: What writes its log.
        terminal: Our end of the terminal it believes to be in.
    """

    process: "subprocess.Popen[str]"
    url: str
    reader: threading.Thread
    terminal: int


def start_server(room: Room, *, app: bool) -> Server:
    """Run the command and wait until it says where it listens."""
    _write_settings(room)
    kind = "form" if app else "lab"
    command = [sys.executable, "-m", "apiuser", kind, str(room["work"])]
    terminal, theirs = os.openpty()  # with one, Jupyter ends on Ctrl-C as for people
    process = subprocess.Popen(
        [*command, "--no-browser"],
        env=room.environment,
        cwd=room["work"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # a group of its own, as a terminal gives it
    )
    os.close(theirs)
    address: list[str] = []
    known = threading.Event()

    def read() -> None:
        assert process.stdout is not None
        with process.stdout, (room["logs"] / "server.log").open("w") as log:
            for line in process.stdout:
                log.write(line)
                if not address and (match := _ADDRESS.search(line)):
                    address.append(match[0])
                    known.set()
        known.set()

    reader = threading.Thread(target=read)
    reader.start()
    known.wait(60)
    if not address:
        process.kill()
        message = f"The server did not start; see {room['logs']}."
        raise RuntimeError(message)
    return Server(process=process, url=address[0], reader=reader, terminal=terminal)


def _write_settings(room: Room) -> None:
    jupyter = room["home"] / ".jupyter"
    kernel = room["home"] / ".ipython" / "profile_default" / "ipython_kernel_config.py"
    servers = _SERVERS | {
        "voila": {"Voila": {"log_level": _DEBUG, "port": _find_port()}}
    }
    files = {jupyter / f"{name}.json": json.dumps(v) for name, v in servers.items()}
    files |= {kernel: _KERNEL}
    for name, value in SETTINGS.items():
        setting = jupyter / "lab" / "user-settings" / f"{name}.jupyterlab-settings"
        files[setting] = json.dumps(value)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _find_port() -> int:
    """Return a port that is free now; Voilà takes the next one if it is not then."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def end_server(server: Server, ending: Ending, room: Room) -> None:
    """End the server and what it started, and see that its log was at debug."""
    if ending is Ending.KILL:
        kill_all(room)
    elif ending is Ending.INTERRUPT:
        os.killpg(server.process.pid, signal.SIGINT)
    else:
        server.process.terminate()
    server.process.wait(60)
    server.reader.join(60)
    os.close(server.terminal)
    if _HEARD not in (room["logs"] / "server.log").read_text("utf-8"):
        message = "The kernel's log was not at debug."
        raise RuntimeError(message)


def kill_all(room: Room) -> None:
    """Kill the server, its kernels and the browser at once."""
    for process in list_processes(room["home"]):
        # Not the driver of the browser, which belongs to this program.
        if b"playwright" not in process.command:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.number, signal.SIGKILL)


@contextlib.contextmanager
def open_browser(room: Room, url: str) -> Iterator["Page"]:
    """Open a browser whose profile lies in the room and is searched, too."""
    from playwright.sync_api import Error  # noqa: PLC0415  # may be missing

    path = find_browser(whole=True)
    if path is None:
        message = "Chromium, Chrome or Edge is not installed."
        raise RuntimeError(message)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with _environment(room), open_driver() as driver:
        context = driver.chromium.launch_persistent_context(
            room["browser"],
            base_url=urljoin(url, "/"),
            executable_path=path,
            args=root,
            env=dict(room.environment),
            permissions=["clipboard-read", "clipboard-write"],
            viewport={"width": 1280, "height": 900},
        )
        page = context.pages[0]
        page.set_default_timeout(120_000)
        yield page
        with contextlib.suppress(Error):  # it may have been killed
            context.close()


@contextlib.contextmanager
def _environment(room: Room) -> Iterator[None]:
    """Let the driver of the browser put its files into the room, too."""
    before = dict(os.environ)
    os.environ.update(room.environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
