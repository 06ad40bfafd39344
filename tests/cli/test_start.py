"""Ctrl-C while modules load, while the command runs or ends: 130 and no traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals of Linux")

# Starts the command, and interrupts it where it loads its n-th module, and at its end.
INTERRUPTED = """
import os, signal, sys
from apiuser.__main__ import run

wanted, seen = int(sys.argv[1]), 0

def watch(event, arguments):
    global seen
    if event == "import":
        seen += 1
        if seen == wanted:
            os.kill(os.getpid(), signal.SIGINT)

sys.addaudithook(watch)
del sys.argv[1]
try:
    code = run()
except SystemExit as end:  # the help and wrong usage
    code = end.code
if seen < wanted:
    os.write(1, b"all loaded")
os.kill(os.getpid(), signal.SIGINT)  # pressed twice, and too late
sys.exit(code)
"""

COMMANDS = {
    "check": (["check", "ab1@example.com"], 1),
    "generate": (["generate", "--show-secret"], 9),
    "audit": (["audit", "export.csv", "--report", "report.xlsx"], 23),
    "scan": (["scan", "."], 9),
    "handover": (["handover", "--generate", "--to", "a.kdbx", "--show-passphrase"], 23),
    "help": (["--help"], 9),
    "wrong usage": (["check", "--x"], 9),
}


# Interrupts what runs where DuckDB loads its n-th module.
IN_DUCKDB = """
import os, signal, sys

wanted, seen, inside = int(sys.argv.pop(1)), 0, False

def watch(event, arguments):
    global inside, seen
    if event == "import" and arguments[0] == "_duckdb":
        inside = True
    elif event == "import" and inside:
        seen += 1
        if seen == wanted:
            os.write(1, b"interrupted")
            os.kill(os.getpid(), signal.SIGINT)

sys.addaudithook(watch)
"""
AS_COMMAND = """
from apiuser.__main__ import run
sys.exit(run())
"""
AS_LIBRARY = """
from apiuser.exports.engine.database import open_database
try:
    open_database()
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize("after", [AS_COMMAND, AS_LIBRARY], ids=["command", "library"])
@pytest.mark.parametrize("number", [1, 2, 8])
def test_ctrl_c_while_duckdb_loads_waits_for_it(
    after: str, number: int, tmp_path: Path
) -> None:
    pytest.importorskip("duckdb", reason="the extra `large` is not installed")
    names = "\n".join(f"name{number}x" for number in range(800_000))
    (tmp_path / "export.csv").write_text(f"Username\n{names}\n")

    done = subprocess.run(
        [
            *(sys.executable, "-B", "-c", IN_DUCKDB + after, str(number)),
            *("audit", "export.csv"),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert done.stdout == "interrupted"
    assert done.returncode == 130
    assert done.stderr in {"", "apiuser: interrupted.\n"}


@pytest.mark.parametrize(("words", "step"), COMMANDS.values(), ids=COMMANDS)
def test_ctrl_c_while_a_module_loads_is_one_line(
    words: list[str], step: int, tmp_path: Path
) -> None:
    (tmp_path / "export.csv").write_text("Username\nab1\n")
    number = 1
    while True:
        done = subprocess.run(
            [sys.executable, "-B", "-c", INTERRUPTED, str(number), *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )
        if "all loaded" in done.stdout:
            break
        assert done.returncode == 130, number
        assert done.stderr.endswith("apiuser: interrupted.\n"), number
        assert "Traceback" not in done.stderr, number
        assert not (tmp_path / "a.kdbx").exists(), number
        assert "Passphrase" not in done.stdout, number
        number += step
    assert number > step


# A module is interrupted while it loads; what comes after it waits for a reader.
BLOCKED = """
import os, signal, sys
import apiuser.__main__ as start

start._heed_interrupts()
sys.path.insert(0, sys.argv[1])
# Signals that come just before a call that waits are as good as lost.
send, lost = signal.pthread_kill, [*range(int(sys.argv[2]))]
signal.pthread_kill = start._signal.pthread_kill = (
    lambda *to: lost.pop() if lost else send(*to)
)
try:
    import pressed
    os.write(1, b" " * 10_000_000)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize("lost", [0, 3])
def test_ctrl_c_while_a_module_loads_reaches_what_waits_by_then(
    tmp_path: Path, lost: int
) -> None:
    pressed = tmp_path / "pressed.py"
    pressed.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    words = [sys.executable, "-c", BLOCKED, str(tmp_path), str(lost)]

    with subprocess.Popen(words, stdout=subprocess.PIPE) as run:
        assert run.wait() == 130


# A ZIP file is interrupted before it has all that its end asks for.
HALF_MADE = """
import os, signal, sys, zipfile
import apiuser.__main__ as start

start._heed_interrupts()

class Pressed(zipfile.ZipFile):
    @property
    def _seekable(self):
        return False

    @_seekable.setter
    def _seekable(self, _given):
        os.kill(os.getpid(), signal.SIGINT)

try:
    Pressed(sys.argv[1], "w")
except KeyboardInterrupt:
    sys.exit(130)
"""


def test_ctrl_c_while_an_object_is_made_says_nothing_of_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HALF_MADE, tmp_path / "a.zip"],
        capture_output=True,
        check=False,
    )

    assert done.returncode == 130
    assert done.stderr == b""
