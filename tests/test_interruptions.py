"""Full disks, shut folders, Ctrl-C and a kill leave one sentence or the old report."""

import os
import pty
import resource
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

AUDIT = (sys.executable, "-B", "-m", "apiuser", "audit")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals of Linux")


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export that takes a second or more to audit and has many findings."""
    path = tmp_path_factory.mktemp("large") / "export.csv"
    rows = (f"name{at % 60_000}x,7" for at in range(120_000))
    path.write_text("\n".join(["Username,License Type", *rows]))
    return path


def limit_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))


@pytest.mark.parametrize("ending", ["csv", "json", "html", "xlsx"])
def test_a_full_disk_is_one_sentence_and_leaves_the_old_report(
    tmp_path: Path, ending: str
) -> None:
    export = tmp_path / "export.csv"
    rows = [f"name{at},7" for at in range(2_000)]
    export.write_text("\n".join(["Username,License Type", *rows, *rows]))
    report = tmp_path / "out" / f"report.{ending}"
    report.parent.mkdir()
    report.write_text("old")

    run = subprocess.run(
        [*AUDIT, export, f"--report={report}"],
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


def test_ctrl_c_ends_with_130_and_no_traceback(export: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    with subprocess.Popen(
        [*AUDIT, export, f"--report={tmp_path / 'report.csv'}"],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ) as run:
        os.close(theirs)
        said = b""
        while b"reading" not in said:  # the bar is drawn: the work has begun
            said += os.read(ours, 4096)
        run.send_signal(signal.SIGINT)
        while part := _read(ours):
            said += part
    os.close(ours)

    assert run.returncode == 130
    assert said.rstrip().endswith(b"apiuser: interrupted.")
    assert b"Traceback" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wait", [0.0, 0.001, 0.01])
def test_a_kill_while_writing_leaves_a_whole_report(
    export: Path, tmp_path: Path, wait: float
) -> None:
    report = tmp_path / "report.csv"
    report.write_text("old")

    # A draft is there for some milliseconds, which a busy machine may sleep through.
    assert any(kill_while_writing(export, report, wait) for _ in range(5)), (
        "no draft of the report was ever seen"
    )

    text = report.read_bytes()
    assert text == b"old" or text.endswith(b"\r\n")
    if text != b"old":
        assert text.count(b"\r\n") > 120_000


def kill_while_writing(export: Path, report: Path, wait: float) -> bool:
    """Audit, kill a while after a draft is seen, and tell whether one was."""
    seen = False
    left = set(report.parent.glob(".apiuser-*.draft"))
    with subprocess.Popen(
        [*AUDIT, export, f"--report={report}"], stdout=subprocess.DEVNULL
    ) as run:
        while run.poll() is None and not seen:
            seen = bool(set(report.parent.glob(".apiuser-*.draft")) - left)
        time.sleep(wait)
        run.kill()
    return seen


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


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other side has gone
        return b""
