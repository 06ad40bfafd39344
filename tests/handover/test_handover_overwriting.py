"""A handover that replaces files never loses the old ones."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from apiuser.credentials.credential import Secret, Username
from apiuser.errors import AccessError
from apiuser.handover import Entry, Handover, write_handover
from tests.cli.command_driver import FULL, Call
from tests.handover.handover_runs import COMMAND, list_files
from tests.planted import PASSPHRASES, SECRETS

SECRET = SECRETS[0]
ENTRY = Entry(
    title="Sample",
    username=Username("sample1key", "example.com"),
    secret=Secret(SECRET),
)
LOGIN = "k4p7q2m9x3v6b8n@sample.example.com"
OVERWRITE = ("handover", LOGIN, "--overwrite")
OLD = b"what was there before"
FIRST = ("--generate", "--show-passphrase", "--to", "a.kdbx")
linux = pytest.mark.skipif(sys.platform != "linux", reason="files of Linux")
# The command, when its output takes so few bytes and no more.
WITH_LITTLE_ROOM = """
import resource, sys
from apiuser.cli import run

resource.setrlimit(resource.RLIMIT_FSIZE, (30, 30))
sys.exit(run())
"""


def hand_over(
    folder: Path, *words: str, stdout: IO[str] | int
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, LOGIN, "--overwrite", *words],
        input=f"{SECRET}\n",
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        cwd=folder,
    )


@contextlib.contextmanager
def fill_disk(room: int) -> Iterator[None]:
    """Let a file take so many bytes and no more."""
    import resource  # noqa: PLC0415  # not on Windows

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@linux
@pytest.mark.parametrize("form", [(), ("--json",)])
@pytest.mark.parametrize("name", ["old.kdbx", "old.age"])
def test_an_output_that_takes_nothing_leaves_the_old_file(
    tmp_path: Path, name: str, form: tuple[str, ...]
) -> None:
    (tmp_path / name).write_bytes(OLD)

    with FULL.open("w") as full:
        done = hand_over(
            tmp_path, "--to", name, "--show-passphrase", *form, stdout=full
        )

    assert done.returncode == 4
    assert f"{name}: not written, as nobody saw its passphrase" in done.stderr
    assert list_files(tmp_path) == {name: OLD}


@linux
def test_an_output_that_was_closed_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "old.kdbx").write_bytes(OLD)
    reader, writer = os.pipe()
    os.close(reader)

    done = hand_over(tmp_path, "--to", "old.kdbx", "--show-passphrase", stdout=writer)
    os.close(writer)

    assert done.returncode != 0
    assert list_files(tmp_path) == {"old.kdbx": OLD}


@linux
@pytest.mark.parametrize("room", [0, 100])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("old.kdbx", ("--to", "old.kdbx", "--show-passphrase")),
        ("old.age", ("--to", "old.age", "--show-passphrase")),
        ("old.csv", ("--plaintext", "old.csv")),
    ],
)
@pytest.mark.usefixtures("cheap_locks")
def test_a_full_disk_leaves_the_old_file(
    tmp_path: Path, call: Call, name: str, words: tuple[str, ...], room: int
) -> None:
    (tmp_path / name).write_bytes(OLD)

    with fill_disk(room):
        code, _, err = call(*OVERWRITE, *words, typed=SECRET)

    assert code == 4
    assert f"{name}: cannot be written" in err
    assert list_files(tmp_path) == {name: OLD}


@linux
@pytest.mark.parametrize("form", [(), ("--json",)])
@pytest.mark.usefixtures("cheap_locks")
def test_a_sheet_that_cannot_be_written_changes_and_shows_nothing(
    tmp_path: Path, call: Call, form: tuple[str, ...]
) -> None:
    old = {"old.md": OLD, "old.age": OLD}
    words = ("--to", "old.age", "--show-passphrase", "--sheet", "old.md", *form)
    assert call(*OVERWRITE, *words, typed=SECRET)[0] == 0
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    for name, data in old.items():
        (tmp_path / name).write_bytes(data)

    with fill_disk(max(sizes["old.age"], 200)):
        code, out, err = call(*OVERWRITE, *words, typed=SECRET)

    assert sizes["old.md"] > sizes["old.age"]
    assert (code, out) == (4, "")
    assert "old.md: cannot be written" in err
    assert "Nothing is written." in err
    assert list_files(tmp_path) == old


@linux
@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--to", "old.age", "--sheet", "old.md", "--show-passphrase"), "nobody saw"),
        (
            ("--plaintext", "old.csv", "--paste", "env", "--show-secret"),
            "could not be printed",
        ),
        (("--to", "new.age", "--sheet", "new.md", "--show-passphrase"), "nobody saw"),
        (
            ("--plaintext", "new.csv", "--paste", "env", "--show-secret"),
            "could not be printed",
        ),
    ],
)
def test_what_cannot_be_printed_is_taken_back_with_all_that_belongs_to_it(
    tmp_path: Path, words: tuple[str, ...], why: str
) -> None:
    old = dict.fromkeys(["old.age", "old.md", "old.csv"], OLD)
    for name, data in old.items():
        (tmp_path / name).write_bytes(data)

    with FULL.open("w") as full:
        done = hand_over(tmp_path, *words, stdout=full)

    assert done.returncode == 4
    assert f"{words[1]}: not written, as " in done.stderr
    assert why in done.stderr
    assert list_files(tmp_path) == old


@pytest.mark.usefixtures("cheap_locks")
def test_what_is_announced_is_there_and_is_taken_back_if_that_fails(
    tmp_path: Path,
) -> None:
    path = tmp_path / "old.kdbx"
    path.write_bytes(OLD)
    told: list[Handover] = []

    def stop(handover: Handover) -> None:
        told.append(handover)
        assert len(path.read_bytes()) == handover.size
        assert (tmp_path / "old.kdbx.old").read_bytes() == OLD
        message = "Nobody looks."
        raise AccessError(message)

    with pytest.raises(AccessError, match="Nobody looks"):
        write_handover(
            ENTRY, path, Secret(PASSPHRASES[0]), overwrite=True, announce=stop
        )

    assert [handover.path for handover in told] == [path]
    assert list_files(tmp_path) == {"old.kdbx": OLD}


@pytest.mark.usefixtures("cheap_locks")
def test_a_second_name_for_the_old_file_is_a_free_one(tmp_path: Path) -> None:
    path = tmp_path / ("k" * 250 + ".kdbx")
    path.write_bytes(OLD)
    other = tmp_path / ("k" * 50 + ".old")
    other.write_text("of somebody else")

    write_handover(ENTRY, path, Secret(PASSPHRASES[0]), overwrite=True)

    assert path.read_bytes() != OLD
    assert other.read_text() == "of somebody else"
    assert len(list_files(tmp_path)) == 2


@linux
@pytest.mark.parametrize(
    "words",
    [
        ("--to", "old.kdbx", "--show-passphrase"),
        ("--plaintext", "old.csv"),
        ("--to", "new.kdbx", "--show-passphrase", "--sheet", "old.md"),
    ],
)
@pytest.mark.parametrize("kind", ["read-only", "symbolic link"])
def test_what_is_guarded_is_refused_before_a_secret_is_asked_for(
    tmp_path: Path, call: Call, words: tuple[str, ...], kind: str
) -> None:
    other = tmp_path / "other"
    path = tmp_path / next(word for word in words if word.startswith("old"))
    other.write_bytes(OLD)
    if kind == "read-only":
        path.write_bytes(OLD)
        path.chmod(0o444)
    else:
        path.symlink_to(other)

    code, out, err = call(*OVERWRITE, *words)

    assert (code, out) == (4, "")
    assert f"{path.name}: is " in err
    assert kind in err
    assert list_files(tmp_path) == {"other": OLD, path.name: OLD}
    assert path.is_symlink() == (kind == "symbolic link")


def test_of_two_handovers_to_one_new_file_one_is_refused(tmp_path: Path) -> None:
    # At the true cost, so that both look for the file before one of them is done.
    words, pipe = [sys.executable, "-m", "apiuser", "handover", *FIRST], subprocess.PIPE
    both = [
        subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True, cwd=tmp_path)
        for _ in range(2)
    ]

    told = [(one.communicate()[1], one.returncode) for one in both]

    assert sorted(code for _, code in told) == [0, 3]
    (refused,) = (said for said, code in told if code == 3)
    assert "a.kdbx: already exists." in refused


@linux
def test_what_an_interrupt_takes_back_is_not_printed(tmp_path: Path) -> None:
    out, full = os.pipe()
    os.set_blocking(full, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(full, b" " * 4096)
    os.set_blocking(full, True)

    with subprocess.Popen(
        [*COMMAND, *FIRST, "--json"], stdout=full, stderr=subprocess.PIPE, cwd=tmp_path
    ) as run:
        os.close(full)
        while not (tmp_path / "a.kdbx").exists() and run.poll() is None:
            time.sleep(0.01)
        run.send_signal(signal.SIGINT)
        run.wait(100)
    with os.fdopen(out, "rb") as told:
        assert b"passphrase" not in told.read()

    assert run.returncode == 130
    assert list_files(tmp_path) == {}


@linux
def test_an_output_cut_short_without_buffers_is_a_failure(tmp_path: Path) -> None:
    report = tmp_path / "out"
    handover = "handover --generate --paste env --show-secret"
    words = [sys.executable, "-u", "-c", WITH_LITTLE_ROOM, *handover.split()]

    with report.open("w") as out:
        done = subprocess.run(
            words, stdout=out, stderr=subprocess.PIPE, text=True, check=False
        )

    assert done.returncode == 4
    assert "cannot write" in done.stderr
