"""The audit sheet without a browser: files, checks and downloads, as a window asks."""

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any, NoReturn

import pytest

from apiuser.auditing import audit
from apiuser.errors import PolicyError
from apiuser.forms import show_audit
from apiuser.forms.audit_sheet import AuditSheet
from apiuser.reports import FORMATS
from tests.forms.windows import BrowserWindow, Sent, update
from tests.planted import SECRETS

HEADER = "Username,Email Address,License Type,Status\n"
ROWS = "ok2go@one.example.com,a@example.com,API User,Active\n"
FAULTY = ROWS + "OK2GO@one.example.com,b@example.com,API User,Inactive\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "here.csv").write_text(HEADER + ROWS, encoding="utf-8")
    (tmp_path / "data" / "faulty.csv").write_text(HEADER + FAULTY, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no export", encoding="utf-8")
    return tmp_path


def open_sheet(folder: Path, sent: Sent) -> BrowserWindow:
    window = BrowserWindow(show_audit(folder), sent)
    assert window.greet() == "paired"
    return window


def tick(window: BrowserWindow, *names: str) -> None:
    for name in names:
        window.act(do="tick", name=name, on=True)


def check(window: BrowserWindow, *ticked: str, names: str = "") -> dict[str, Any]:
    tick(window, *ticked)
    done = window.work(do="check", names=names)
    return done if done["kind"] == "refused" else window.work(do="answer")


def list_files(window: BrowserWindow) -> dict[str, dict[str, Any]]:
    return {file["name"]: file for file in window.widget.shown["files"]}


def upload(window: BrowserWindow, name: str, data: bytes) -> dict[str, Any]:
    return window.act(data, do="upload", name=name, size=len(data), at=0)


def test_the_exports_of_the_folder_and_of_data_are_listed_by_name(
    folder: Path, sent: Sent
) -> None:
    files = list_files(open_sheet(folder, sent))

    assert list(files) == ["here.csv", "data/faulty.csv"]
    assert [file["text"] for file in files.values()] == ["1 kB", "1 kB"]
    assert not any(file["chosen"] for file in files.values())


def test_an_empty_folder_says_what_is_missing(tmp_path: Path, sent: Sent) -> None:
    window = open_sheet(tmp_path, sent)

    assert window.widget.shown["hint"].startswith("No export (.csv")


def test_a_check_of_nothing_asks_for_a_name_or_an_export(
    folder: Path, sent: Sent
) -> None:
    window = open_sheet(folder, sent)

    answer = check(window)

    assert answer["message"] == "Type a name, or tick an export."
    assert window.work(do="answer")["checked"] is False
    assert window.widget.work == {}


def test_a_check_that_is_refused_leaves_no_old_result(folder: Path, sent: Sent) -> None:
    window = open_sheet(folder, sent)
    check(window, "here.csv")

    window.act(do="tick", name="here.csv", on=False)
    check(window)

    assert window.work(do="answer")["checked"] is False


def test_what_was_read_is_said_at_the_file(folder: Path, sent: Sent) -> None:
    (folder / "short.csv").write_text(f"{HEADER}{ROWS}only-one-cell\n", "utf-8")
    window = open_sheet(folder, sent)

    check(window, "here.csv", "short.csv")

    files = list_files(window)
    assert files["here.csv"]["text"] == "1 record"
    assert files["short.csv"]["text"] == "1 record, 1 more could not be read"
    assert files["short.csv"]["level"] == "warning"


def test_a_file_that_cannot_be_read_is_named_at_its_place_and_stops_no_other(
    folder: Path, sent: Sent
) -> None:
    (folder / "old.csv").write_bytes("Username\ncafé2go\n".encode("cp1252"))
    window = open_sheet(folder, sent)

    answer = check(window, "here.csv", "old.csv")

    file = list_files(window)["old.csv"]
    assert file["level"] == "error"
    assert file["text"] == (
        "line 2, column 4: the byte 0xE9 is not UTF-8. Export as UTF-8, or give the "
        "encoding, such as cp1252 in the field “Encoding”."
    )
    assert [ask["label"] for ask in file["asks"]] == ["Encoding"]
    assert list_files(window)["here.csv"]["text"] == "1 record"
    assert answer["verdict"]["text"].endswith(" 1 file could not be read.")


def test_what_a_file_needs_is_given_at_that_file(folder: Path, sent: Sent) -> None:
    odd = "A title line\nLogon,Status\ncaf\xe92go,Active\n"
    (folder / "odd.csv").write_bytes(odd.encode("cp1252"))
    window = open_sheet(folder, sent)
    values = {"encoding": "cp1252", "column": "Logon", "skip_lines": "1"}

    window.act(do="give", name="odd.csv", values=values)
    answer = check(window, "odd.csv")

    assert list_files(window)["odd.csv"]["text"] == "1 record"
    assert answer["points"][0]["text"] == "1 seen"


def test_a_limit_that_is_in_the_way_is_asked_for(folder: Path, sent: Sent) -> None:
    wide = ",".join(["Username", *(f"c{at}" for at in range(2_100))])
    (folder / "wide.csv").write_text(f"{wide}\n", encoding="utf-8")
    window = open_sheet(folder, sent)
    check(window, "wide.csv")
    (ask,) = list_files(window)["wide.csv"]["asks"]

    window.act(do="give", name="wide.csv", values={"max_columns": "3000"})
    check(window)

    assert ask["label"] == "Most columns"
    assert list_files(window)["wide.csv"]["text"] == "0 records"


def test_a_text_for_a_number_is_refused_and_the_old_number_stays(
    folder: Path, sent: Sent
) -> None:
    window = open_sheet(folder, sent)

    answer = window.act(do="give", name="here.csv", values={"skip_lines": "two"})

    assert answer["message"] == (
        "Enter “Lines before the header” as a whole number, such as 2."
    )


def test_a_person_is_asked_for_the_half_if_no_column_says_it(
    folder: Path, sent: Sent
) -> None:
    (folder / "names.csv").write_text("Username\nab1\n", encoding="utf-8")
    window = open_sheet(folder, sent)
    before = check(window, "names.csv")
    asks = list_files(window)["names.csv"]["asks"]

    window.act(do="give", name="names.csv", values={"half": "active"})
    stale = window.widget.shown["stale"]
    after = check(window)

    assert [ask["label"] for ask in asks] == ["Which half is it?"]
    assert stale is True
    assert [answer["points"][0]["text"] for answer in (before, after)] == [
        "none seen",
        "1 seen",
    ]
    assert window.widget.shown["stale"] is False


def test_a_file_that_has_gone_is_refused_at_its_place(folder: Path, sent: Sent) -> None:
    window = open_sheet(folder, sent)
    tick(window, "here.csv")
    (folder / "here.csv").unlink()

    answer = check(window)

    assert list_files(window)["here.csv"]["text"] == "does not exist; check the path."
    assert answer["verdict"] == {
        "level": "error",
        "text": "1 file could not be read.",
        "then": "See what the file needs.",
    }
    refused = window.work(do="report", ending=".csv")
    assert refused["message"] == "No file could be read; there is nothing to report."


def test_names_are_checked_again_without_reading_again(
    folder: Path, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_sheet(folder, sent)
    check(window, "here.csv")

    def refuse(*_arguments: object, **_options: object) -> NoReturn:
        raise AssertionError

    monkeypatch.setattr("apiuser.auditing.checkup.export_files.read_resources", refuse)
    answer = check(window, names=" new2name@one.example.com\n\nOk2Go")

    assert [(name["name"], name["level"]) for name in answer["names"]] == [
        ("new2name@one.example.com", "notice"),
        ("Ok2Go", "error"),
    ]


def test_a_suggested_key_is_free(folder: Path, sent: Sent) -> None:
    window = open_sheet(folder, sent)
    alone = window.work(do="suggest")["key"]
    check(window, "here.csv")

    key = window.work(do="suggest")["key"]

    assert len(alone) == len(key) == 15
    assert not audit(folder / "here.csv").find_taken([key])


def test_it_is_said_if_no_free_key_is_left(
    folder: Path, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_options: object) -> NoReturn:
        message = "Every key of this length is taken. Ask for a longer key."
        raise PolicyError(message)

    monkeypatch.setattr("apiuser.auditing.checkup.inquiry.generate_username", refuse)

    answer = open_sheet(folder, sent).work(do="suggest")

    assert answer["message"].startswith("Every key of this length is taken.")


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_can_be_downloaded(folder: Path, sent: Sent, ending: str) -> None:
    window = open_sheet(folder, sent)
    early = window.work(do="report", ending=ending)
    check(window, "data/faulty.csv")

    answer = window.work(do="report", ending=ending)

    assert early["message"] == "Check first; there is no report yet."
    assert answer["name"] == f"username-audit{ending}"
    assert isinstance(window.widget, AuditSheet)
    shown = window.widget.inquiry.shown
    assert shown is not None
    assert shown.report is not None
    assert answer["data"] == FORMATS[ending](shown.report)


def test_work_is_said_to_have_begun_before_it_is_answered(
    folder: Path, sent: Sent
) -> None:
    window = open_sheet(folder, sent)
    tick(window, "here.csv")
    sent.clear()

    window.work(do="check", names="")

    assert [content["kind"] for content, _ in sent] == ["working", "done"]
    assert len({content["number"] for content, _ in sent}) == 1


def test_a_second_check_waits_for_the_first(folder: Path, sent: Sent) -> None:
    window = open_sheet(folder, sent)
    tick(window, "here.csv")

    async def run() -> None:
        window.act(do="check", names="")
        await asyncio.sleep(0)
        window.act(do="check", names="")
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))

    asyncio.run(run())

    said = [
        content.get("message") for content, _ in sent if content["kind"] != "working"
    ]
    assert "A check is running. Wait until it ends." in said
    assert window.widget.shown["checked"] is True


