"""A handover that replaces files never loses the old ones."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from apiuser.credentials.credential import Secret, Username
from apiuser.errors import AccessError
from apiuser.handover import Entry, Handover, write_handover
from tests.planted import PASSPHRASES, SECRETS

SECRET = SECRETS[0]
OLD = b"what was there before"
linux = pytest.mark.skipif(sys.platform != "linux", reason="files of Linux")
# The command, when the disk takes so many bytes of a file and no more.
ON_A_FULL_DISK = """
import resource, sys
from apiuser.cli import run

size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
sys.exit(run())
"""


def hand_over(
    folder: Path, *words: str, room: int = 1 << 30, stdout: IO[str] | int | None = None
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [
            *(sys.executable, "-c", ON_A_FULL_DISK, str(room), "handover"),
            *("k4p7q2m9x3v6b8n@sample.example.com", "--overwrite", *words),
        ],
        input=f"{SECRET}\n",
        stdout=subprocess.PIPE if stdout is None else stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=120,
        cwd=folder,
    )


def list_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@linux
@pytest.mark.parametrize("form", [(), ("--json",)])
@pytest.mark.parametrize("name", ["old.kdbx", "old.age"])
def test_an_output_that_takes_nothing_leaves_the_old_file(
    tmp_path: Path, name: str, form: tuple[str, ...]
) -> None:
    (tmp_path / name).write_bytes(OLD)

    with Path("/dev/full").open("w") as full:
        done = hand_over(
            tmp_path, "--to", name, "--show-passphrase", *form, stdout=full
        )

    assert done.returncode == 4
    assert f"{name}: nothing is written, as nobody saw its passphrase" in done.stderr
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
def test_a_full_disk_leaves_the_old_file(
    tmp_path: Path, name: str, words: tuple[str, ...], room: int
) -> None:
    (tmp_path / name).write_bytes(OLD)

    done = hand_over(tmp_path, *words, room=room)

    assert done.returncode == 4
    assert f"{name}: cannot be written" in done.stderr
    assert list_files(tmp_path) == {name: OLD}


@linux
def test_a_disk_that_fills_up_leaves_the_old_sheet(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_bytes(OLD)
    words = ("--to", "new.age", "--show-passphrase", "--sheet", "old.md")
    assert hand_over(tmp_path, *words).returncode == 0
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    (tmp_path / "old.md").write_bytes(OLD)

    done = hand_over(tmp_path, *words, room=max(sizes["new.age"], 200))

    assert sizes["old.md"] > sizes["new.age"]
    assert (done.returncode, "Passphrase" in done.stdout) == (4, True)
    assert "old.md: cannot be written" in done.stderr
    assert list_files(tmp_path)["old.md"] == OLD


def test_what_is_announced_is_not_there_yet(tmp_path: Path) -> None:
    path = tmp_path / "old.kdbx"
    path.write_bytes(OLD)
    entry = Entry(
        title="Sample",
        username=Username("sample1key", "example.com"),
        secret=Secret(SECRET),
    )
    told: list[Handover] = []

    def stop(handover: Handover) -> None:
        told.append(handover)
        assert path.read_bytes() == OLD
        message = "Nobody looks."
        raise AccessError(message)

    with pytest.raises(AccessError, match="Nobody looks"):
        write_handover(
            entry, path, Secret(PASSPHRASES[0]), overwrite=True, announce=stop
        )

    assert [handover.path for handover in told] == [path]
    assert list_files(tmp_path) == {"old.kdbx": OLD}
