"""An error output that is full, closed or not read changes no exit code."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command_driver import COMMAND, FULL
from tests.planted import SECRETS

pytestmark = pytest.mark.skipif(
    not FULL.exists(), reason="there is no full device here"
)

SHELL = ("/bin/sh", "-c")

# Words of each command that says something on the error output, what is typed, and the
# exit code.
SAYING = {
    "audit, no file": ("audit nofile.csv", "", 4),
    "audit, usage": ("audit", "", 2),
    "compare, no file": ("compare nofile.csv nofile.csv", "", 4),
    "check, usage": ("check", "", 2),
    "check, no policy": ("check ab1 --policy none", "", 3),
    "explain, nothing known": ("explain xyzzy", "", 3),
    "generate, secret kept": ("generate", "", 2),
    "handover, usage": ("handover", "", 2),
    "handover, a rule broken": ("handover ab1 --to a.age --ask-passphrase", "x\n", 1),
    "handover, kept": ("handover --generate --to a.kdbx", "", 2),
    "handover, a file left": (
        "handover ab1@example.com --plaintext a.csv",
        f"{SECRETS[0]}\n",
        0,
    ),
    "scan, no file": ("scan nofile", "", 4),
    "verify, no login": ("verify ab1", "", 3),
    "verify, asked for values": ("verify ab1@example.com --login --now", "", 3),
    "rules, no policy": ("rules --policy none", "", 3),
    "unknown command": ("verfy", "", 2),
    "unknown option": ("policies --x", "", 2),
}
ENDINGS = {
    "full": "2>/dev/full",
    "closed": "2>&-",
    "unread": "2>&1 >/dev/null | true",
}


@pytest.mark.parametrize("said", SAYING.values(), ids=SAYING)
@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_an_error_output_that_accepts_nothing_changes_no_exit_code(
    ending: str, said: tuple[str, str, int], tmp_path: Path
) -> None:
    words, typed, code = said
    command = " ".join([*COMMAND, words])

    subprocess.run(
        [*SHELL, f"({command}; echo $? >code) {ending}"],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert (tmp_path / "code").read_text() == f"{code}\n"


@pytest.mark.skipif(sys.platform != "linux", reason="signals of Linux")
@pytest.mark.parametrize("ending", ["2>/dev/full", "2>&-"])
def test_ctrl_c_ends_with_130_even_if_that_cannot_be_printed(ending: str) -> None:
    code = (
        "import os, signal, sys\n"
        "import apiuser.__main__ as start\n"
        "import apiuser.cli\n"
        "apiuser.cli.run = lambda: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(start.run())\n"
    )

    done = subprocess.run(
        [*SHELL, f'"$@" {ending}', "sh", sys.executable, "-c", code], check=False
    )

    assert done.returncode == 130


def test_a_closed_error_output_does_not_become_a_file_opened_later(
    tmp_path: Path,
) -> None:
    report = tmp_path / "report.csv"
    (tmp_path / "a.csv").write_text("Username\nab1\nab1\n")
    words = ["audit", "a.csv", f"--report={report}"]

    done = subprocess.run(
        [*SHELL, '"$@" 2>&- <&-', "sh", *COMMAND, *words],
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )

    assert done.returncode == 1
    assert b"apiuser:" not in report.read_bytes()
