"""A kill in any line of the writing of a plain file leaves nothing in the open."""

import json
import os
import signal
import stat
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests.planted import SECRETS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

# Writes the file once and notes each line that was passed, then once for each of them
# in a process that is killed there.
OLD = "what was there before"
KILL_EVERYWHERE = """
import json, os, signal, sys
from pathlib import Path
from apiuser.credentials.credential import Secret, Username
from apiuser.files import drafts, failures, reversal, whole
from apiuser.handover import Entry, places, plaintext, write_plaintext

base, old = Path(sys.argv[1]), sys.argv[2]
parts = drafts, failures, places, plaintext, reversal, whole
ours = {part.__file__ for part in parts}
entry = Entry(title="Sample", username=Username.parse("sample1key@example.com"),
              secret=Secret(sys.stdin.read()))

def write(folder, at):
    def trace(frame, event, argument):
        if frame.f_code.co_filename not in ours:
            return None
        if event == "line":
            at((frame.f_code.co_filename, frame.f_lineno))
        return trace
    folder.mkdir()
    if old:
        (folder / "new.csv").write_text(old)
    sys.settrace(trace)
    with write_plaintext(entry, folder / "new.csv", overwrite=bool(old)):
        pass
    sys.settrace(None)

def kill_at(wanted):
    def at(place):
        if place == wanted:
            os.kill(os.getpid(), signal.SIGKILL)
    return at

places = {}
write(base / "whole", lambda place: places.setdefault(place))
ends = []
for number, place in enumerate(places):
    child = os.fork()
    if not child:
        write(base / str(number), kill_at(place))
        os._exit(0)
    ends.append(os.waitpid(child, 0)[1])
print(json.dumps(ends))
"""


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return folders, in each of which a writer was killed at another line."""
    return kill_everywhere(tmp_path_factory.mktemp("killed"), "")


@pytest.fixture(scope="module")
def replaced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return such folders, in each of which there was an old file."""
    return kill_everywhere(tmp_path_factory.mktemp("replaced"), OLD)


def kill_everywhere(base: Path, old: str) -> Path:
    done = subprocess.run(
        [sys.executable, "-c", KILL_EVERYWHERE, str(base), old],
        input=SECRETS[4],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    ends: list[Any] = json.loads(done.stdout)
    assert len(ends) > 20
    assert set(ends) == {signal.SIGKILL}
    return base


def list_left(base: Path) -> list[list[Path]]:
    """List what is in each folder, in the order in which the lines are passed."""
    folders = [folder for folder in base.iterdir() if folder.name.isdigit()]
    folders.sort(key=lambda folder: int(folder.name))
    return [list(folder.iterdir()) for folder in folders]


def test_what_a_kill_leaves_is_one_file_for_its_owner_only(killed: Path) -> None:
    for left in list_left(killed):
        assert len(left) <= 1
        for path in left:
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            assert path.name == "new.csv" or path.match(".apiuser-*.draft")


def test_the_moment_in_which_the_draft_holds_the_secret_is_hit(killed: Path) -> None:
    drafts = [p for left in list_left(killed) for p in left if p.suffix == ".draft"]

    texts = [path.read_text(encoding="utf-8") for path in drafts]

    assert "" in texts
    assert any(SECRETS[4] in text for text in texts)


def test_the_file_under_its_own_name_is_whole(killed: Path) -> None:
    whole = (killed / "whole" / "new.csv").read_bytes()

    found = [p for left in list_left(killed) for p in left if p.name == "new.csv"]

    assert found
    assert {path.read_bytes() for path in found} == {whole}


def test_a_kill_while_an_old_file_is_replaced_leaves_nothing_else(
    replaced: Path,
) -> None:
    whole = (replaced / "whole" / "new.csv").read_text(encoding="utf-8")

    for left in list_left(replaced):
        texts = {path.name: path.read_text(encoding="utf-8") for path in left}
        assert texts.pop("new.csv") in {OLD, whole}
        assert texts.pop("new.csv.old", OLD) == OLD
        assert len(texts) <= 1  # a draft
        for path in left:
            mode = stat.S_IMODE(path.stat().st_mode)
            assert mode == 0o600 or path.read_text(encoding="utf-8") == OLD


def test_the_old_file_keeps_a_name_until_the_new_one_is_whole(replaced: Path) -> None:
    steps = [
        (
            read_target(left) == OLD,
            any(path.name == "new.csv.old" for path in left),
            any(path.suffix == ".draft" for path in left),
        )
        for left in list_left(replaced)
    ]

    assert [step for step, _ in groupby(steps)] == [
        (True, False, False),
        (True, False, True),  # an empty draft, to try the folder
        (True, False, False),
        (True, False, True),  # the draft
        (True, True, True),  # the draft, and a second name for the old file
        (False, True, False),  # the new file, and the old one under its second name
        (False, False, False),  # done
    ]


def read_target(left: list[Path]) -> str:
    (path,) = (path for path in left if path.name == "new.csv")
    return path.read_text(encoding="utf-8")


def test_the_next_file_clears_the_draft_away(killed: Path) -> None:
    folder = next(
        path.parent
        for left in list_left(killed)
        for path in left
        if path.suffix == ".draft" and SECRETS[4] in path.read_text(encoding="utf-8")
    )
    words = "-m apiuser handover sample2key@example.com --plaintext other.csv"

    done = subprocess.run(
        [sys.executable, *words.split()],
        input=SECRETS[3],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )

    assert done.returncode == 0, done.stderr
    assert [path.name for path in folder.iterdir()] == ["other.csv"]
