"""`apiuser handover`: what it asks, shows, writes and refuses."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from tests.cli.command_driver import COMMAND, Call
from tests.handover.handover_tools import run_in_terminal, run_keepassxc
from tests.handover.kdbx_reader import read_kdbx
from tests.planted import DOLLAR, PASSPHRASES, SECRETS

pytestmark = pytest.mark.usefixtures("cheap_locks")

LOGIN = "sample1key@example.com"
SECRET = SECRETS[4]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
TYPED = f"{SECRET}\n{PASSPHRASES[0]}\n"


@pytest.fixture
def run_handover(call: Call) -> Run:
    """Give a way to run it in this process, in a folder of its own."""

    def run(*words: str, typed: str = TYPED) -> "subprocess.CompletedProcess[str]":
        done = call("handover", *words, typed=typed)
        return subprocess.CompletedProcess(words, *done)

    return run


def test_a_typed_credential_goes_into_a_keepass_file(
    tmp_path: Path, run_handover: Run
) -> None:
    done = run_handover(
        *(LOGIN, "--to", "new.kdbx", "--ask-passphrase", "--title", "Sample"),
        *("--url", "https://example.com/", "--notes", "For the sample job."),
    )

    told = read_kdbx((tmp_path / "new.kdbx").read_bytes(), PASSPHRASES[0])
    assert done.returncode == 0, done.stderr
    assert told == {
        "Title": "Sample",
        "UserName": LOGIN,
        "Password": SECRET,
        "URL": "https://example.com/",
        "Notes": "For the sample job.",
    }
    assert SECRET not in done.stdout + done.stderr
    assert PASSPHRASES[0] not in done.stdout + done.stderr


def test_the_name_is_asked_for_if_it_is_not_given(
    tmp_path: Path, run_handover: Run
) -> None:
    words = "--suffix example.com --to new.kdbx --ask-passphrase"

    done = run_handover(*words.split(), typed=f"sample1key\n{TYPED}")

    told = read_kdbx((tmp_path / "new.kdbx").read_bytes(), PASSPHRASES[0])
    assert done.returncode == 0, done.stderr
    assert told["UserName"] == LOGIN


@pytest.mark.parametrize("given", ["typed", "argument"])
def test_a_secret_in_place_of_the_username_is_refused_and_not_repeated(
    tmp_path: Path, run_handover: Run, given: str
) -> None:
    words = "--to new.kdbx --ask-passphrase --sheet sheet.md --json"
    name = [SECRET] if given == "argument" else []
    typed = f"{LOGIN}\n{PASSPHRASES[0]}\n"

    done = run_handover(
        *name, *words.split(), typed=typed if name else f"{SECRET}\n{typed}"
    )

    assert done.returncode == 3
    assert "The username looks like a secret, so nothing was written" in done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_shows_a_generated_passphrase_once(tmp_path: Path) -> None:
    words = ["--suffix", "example.com", "--to", "new.kdbx", "--sheet", "sheet.md"]

    code, told = run_in_terminal(
        [*COMMAND, "handover", "--generate", *words], "", tmp_path
    )

    found = re.findall(r"Passphrase +(\S+)", told)
    assert code == 0, told
    assert len(found) == 1
    assert "115.4 bits" in told
    entry = read_kdbx((tmp_path / "new.kdbx").read_bytes(), found[0])
    assert entry["Password"] not in told
    assert entry["UserName"] in told
    sheet = (tmp_path / "sheet.md").read_text(encoding="utf-8")
    assert entry["UserName"] in sheet
    assert entry["Password"] not in sheet
    assert found[0] not in sheet
    shown = run_keepassxc(
        tmp_path / "new.kdbx", found[0], "show", "-s", "-a", "Password", entry["Title"]
    )
    assert shown == entry["Password"] + "\n"


def test_a_terminal_asks_for_a_typed_passphrase_twice(tmp_path: Path) -> None:
    words = [*COMMAND, "handover", LOGIN, "--to", "new.kdbx", "--ask-passphrase"]

    code, told = run_in_terminal(words, f"{TYPED}{PASSPHRASES[1]}\n", tmp_path)

    assert code == 3
    assert "two entries of the passphrase differ" in told
    assert list(tmp_path.iterdir()) == []


def test_nothing_typed_is_shown_on_the_terminal(tmp_path: Path) -> None:
    words = [*COMMAND, "handover", LOGIN, "--to", "new.kdbx", "--ask-passphrase"]

    code, told = run_in_terminal(words, f"{TYPED}{PASSPHRASES[0]}\n", tmp_path)

    assert code == 0, told
    assert (tmp_path / "new.kdbx").exists()
    assert SECRET not in told
    assert PASSPHRASES[0] not in told


def test_a_prompt_left_with_ctrl_d_is_one_sentence(tmp_path: Path) -> None:
    code, told = run_in_terminal(
        [*COMMAND, "handover", "--paste", "env"], f"{LOGIN}\n", tmp_path
    )

    assert code == 3
    assert "Nothing was typed for the password (secret)" in told
    assert "Traceback" not in told


def test_an_age_file_is_made_for_a_key(tmp_path: Path, run_handover: Run) -> None:
    identity = pyrage.x25519.Identity.generate()

    done = run_handover(
        *(LOGIN, "--to", "new.age", "--recipient", str(identity.to_public())),
        *("--tracking-identifier", "SAMPLE0TRACKING0IDENTIFIER0"),
        *("--sheet", "sheet.html", "--made-by", "A. Sample", "--meant-for", "B."),
    )

    plain = pyrage.decrypt((tmp_path / "new.age").read_bytes(), [identity]).decode()
    assert done.returncode == 0, done.stderr
    assert f"Password (secret): {SECRET}\n" in plain
    assert "SAMPLE0TRACKING0IDENTIFIER0" in plain
    assert "the receiver's own key" in done.stdout
    assert "A. Sample" in (tmp_path / "sheet.html").read_text(encoding="utf-8")


def test_json_holds_the_file_and_its_fingerprint(
    tmp_path: Path, run_handover: Run
) -> None:
    words = "--generate --to new.kdbx --json --show-passphrase"

    done = run_handover(*words.split(), typed="")

    told = json.loads(done.stdout)
    entry = read_kdbx((tmp_path / "new.kdbx").read_bytes(), told["passphrase"])
    assert done.returncode == 0, done.stderr
    assert told["username"] == entry["UserName"]
    assert told["file"] == "new.kdbx"
    assert told["bytes"] == (tmp_path / "new.kdbx").stat().st_size
    assert round(told["passphrase_bits"], 1) == 115.4
    assert entry["Password"] not in done.stdout


def test_a_form_is_printed_only_where_it_may_be_kept(
    tmp_path: Path, run_handover: Run
) -> None:
    refused = run_handover(LOGIN, "--paste", "env")
    kept = run_handover(LOGIN, "--paste", "env", "--show-secret")

    assert refused.returncode == 2
    assert refused.stdout == ""
    assert "--show-secret" in refused.stderr
    assert kept.returncode == 0
    assert f"AUTOTASK_SECRET='{SECRET}'\n" in kept.stdout


def test_a_terminal_shows_a_form(tmp_path: Path) -> None:
    code, told = run_in_terminal(
        [*COMMAND, "handover", LOGIN, "--paste", "headers"], TYPED, tmp_path
    )

    assert code == 0, told
    assert f"UserName: {LOGIN}\nSecret: {SECRET}\n" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((LOGIN,), "give --to FILE, --paste FORM or both"),
        ((LOGIN, "--generate", "--paste", "env"), "NAME or --generate"),
        ((LOGIN, "--paste", "env", "--sheet", "a.md"), "need --to FILE"),
        ((LOGIN, "--paste", "env", "--ask-passphrase"), "need --to FILE"),
        (
            (LOGIN, "--to", "a.age", "--recipient", "x", "--ask-passphrase"),
            "give either",
        ),
        ((LOGIN, "--paste", "env", "--json", "--show-secret"), "--paste or --json"),
        ((LOGIN, "--to", "a.kdbx"), "--show-passphrase"),
        ((LOGIN, "--paste", "tea"), "invalid choice"),
        ((LOGIN, "--secret", "x"), "unrecognized arguments"),
    ],
)
def test_wrong_usage_asks_for_nothing_and_writes_nothing(
    words: tuple[str, ...], told: str, tmp_path: Path, run_handover: Run
) -> None:
    done = run_handover(*words, typed="")

    assert done.returncode == 2
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--to", "a.txt"), 3, "ends in .kdbx or .age"),
        (("--to", "missing/a.kdbx"), 4, "folder does not exist"),
        (
            ("--to", "old.kdbx"),
            3,
            "already exists. Choose another name. Or give --overwrite.",
        ),
        (("--to", "a.kdbx", "--sheet", "a.pdf"), 3, "ends in .md or .html"),
        (("--to", "a.kdbx", "--sheet", "old.md"), 3, "already exists"),
        (
            ("--to", "tree/a.kdbx"),
            3,
            "Choose a folder outside it. Or give --inside-git.",
        ),
        (("--to", "a.age", "--recipient", "age1x"), 3, "The receiver's key is not"),
        (("--to", "a.kdbx", "--recipient", "age1x"), 3, "only an .age file"),
        (("--to", "a.kdbx", "--policy", "tea"), 3, "No policy has this name"),
    ],
)
def test_what_cannot_work_is_said_before_anything_is_written(
    words: tuple[str, ...], code: int, told: str, tmp_path: Path, run_handover: Run
) -> None:
    (tmp_path / "tree" / ".git").mkdir(parents=True)
    (tmp_path / "old.kdbx").touch()
    (tmp_path / "old.md").touch()
    before = sorted(tmp_path.rglob("*"))
    asked = () if "--recipient" in words else ("--ask-passphrase",)

    done = run_handover(LOGIN, *words, *asked)

    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_a_weak_passphrase_is_refused(tmp_path: Path, run_handover: Run) -> None:
    done = run_handover(
        *(LOGIN, "--to", "a.kdbx", "--ask-passphrase"),
        typed=f"{SECRET}\nsample\n",
    )

    assert done.returncode == 3
    assert "fewer than 16 characters" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_credential_that_breaks_a_rule_is_not_handed_over(
    tmp_path: Path, run_handover: Run
) -> None:
    words = "nodigit@example.com --to a.kdbx --ask-passphrase"

    done = run_handover(*words.split(), typed=f"short\n{PASSPHRASES[0]}\n")

    assert done.returncode == 1
    assert "USR003" in done.stderr
    assert "SEC002" in done.stderr
    assert "nothing is written" in done.stderr
    assert "short" not in done.stderr.replace("shorter", "")
    assert list(tmp_path.iterdir()) == []


def test_a_warning_is_reported_and_does_not_stop_the_handover(
    tmp_path: Path, run_handover: Run
) -> None:
    done = run_handover(
        *(LOGIN, "--to", "a.kdbx", "--ask-passphrase"),
        typed=f"{SECRETS[0]}\n{PASSPHRASES[0]}\n",
    )

    assert done.returncode == 0
    assert "Warning" in done.stderr
    assert "SEC007" in done.stderr
    assert (tmp_path / "a.kdbx").exists()


@pytest.mark.parametrize("form", ["env", "bash", "powershell", "json"])
def test_a_pasted_secret_that_only_deserves_a_warning_is_done(
    form: str, tmp_path: Path, run_handover: Run
) -> None:
    words = (LOGIN, "--paste", form, "--show-secret")

    done = run_handover(*words, typed=f"{DOLLAR}\n")

    assert done.returncode == 0
    assert DOLLAR in done.stdout
    assert "SEC011" in done.stderr


def test_a_form_that_refuses_the_secret_leaves_no_file(
    tmp_path: Path, run_handover: Run
) -> None:
    done = run_handover(
        *(LOGIN, "--to", "a.kdbx", "--ask-passphrase", "--paste", "env"),
        "--show-secret",
        typed=f"Sa\\mple-Only-0006\n{PASSPHRASES[0]}\n",
    )

    assert done.returncode == 3
    assert "copy-safe" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_replaced_if_told_to(
    tmp_path: Path, run_handover: Run
) -> None:
    (tmp_path / "a.kdbx").write_bytes(b"old")

    done = run_handover(LOGIN, "--to", "a.kdbx", "--ask-passphrase", "--overwrite")

    assert done.returncode == 0
    assert (
        read_kdbx((tmp_path / "a.kdbx").read_bytes(), PASSPHRASES[0])["Password"]
        == SECRET
    )
