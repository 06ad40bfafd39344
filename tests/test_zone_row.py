"""The sheet's row for the zone: asks on a press only, and says what came back."""

from pathlib import Path

import pytest

from apiuser.browser.page import PageDesk
from apiuser.checklist import Checklist, Job, Session
from apiuser.errors import CallError, InputError
from apiuser.forms.notebook_folder import NotebookDesk
from tests.sheet_driver import PaperDesk, open_session, press, reach, rows
from tests.stand_in import ASKED, LOGIN, Listen, answer, tell_zone, trust_stand_in


def test_nothing_is_asked_until_the_button_is_pressed() -> None:
    session = open_session()
    shown = reach(session, "test")

    assert isinstance(session.desk, PaperDesk)
    assert session.desk.asked == []
    row = rows(shown)["zone"]
    assert row["buttons"] == [{"name": "zone", "label": "Look up"}]
    assert "without the secret" in row["value"]
    assert "not tried live" in row["value"]

    row = rows(press(session, "zone"))["zone"]

    assert session.desk.asked == [session.checklist.username.full]
    assert row["states"] == [{"level": "ok", "text": "Known here.", "code": ""}]


def test_what_goes_wrong_is_said_at_the_row() -> None:
    session = open_session()
    reach(session, "test")
    assert isinstance(session.desk, PaperDesk)
    session.desk.told = ()

    (state,) = rows(press(session, "zone"))["zone"]["states"]

    assert state == {"level": "warning", "text": "Nobody answers.", "code": ""}


def test_an_answer_belongs_to_the_login_that_was_asked_for() -> None:
    session = open_session()
    reach(session, "test")
    press(session, "zone")

    session.checklist.set("username", "other9")
    shown = press(session, "stage:test")

    assert rows(shown)["zone"]["states"] == []


def test_the_form_of_the_page_has_no_such_row() -> None:
    session = Session(checklist=Checklist(Job.CREATE), desk=PageDesk())

    assert "zone" not in rows(reach(session, "test"))
    with pytest.raises(InputError, match="Nobody is asked"):
        session.desk.look_up(LOGIN)


def test_the_notebook_asks_autotask(
    tmp_path: Path, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("truststore.SSLContext", lambda _protocol: trust_stand_in())
    stand_in = listen()
    desk = NotebookDesk(tmp_path)

    (known, open_yet) = desk.look_up(LOGIN)
    ((level, unknown),) = desk.look_up("other1@sample.example.com")
    stand_in.instead = tell_zone("https://sample.example.com/ATServicesRest/")
    with pytest.raises(CallError):
        desk.look_up(LOGIN)
    stand_in.instead = answer(429)
    with pytest.raises(CallError):
        desk.look_up(LOGIN)

    assert known[0] == "ok"
    assert "Sample Zone 5" in known[1]
    assert "proves nothing about the secret" in open_yet[1]
    assert level == "error"
    assert "does not know" in unknown
    assert stand_in.log == [ASKED, ASKED.replace("sample4key", "other1"), ASKED, ASKED]