def test_an_unforeseen_error_says_where_but_shows_no_values(
    folder: Path, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_sheet(folder, sent)

    def fail(*_arguments: object) -> NoReturn:
        raise ValueError(SECRETS[0])

    monkeypatch.setattr("apiuser.forms.audit_sheet.suggest_key", fail)
    answer = window.work(do="suggest")

    assert answer["message"].startswith("This did not work (ValueError in apiuser/")
    assert SECRETS[0] not in answer["message"]


def test_no_username_of_an_export_is_in_the_widget_state(
    folder: Path, sent: Sent
) -> None:
    window = open_sheet(folder, sent)

    answer = check(window, "data/faulty.csv", names="ok2go")

    assert "ok2go" in str(answer).lower()
    assert "ok2go" not in str(window.widget.get_state()).lower()


def test_a_front_end_changes_no_trait_and_types_no_secret(
    folder: Path, sent: Sent
) -> None:
    window = open_sheet(folder, sent)
    sheet = window.widget
    before = {name: getattr(sheet, name) for name in sheet.keys}

    update(sheet, shown={}, work={"text": "x"}, _esm="export default {}", owners=["x"])
    typed = window.type(SECRETS[0])
    odd = window.act(do="unknown")

    assert {name: getattr(sheet, name) for name in sheet.keys} == before
    assert typed["message"] == "No secret is asked for here."
    assert odd["kind"] == "refused"


def test_another_window_that_takes_over_gets_the_findings(
    folder: Path, sent: Sent
) -> None:
    window = open_sheet(folder, sent)
    check(window, "here.csv")
    other = BrowserWindow(window.widget, sent)

    assert other.greet("takeover") == "paired"
    assert other.work(do="answer")["checked"] is True


def test_an_upload_is_ticked_and_its_folder_never_shown(
    tmp_path: Path, sent: Sent
) -> None:
    window = open_sheet(tmp_path, sent)
    upload(window, "names.csv", b"Username\n\n" + b"ab1\n" * 5_000)

    answer = check(window)
    data = window.work(do="report", ending=".json")["data"]

    assert list_files(window)["names.csv"]["chosen"] is True
    assert "names.csv: 1 blank line skipped." in answer["notices"]
    assert answer["points"][3]["text"] == "names.csv"
    assert json.loads(data)["files"][0]["path"] == "names.csv"
    assert tempfile.gettempdir() not in str(answer) + data.decode()


def test_two_uploads_with_the_same_name_stay_apart(tmp_path: Path, sent: Sent) -> None:
    (tmp_path / "names.csv").write_text("Username\nab1\n", encoding="utf-8")
    window = open_sheet(tmp_path, sent)
    tick(window, "names.csv")
    for text in (b"Username\nab2\n", b"Username\nab3\n"):
        upload(window, "names.csv", text)
    window.act(do="look")

    check(window)

    files = list_files(window)
    assert list(files) == ["names.csv", "names-2.csv", "names-3.csv"]
    assert {file["text"] for file in files.values()} == {"1 record"}


def test_uploads_lie_in_a_private_folder(
    tmp_path: Path, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "temp"
    room.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))

    upload(open_sheet(tmp_path, sent), "names.csv", b"Username\nab2\n")

    (kept,) = room.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o700


def test_the_sheet_is_printed_by_its_name(folder: Path) -> None:
    sheet = show_audit(folder)

    assert repr(sheet) == "AuditSheet()"
    data, _ = sheet._repr_mimebundle_()
    assert data["text/plain"] == "AuditSheet()"
