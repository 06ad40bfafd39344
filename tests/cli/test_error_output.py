"""What could not be said makes a success a failure, and changes no other exit code."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from apiuser.errors import AccessError
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
    "unread": "",
}


@pytest.mark.parametrize("said", SAYING.values(), ids=SAYING)
@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_an_error_output_that_accepts_nothing_changes_no_exit_code(
    ending: str, said: tuple[str, str, int], tmp_path: Path
) -> None:
    words, typed, code = said

    assert find_code(words, typed, ending, tmp_path) == code


@pytest.mark.parametrize("ending", ["full", "unread"])
@pytest.mark.parametrize(
    "words",
    [
        "handover ab1@example.com --plaintext a.csv",
        "handover ab1@example.com --to a.kdbx --plaintext a.csv --show-passphrase",
    ],
)
def test_no_file_stays_of_which_nobody_could_be_warned(
    words: str, ending: str, tmp_path: Path
) -> None:
    code = find_code(words, f"{SECRETS[0]}\n", ENDINGS[ending], tmp_path)

    assert code == AccessError.exit_code
    assert sorted(path.name for path in tmp_path.iterdir()) == ["code"]


def test_somebody_who_closes_the_error_output_wants_to_hear_nothing(
    tmp_path: Path,
) -> None:
    words = "handover ab1@example.com --plaintext a.csv"

    code = find_code(words, f"{SECRETS[0]}\n", ENDINGS["closed"], tmp_path)

    assert code == 0
    assert (tmp_path / "a.csv").exists()


@pytest.mark.parametrize("ending", ["full", "unread"])
def test_an_answer_without_what_was_said_beside_it_is_no_success(
    ending: str, tmp_path: Path
) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\n"
        "import apiuser.cli as cli\n"
        "from apiuser.cli.telling import announce\n"
        "cli.main = lambda: announce('This will take a while.') or 0\n"
        "sys.exit(cli.run())\n"
    )

    command = f"{sys.executable} {script}"
    code = find_code("", "", ENDINGS[ending], tmp_path, command=command)

    assert code == AccessError.exit_code


def test_an_error_output_that_is_full_and_does_not_wait_is_lost(tmp_path: Path) -> None:
    reading, full = os.pipe()
    os.set_blocking(full, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(full, b" ")

    done = subprocess.run(
        [*COMMAND, "handover", "ab1@example.com", "--plaintext", "a.csv"],
        input=f"{SECRETS[0]}\n",
        stdout=subprocess.DEVNULL,
        stderr=full,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    os.close(reading)
    os.close(full)

    assert done.returncode == AccessError.exit_code
    assert not [*tmp_path.iterdir()]


def find_code(
    words: str,
    typed: str,
    ending: str,
    folder: Path,
    *,
    command: str = " ".join(COMMAND),
) -> int:
    """Run a command with its outputs as an ending has them; return its exit code."""
    reading, unread = os.pipe()
    os.close(reading)
    subprocess.run(
        [*SHELL, f"({command} {words}; echo $? >code) {ending}"],
        input=typed,
        stdout=subprocess.DEVNULL,
        stderr=unread,
        text=True,
        check=False,
        cwd=folder,
    )
    os.close(unread)
    return int((folder / "code").read_text())


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
