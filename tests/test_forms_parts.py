"""The low parts of the forms, without a browser."""

import asyncio
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import NoReturn

import pytest

from apiuser import forms
from apiuser.credentials.validation import check_first_name, check_username
from apiuser.errors import AccessError
from apiuser.forms.widgets.copy_text import CopyText
from apiuser.forms.widgets.fields import (
    InputField,
    area_field,
    check_field,
    choice_field,
    combo_field,
    render_findings,
    text_field,
)
from apiuser.forms.widgets.guard import WIDGETS, form_box
from apiuser.forms.widgets.status_line import StatusLine
from apiuser.forms.widgets.transfer import Download, Upload
from tests.form_driver import Sent
from tests.planted import SECRETS
from tests.windows import send_raw as deliver


def upload(part: Upload, name: str, data: bytes, step: int) -> None:
    deliver(part, {"kind": "start", "id": "u", "name": name, "size": len(data)})
    for at in range(0, len(data), step):
        chunk = memoryview(data[at : at + step])
        deliver(part, {"kind": "part", "id": "u", "at": at}, [chunk])


def test_an_uploaded_file_arrives_whole_under_its_own_name(sent: Sent) -> None:
    arrived: list[Path] = []
    part = Upload(on_file=arrived.append, label="Exports")
    data = bytes(range(256)) * 5

    upload(part, "active users.csv", data, 500)

    (path,) = arrived
    assert path.name == "active users.csv"
    assert path.read_bytes() == data
    assert [content["kind"] for content, _ in sent] == ["next"] * 3 + ["done"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_uploaded_files_lie_in_a_private_folder(sent: Sent) -> None:
    arrived: list[Path] = []

    upload(Upload(on_file=arrived.append, label="Exports"), "a.csv", b"x", 1)

    assert arrived[0].stat().st_mode & 0o077 == 0
    assert arrived[0].parent.parent.stat().st_mode & 0o777 == 0o700


def test_two_files_of_one_name_do_not_overwrite_each_other(sent: Sent) -> None:
    arrived: list[Path] = []
    part = Upload(on_file=arrived.append, label="Exports")

    upload(part, "a.csv", b"one", 2)
    upload(part, "a.csv", b"two", 2)

    assert [path.read_bytes() for path in arrived] == [b"one", b"two"]


def test_an_empty_file_arrives_too(sent: Sent) -> None:
    arrived: list[Path] = []

    upload(Upload(on_file=arrived.append, label="Exports"), "empty.csv", b"", 1)

    assert arrived[0].read_bytes() == b""


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../outside.csv", "outside.csv"),
        ("C:\\exports\\a.csv", "a.csv"),
        ("..", "upload"),
        ("", "upload"),
    ],
)
def test_an_uploaded_name_cannot_lead_out_of_the_folder(
    sent: Sent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, kept: str
) -> None:
    arrived: list[Path] = []
    part = Upload(on_file=arrived.append, label="Exports")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    upload(part, given, b"x", 1)

    assert arrived[0].name == kept
    assert arrived[0].is_relative_to(tmp_path)


def test_a_part_out_of_order_is_refused_in_a_sentence(sent: Sent) -> None:
    part = Upload(on_file=lambda _path: None, label="Exports")

    deliver(part, {"kind": "start", "id": "u", "name": "a.csv", "size": 9})
    deliver(part, {"kind": "part", "id": "u", "at": 4}, [memoryview(b"xxxx")])

    assert sent[-1][0] == {
        "kind": "refused",
        "id": "u",
        "message": "The upload was interrupted; choose the file again.",
    }


def test_a_name_the_system_cannot_store_is_refused_in_a_sentence(sent: Sent) -> None:
    arrived: list[Path] = []

    upload(Upload(on_file=arrived.append, label="Exports"), "x" * 300, b"x", 1)

    assert arrived == []
    assert sent[0][0]["kind"] == "refused"
    assert "could not be stored" in sent[0][0]["message"]


def test_a_folder_that_vanished_midway_is_said_in_a_sentence(
    sent: Sent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = Upload(on_file=lambda _path: None, label="Exports")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    deliver(part, {"kind": "start", "id": "u", "name": "a.csv", "size": 9})
    for folder in tmp_path.iterdir():
        shutil.rmtree(folder)
    deliver(part, {"kind": "part", "id": "u", "at": 0}, [memoryview(b"x" * 9)])

    answer = sent[-1][0]
    assert answer["kind"] == "refused"
    assert "a.csv could not be stored: No such file or directory." in str(answer)


def test_messages_of_an_unknown_kind_are_left_alone(sent: Sent) -> None:
    deliver(Upload(on_file=lambda _path: None, label="Exports"), {"kind": "other"})
    deliver(Download(label="Save", make=lambda: ("a", b"")), {"kind": "other"})

    assert sent == []


def test_the_forms_offer_two_functions_and_nothing_else() -> None:
    with pytest.raises(AttributeError, match="show_something"):
        forms.show_something  # noqa: B018  # the access is the test


def ask_for_file(part: Download) -> None:
    """Press the button, and wait until the file was made and sent."""

    async def run() -> None:
        deliver(part, {"kind": "ask", "nonce": "n1"})
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))

    asyncio.run(run())


