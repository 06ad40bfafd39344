"""A handover is written for its owner only, outside of git, and overwrites nothing."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from apiuser.credentials.credential import Secret
from apiuser.errors import AccessError, InputError
from apiuser.handover import check_handover, check_plaintext, places, write_handover
from apiuser.leaks import scan_for
from tests.handover.handover_samples import PASSPHRASE, make_entry
from tests.planted import SECRETS

pytestmark = pytest.mark.usefixtures("cheap_locks")

NOBODY = 65_534
GIT = shutil.which("git") or ""


@pytest.mark.parametrize("name", ["new.kdbx", "new.age"])
def test_a_file_is_for_its_owner_only_and_described_correctly(
    name: str, tmp_path: Path
) -> None:
    handover = write_handover(make_entry(), tmp_path / name, PASSPHRASE)

    data = (tmp_path / name).read_bytes()
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert handover.sha256 == hashlib.sha256(data).hexdigest()
    assert handover.size == len(data)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert scan_for(Secret(SECRETS[0]), [tmp_path]).leaks == ()
    assert scan_for(PASSPHRASE, [tmp_path]).leaks == ()


@pytest.mark.parametrize("name", ["new.kdbx", "new.age"])
def test_an_existing_file_stays_unless_told_otherwise(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(b"old")

    with pytest.raises(InputError, match="already exists"):
        write_handover(make_entry(), path, PASSPHRASE)
    assert path.read_bytes() == b"old"

    path.chmod(0o644)
    write_handover(make_entry(), path, PASSPHRASE, overwrite=True)
    assert path.read_bytes() != b"old"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_dangling_link_counts_as_existing(tmp_path: Path) -> None:
    (tmp_path / "new.kdbx").symlink_to(tmp_path / "nowhere")

    with pytest.raises(InputError, match="already exists"):
        check_handover(tmp_path / "new.kdbx")


@pytest.mark.parametrize("marker", ["folder", "file"])
def test_a_git_work_tree_is_refused_unless_told_otherwise(
    marker: str, tmp_path: Path
) -> None:
    git = tmp_path / ".git"
    git.mkdir() if marker == "folder" else git.write_text("gitdir: elsewhere")
    inside = tmp_path / "deep" / "folder"
    inside.mkdir(parents=True)
    path = inside / "new.kdbx"

    with pytest.raises(InputError, match="git work tree"):
        write_handover(make_entry(), path, PASSPHRASE)
    assert list(inside.iterdir()) == []

    write_handover(make_entry(), path, PASSPHRASE, inside_git=True)
    assert path.exists()


def test_a_link_into_a_git_work_tree_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "tree" / ".git").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "tree")

    with pytest.raises(InputError, match="git work tree"):
        check_handover(tmp_path / "link" / "new.kdbx")


def make_tree(folder: Path, *words: str) -> Path:
    """Make a repository and the folder that is to be its work tree elsewhere."""
    (folder / "tree" / "deep").mkdir(parents=True)
    subprocess.run([GIT, "init", "-q", *words, str(folder / "kept")], check=True)
    return folder / "tree" / "deep" / "new.kdbx"


@pytest.mark.parametrize("kept", ["absolute", "relative"])
def test_a_work_tree_that_the_environment_names_is_refused(
    kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_tree(tmp_path, "--bare")
    check_handover(path)
    monkeypatch.chdir(tmp_path)
    folder = {"absolute": tmp_path, "relative": Path()}[kept]
    monkeypatch.setenv("GIT_DIR", str(folder / "kept"))
    monkeypatch.setenv("GIT_WORK_TREE", str(folder / "tree"))

    with pytest.raises(InputError, match="git work tree"):
        check_handover(path)
    with pytest.raises(InputError, match="git work tree"):
        check_plaintext(path.with_suffix(".csv"))
    check_handover(tmp_path / "new.kdbx")


def test_a_work_tree_that_the_settings_of_the_repository_name_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_tree(tmp_path)
    monkeypatch.chdir(tmp_path / "kept")
    setting = [GIT, "config", "core.worktree", str(tmp_path / "tree")]
    subprocess.run(setting, check=True)

    with pytest.raises(InputError, match="git work tree"):
        check_handover(path)


def test_if_git_is_missing_or_broken_only_its_folder_is_searched_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tree" / ".git").mkdir(parents=True)
    (tmp_path / "git").write_bytes(b"not a program")
    (tmp_path / "git").chmod(0o755)

    for place in (tmp_path / "tree", tmp_path):
        monkeypatch.setenv("PATH", str(place))
        check_handover(tmp_path / "new.kdbx")
        with pytest.raises(InputError, match="git work tree"):
            check_handover(tmp_path / "tree" / "new.kdbx")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="folder does not exist"):
        check_handover(tmp_path / "missing" / "new.kdbx")


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder that takes no file, not from root either, who is nobody meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        root = os.geteuid() == 0
        if root:
            os.setresuid(NOBODY, NOBODY, 0)
        yield folder
        if root:
            os.setresuid(0, 0, 0)


def test_a_folder_without_permission_is_named(locked_folder: Path) -> None:
    with pytest.raises(AccessError, match="not writable"):
        check_handover(locked_folder / "new.kdbx")


def test_a_name_that_contains_the_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="contains the secret") as caught:
        write_handover(make_entry(), tmp_path / f"{SECRETS[0]}.kdbx", PASSPHRASE)

    assert SECRETS[0] not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "new.kdbx").mkdir()

    with pytest.raises(InputError, match="is a folder"):
        check_handover(tmp_path / "new.kdbx", overwrite=True)


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ends in \.kdbx or \.age"):
        check_handover(tmp_path / "new.txt")


def test_nothing_that_encrypts_is_loaded_before_it_is_needed() -> None:
    source = (
        "import sys, apiuser.handover, apiuser.cli.handover\n"
        "print([m for m in ('cryptography', 'argon2', 'pyrage') if m in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


def test_a_git_that_hangs_is_reported_unless_work_trees_are_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").write_text("#!/bin/sh\nexec sleep 60\n")
    (tmp_path / "bin" / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setattr(places, "_PATIENCE", 0.2)

    with pytest.raises(AccessError, match="git has not answered"):
        write_handover(make_entry(), tmp_path / "new.kdbx", PASSPHRASE)
    with pytest.raises(AccessError, match="git has not answered"):
        check_plaintext(tmp_path / "new.csv")
    write_handover(make_entry(), tmp_path / "new.kdbx", PASSPHRASE, inside_git=True)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["bin", "new.kdbx"]
