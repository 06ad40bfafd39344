"""A handover takes back its own files only, and names what it has to leave."""

import contextlib
import errno
import fcntl
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from apiuser.errors import AccessError, ApiuserError, LeftError
from apiuser.files import write_whole
from apiuser.files.reversal import write_reversibly
from tests.cli.command_driver import Call
from tests.handover.handover_runs import CHEAP_LOCKS, COMMAND, hand_over, list_files
from tests.planted import SECRETS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="files of Linux")

OLD = b"what was there before"
TO_A = ("--generate", "--show-passphrase", "--overwrite", "--to", "a.kdbx")
LOGIN = "k4p7q2m9x3v6b8n@sample.example.com"
NOBODY = 65534
# The command as another user, whom the folders of Python may be closed to.
AS_NOBODY = f"""{CHEAP_LOCKS}
import os
from apiuser.cli import main

main(["handover", "--generate", "--to", "first.kdbx", "--show-passphrase"])
main(["handover", "--generate", "--plaintext", "first.csv"])
os.setgroups([])
os.setresgid({NOBODY}, {NOBODY}, {NOBODY})
os.setresuid({NOBODY}, {NOBODY}, {NOBODY})
os.chdir(sys.argv[1])
sys.exit(main(["handover", "--generate", "--overwrite", *sys.argv[2:]]))
"""


@contextlib.contextmanager
def wait_untold(
    folder: Path, *words: str
) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """Begin a handover that has written its file and waits to tell of it."""
    out, full = os.pipe()
    os.set_blocking(full, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(full, b" " * 4096)
    os.set_blocking(full, True)
    path = folder / "a.kdbx"
    before = path.stat().st_ino if path.exists() else None
    with subprocess.Popen(
        [*COMMAND, *words],
        stdout=full,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
    ) as run:
        os.close(full)
        try:
            while not path.exists() or path.stat().st_ino == before:
                assert run.poll() is None
                time.sleep(0.01)
            yield run, out
        finally:
            run.kill()
            with contextlib.suppress(OSError):
                os.close(out)


@contextlib.contextmanager
def only_added_to(folder: Path) -> Iterator[None]:
    """Let files of a folder be made and written, but not renamed or removed."""
    chattr = shutil.which("chattr")
    if chattr is None:
        pytest.skip("there is no chattr")
    done = subprocess.run([chattr, "+a", folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("only root can do this, on some file systems")
    try:
        yield
    finally:
        subprocess.run([chattr, "-a", folder], check=True)


def replace_and(path: Path, go_on: Callable[[], object]) -> BaseException | None:
    """Replace a file, do something else, and return what went wrong."""
    try:
        with write_reversibly(path, lambda: b"new", new=False):
            go_on()
    except (KeyboardInterrupt, ApiuserError) as error:
        return error
    return None


def stop_waiting(_seconds: float) -> NoReturn:
    pytest.fail("It waits.")


def stop_by(error: BaseException) -> NoReturn:
    raise error


@pytest.mark.parametrize("old", [None, OLD], ids=["new", "replaced"])
@pytest.mark.parametrize("stop", ["Ctrl-C", "nobody reads"])
def test_the_file_of_another_run_stays(
    tmp_path: Path, old: bytes | None, stop: str
) -> None:
    path = tmp_path / "a.kdbx"
    if old is not None:
        path.write_bytes(old)

    with wait_untold(tmp_path, *TO_A) as (run, out):
        second = hand_over(tmp_path, *TO_A)
        theirs = path.read_bytes()
        if stop == "Ctrl-C":
            run.send_signal(signal.SIGINT)
        else:
            os.close(out)
        said = run.communicate()[1]

    assert second.returncode == 0
    assert run.returncode == (130 if stop == "Ctrl-C" else 4)
    if old is None:
        assert list_files(tmp_path) == {"a.kdbx": theirs}
    else:
        assert list_files(tmp_path) == {"a.kdbx": theirs, "a.kdbx.old": old}
        assert "a.kdbx: was changed by somebody else in the meantime and stays." in said
        assert "is kept as a.kdbx.old." in said


def test_a_file_that_stands_where_another_was_is_not_taken_for_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.csv"

    def change() -> None:
        os.utime(path)  # as where a new file is given the number of one that is gone
        stop_by(KeyboardInterrupt())

    assert isinstance(replace_and(path, change), KeyboardInterrupt)
    assert path.read_bytes() == b"new"


def test_runs_that_take_back_in_any_order_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(OLD)

    def begin(text: bytes) -> contextlib.AbstractContextManager[None]:
        change = write_reversibly(path, lambda: text, new=False)
        change.__enter__()
        return change

    def fail(change: contextlib.AbstractContextManager[None]) -> str:
        error = AccessError("Failed.")
        try:
            change.__exit__(AccessError, error, None)
        except LeftError as told:
            return str(told)
        return ""

    first, second = begin(b"first"), begin(b"second")
    said = [fail(second), fail(first)]
    in_turn = list_files(tmp_path)
    first, second = begin(b"first"), begin(b"second")
    said += [fail(first), fail(second)]

    assert in_turn == {"a.csv": OLD}
    assert said[:2] == ["", ""]
    assert said[2].startswith(f"Failed. {path}: was changed by somebody else")
    assert list_files(tmp_path) == {"a.csv": b"first", "a.csv.old": OLD}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.kdbx", ("--to", "a.kdbx", "--show-passphrase")),
        ("a.age", ("--to", "a.age", "--show-passphrase")),
        ("a.csv", ("--plaintext", "a.csv")),
    ],
)
@pytest.mark.parametrize("old", [False, True], ids=["new", "replaced"])
def test_a_folder_in_which_nothing_can_be_renamed_is_refused_before_a_secret_is_made(
    tmp_path: Path, call: Call, name: str, words: tuple[str, ...], *, old: bool
) -> None:
    if old:
        (tmp_path / name).write_bytes(OLD)

    with only_added_to(tmp_path):
        code, out, err = call("handover", "--generate", "--overwrite", *words)

    files = list_files(tmp_path)
    assert files.pop(name, None) == (OLD if old else None)
    (left,) = files
    assert (code, out, files[left]) == (4, "", b"")
    assert err == (
        f"apiuser: {name}: cannot be written (Operation not permitted). Choose another "
        f"folder. An empty file stays there, {left}: delete it.\n"
    )


def test_what_cannot_be_removed_is_emptied_and_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"

    with only_added_to(tmp_path), pytest.raises(LeftError) as caught:
        write_whole(path, SECRETS[0].encode())

    (left,) = tmp_path.iterdir()
    assert left.read_bytes() == b""
    assert str(caught.value).endswith(f"An empty file stays there, {left}: delete it.")


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), AccessError("Stopped.")])
def test_a_file_that_cannot_be_taken_back_is_named_with_the_old_one(
    tmp_path: Path, stop: BaseException
) -> None:
    path, kept = tmp_path / "a.csv", tmp_path / "a.csv.old"
    path.write_bytes(OLD)

    with contextlib.ExitStack() as later:

        def close_and_stop() -> None:
            later.enter_context(only_added_to(tmp_path))
            stop_by(stop)

        error = replace_and(path, close_and_stop)

    left = (
        f"{path}: was written and cannot be taken back (Operation not permitted). "
        f"Delete it. The old file is kept as {kept}."
    )
    if isinstance(stop, AccessError):
        assert isinstance(error, LeftError)
        assert str(error) == f"Stopped. {left}"
    else:
        assert error is stop
        assert error.__notes__ == [left]
    assert list_files(tmp_path) == {"a.csv": b"new", "a.csv.old": OLD}