def test_a_download_sends_what_was_made_in_a_buffer(sent: Sent) -> None:
    part = Download(label="Save", make=lambda: ("report.csv", b"code\n"))

    ask_for_file(part)

    assert sent == [
        ({"kind": "working", "nonce": "n1"}, None),
        ({"kind": "file", "nonce": "n1", "name": "report.csv"}, [b"code\n"]),
    ]


def test_a_download_that_cannot_be_made_says_why(sent: Sent) -> None:
    def make() -> NoReturn:
        message = "There is no report yet."
        raise AccessError(message)

    ask_for_file(Download(label="Save", make=make))

    assert sent[1:] == [
        (
            {"kind": "refused", "nonce": "n1", "message": "There is no report yet."},
            None,
        )
    ]


def test_a_download_is_made_beside_the_kernels_own_thread(sent: Sent) -> None:
    threads = []

    def make() -> tuple[str, bytes]:
        threads.append(threading.current_thread())
        return "a.csv", b""

    ask_for_file(Download(label="Save", make=make))

    assert threads != [threading.current_thread()]
    assert len(sent) == 2


def test_findings_wait_until_something_was_entered() -> None:
    field = text_field("First Name", watch=None)

    field.show_findings(check_first_name(""))
    untouched = field.notes.value
    field.input.value = "x"
    field.show_findings(check_first_name(""))

    assert untouched == ""
    assert "Error: " in field.notes.value
    assert "(NAM001)" in field.notes.value


def test_touch_shows_findings_of_an_empty_field() -> None:
    field = text_field("First Name", watch=None)
    field.show_findings(check_first_name(""))

    field.touch()

    assert "(NAM001)" in field.notes.value


def test_findings_and_advice_are_escaped() -> None:
    field = text_field("Name", watch=None, advice="<b>bold</b>")

    notes = render_findings(check_username("a<1\N{ZERO WIDTH SPACE}"))

    assert "<b>" not in field.view.children[1].value
    assert "a<1" not in notes


@pytest.mark.parametrize(
    "field",
    [
        text_field("Label", watch=None),
        area_field("Label", watch=None),
        choice_field("Label", ["a", "b"], value="a"),
        combo_field("Label", ["a", "b"], watch=None),
        check_field("Label"),
    ],
    ids=["text", "area", "choice", "combo", "check"],
)
def test_every_input_has_its_label_as_description(field: InputField) -> None:
    assert field.input.description == "Label"
    assert field.view.children[0] is field.input


def test_a_status_shows_a_bar_only_with_a_total() -> None:
    status = StatusLine()

    status.say("Reading.", done=1, total=3)
    working = (status.text, status.done, status.total)
    status.say("Done.")

    assert working == ("Reading.", 1, 3)
    assert (status.text, status.done, status.total) == ("Done.", 0, 0)


def test_reprs_are_short_and_stable() -> None:
    parts = [
        CopyText(label="First Name", text="Presh"),
        StatusLine(),
        Upload(on_file=lambda _path: None, label="Exports"),
        Download(label="Save", make=lambda: ("a", b"")),
        form_box().children[0],
    ]

    assert [repr(part) for part in parts] == [
        "CopyText()",
        "StatusLine()",
        "Upload()",
        "Download()",
        "KeyGuard()",
    ]


@pytest.mark.parametrize(
    "path",
    sorted([*WIDGETS.glob("*.js"), *WIDGETS.glob("*.css")]),
    ids=lambda path: Path(path).name,
)
def test_no_static_file_names_another_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert "://" not in text
    assert "@import" not in text


def test_the_forms_load_no_table_library() -> None:
    code = (
        "import sys, apiuser.forms, apiuser.forms.widgets.transfer, apiuser.forms.widgets.fields;"
        "print({'pandas', 'pyarrow', 'numpy'} & set(sys.modules))"
    )

    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "set()"


def test_a_download_that_fails_unforeseen_says_where_and_not_with_what(
    sent: Sent,
) -> None:
    def make() -> NoReturn:
        raise ValueError(SECRETS[0])

    ask_for_file(Download(label="Save", make=make))

    message = str(sent[1][0]["message"])
    assert "This did not work (ValueError" in message
    assert SECRETS[0] not in message
