"""The sheet of the notebook keeps work, tenants, exports and files in its folder."""

import json
import stat
from pathlib import Path

import pytest

from apiuser.checklist import Job, resume
from apiuser.forms import show_checklist
from apiuser.forms.work_sheet import WorkSheet
from tests.forms.windows import BrowserWindow, Sent
from tests.handover.kdbx_reader import read_kdbx
from tests.leaks.searching import find_files_with
from tests.planted import PASSPHRASES, SECRETS

pytestmark = pytest.mark.usefixtures("cheap_locks")

EXPORT = (
    b"Username,License Type,Status\n"
    b"x1@sample.example.com,API User,Active\ny2@sample.example.com,,Inactive\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def open_sheet(folder: Path, sent: Sent, job: Job = Job.CREATE) -> BrowserWindow:
    window = BrowserWindow(WorkSheet(job, folder=folder), sent)
    assert window.greet() == "paired"
    return window


def upload(
    window: BrowserWindow, name: str, data: bytes, size: int | None = None
) -> str:
    half = len(data) // 2
    total = len(data) if size is None else size
    first = window.act(data[:half], do="upload", name=name, size=total, at=0)
    last = window.act(data[half:], do="upload", name=name, size=total, at=half)
    return str(last.get("message") or first.get("message") or "")


def open_to_store(folder: Path, sent: Sent) -> BrowserWindow:
    """Open a sheet at the stage in which the secret is stored."""
    window = open_sheet(folder, sent, Job.ROTATE)
    window.act(do="set", key="username", value="sample4key@example.com")
    window.type(SECRETS[0])
    window.press("stage:store")
    return window


def find_row(window: BrowserWindow, key: str) -> dict[str, object]:
    cards = window.widget.shown["cards"]
    return next(row for card in cards for row in card["rows"] if row["key"] == key)


def test_the_notebook_shows_the_sheet_without_a_value_in_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sheet = show_checklist()

    assert repr(sheet) == "WorkSheet()"
    data, _ = sheet._repr_mimebundle_()
    assert data["text/plain"] == "WorkSheet()"
    assert list(tmp_path.iterdir()) == []


def test_work_is_kept_by_itself_and_offered_again(folder: Path, sent: Sent) -> None:
    first = open_sheet(folder, sent)
    first.press("choose:presh-zapier")
    first.act(do="set", key="tenant", value="Sample MSP")
    first.act(do="set", key="first_name", value="Sample")
    first.type(SECRETS[0])

    second = open_sheet(folder, sent)
    (card,) = [card for card in second.widget.shown["cards"] if card["code"] == "kept"]
    second.press(card["kept"][0]["name"])

    (path,) = (folder / "work").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert SECRETS[0] not in path.read_text("utf-8")
    assert "Sample MSP" in card["kept"][0]["label"]
    assert isinstance(second.widget, WorkSheet)
    assert second.widget.session.checklist.values["first_name"] == "Sample"
    assert second.widget.session.checklist.secret is None


def test_nothing_is_kept_of_a_sheet_that_nobody_worked_on(
    folder: Path, sent: Sent
) -> None:
    window = open_sheet(folder, sent)

    window.press("stage:fill")

    assert not (folder / "work").exists() or not any((folder / "work").iterdir())


def test_damaged_work_is_not_offered(folder: Path, sent: Sent) -> None:
    (folder / "work").mkdir()
    (folder / "work" / "1.json").write_text("{")

    window = open_sheet(folder, sent)

    assert all(card["code"] != "kept" for card in window.widget.shown["cards"])


def test_a_dropped_export_is_read_and_kept_to_be_read_again(
    folder: Path, sent: Sent
) -> None:
    window = open_sheet(folder, sent)
    window.act(do="set", key="tenant", value="Sample MSP")

    refused = upload(window, "C:\\exports\\active.csv", EXPORT)
    window.press("choose:presh-zapier")
    window.press("primary")

    assert refused == ""
    kept = folder / "exports" / "sample-msp" / "active.csv"
    assert kept.read_bytes() == EXPORT
    tenant = (folder / "tenants" / "sample-msp.toml").read_text("utf-8")
    assert "@sample.example.com" in tenant
    again = open_sheet(folder, sent)
    again.act(do="set", key="tenant", value="Sample MSP")
    assert "2 names from 1 export" in str(find_row(again, "names")["value"])


def test_all_that_is_kept_is_for_its_owner_only_and_without_the_secret(
    folder: Path, sent: Sent
) -> None:
    window = open_sheet(folder, sent)
    window.press("choose:presh-zapier")
    window.act(do="set", key="tenant", value="Sample MSP")
    upload(window, "active.csv", EXPORT)
    window.press("primary")
    window.type(SECRETS[0])
    window.act(do="set", key="first_name", value="Sample")

    kept = [path for path in folder.rglob("*") if path.is_file()]

    assert {path.parent.name for path in kept} == {"work", "tenants", "sample-msp"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert {stat.S_IMODE(path.parent.stat().st_mode) for path in kept} == {0o700}
    assert find_files_with(SECRETS[0], folder) == []


def test_a_taken_name_of_a_dropped_export_is_found(folder: Path, sent: Sent) -> None:
    window = open_sheet(folder, sent)
    upload(window, "active.csv", EXPORT)
    window.press("choose:presh-zapier")
    window.press("primary")

    window.act(do="set", key="username", value="Y2")

    codes = [state["code"] for state in find_row(window, "username")["states"]]  # type: ignore[attr-defined]
    assert "USR007" in codes


def test_an_export_that_cannot_be_read_is_named_with_what_would_help(
    folder: Path, sent: Sent
) -> None:
    window = open_sheet(folder, sent)

    upload(window, "odd.csv", "Username,Name\nx1,Jürgen\n".encode("cp1252"))
    refused = find_row(window, "names")["files"]
    window.press("read:odd.csv", values={"encoding": "cp1252"})
    read = find_row(window, "names")["files"]

    assert "UTF-8" in refused[0]["text"]  # type: ignore[index]
    assert "1 name" in read[0]["text"]  # type: ignore[index]


@pytest.mark.parametrize("size", [1, 10**12, -1])
def test_more_or_fewer_bytes_than_announced_are_a_sentence(
    folder: Path, sent: Sent, size: int
) -> None:
    window = open_sheet(folder, sent)

    message = upload(window, "active.csv", EXPORT, size=size)

    assert message.endswith((".",))
    assert find_row(window, "names")["files"] == []


@pytest.mark.parametrize("name", ["../../x.csv", "..", "", "a\x00b.csv", "x" * 400])
def test_odd_names_of_uploads_stay_in_the_folder(
    folder: Path, sent: Sent, name: str
) -> None:
    window = open_sheet(folder, sent)
    window.act(do="set", key="tenant", value="Sample MSP")

    upload(window, name, EXPORT)
    window.press("choose:presh-zapier")
    window.press("primary")

    (path,) = (folder / "exports" / "sample-msp").iterdir()
    assert window.widget.shown["stage"] == "fill"
    assert path.read_bytes() == EXPORT


def test_a_part_that_is_not_what_was_sent_is_refused(folder: Path, sent: Sent) -> None:
    window = open_sheet(folder, sent)
    window.number += 1
    event = {"do": "upload", "name": "a.csv", "size": 3, "at": 0, "digest": "00"}

    answer = window._send(window.prove(event), [memoryview(b"abc")])  # noqa: SLF001

    assert answer["kind"] == "refused"
    assert not (folder / "exports").exists()


def test_the_encrypted_file_opens_with_the_passphrase_that_is_shown(
    folder: Path, sent: Sent
) -> None:
    window = open_to_store(folder, sent)

    window.press("store", values={"file": "new.kdbx", "lock": "generated"})

    path = folder.parent / "home" / "new.kdbx"
    database = read_kdbx(path.read_bytes(), window.show(f"passphrase:{path}"))
    assert SECRETS[0] in str(database)
    assert window.ask(f"passphrase:{path}") not in str([*sent])
    card = next(c for c in window.widget.shown["cards"] if c["code"] == "file")
    assert card["stored"][0]["path"] == str(path)


@pytest.mark.parametrize("lock", ["generated", "own"])
def test_each_file_keeps_its_own_passphrase(
    folder: Path, sent: Sent, lock: str
) -> None:
    window = open_to_store(folder, sent)

    window.press("store", values={"file": "one.kdbx", "lock": "generated"})
    for what in ("passphrase", "passphrase again"):
        window.type(PASSPHRASES[0], what)
    window.press("store", values={"file": "two.kdbx", "lock": lock})

    card = next(c for c in window.widget.shown["cards"] if c["code"] == "file")
    paths = [one["path"] for one in card["stored"]]
    asked = [one["path"] for one in card["stored"] if one["passphrase"]]
    opened = [window.show(f"passphrase:{path}") for path in asked]
    if lock == "own":
        opened.append(PASSPHRASES[0])
    assert asked == (paths if lock == "generated" else paths[:1])
    assert len(set(opened)) == 2
    for path, passphrase in zip(paths, opened, strict=True):
        assert SECRETS[0] in str(read_kdbx(Path(path).read_bytes(), passphrase))


def test_the_secret_is_stored_once_the_file_and_its_passphrase_are_there(
    folder: Path, sent: Sent
) -> None:
    window = open_sheet(folder, sent)
    window.press("choose:presh-zapier")
    window.press("generate")
    window.press("stage:store")

    window.press("store", values={"file": str(folder.parent / "one.kdbx")})
    before = find_row(window, "stored")["value"]
    window.show(f"passphrase:{folder.parent / 'one.kdbx'}")

    assert before is False
    ticked = find_row(window, "stored")
    assert ticked["value"] is True
    assert "'Ticked: the file exists.'" in str(ticked["states"])
    for _ in range(2):  # the first click says that it was ticked already
        window.act(do="set", key="stored", value=False)
    assert find_row(window, "stored")["value"] is False
    assert find_row(window, "stored")["states"] == []


def test_a_passphrase_of_ones_own_is_typed_twice(folder: Path, sent: Sent) -> None:
    window = open_to_store(folder, sent)
    window.type(PASSPHRASES[0], "passphrase")
    window.type(PASSPHRASES[1], "passphrase again")
    window.press("store", values={"file": "new.kdbx", "lock": "own"})
    said = window.widget.shown["said"]
    window.type(PASSPHRASES[0], "passphrase")
    window.type(PASSPHRASES[0], "passphrase again")

    window.press("store", values={"file": "new.kdbx", "lock": "own"})

    assert ("differ" in said["text"], said["of_file"]) == (True, False)
    assert PASSPHRASES[0] not in str([*sent])
    path = folder.parent / "home" / "new.kdbx"
    assert SECRETS[0] in str(read_kdbx(path.read_bytes(), PASSPHRASES[0]))
    assert window.act(do="ask", what="passphrase")["kind"] == "refused"


def test_finish_forgets_secret_passphrase_and_kept_work(
    folder: Path, sent: Sent
) -> None:
    window = open_sheet(folder, sent, Job.ROTATE)
    window.act(do="set", key="applications", value="Sample app")
    window.act(do="set", key="username", value="sample4key@example.com")
    window.type(SECRETS[4])
    window.press("primary")
    window.press("store", values={"file": "new.kdbx"})
    for key in ("stored", "pasted"):
        window.act(do="set", key=key, value=True)
    window.press("primary")
    assert "passphrase" in window.widget.shown["faults"][0]["text"]
    window.show(f"passphrase:{folder.parent / 'home' / 'new.kdbx'}")
    window.press("primary")
    window.act(do="set", key="tested", value=True)

    window.press("primary")

    assert window.widget.shown["finished"], window.widget.shown["faults"]
    assert window.act(do="ask", what="secret")["kind"] == "refused"
    assert window.act(do="ask", what="passphrase")["kind"] == "refused"
    assert list((folder / "work").iterdir()) == []
    record = window.act(do="record", kind="html")
    assert "not finished" not in record["text"]
    assert SECRETS[4] not in json.dumps(record)


def test_a_folder_that_cannot_be_written_is_said_and_loses_nothing(
    folder: Path, sent: Sent
) -> None:
    (folder / "work").write_text("a file stands where the folder should be")
    window = open_sheet(folder, sent)
    window.press("choose:presh-zapier")

    window.act(do="set", key="first_name", value="Sample")

    assert "could not be kept" in str(window.widget.shown["trouble"])
    assert isinstance(window.widget, WorkSheet)
    assert window.widget.session.checklist.values["first_name"] == "Sample"


def test_kept_work_is_a_file_that_resume_reads(folder: Path, sent: Sent) -> None:
    window = open_sheet(folder, sent, Job.EDIT)
    window.act(do="set", key="change_level", value=True)

    (path,) = (folder / "work").iterdir()

    assert resume(path).values["change_level"] is True


def show_file(window: BrowserWindow) -> dict[str, object]:
    cards = window.widget.shown["cards"]
    return next(card for card in cards if card["code"] == "file")


def test_the_folder_of_the_encrypted_file_and_a_free_name_are_shown_before_it_is_written(
    folder: Path, sent: Sent
) -> None:
    window = open_sheet(folder, sent)
    window.press("choose:presh-zapier")
    window.act(do="set", key="tenant", value="Sample MSP")
    window.press("generate")
    window.press("stage:store")
    first = str(show_file(window)["file"])

    window.press("store", values={"file": first})

    assert show_file(window)["folder"] == str(folder.parent / "home")
    assert first == "sample-msp-presh-zapier.kdbx"
    assert show_file(window)["file"] == first
    window.type(SECRETS[1])
    assert show_file(window)["file"] == "sample-msp-presh-zapier-2.kdbx"
    assert window.widget.shown["said"]["failed"] is False


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("taken.kdbx", "Choose another name, such as taken-2.kdbx."),
        ("none/a.kdbx", "the folder does not exist"),
        ("tree/a.kdbx", "is in the git work tree"),
        ("a.txt", "ends in .kdbx or .age"),
        ("", "ends in .kdbx or .age"),
    ],
)
def test_a_file_that_cannot_be_written_is_said_as_an_error(
    folder: Path, sent: Sent, file: str, words: str
) -> None:
    home = folder.parent / "home"
    (home / "taken.kdbx").touch()
    (home / "tree" / ".git").mkdir(parents=True)
    window = open_sheet(folder, sent)
    window.press("choose:presh-zapier")
    window.press("generate")
    window.press("stage:store")

    window.press("store", values={"file": file})
    window.act(do="copied", key="username")

    said = window.widget.shown["said"]
    assert (said["at"], said["failed"], said["of_file"]) == ("store", True, True)
    assert words in said["text"]
