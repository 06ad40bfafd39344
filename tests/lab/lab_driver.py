"""A running `apiuser lab` or `apiuser form`, in folders of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

from apiuser.lab.copies import FIRST

PATIENCE = 240
COMMAND = [sys.executable, "-m", "apiuser"]
# A browser that only notes what it was told to open.
_BROWSER = 'import os, sys; open(os.environ["OPENED"], "w").write(sys.argv[1])'
_MARKS = re.compile(r"apiuser\.lab\.serving|ipykernel_launcher")
Settings = Mapping[str, Mapping[str, Mapping[str, object]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A running server.

    Attributes:
        process: The command that started it.
        address: Of the form, with the token, as printed.
        printed: The lines printed until the server was there.
        room: Its folders: `work`, `temp`, `runtime` and others.
    """

    process: "subprocess.Popen[str]"
    address: str
    printed: Sequence[str]
    room: Path

    @property
    def token(self) -> str:
        return self.address.rpartition("=")[2]

    @property
    def base(self) -> str:
        """The address of the server itself."""
        return self.address.partition("doc/tree/")[0].partition("?")[0]

    def list_children(self) -> list[psutil.Process]:
        """List the server and its kernels."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in children if _MARKS.search(str(child.cmdline()))]

    def end(self) -> tuple[int, str]:
        """Tell the command to end; return its code and what it said on the side."""
        self.process.terminate()
        _, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said

    def ask(self, path: str, *, method: str = "GET") -> Any:  # noqa: ANN401  # JSON
        """Ask the server below its address."""
        request = urllib.request.Request(  # noqa: S310  # loopback only
            self.base + path,
            method=method,
            headers={"Authorization": f"token {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            text = answer.read()
        return json.loads(text) if text else None


def make_room(
    room: Path,
    *,
    settings: Settings | None = None,
    environment: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Make folders for all that Jupyter writes, and return the environment for them.

    Args:
        room: Where the folders are made.
        settings: What the person has set, by the name of the file.
        environment: What is added.
    """
    for name in ("work", "temp", "runtime", "config"):
        (room / name).mkdir(parents=True, exist_ok=True)
    # A port that is free, unless the person has set another one.
    files = {"jupyter_lab_config": {"ServerApp": {"port": 0}}} | dict(settings or {})
    for name, text in files.items():
        (room / "config" / f"{name}.json").write_text(json.dumps(text))
    return {
        **os.environ,
        "HOME": str(room),
        "USERPROFILE": str(room),
        "IPYTHONDIR": str(room / "ipython"),
        "JUPYTER_CONFIG_DIR": str(room / "config"),
        "JUPYTER_DATA_DIR": str(room / "data"),
        "JUPYTER_RUNTIME_DIR": str(room / "runtime"),
        "TMPDIR": str(room / "temp"),
        **(environment or {}),
    }


@contextmanager
def heed_signals() -> Iterator[None]:
    """Let what is started inside heed signals that these tests were told to ignore.

    A process inherits what is ignored: a closed terminal, where tests run under nohup,
    and keys that end a process, where they run in the background of a shell.
    """
    ignored = [
        number
        for name in ("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM")
        if (number := getattr(signal, name, None))
        and signal.getsignal(number) is signal.SIG_IGN
    ]
    for number in ignored:
        signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        for number in ignored:
            signal.signal(number, signal.SIG_IGN)


@contextmanager
def start(  # noqa: PLR0913  # each has its default
    room: Path,
    kind: str = "lab",
    *,
    before: Sequence[str] = (),
    browser: bool = False,
    settings: Settings | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Started]:
    """Start a server and wait until it says where it is.

    Args:
        room: A folder that need not exist.
        kind: The command, `lab` or `form`.
        before: Words before the command.
        browser: Whether it opens a browser; `room / "opened"` then holds the address.
        settings: As of `make_room`.
        environment: As of `make_room`.
    """
    told = {
        **make_room(room, settings=settings, environment=environment),
        "BROWSER": f"{sys.executable} -c '{_BROWSER}' %s",
        "OPENED": str(room / "opened"),
    }
    options = [] if browser else ["--no-browser"]
    with heed_signals():
        process = subprocess.Popen(
            [*before, *COMMAND, kind, str(room / "work"), *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=told,
            text=True,
            start_new_session=True,  # a group of its own, as a terminal gives it
        )
    with process:
        children: list[psutil.Process] = []
        try:
            assert process.stdout is not None
            printed: list[str] = []
            while not printed or "Ctrl-C" not in printed[-1]:
                line = process.stdout.readline()
                assert line, f"No server: {process.communicate()}"
                printed.append(line)
            address = printed[0].split()[-1]
            started = Started(
                process=process, address=address, printed=printed, room=room
            )
            children = started.list_children()
            yield started
        finally:
            process.kill()
            # Whatever the test found: nothing of ours runs on.
            for child in psutil.wait_procs(children, timeout=PATIENCE)[1]:
                child.kill()


def show_form(started: Started, kind: str) -> None:
    """Ask for the form as a browser does, and wait until its kernel has made it."""
    if kind == "lab":
        started.ask(f"api/contents/{FIRST}")
        return
    address = started.address
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310
        answer.read()


def list_channels(room: Path) -> list[tuple[str, bool, int]]:
    """Return the transport of each kernel, if it has a key, and the mode of its file."""
    files = room.rglob("kernel-*.json")  # of Voilà among temporary files
    known = [(file, json.loads(file.read_text(encoding="utf-8"))) for file in files]
    return [
        (one["transport"], bool(one["curve_publickey"]), file.stat().st_mode & 0o777)
        for file, one in known
    ]


def find_port(started: Started) -> int:
    return urlsplit(started.address).port or 0


def wait_for_text(path: Path) -> str:
    """Wait until a file holds something, as one does for a browser."""
    for _ in range(PATIENCE * 20):
        if path.exists() and (text := path.read_text(encoding="utf-8")):
            return text
        time.sleep(0.05)
    pytest.fail(f"Nothing in {path}.")
