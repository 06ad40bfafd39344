"""`apiuser lab` and `apiuser form` end with everything of theirs, and show no token."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from apiuser.lab.copies import FIRST
from apiuser.lab.starting import end_process
from tests.lab.lab_driver import (
    COMMAND,
    PATIENCE,
    Started,
    heed_signals,
    make_room,
    show_form,
    start,
    wait_for_text,
)

ENDS: dict[str, tuple[Callable[[int], None], int]] = {
    "ctrl-c": (lambda pid: os.killpg(pid, signal.SIGINT), 130),  # at a terminal
    "interrupt": (lambda pid: os.kill(pid, signal.SIGINT), 130),
    "terminate": (lambda pid: os.kill(pid, signal.SIGTERM), 143),
    "hang up": (lambda pid: os.killpg(pid, signal.SIGHUP), 129),  # a closed terminal
    "kill": (lambda pid: os.kill(pid, signal.SIGKILL), -9),
}


def see_the_browser_led(started: Started) -> Path:
    """See that a private file leads the browser, and that no process shows the token."""
    page = wait_for_text(started.room / "opened")
    words = list_words(started)
    path = Path(urllib.parse.unquote(urllib.parse.urlsplit(page).path))

    assert page.startswith("file:///")
    assert path.parent == started.room / "work"
    assert path.stat().st_mode & 0o777 == 0o600
    assert f'content="0; url={started.address}"' in path.read_text(encoding="utf-8")
    assert "apiuser.lab.serving" in words
    assert [word for word in words if started.token in word] == []
    return path


def list_words(started: Started) -> list[str]:
    """List the words of all command lines, as every user of the machine can."""
    command = psutil.Process(started.process.pid)
    words: list[str] = []
    for process in [command, *command.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):  # as the browser's, soon
            words += process.cmdline()
    return words


@pytest.mark.parametrize("kind", ["lab", "form"])
@pytest.mark.parametrize("name", ENDS)
def test_a_private_file_leads_the_browser_and_all_ends_with_the_command(
    tmp_path: Path, name: str, kind: str
) -> None:
    stop, code = ENDS[name]

    with start(tmp_path, kind, browser=True) as started:
        led = see_the_browser_led(started)
        show_form(started, kind)
        children = started.list_children()
        stop(started.process.pid)
        ended = started.process.wait(PATIENCE)
        _, left = psutil.wait_procs(children, timeout=PATIENCE)
        said = started.process.communicate(timeout=PATIENCE)[1]

    assert len(children) == 2, said  # why a kernel did not start
    assert left == []
    assert ended == code
    assert not led.exists()
    assert list((tmp_path / "temp").iterdir()) == []
    assert list((tmp_path / "runtime").glob("*.json")) == []
    assert list((tmp_path / "work").glob(".apiuser-*")) == []
    assert "Traceback" not in said


@pytest.mark.parametrize("kind", ["lab", "form"])
def test_a_command_that_is_interrupted_while_its_server_loads_ends_at_once(
    tmp_path: Path, kind: str
) -> None:
    with heed_signals():
        process = subprocess.Popen(
            [*COMMAND, kind, str(tmp_path / "work"), "--no-browser"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=make_room(tmp_path),
            text=True,
            start_new_session=True,
        )
    with process:
        children = wait_for_children(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)
        _, left = psutil.wait_procs(children, timeout=PATIENCE)

    assert process.returncode == 130
    assert said == "apiuser: interrupted.\n"
    assert left == []
    assert list((tmp_path / "temp").iterdir()) == []


def wait_for_children(number: int) -> list[psutil.Process]:
    last = time.monotonic() + PATIENCE
    children: list[psutil.Process] = []
    while not children:
        assert time.monotonic() < last
        time.sleep(0.05)
        children = psutil.Process(number).children()
    return children


@pytest.mark.parametrize("kind", ["lab", "form"])
def test_a_server_that_is_killed_ends_its_kernels(tmp_path: Path, kind: str) -> None:
    with start(tmp_path, kind) as started:
        show_form(started, kind)
        children = started.list_children()
        (server,) = (c for c in children if "apiuser.lab.serving" in c.cmdline())
        server.kill()
        ended = started.process.wait(PATIENCE)
        _, left = psutil.wait_procs(children, timeout=PATIENCE)
        said = started.process.communicate(timeout=PATIENCE)[1]

    assert len(children) == 2, said  # why a kernel did not start
    assert left == []
    assert ended != 0
    assert "the server ended by itself" in said


def test_a_kernel_that_is_killed_leaves_nothing_either(tmp_path: Path) -> None:
    with start(tmp_path) as lab:
        lab.ask(f"api/contents/{FIRST}")
        kernel = next(c for c in lab.list_children() if "ipykernel" in str(c.cmdline()))
        temporary = Path(kernel.environ()["TMPDIR"])
        (temporary / "upload").write_text("names", encoding="utf-8")
        kernel.kill()
        lab.end()

    assert temporary.parent == tmp_path / "temp"
    assert list((tmp_path / "temp").iterdir()) == []


def test_the_command_goes_on_where_it_was_told_to_ignore_a_closed_terminal(
    tmp_path: Path,
) -> None:
    with start(tmp_path, before=["nohup"]) as lab:
        lab.process.send_signal(signal.SIGHUP)
        status = lab.ask("api/status")
        code, _ = lab.end()

    assert "kernels" in status
    assert code == 143


def test_a_server_that_does_not_end_in_time_is_ended() -> None:
    stubborn = "print(flush=True); import signal; signal.pause()"
    with subprocess.Popen(
        [sys.executable, "-c", stubborn], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()

        end_process(process, patience=0.2)

    assert process.returncode == -signal.SIGKILL
