"""Files are read and written whole, or one sentence says why not."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from apiuser.errors import AccessError
from apiuser.files import read_whole, write_whole
from apiuser.files.failures import advise

# A limit on the size of files is a disk that fills up.
FILL_UP = """
import resource, signal, sys
from apiuser.errors import AccessError
from apiuser.files import write_whole

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_whole(sys.argv[1], b"new" * 1000)
except AccessError as error:
    print(error)
"""


WAIT = """
import sys
from pathlib import Path
from apiuser.files.drafts import write_draft

with write_draft(Path(sys.argv[1]) / "report.csv", lambda: b"half"):
    print("written", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("data", [b"", b"a\r\n\0\xff", bytes(100_000)])
def test_what_is_written_is_read_again(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "file.bin"

    write_whole(file, data)

    assert read_whole(file) == read_whole(str(file)) == data


def test_the_name_of_a_file_cannot_steer_a_terminal(tmp_path: Path) -> None:
    with pytest.raises(AccessError) as caught:
        read_whole(tmp_path / "\x1b[31mred\u202e.toml")

    assert "<U+001B>[31mred<U+202E>.toml: cannot be read" in str(caught.value)


def test_an_old_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    file.write_bytes(b"old")

    write_whole(file, b"new")

    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt", reason="there are no such permissions here")
def test_only_its_owner_may_read_a_new_file_or_one_that_replaces_an_old_one(
    tmp_path: Path,
) -> None:
    new, old = tmp_path / "new.json", tmp_path / "old.json"
    old.touch()
    old.chmod(0o644)

    for file in (new, old):
        write_whole(file, b"")

        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    missing = tmp_path / "missing.csv"

    with pytest.raises(AccessError) as caught:
        read_whole(missing)

    assert str(caught.value) == (
        f"{missing}: cannot be read (No such file or directory). Check the path."
    )
    with pytest.raises(AccessError, match="cannot be read"):
        read_whole(tmp_path)


def test_a_folder_that_is_not_there_takes_no_file(tmp_path: Path) -> None:
    with pytest.raises(AccessError) as caught:
        write_whole(tmp_path / "missing" / "report.csv", b"new")

    assert "report.csv: cannot be written (No such file" in str(caught.value)
    assert str(caught.value).endswith("Choose another folder or make room.")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_takes_no_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(AccessError) as caught:
        write_whole(tmp_path / "file" / "report.csv", b"new")

    assert str(caught.value).endswith(
        "cannot be written (Not a directory). Choose another folder or make room."
    )


def test_a_folder_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "report.csv"
    folder.mkdir()

    with pytest.raises(AccessError, match="cannot be written"):
        write_whole(folder, b"new")

    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.skipif(os.name == "nt", reason="links need a permission here")
@pytest.mark.parametrize("target", ["old.csv", "nowhere.csv"])
def test_a_link_is_neither_replaced_nor_followed(tmp_path: Path, target: str) -> None:
    (tmp_path / "old.csv").write_bytes(b"old")
    link = tmp_path / "report.csv"
    link.symlink_to(tmp_path / target)

    with pytest.raises(AccessError, match="is a symbolic link to"):
        write_whole(link, b"new")

    assert link.is_symlink()
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["old.csv", link.name]
    assert (tmp_path / "old.csv").read_bytes() == b"old"


@pytest.mark.parametrize("mode", [0o444, 0o400])
def test_a_read_only_file_is_not_replaced(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "report.csv"
    file.write_bytes(b"old")
    file.chmod(mode)

    with pytest.raises(AccessError) as caught:
        write_whole(file, b"new")

    assert str(caught.value) == (
        f"{file}: is read-only, so it is not replaced. Make it writable first, or "
        "choose another name."
    )
    assert file.read_bytes() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="there is no limit to set here")
def test_a_disk_that_fills_up_leaves_the_old_file_whole(tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    file.write_bytes(b"old")

    said = subprocess.run(
        [sys.executable, "-c", FILL_UP, str(file)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said.startswith(f"{file}: cannot be written (")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    pipe = tmp_path / "policy.toml"
    os.mkfifo(pipe)

    with pytest.raises(AccessError, match="not a regular file"):
        read_whole(pipe)


def test_a_name_that_is_not_a_valid_path_is_refused(tmp_path: Path) -> None:
    name = f"{tmp_path}/a\0b"

    with pytest.raises(AccessError, match="is not a valid path"):
        read_whole(name)
    with pytest.raises(AccessError, match="is not a valid path"):
        write_whole(name, b"")


@pytest.mark.skipif(os.name == "nt", reason="there are no such locks here")
def test_drafts_of_killed_runs_are_cleared_and_those_of_living_ones_are_not(
    tmp_path: Path,
) -> None:
    report = tmp_path / "report.csv"
    report.write_bytes(b"old")
    (tmp_path / ".apiuser-notes.txt").write_text("of somebody else")
    kept = sorted(tmp_path.iterdir())
    with subprocess.Popen(
        [sys.executable, "-c", WAIT, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"written\n"

        write_whole(report, b"first")
        living = sorted(set(tmp_path.iterdir()) - set(kept))
        run.kill()
        run.wait()
        left = sorted(set(tmp_path.iterdir()) - set(kept))
        write_whole(report, b"second")

    assert len(living) == 1
    assert left == living
    assert sorted(tmp_path.iterdir()) == kept
    assert report.read_bytes() == b"second"


def test_a_link_named_like_a_draft_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("of somebody else")
    link = tmp_path / ".apiuser-x.draft"
    link.symlink_to(other)

    write_whole(tmp_path / "report.csv", b"new")

    assert link.is_symlink()
    assert other.read_text() == "of somebody else"


@pytest.mark.parametrize("length", [249, 255])
def test_a_name_may_be_as_long_as_names_can_be(tmp_path: Path, length: int) -> None:
    file = tmp_path / ("r" * (length - 4) + ".csv")

    write_whole(file, b"old")
    write_whole(file, b"new")

    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.EACCES, "Ask for the right to write there."),
        (errno.EROFS, "Ask for the right to write there."),
        (errno.ENOENT, "Make its folder again."),
        (errno.ENOSPC, "Make room."),
    ],
)
def test_what_to_do_depends_on_why_a_file_cannot_be_written(
    number: int, advice: str
) -> None:
    assert advise(OSError(number, "")) == advice
