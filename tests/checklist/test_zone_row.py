"""The sheet's row for the zone: asks on a press only, and says what came back."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from apiuser.browser.page import PageDesk
from apiuser.checklist import Checklist, Job, Session
from apiuser.checklist.desk import Told
from apiuser.errors import CallError, InputError
from apiuser.forms.notebook_desk import NotebookDesk
from apiuser.forms.work_sheet import WorkSheet
from tests.checklist.sheet_driver import (
    PaperDesk,
    enter,
    open_session,
    press,
    reach,
    rows,
)
from tests.forms.windows import BrowserWindow, Sent, open_test_stage, wait_for_tasks
from tests.planted import SECRETS
from tests.verification.stand_in import (
    ADDRESS,
    ASKED,
    LOGIN,
    Listen,
    answer,
    tell_zone,
    trust_stand_in,
)


@pytest.fixture(autouse=True)
def _trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("truststore.SSLContext", lambda _protocol: trust_stand_in())


def test_nothing_is_asked_until_the_button_is_pressed() -> None:
    session = open_session()
    shown = reach(session, "test")

    assert isinstance(session.desk, PaperDesk)
    assert session.desk.asked == []
    row = rows(shown)["zone"]
    assert row["buttons"] == [{"name": "zone", "label": "Look up"}]
    assert "without the secret" in row["value"]
    assert "beta" in row["value"]

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


def test_the_form_of_the_page_says_that_it_asks_nobody() -> None:
    session = Session(checklist=Checklist(Job.CREATE), desk=PageDesk())

    row = rows(reach(session, "test"))["zone"]

    assert "This page does not call Autotask" in row["value"]
    assert row["buttons"] == row["states"] == []
    assert "does not call Autotask" in press(session, "zone")["said"]["text"]
    with pytest.raises(InputError, match="does not call Autotask"):
        session.desk.look_up(LOGIN)


def test_the_notebook_asks_autotask(tmp_path: Path, listen: Listen) -> None:
    stand_in = listen()
    desk = NotebookDesk(tmp_path)

    found = desk.look_up(LOGIN)
    lost = desk.look_up("other1@sample.example.com")
    stand_in.instead = tell_zone("https://sample.example.com/ATServicesRest/")
    with pytest.raises(CallError):
        desk.look_up(LOGIN)
    stand_in.instead = answer(429)
    with pytest.raises(CallError):
        desk.look_up(LOGIN)

    (known, proved, open_yet), ((level, unknown),) = found.lines, lost.lines
    assert known[0] == "ok"
    assert known[1] == f"Zone: Sample Zone 5, {ADDRESS}"
    assert "means that the username exists" in proved[1]
    assert "proves nothing about the secret" in open_yet[1]
    assert found.zone is not None
    assert level == "error"
    assert "does not know" in unknown
    assert lost.zone is None
    assert stand_in.log == [ASKED, ASKED.replace("sample4key", "other1"), ASKED, ASKED]


@pytest.fixture
def held() -> Iterator[threading.Event]:
    """What an answer of the stand-in waits for."""
    event = threading.Event()
    yield event
    event.set()


def hold(event: threading.Event) -> Callable[[], Iterator[bytes]]:
    def tell() -> Iterator[bytes]:
        event.wait(100)
        yield tell_zone()

    return tell


def list_told(window: BrowserWindow, key: str = "zone") -> list[str]:
    return [state["text"] for state in rows(window.widget.shown)[key]["states"]]


def test_the_sheet_goes_on_while_autotask_is_asked(
    tmp_path: Path, sent: Sent, listen: Listen, held: threading.Event
) -> None:
    stand_in = listen(instead=hold(held))
    window = open_test_stage(tmp_path, sent)

    async def run() -> None:
        assert window.press("zone")["kind"] == "done"
        assert list_told(window) == ["Asking."]
        window.act(do="set", key="remarks", value="typed meanwhile")
        window.press("answered:401")
        window.press("zone")
        assert "is being asked already" in window.widget.shown["said"]["text"]
        held.set()
        await wait_for_tasks()

    asyncio.run(run())

    assert "Sample Zone 5" in list_told(window)[0]
    assert isinstance(window.widget, WorkSheet)
    session = window.widget.session
    assert session.checklist.values["remarks"] == "typed meanwhile"
    assert (session.calls.answer, stand_in.log) == ("401", [ASKED])


def test_an_answer_to_work_that_was_left_is_not_shown(
    tmp_path: Path, sent: Sent, listen: Listen, held: threading.Event
) -> None:
    listen(instead=hold(held))
    window = open_test_stage(tmp_path, sent)

    async def run() -> None:
        window.press("zone")
        window.press("anew")
        window.press("anew")
        held.set()
        await wait_for_tasks()

    asyncio.run(run())

    assert isinstance(window.widget, WorkSheet)
    assert window.widget.session.calls.looked_up == ("", Told(lines=()))
    assert window.widget.shown["stage"] == "prepare"


def test_an_error_that_nobody_foresaw_is_reported_by_its_place(
    tmp_path: Path, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> NoReturn:
        raise ValueError(SECRETS[0])

    window = open_test_stage(tmp_path, sent)
    monkeypatch.setattr(NotebookDesk, "look_up", fail)

    window.work(do="press", name="zone", drawn=window.widget.shown["drawn"])

    (told,) = list_told(window)
    assert "This did not work (ValueError in apiuser/" in told
    assert SECRETS[0] not in str(window.widget.get_state())


@pytest.mark.parametrize("username", [LOGIN, "sample4key"])
@pytest.mark.parametrize("change", ["level", "names", "locked", "vendor", "secret"])
def test_an_edit_offers_to_look_up_a_username_that_is_typed_in_full(
    change: str, username: str
) -> None:
    session = open_session(Job.EDIT)
    enter(session, **{f"change_{change}": True}, username=username)

    shown = rows(press(session, "stage:test"))

    assert ("zone" in shown) == ("@" in username)
    assert ("full_login" in shown) == (change == "secret")


@pytest.mark.parametrize("username", ["sample4key@sample.example.com", "sample4key"])
def test_a_new_secret_is_tested_beside_the_zone_of_a_full_username(
    username: str,
) -> None:
    session = open_session(Job.ROTATE)
    enter(session, username=username)
    press(session, "stage:handover")

    shown = press(session, "zone")

    full = username == LOGIN
    assert ("zone" in rows(shown)) == full
    if full:
        assert rows(shown)["zone"]["states"][0]["text"] == "Known here."
    assert "login" not in rows(shown)
