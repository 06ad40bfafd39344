"""Full disks, shut folders, Ctrl-C and a kill leave one sentence or the old report."""

import os
import pty
import resource
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.cli.command_driver import read_terminal

PYTHON = (sys.executable, "-B", "-c")
AUDIT = (sys.executable, "-B", "-m", "apiuser", "audit")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals of Linux")


# Runs the audit, and interrupts it in the middle of its work: 10 ms of computing after
# the bar is drawn, however busy the machine is.
INTERRUPTED = """
import os, signal, sys
from apiuser.cli import main

class Watched:
    def __init__(self, stream):
        self.stream = stream
    def __getattr__(self, name):
        return getattr(self.stream, name)
    def write(self, text):
        if "reading" in text:
            signal.setitimer(signal.ITIMER_PROF, 0.01)
        return self.stream.write(text)

signal.signal(signal.SIGPROF, lambda *_: os.kill(os.getpid(), signal.SIGINT))
sys.stderr = Watched(sys.stderr)
sys.exit(main(sys.argv[1:]))
"""
# Runs the audit until it does something to a file, and is killed there.
KILLED = """
import os, resource, signal, sys
from pathlib import Path
from apiuser.cli import main

doing, name = sys.argv[1:3]

def watch(event, arguments):
    if event == doing and arguments and name in str(arguments[0]):
        os.kill(os.getpid(), signal.SIGKILL)

def place(draft, target):
    os.replace(draft, target)
    os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
if doing == "placed":
    Path.replace = place
if doing == "write":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
sys.exit(main(sys.argv[3:]))
"""


def write_export(path: Path, names: int) -> Path:
    """Write an export with twice as many rows, so that every name is in conflict."""
    rows = [f"name{at}x,7" for at in range(names)]
    path.write_text("\n".join(["Username,License Type", *rows, *rows]))
    return path


def limit_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))


@pytest.mark.parametrize("ending", ["csv", "json", "html", "xlsx"])
def test_a_full_disk_is_one_sentence_and_leaves_the_old_report(
    tmp_path: Path, ending: str
) -> None:
    export = write_export(tmp_path / "export.csv", 2_000)
    report = tmp_path / "out" / f"report.{ending}"
    report.parent.mkdir()
    report.write_text("old")

    run = subprocess.run(
        [*AUDIT, export, "--overwrite", f"--report={report}"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit_files,  # one thread only
    )

    assert run.returncode == 4
    assert run.stderr.startswith(f"apiuser: {report}: cannot be written")
    assert run.stderr.count("\n") == 1
    assert [path.name for path in report.parent.iterdir()] == [report.name]
    assert report.read_text() == "old"


@pytest.mark.parametrize("place", ["/proc/report.csv", "/dev/null/report.csv"])
def test_a_folder_that_takes_no_file_is_one_sentence(
    tmp_path: Path, place: str
) -> None:
    export = tmp_path / "export.csv"
    export.write_text("Username\na1\n")

    run = subprocess.run(
        [*AUDIT, export, f"--report={place}"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 4
    assert run.stderr.startswith(f"apiuser: {place}: cannot be written")
    assert run.stderr.count("\n") == 1


def test_ctrl_c_ends_with_130_and_no_traceback(tmp_path: Path) -> None:
    export = write_export(tmp_path / "export.csv", 60_000)
    report = tmp_path / "out" / "report.csv"
    report.parent.mkdir()
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    with subprocess.Popen(
        [*PYTHON, INTERRUPTED, "audit", export, f"--report={report}"],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ) as run:
        os.close(theirs)
        said = read_terminal(ours)
    os.close(ours)

    assert run.returncode == 130
    assert b"reading" in said
    assert said.rstrip().endswith(b"apiuser: interrupted.")
    assert b"Traceback" not in said
    assert list(report.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("doing", "name", "signal_of_it", "whole"),
    [
        ("open", ".draft", signal.SIGKILL, "old"),
        ("write", "", signal.SIGXFSZ, "old"),
        ("os.rename", ".draft", signal.SIGKILL, "old"),
        ("placed", "", signal.SIGKILL, "new"),
    ],
)
def test_a_kill_while_writing_leaves_a_whole_report(
    tmp_path: Path, doing: str, name: str, signal_of_it: signal.Signals, whole: str
) -> None:
    export = write_export(tmp_path / "export.csv", 2_000)
    report = tmp_path / "report.csv"
    report.write_text("old")

    run = subprocess.run(
        [
            *PYTHON,
            KILLED,
            doing,
            name,
            "audit",
            export,
            "--overwrite",
            f"--report={report}",
        ],
        stdout=subprocess.DEVNULL,
        check=False,
    )

    text = report.read_bytes()
    assert run.returncode == -signal_of_it
    if whole == "old":
        assert text == b"old"
    else:
        assert text.endswith(b"\r\n")
        assert text.count(b"\r\n") > 4_000


def test_a_kill_before_the_report_is_whole_leaves_the_old_one(tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    report.write_text("old")
    code = (
        "import os, signal, sys\n"
        "from apiuser.files import write_whole\n"
        "os.fsync = lambda file: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_whole(sys.argv[1], b'new' * 10_000)\n"
    )

    run = subprocess.run([sys.executable, "-c", code, report], check=False)

    assert run.returncode == -signal.SIGKILL
    assert report.read_text() == "old"
