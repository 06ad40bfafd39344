"""What a handover refuses gets a clear sentence, and no plain text stays behind.

Refused before a secret is asked for: see tests/cli/test_handover_command.py.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from apiuser.checklist import Job
from apiuser.forms.work_sheet import WorkSheet
from tests.cli.command_driver import Call
from tests.forms.windows import BrowserWindow, Sent
from tests.handover import handover_tools
from tests.handover.handover_runs import COMMAND
from tests.leaks.room import open_room, search
from tests.planted import PASSPHRASES, SECRETS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

LOGIN = "sample1key@example.com"
SECRET = SECRETS[4]
WEAK = "abcabcabcabcabcabc"
TOO_LONG = "a" * 300
PLAINLY = ("handover", LOGIN, "--to", "new.kdbx", "--show-passphrase")
CANNOT_BE = {
    "a folder that takes no file": (("--to", "/proc/new.kdbx"), 4, "cannot be written"),
    "a file as a folder": (("--to", "/dev/null/new.age"), 4, "folder does not exist"),
    "a name too long": (("--to", f"{TOO_LONG}.kdbx"), 4, "cannot be used"),
    "a sheet that cannot be": (
        ("--to", "new.kdbx", "--sheet", f"{TOO_LONG}.md"),
        4,
        "cannot be used",
    ),
}


@pytest.mark.parametrize(("words", "code", "told"), CANNOT_BE.values(), ids=CANNOT_BE)
def test_a_place_that_cannot_be_written_is_one_sentence(
    words: tuple[str, ...], code: int, told: str
) -> None:
    done, left = hand_over(*words, typed=[SECRET, PASSPHRASES[0]])

    assert done.returncode == code
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert left == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--sheet", f"{SECRET}.md"), "name of the file contains the secret"),
        (("--sheet", f"for-{SECRET}-1.html"), "name of the file contains the secret"),
        (("--plaintext", f"{SECRET}.csv"), "name of the file contains the secret"),
        (("--sheet", "s.md", "--made-by", f"a {SECRET}"), "name of the sender"),
        (("--sheet", "s.md", "--meant-for", SECRET), "name of the receiver"),
    ],
)
def test_a_name_with_the_secret_is_found_before_anything_is_written(
    tmp_path: Path, call: Call, words: tuple[str, ...], told: str
) -> None:
    code, out, err = call(*PLAINLY, *words, typed=SECRET)

    assert code == 3
    assert told in err
    assert (out, SECRET in err) == ("", False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_file_whose_passphrase_nobody_saw_does_not_stay(
    tmp_path: Path, form: list[str]
) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, *PLAINLY[1:], "--sheet", "s.md", *form],
            input=f"{SECRET}\n",
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=tmp_path,
        )

    assert done.returncode == 4
    assert "nobody saw its passphrase" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["kdbx", "age"])
def test_a_weak_passphrase_is_one_sentence(ending: str) -> None:
    done, left = hand_over("--to", f"new.{ending}", typed=[SECRET, WEAK])

    assert done.returncode == 3
    assert "fewer than 8 different characters" in done.stderr
    assert done.stderr.count("\n") == 1
    assert left == []


def hand_over(
    *words: str, typed: Sequence[str]
) -> tuple["subprocess.CompletedProcess[str]", list[str]]:
    """Run the command in fresh folders; return what it said and what it left there."""
    with open_room() as room:
        done = subprocess.run(
            [*COMMAND, LOGIN, "--ask-passphrase", *words],
            input="".join(f"{line}\n" for line in typed),
            capture_output=True,
            text=True,
            check=False,
            cwd=room["work"],
            env=room.environment,
        )
        (room["logs"] / "said.txt").write_text(done.stdout + done.stderr)
        found = search(room, typed)
        files = [str(path) for path in room["work"].rglob("*")]
    assert found.hits == ()
    return done, files


FILES = {
    "/proc/new.kdbx": "cannot be written",
    "missing/new.kdbx": "folder does not exist",
    f"{TOO_LONG}.kdbx": "cannot be used",
    "new\0.kdbx": "is not a valid path",
    "new.txt": "ends in .kdbx or .age",
    "": "ends in .kdbx or .age",
}


@pytest.mark.parametrize(("name", "told"), FILES.items(), ids=range(len(FILES)))
def test_the_form_says_why_a_file_cannot_be_written(
    name: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: Sent
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    window = BrowserWindow(WorkSheet(Job.ROTATE, folder=tmp_path / "work"), sent)
    window.greet()
    window.act(do="set", key="username", value="sample4key@example.com")
    window.type(SECRET)
    window.press("stage:store")

    window.press("store", values={"file": name})

    assert told in window.widget.shown["said"]["text"]
    assert window.act(do="ask", what="passphrase")["kind"] == "refused"
    assert list(tmp_path.iterdir()) == []


def test_without_keepassxc_the_check_says_that_it_did_not_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(handover_tools.REQUIRED, raising=False)

    with pytest.raises(
        pytest.skip.Exception, match="not run: keepassxc-cli is not installed"
    ):
        handover_tools.find_tool("keepassxc-cli")
