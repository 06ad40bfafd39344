"""Ctrl-C while modules load, while the command runs or ends: 130 and no traceback."""

import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals of Linux")

# Starts the command. Where it loads its first module, and every so many from there on,
# a copy of the process is interrupted, goes on and is interrupted at its end again.
INTERRUPTED = """
import os, signal, sys
from apiuser.__main__ import run

step, folder, seen, ends = int(sys.argv.pop(1)), sys.argv.pop(1), 0, {}

def watch(event, arguments):
    global seen, step
    if event != "import" or not step:
        return
    seen += 1
    if seen % step != 1 % step:
        return
    if child := os.fork():
        status = os.waitpid(child, 0)[1]
        ends[seen] = os.waitstatus_to_exitcode(status), os.path.exists("a.kdbx")
        return
    step = 0
    for number in (1, 2):
        os.dup2(os.open(f"{folder}/{seen}.{number}", os.O_CREAT | os.O_RDWR), number)
    os.kill(os.getpid(), signal.SIGINT)

sys.addaudithook(watch)
try:
    code = run()
except SystemExit as end:  # the help and wrong usage
    code = end.code
if step:
    os.write(os.open(f"{folder}/ends", os.O_CREAT | os.O_RDWR), repr(ends).encode())
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
    script = IN_DUCKDB + after

    done = subprocess.run(
        [sys.executable, "-B", "-c", script, str(number), "audit", "export.csv"],
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
    work, told = tmp_path / "work", tmp_path / "told"
    work.mkdir()
    told.mkdir()
    (work / "export.csv").write_text("Username\nab1\n")

    subprocess.run(
        [sys.executable, "-B", "-c", INTERRUPTED, str(step), str(told), *words],
        capture_output=True,
        check=False,
        cwd=work,
    )

    ends = literal_eval((told / "ends").read_text())
    assert len(ends) > 1
    for number, end in ends.items():
        said = (told / f"{number}.2").read_text()
        assert end == (130, False), number
        assert said.endswith("apiuser: interrupted.\n"), number
        assert "Traceback" not in said, number
        assert "Passphrase" not in (told / f"{number}.1").read_text(), number


# A module is interrupted while it loads; what comes after it waits for a reader.
BLOCKED = """
import os, signal, sys
from apiuser import interrupts

interrupts.heed_interrupts()
sys.path.insert(0, sys.argv[1])
# Signals that come just before a call that waits are as good as lost.
send, lost = signal.pthread_kill, [*range(int(sys.argv[2]))]
signal.pthread_kill = interrupts._signal.pthread_kill = (
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
from apiuser import interrupts

interrupts.heed_interrupts()

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
