"""Handovers in odd places and of odd texts: a sentence, never a wrong file."""

import contextlib
import fcntl
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from apiuser.errors import InputError
from apiuser.files import drafts, write_whole
from apiuser.files.reversal import write_reversibly
from apiuser.handover import kdbx, write_handover
from apiuser.handover.kdbx import seal_kdbx
from apiuser.handover.reopening import read_kdbx
from tests.cli.command_driver import Call
from tests.handover.handover_runs import hand_over
from tests.handover.handover_samples import PASSPHRASE, make_entry
from tests.handover.handover_tools import run_keepassxc
from tests.planted import BRACED, OTHER_BRACES, PASSPHRASES, SECRETS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="files of Linux")

# The command with less memory left than Argon2 or scrypt takes, once all is loaded.
WITH_LITTLE_MEMORY = """
import resource, sys
from pathlib import Path
from apiuser.cli import main
from apiuser.handover import age_scrypt, kdbx

name = sys.argv[1]
words = ["handover", "--generate", "--show-passphrase", "--overwrite", "--to"]
costs = kdbx.MEMORY_KIB, age_scrypt.WORK_FACTOR
kdbx.MEMORY_KIB, age_scrypt.WORK_FACTOR = 64, 2
main([*words, f"first{name}"])
kdbx.MEMORY_KIB, age_scrypt.WORK_FACTOR = costs
taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
limit = taken + (40 << 20)
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
sys.exit(main([*words, f"second{name}"]))
"""
# The command, interrupted when a whole draft is on the disk or in its place, and again
# whenever a file is then removed or put back.
INTERRUPTED_TWICE = """
import os, signal, sys
from pathlib import Path
from apiuser.__main__ import run

moment = sys.argv.pop(1)
begun = []

def interrupt():
    os.kill(os.getpid(), signal.SIGINT)

def stop_after(deed):
    def do(*words):
        deed(*words)
        begun.append(deed)
        interrupt()
    return do

def stop_before(deed):
    def do(*words, **options):
        if begun:
            interrupt()
        return deed(*words, **options)
    return do

Path.unlink = stop_before(Path.unlink)
if moment == "fsync":
    os.fsync = stop_after(os.fsync)
else:
    Path.replace = stop_after(Path.replace)
sys.exit(run())
"""


@pytest.mark.parametrize("kind", [b".kdbx", b".age"])
@pytest.mark.parametrize("sheet", [b".md", b".html"])
def test_a_name_that_is_no_text_is_written_and_told_by_its_numbers(
    tmp_path: Path, kind: bytes, sheet: bytes
) -> None:
    names = [b"\xffa" + kind, b"\xfe" + sheet]
    words = (b"--generate", b"--show-passphrase", b"--json")

    done = hand_over(tmp_path, *words, b"--to", names[0], b"--sheet", names[1])

    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert {os.fsencode(path.name) for path in tmp_path.iterdir()} == {*names}
    told = json.loads(done.stdout)["file"]
    assert told.endswith(f"a{kind.decode()}")
    text = (tmp_path / os.fsdecode(names[1])).read_text(encoding="utf-8")
    assert "U+DCFF" in text


@pytest.mark.usefixtures("cheap_locks")
def test_a_name_that_would_turn_the_text_of_the_sheet_is_shown_by_its_numbers(
    tmp_path: Path, call: Call
) -> None:
    words = ("--generate", "--show-passphrase", "--sheet", "a.html")

    call("handover", *words, "--to", "a\u202ex.kdbx")

    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "\u202e" not in text
    assert "a&lt;U+202E&gt;x.kdbx" in text


@pytest.mark.usefixtures("cheap_locks")
@pytest.mark.parametrize("secret", BRACED)
def test_what_keepass_programs_would_put_something_else_for_is_refused(
    tmp_path: Path, secret: str
) -> None:
    with pytest.raises(InputError, match=r"in braces.* is in the secret") as caught:
        write_handover(make_entry(secret), tmp_path / "new.kdbx", PASSPHRASE)

    assert secret not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
    write_handover(make_entry(secret), tmp_path / "new.age", PASSPHRASE)


@pytest.mark.parametrize("name", ["title", "url", "notes", "tracking_identifier"])
def test_each_field_of_a_keepass_file_is_looked_at(tmp_path: Path, name: str) -> None:
    entry = make_entry(SECRETS[0], **{name: "see {PASSWORD} there"})

    with pytest.raises(InputError, match=r"in braces, such as \{TITLE\}, is in the "):
        write_handover(entry, tmp_path / "new.kdbx", PASSPHRASE)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("cheap_locks")
@pytest.mark.parametrize("secret", OTHER_BRACES)
def test_other_braces_come_back_from_keepassxc(tmp_path: Path, secret: str) -> None:
    path = tmp_path / "new.kdbx"
    write_handover(make_entry(secret, title="Sample"), path, PASSPHRASE)

    told = run_keepassxc(path, PASSPHRASES[0], "show", "-s", "-a", "Password", "Sample")

    assert told == f"{secret}\n"


@pytest.mark.parametrize("kind", [".kdbx", ".age"])
def test_too_little_memory_is_told_and_nothing_is_written(
    tmp_path: Path, kind: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITH_LITTLE_MEMORY, kind],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert done.returncode == 3
    assert done.stderr.endswith(
        "there is not enough memory. Give less at a time, or use a computer with more.\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == [f"first{kind}"]


@contextlib.contextmanager
def limit_memory() -> Iterator[None]:
    """Let this process have a GiB more than it has."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + (1 << 30)
    resource.setrlimit(resource.RLIMIT_AS, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def test_a_keepass_file_that_takes_more_memory_than_there_is_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kdbx, "MEMORY_KIB", 1 << 31)  # 2 TiB

    with limit_memory(), pytest.raises(MemoryError):
        seal_kdbx(make_entry(), PASSPHRASE)

    # As another program with so much memory might seal it.
    monkeypatch.setattr(kdbx, "_derive", lambda *_: bytes(32))
    sealed = seal_kdbx(make_entry(), PASSPHRASE)
    with limit_memory(), pytest.raises(MemoryError):
        read_kdbx(sealed, PASSPHRASE)


def test_a_folder_that_another_program_keeps_locked_is_written_into_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "_PATIENCE", 0.2)
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    begun = time.monotonic()
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        write_whole(path, b"new")
        with (
            contextlib.suppress(KeyboardInterrupt),
            write_reversibly(path, lambda: b"newer", new=False),
        ):
            raise KeyboardInterrupt
    finally:
        os.close(handle)

    assert path.read_bytes() == b"new"
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize("old", [None, "what was there before"], ids=["new", "old"])
@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_second_interrupt_disturbs_nothing_that_is_taken_back(
    tmp_path: Path, moment: str, old: str | None
) -> None:
    path = tmp_path / "a.csv"
    if old is not None:
        path.write_text(old)
    words = "handover --generate --plaintext a.csv --overwrite"

    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_TWICE, moment, *words.split()],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.endswith("apiuser: interrupted.\n")
    left = {file.name: file.read_text() for file in tmp_path.iterdir()}
    assert left == ({} if old is None else {"a.csv": old})
