"""Ways to run the command: as a process, in a terminal of its own."""

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "apiuser"]
GOOD = "free7@example.com"
FULL = Path("/dev/full")
Call = Callable[..., tuple[int, str, str]]
"""Takes words and what is typed; gives the exit code, the output and what was said on the side."""


def run(*words: str, typed: str | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *words], input=typed, capture_output=True, text=True, check=False
    )


def read_terminal(terminal: int) -> bytes:
    """Read a terminal until nobody writes there any more."""
    seen = b""
    with contextlib.suppress(OSError):  # how Linux reports the end of a terminal
        while part := os.read(terminal, 4096):
            seen += part
    return seen


def run_in_terminal(
    words: Sequence[str],
    *,
    typed: bytes = b"",
    prompt: bytes = b"",
    interrupt: bool = False,
) -> tuple[int, str]:
    """Run the command in a terminal of its own; type once the prompt is there."""
    pty = pytest.importorskip("pty", reason="there are no such terminals here")
    terminal, inside = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *words],
        stdin=inside,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
    ) as process:
        os.close(inside)
        seen = b""
        while select.select([terminal], [], [], 30)[0]:
            try:
                part = os.read(terminal, 4096)
            except OSError:  # how Linux reports the end of a terminal
                break
            if not part:
                break
            seen += part
            if prompt and prompt in seen:
                if interrupt:
                    process.send_signal(signal.SIGINT)
                os.write(terminal, typed)
                prompt = b""
    os.close(terminal)
    return process.returncode, seen.decode().replace("\r\n", "\n")
