"""A prompt that hides what is typed leaves the terminal as it was, however it ends."""

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.cli.command_driver import COMMAND
from tests.lab.lab_driver import heed_signals
from tests.planted import SECRETS

pty = pytest.importorskip("pty", reason="there are no such terminals here")
termios = pytest.importorskip("termios", reason="there are no such terminals here")

ENDING = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT")
ASKING = {
    "check": ("check", "--secret"),
    "handover": ("handover", "ab1@example.com", "--to", "a.kdbx"),
    "verify": ("verify", "ab1@example.com", "--login", "--now"),
    "scan": ("scan", "--secret", "."),
}
PATIENCE = 30

# Asks for a secret; a signal then comes where the thread that reads does not feel it.
UNFELT = """
import signal, sys, threading
from apiuser.__main__ import run

signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])

def take(number):
    signal.sigwait([signal.SIGUSR1])
    signal.pthread_kill(threading.get_ident(), number)

number = int(sys.argv.pop(1))
threading.Thread(target=take, args=[number], daemon=True).start()
sys.exit(run())
"""


def shows_typing(terminal: int) -> bool:
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


def wait_for_prompt(terminal: int) -> None:
    """Wait until a prompt is there, which hides what is typed by then."""
    seen = b""
    while b": " not in seen.rpartition(b"\n")[2] or shows_typing(terminal):
        assert select.select([terminal], [], [], PATIENCE)[0], seen
        seen += os.read(terminal, 4096)


@contextlib.contextmanager
def ask(
    words: Sequence[str],
    folder: Path,
    *before: str,
    command: Sequence[str] = COMMAND,
) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Run a command in a terminal of its own, until it asks."""
    terminal, inside = pty.openpty()
    with (
        heed_signals(),
        subprocess.Popen(
            [*before, *command, *words],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            start_new_session=True,
            cwd=folder,
        ) as process,
    ):
        try:
            wait_for_prompt(terminal)
            yield terminal, process
        finally:
            process.kill()
            os.close(inside)
            os.close(terminal)


@pytest.mark.parametrize("words", ASKING.values(), ids=ASKING)
@pytest.mark.parametrize("name", ENDING)
def test_a_signal_that_ends_the_prompt_shows_typing_again(
    name: str, words: Sequence[str], tmp_path: Path
) -> None:
    number = getattr(signal, name)

    with ask(words, tmp_path) as (terminal, process):
        process.send_signal(number)
        code = process.wait(PATIENCE)

        assert shows_typing(terminal)
    assert code == (130 if name == "SIGINT" else -number)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_just_before_the_prompt_reads_is_not_lost(
    name: str, tmp_path: Path
) -> None:
    number = getattr(signal, name)
    unfelt = (sys.executable, "-c", UNFELT, str(int(number)))

    with ask(ASKING["check"], tmp_path, command=unfelt) as (terminal, process):
        process.send_signal(signal.SIGUSR1)
        code = process.wait(PATIENCE)

        assert shows_typing(terminal)
    assert code == (130 if name == "SIGINT" else -number)


def test_a_second_signal_does_not_disturb_the_end(tmp_path: Path) -> None:
    with ask(ASKING["check"], tmp_path) as (terminal, process):
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGHUP)
        code = process.wait(PATIENCE)

        assert shows_typing(terminal)
    assert code in {-signal.SIGTERM, -signal.SIGHUP}


def test_a_hang_up_that_the_caller_ignores_does_not_end_the_prompt(
    tmp_path: Path,
) -> None:
    ignoring = ("/bin/sh", "-c", 'trap "" HUP; exec "$@"', "sh")

    with ask(ASKING["check"], tmp_path, *ignoring) as (terminal, process):
        process.send_signal(signal.SIGHUP)
        os.write(terminal, f"{SECRETS[0]}\n".encode())
        code = process.wait(PATIENCE)

    assert code >= 0


def test_ctrl_z_neither_stops_the_prompt_nor_shows_what_is_typed(
    tmp_path: Path,
) -> None:
    with ask(ASKING["check"], tmp_path) as (terminal, process):
        os.write(terminal, b"\x1a")
        os.write(terminal, f"{SECRETS[0]}\n".encode())
        code = process.wait(PATIENCE)
        shown = os.read(terminal, 4096)

    assert code in {0, 1}
    assert SECRETS[0].encode() not in shown


def test_a_prompt_that_was_stopped_asks_no_more(tmp_path: Path) -> None:
    with ask(ASKING["check"], tmp_path) as (terminal, process):
        process.send_signal(signal.SIGSTOP)
        os.waitpid(process.pid, os.WUNTRACED)
        process.send_signal(signal.SIGCONT)
        code = process.wait(PATIENCE)
        said = os.read(terminal, 4096)

        assert shows_typing(terminal)
    assert code == 3
    assert b"was stopped before anything was typed. Start again" in said


def test_a_prompt_that_was_stopped_can_be_ended(tmp_path: Path) -> None:
    with ask(ASKING["check"], tmp_path) as (terminal, process):
        process.send_signal(signal.SIGSTOP)
        os.waitpid(process.pid, os.WUNTRACED)
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGCONT)
        code = process.wait(PATIENCE)

        assert shows_typing(terminal)
    assert code in {-signal.SIGTERM, 3}


# Lets crashes write what they like, and dies of one where it asks.
CRASHING = """
import resource, sys
from apiuser.__main__ import run

resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
sys.exit(run())
"""


def test_no_crash_writes_what_was_typed_to_disk(tmp_path: Path) -> None:
    command = (sys.executable, "-c", CRASHING)

    with ask(ASKING["handover"], tmp_path, command=command) as (_, process):
        limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="ascii")

    (line,) = (line for line in limits.splitlines() if "core file size" in line)
    assert line.split()[4] == "0"


@pytest.mark.parametrize("words", [["check", "--secret"], ["scan", "--secret", "."]])
def test_a_line_without_an_end_is_refused_at_once(
    words: Sequence[str], tmp_path: Path
) -> None:
    with Path("/dev/zero").open("rb") as zeros:
        done = subprocess.run(
            [*COMMAND, *words],
            stdin=zeros,
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )

    assert done.returncode == 3
    assert "The secret is longer than 10,000 characters." in done.stderr
