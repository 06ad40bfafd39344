"""`apiuser lab` copies the notebooks and opens them, and keeps what was changed."""

import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from apiuser.errors import AccessError
from apiuser.lab import FIRST, copy_notebooks, find_notebooks

PATIENCE = 60
COMMAND = [sys.executable, "-m", "apiuser", "lab"]


def test_notebooks_and_samples_are_copied(tmp_path: Path) -> None:
    kept = copy_notebooks(tmp_path / "new")

    copied = {path.name for path in (tmp_path / "new").rglob("*") if path.is_file()}
    assert kept == ()
    assert {FIRST, "audit-usernames.ipynb", "sample-active.csv"} <= copied
    assert (tmp_path / "new" / FIRST).read_bytes() == (
        find_notebooks() / FIRST
    ).read_bytes()


def test_a_changed_notebook_is_kept_unless_its_owner_says_otherwise(
    tmp_path: Path,
) -> None:
    copy_notebooks(tmp_path)
    mine = tmp_path / FIRST
    mine.write_text("mine", encoding="utf-8")

    kept = copy_notebooks(tmp_path)
    text = mine.read_text(encoding="utf-8")
    replaced = copy_notebooks(tmp_path, replace=lambda path: path == mine)

    assert kept == (mine,)
    assert text == "mine"
    assert replaced == ()
    assert mine.read_bytes() == (find_notebooks() / FIRST).read_bytes()


def test_a_folder_that_cannot_be_made_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(AccessError, match="Name another folder"):
        copy_notebooks(tmp_path / "file" / "folder")

    result = subprocess.run(
        [*COMMAND, str(tmp_path / "file")], capture_output=True, text=True, check=False
    )
    assert result.returncode == 4
    assert "Traceback" not in result.stderr


def test_the_lab_answers_with_the_notebook_and_ends_when_told(tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"
    copy_notebooks(folder)
    (folder / FIRST).write_bytes((folder / FIRST).read_bytes() + b"\n")

    with subprocess.Popen(
        [*COMMAND, str(folder), "--no-browser"],
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    ) as lab:
        try:
            assert lab.stderr is not None
            said = []
            address = None
            while address is None:
                said.append(lab.stderr.readline())
                assert said[-1], f"The server did not start: {''.join(said)}"
                address = re.search(r"(http://127\.0\.0\.1:\d+)/lab\S*=(\w+)", said[-1])
            url, token = address.groups()
            status = ask(f"{url}/api/contents/{FIRST}?content=0", token)
            ask(f"{url}/api/shutdown", token, method="POST")
            lab.stderr.read()
            code = lab.wait(PATIENCE)
        finally:
            if lab.poll() is None:
                lab.send_signal(signal.SIGTERM)

    assert status == 200
    assert code == 0
    assert f"{folder / FIRST} was changed and is kept." in "".join(said)


def ask(url: str, token: str, *, method: str = "GET") -> int:
    """Ask the server; it says where it listens a moment before it does."""
    request = urllib.request.Request(  # noqa: S310  # loopback only
        url, method=method, headers={"Authorization": f"token {token}"}
    )
    last = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.URLError as error:
            refused = isinstance(error.reason, ConnectionRefusedError)
            if not refused or time.monotonic() > last:
                raise
