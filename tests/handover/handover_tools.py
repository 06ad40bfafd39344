"""Programs of others that open what we write; where they are not, tests say so."""

import http.client
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

REQUIRED = "APIUSER_REQUIRE_HANDOVER_TOOLS"


def find_tool(name: str) -> str:
    """Return a program's path; skip the test by name, or fail where it must run."""
    path = shutil.which(name)
    if path is None:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(f"{name} is not installed, and {REQUIRED} is 1")
        pytest.skip(f"not run: {name} is not installed")
    return path


def run_keepassxc(database: Path, passphrase: str, *command: str) -> str:
    """Run a command of KeePassXC's own CLI on a database and return its answer."""
    name, *rest = command
    done = subprocess.run(
        [find_tool("keepassxc-cli"), name, "-q", *rest[:-1], str(database), *rest[-1:]],
        input=f"{passphrase}\n",
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, f"KeePassXC answers {done.returncode}"
    return done.stdout


_TERMINAL = """
import os, pty, subprocess, sys

answers = sys.stdin.buffer.read().splitlines(keepends=True)
outside, inside = pty.openpty()
process = subprocess.Popen(
    sys.argv[1:], stdin=inside, stdout=inside, stderr=inside, start_new_session=True,
    # The terminal becomes the one that /dev/tty leads to.
    preexec_fn=lambda: os.close(os.open(os.ttyname(0), os.O_RDWR)),
)
os.close(inside)
seen, answered = b"", 0
while True:
    try:
        part = os.read(outside, 4096)
    except OSError:  # how Linux reports the end of a terminal
        break
    if not part:
        break
    seen += part
    # Echo is off by the time a prompt is there. Its last blank may come by itself.
    if seen.endswith((b":", b": ")) and seen[answered:].strip():
        answered = len(seen)
        os.write(outside, answers.pop(0) if answers else b"\\x04")
sys.stdout.buffer.write(seen)
sys.exit(process.wait())
"""


def run_in_terminal(command: list[str], typed: str, folder: Path) -> tuple[int, str]:
    """Run a command in a terminal of its own, and answer each prompt with a line."""
    done = subprocess.run(
        [sys.executable, "-c", _TERMINAL, *command],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    return done.returncode, done.stdout.replace("\r\n", "\n")


class _Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet for each answer

    def do_GET(self) -> None:
        body = json.dumps(self.headers.items()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_parts: object) -> None:
        """Say nothing; a server's log is no place for headers."""


def hear_headers(
    sent: Iterable[Iterable[tuple[str, str]]],
) -> Iterator[list[tuple[str, str]]]:
    """Send headers as a client does, and yield what a server received each time."""
    with HTTPServer(("127.0.0.1", 0), _Echo) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        with closing(http.client.HTTPConnection(*server.server_address)) as client:
            for headers in sent:
                client.putrequest("GET", "/")
                for name, value in headers:
                    client.putheader(name, value)
                client.endheaders()
                yield json.loads(client.getresponse().read())
        server.shutdown()
        thread.join()
