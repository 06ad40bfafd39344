"""The encrypted files that were written are known again when work is resumed."""

import json
from pathlib import Path

import pytest

from apiuser.checklist import Checklist, Session, StoredFile, resume, save
from apiuser.checklist.review import list_review
from apiuser.errors import SavedWorkError
from tests.checklist.sheet_driver import PaperDesk, open_session, press, reach, words


def write_two(path: Path) -> Session:
    """Write two files, of which somebody can open the first, and resume the work."""
    session = open_session()
    reach(session, "store")
    for name in ("one.kdbx", "two.kdbx"):
        press(session, "store", values={"file": name})
    session.note_stored("one.kdbx")
    save(session.checklist, path)
    return Session(checklist=resume(path), desk=PaperDesk())


def test_a_file_that_somebody_can_open_is_in_the_record_of_resumed_work(
    tmp_path: Path,
) -> None:
    resumed = write_two(tmp_path / "work.json")

    lines = {line.label: (line.text, line.state) for line in list_review(resumed)}

    assert lines["Encrypted file"] == ("one.kdbx", "SHA-256 76a1")


def test_the_secret_is_asked_for_by_the_name_of_its_file(tmp_path: Path) -> None:
    resumed = write_two(tmp_path / "work.json")

    said = words(press(resumed, "stage:fill"), "secret")

    assert said == (
        "The secret was forgotten here. Paste the one you stored in one.kdbx, or "
        "generate another."
    )


def test_a_file_that_nobody_can_open_is_to_be_deleted_when_work_is_resumed(
    tmp_path: Path,
) -> None:
    resumed = write_two(tmp_path / "work.json")

    assert resumed.files.list_useless() == [
        "two.kdbx: nobody can open it any more. Delete it."
    ]


@pytest.mark.parametrize(
    "file",
    [
        "one.kdbx",
        {"path": "one.kdbx"},
        {"path": 1, "kind": "KeePass", "digest": "76a1"},
        {"path": "one.kdbx", "kind": "KeePass", "digest": "76a1", "sealed": "no"},
        {"path": "one.kdbx", "kind": "KeePass", "digest": "76a1", "size": 1},
    ],
)
def test_saved_files_of_another_kind_are_refused(tmp_path: Path, file: object) -> None:
    path = tmp_path / "work.json"
    checklist = Checklist()
    checklist.files = [StoredFile(path="one.kdbx", kind="KeePass", digest="76a1")]
    save(checklist, path)
    work = json.loads(path.read_text(encoding="utf-8"))
    work["files"] = [file]
    path.write_text(json.dumps(work), encoding="utf-8")

    with pytest.raises(SavedWorkError, match="damaged"):
        resume(path)
