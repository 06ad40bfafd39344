"""`apiuser lab` copies the notebooks and opens them, and keeps what was changed."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from apiuser.cli import main
from apiuser.errors import AccessError
from apiuser.lab import FIRST, copy_notebooks, end_process, find_notebooks

PATIENCE = 60
COMMAND = [sys.executable, "-m", "apiuser", "lab"]


def test_notebooks_and_samples_are_copied(tmp_path: Path) -> None:
    kept = copy_notebooks(tmp_path / "new")

    copied = {path.name for path in (tmp_path / "new").rglob("*") if path.is_file()}
    assert kept == ()
    assert {FIRST, "audit-usernames.ipynb", "sample-active.csv"} <= copied
    assert (tmp_path / "new" / FIRST).read_bytes() == (
        find_notebooks() / FIRST
    ).read_bytes()


def test_a_changed_notebook_is_kept_unless_its_owner_says_otherwise(
    tmp_path: Path,
) -> None:
    copy_notebooks(tmp_path)
    mine = tmp_path / FIRST
    mine.write_text("mine", encoding="utf-8")

    kept = copy_notebooks(tmp_path)
    text = mine.read_text(encoding="utf-8")
    replaced = copy_notebooks(tmp_path, replace=lambda path: path == mine)

    assert kept == (mine,)
    assert text == "mine"
    assert replaced == ()
    assert mine.read_bytes() == (find_notebooks() / FIRST).read_bytes()


def test_a_folder_that_cannot_be_made_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(AccessError, match="Name another folder"):
        copy_notebooks(tmp_path / "file" / "folder")

    result = subprocess.run(
        [*COMMAND, str(tmp_path / "file")], capture_output=True, text=True, check=False
    )
    assert result.returncode == 4
    assert "Traceback" not in result.stderr


def test_the_lab_answers_with_the_notebook_and_ends_when_told(tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"
    copy_notebooks(folder)
    (folder / FIRST).write_bytes((folder / FIRST).read_bytes() + b"\n")

    with start_lab(folder) as lab:
        status = ask(f"{lab.url}/api/contents/{FIRST}?content=0", lab.token)
        ask(f"{lab.url}/api/shutdown", lab.token, method="POST")
        code = lab.process.wait(PATIENCE)

    assert status == 200
    assert code == 0
    assert f"{folder / FIRST} was changed and is kept." in lab.said


@pytest.mark.parametrize(
    ("stop", "code"),
    [
        (lambda pid: os.killpg(pid, signal.SIGINT), 130),  # Ctrl-C at a terminal
        (lambda pid: os.kill(pid, signal.SIGINT), 130),
        (lambda pid: os.kill(pid, signal.SIGTERM), 143),
    ],
    ids=["ctrl-c", "interrupt", "terminate"],
)
def test_the_server_ends_with_the_command_and_asks_nothing(
    tmp_path: Path, stop: Callable[[int], None], code: int
) -> None:
    pty = pytest.importorskip("pty", reason="there are no such terminals here")
    terminal, inside = pty.openpty()  # the server asks at terminals only

    with start_lab(tmp_path, stdin=inside) as lab:
        ask(f"{lab.url}/api/status", lab.token)
        stop(lab.process.pid)
        ended = lab.process.wait(PATIENCE)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", urlsplit(lab.url).port or 0))
        assert lab.process.stdout is not None
        said = lab.process.stdout.read()
    os.close(inside)
    os.close(terminal)

    assert ended == code
    assert "[n]" not in said
    assert "Traceback" not in said


# Writes down whom a program asks for, as Python itself sees it.
_WITNESS = """
import os, sys

def note(event, arguments):
    if event in ("socket.getaddrinfo", "socket.connect"):
        with open(os.environ["ASKED"], "a", encoding="utf-8") as asked:
            print(repr(arguments[0 if event.endswith("info") else 1]), file=asked)

sys.addaudithook(note)
"""


def test_the_lab_asks_no_other_host_for_news_or_a_newer_release(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(_WITNESS, encoding="utf-8")
    asked = tmp_path / "asked"
    asked.write_text("", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "ASKED": str(asked)}

    with start_lab(tmp_path / "new", environment=environment) as lab:
        answers = [
            ask(f"{lab.url}/lab/api/{name}", lab.token) for name in ("update", "news")
        ]

    hosts = asked.read_text(encoding="utf-8").splitlines()
    assert answers == [200, 200]
    assert "'localhost'" in hosts  # so the witness was there
    assert [host for host in hosts if not is_this_machine(host)] == []


def is_this_machine(host: str) -> bool:
    """Tell whether a noted host is this machine; a path is a socket of its own."""
    return any(name in host for name in ("'127.0.0.1'", "'localhost'", "'::1'", "'/"))


def test_without_voila_one_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "voila", None)

    code = main(["lab", str(tmp_path / "new"), "--app"])

    assert code == 3
    assert capsys.readouterr().err == (
        "apiuser: The form without code needs Voilà. "
        "Run: uv run --extra app apiuser lab --app\n"
    )
    assert not (tmp_path / "new").exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A running `apiuser lab`, where it listens and what it said until then."""

    process: "subprocess.Popen[str]"
    url: str
    token: str
    said: str


@contextmanager
def start_lab(
    folder: Path,
    *,
    stdin: int = subprocess.DEVNULL,
    environment: Mapping[str, str] = os.environ,
) -> Iterator[Started]:
    with subprocess.Popen(
        [*COMMAND, str(folder), "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=stdin,
        env=environment,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            assert process.stdout is not None
            said = ""
            while not (
                found := re.search(r"(http://127\.0\.0\.1:\d+)/lab\S*=(\w+)", said)
            ):
                line = process.stdout.readline()
                assert line, f"The server did not start: {said}"
                said += line
            yield Started(process=process, url=found[1], token=found[2], said=said)
        finally:
            process.terminate()


def ask(url: str, token: str, *, method: str = "GET") -> int:
    """Ask the server; it says where it listens a moment before it does."""
    request = urllib.request.Request(  # noqa: S310  # loopback only
        url, method=method, headers={"Authorization": f"token {token}"}
    )
    last = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.URLError as error:
            refused = isinstance(error.reason, ConnectionRefusedError)
            if not refused or time.monotonic() > last:
                raise


def test_a_server_that_does_not_end_in_time_is_ended() -> None:
    stubborn = (
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print(flush=True); signal.pause()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", stubborn], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()

        end_process(process, patience=0.2)

    assert process.returncode == -signal.SIGKILL
