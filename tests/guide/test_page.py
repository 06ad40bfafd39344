"""The page's sheet speaks JSON about the same session, and keeps the secret back."""

import json
from pathlib import Path
from typing import Any

import pytest

from apiuser.browser.page import Page
from apiuser.checklist import Job
from tests.checklist.sheet_driver import PRESH, rows
from tests.planted import SECRETS


def ask(page: Page, do: str, **rest: object) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(page.answer(json.dumps({"do": do} | rest)))
    return answer


def press(page: Page, name: str) -> dict[str, Any]:
    return ask(page, "press", name=name, drawn=page.session.drawn)


@pytest.mark.parametrize("job", Job)
def test_the_page_opens_at_the_job_that_its_address_names(job: Job) -> None:
    shown = json.loads(Page(job).show())

    assert [one["name"] for one in shown["jobs"] if one["now"]] == [f"job:{job}"]


def test_a_wrong_value_is_answered_with_its_finding() -> None:
    page = Page()
    press(page, PRESH)
    press(page, "primary")

    shown = ask(page, "set", key="email", value="nobody")

    assert [s["code"] for s in rows(shown)["email"]["states"]] == ["EML002"]


def test_the_secret_is_in_no_answer_but_to_an_ask() -> None:
    page = Page()
    taken = ask(page, "typed", text=SECRETS[0])
    states = [press(page, f"stage:{stage.code}") for stage in page.session.stages]
    records = [ask(page, "record", kind=kind) for kind in ("html", "text")]

    asked = ask(page, "ask")

    assert SECRETS[0] not in json.dumps([taken, *states, *records])
    assert asked["secret"] == SECRETS[0]


def test_a_secret_that_was_shown_is_replaced_by_a_second_press_only() -> None:
    page = Page()
    press(page, PRESH)
    press(page, "generate")
    given = ask(page, "ask")["secret"]
    ask(page, "given", what="secret")

    asked = press(page, "generate:secret")
    kept = ask(page, "ask")["secret"]
    press(page, "generate:secret")

    assert "Press again" in asked["said"]["text"]
    assert kept == given
    assert ask(page, "ask")["secret"] != given


def test_an_impossible_wish_is_one_sentence() -> None:
    page = Page()
    ask(page, "set", key="secret_limit", value="8")

    shown = press(page, "generate:secret")

    assert "SEC002" in shown["said"]["text"]
    assert shown["said"]["at"] == "secret"


def test_a_dropped_export_is_read_and_a_taken_name_found(tmp_path: Path) -> None:
    export = tmp_path / "resources.csv"
    export.write_text("Username\nsample4key@sample.example.com\n")
    page = Page()
    press(page, PRESH)
    press(page, "primary")

    ask(page, "file", path=str(export), name=export.name)
    shown = ask(page, "set", key="username", value="Sample4Key")

    assert "USR007" in [s["code"] for s in rows(shown)["username"]["states"]]


def test_a_dropped_file_that_is_not_an_export_is_named(tmp_path: Path) -> None:
    export = tmp_path / "picture.csv"
    export.write_bytes(b"\x89PNG\r\n\x1a\n")
    page = Page()

    shown = ask(page, "file", path=str(export), name=export.name)

    (file,) = rows(shown)["names"]["files"]
    assert file["refused"]
    assert str(tmp_path) not in file["text"]


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("name", "row"), [(f"{SECRETS[0]}.csv", "abc1,x"), ("a.csv", f"abc1,{SECRETS[0]}")]
)
def test_a_dropped_file_that_holds_the_secret_is_left_out(
    name: str, row: str, tmp_path: Path, *, known: bool
) -> None:
    arrived = tmp_path / "arrived"
    arrived.write_text(f"Username,Notes\n{row}\n")
    page = Page()
    if known:
        ask(page, "typed", text=SECRETS[0])

    ask(page, "file", path=str(arrived), name=name)
    shown = ask(page, "typed", text=SECRETS[0])
    (file,) = rows(shown)["names"]["files"]
    removed = press(page, f"remove:{file['name']}")

    assert file["name"] == "A file was left out"
    assert SECRETS[0] not in json.dumps(shown)
    assert [*tmp_path.iterdir()] == []
    assert rows(removed)["names"]["files"] == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [("", "export.csv"), ("..", "export.csv"), ("a/\0b\n.csv", "_b_.csv")],
)
def test_a_dropped_file_of_an_odd_name_is_read(
    given: str, kept: str, tmp_path: Path
) -> None:
    arrived = tmp_path / "arrived"
    arrived.write_text("Username\nsample4key@sample.example.com\n")

    shown = ask(Page(), "file", path=str(arrived), name=given)

    (file,) = rows(shown)["names"]["files"]
    assert (file["name"], file["refused"]) == (kept, False)


def test_the_page_says_that_it_writes_no_encrypted_file() -> None:
    page = Page("rotate")
    ask(page, "typed", text=SECRETS[0])
    shown = press(page, "stage:store")

    refused = press(page, "store")

    (card,) = [card for card in shown["cards"] if card["code"] == "file"]
    assert not card["can_write"]
    assert "use apiuser lab" in refused["said"]["text"]


@pytest.mark.parametrize("kind", ["html", "text"])
def test_a_record_is_left_without_a_word_once_it_was_given(kind: str) -> None:
    page = Page(Job.EDIT)
    ask(page, "set", key="change_locked", value=True)
    ask(page, "set", key="username", value="sample4key@example.com")
    for _ in page.session.stages:
        press(page, "primary")

    asked = press(page, "again")
    ask(page, "record", kind=kind)

    assert asked["finished"]
    assert "not saved" in asked["said"]["text"]
    assert not press(page, "again")["finished"]