def test_an_old_file_whose_second_name_stays_is_named(tmp_path: Path) -> None:
    path, kept = tmp_path / "a.csv", tmp_path / "a.csv.old"
    path.write_bytes(OLD)

    with contextlib.ExitStack() as later:
        error = replace_and(path, lambda: later.enter_context(only_added_to(tmp_path)))

    assert isinstance(error, LeftError)
    assert str(error) == (
        f"{path}: is written. {kept}: is a second name or copy of the old file and "
        "cannot be removed (Operation not permitted). Delete it."
    )
    assert list_files(tmp_path) == {"a.csv": b"new", "a.csv.old": OLD}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.kdbx", ("--to", "a.kdbx", "--show-passphrase")),
        ("a.csv", ("--plaintext", "a.csv")),
    ],
)
def test_a_file_of_another_user_in_a_sticky_folder_is_refused(
    name: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    with tempfile.TemporaryDirectory(dir="/tmp") as text:  # one that others may enter
        folder = Path(text)
        folder.chmod(0o1777)
        (folder / name).write_bytes(OLD)
        (folder / name).chmod(0o666)

        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, str(folder), *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )

        assert list_files(folder) == {name: OLD}
    assert done.returncode == 4
    assert done.stderr.endswith(
        f"apiuser: {name}: belongs to another user, and in this folder only its owner "
        "may replace it. Choose another name.\n"
    )


def test_without_locks_and_links_an_old_file_is_kept_for_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, kept = tmp_path / "a.csv", tmp_path / "a.csv.old"
    path.write_bytes(OLD)
    path.chmod(0o600)

    def refuse(*_words: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(fcntl, "flock", refuse)
    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(time, "sleep", stop_waiting)  # for a lock that nobody has
    seen: list[object] = []

    def look_and_stop() -> None:
        seen.extend((stat.S_IMODE(kept.stat().st_mode), list_files(tmp_path)))
        stop_by(KeyboardInterrupt())

    replace_and(path, look_and_stop)
    after = list_files(tmp_path)
    replace_and(path, lambda: None)

    assert seen == [0o600, {"a.csv": b"new", "a.csv.old": OLD}]
    assert after == {"a.csv": OLD}
    assert list_files(tmp_path) == {"a.csv": b"new"}
