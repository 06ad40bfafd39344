"""The sheet's row for one log-in: on a press only, warned of, and never by itself."""

import asyncio
import datetime as dt
import gc
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apiuser.browser.page import PageDesk
from apiuser.checklist import Checklist, Job, Session
from apiuser.checklist.autotask_calls import Question
from apiuser.checklist.desk import Told
from apiuser.credentials.credential import Secret
from apiuser.errors import InputError
from apiuser.forms.work_sheet import WorkSheet
from tests.checklist.sheet_driver import (
    NOON,
    ZONE,
    Clock,
    PaperDesk,
    enter,
    press,
    rows,
    save_own_user,
)
from tests.forms.windows import BrowserWindow, Sent, open_test_stage, wait_for_tasks
from tests.planted import SECRETS
from tests.verification.stand_in import (
    ASKED,
    LOGIN,
    TRIED,
    Listen,
    StandIn,
    answer,
    trust_stand_in,
)

CODE = StandIn().code
LATER = dt.timedelta(minutes=5)
RIGHTS = {"errors": ["The logged in Resource does not have the adequate permissions"]}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(clock: Clock) -> Session:
    return save_own_user(clock)


def desk_of(session: Session) -> PaperDesk:
    assert isinstance(session.desk, PaperDesk)
    return session.desk


def list_buttons(shown: dict[str, Any]) -> list[str]:
    return [button["name"] for button in rows(shown)["login"]["buttons"]]


def list_said(shown: dict[str, Any]) -> list[str]:
    return [state["text"] for state in rows(shown)["login"]["states"]]


def test_the_button_is_there_once_the_zone_is_known(
    session: Session, clock: Clock
) -> None:
    assert session.checklist.times["saved"] == NOON
    before = press(session, "stage:test")
    desk_of(session).told = (("error", "Unknown here."),)
    unknown = press(session, "zone")
    desk_of(session).told = (("ok", "Known here."),)
    known = press(session, "zone")
    clock.now += LATER
    later = press(session, "stage:test")
    enter(session, username="other9key")
    other = press(session, "stage:test")

    buttons = [list_buttons(one) for one in (before, unknown, known, later, other)]
    assert buttons == [[], [], ["login:now"], ["login"], []]
    assert desk_of(session).tried == []


def test_the_lock_out_is_warned_of_before_one_log_in(
    session: Session, clock: Clock
) -> None:
    press(session, "zone")
    clock.now += LATER

    warned = press(session, "login")
    first = list(desk_of(session).tried)
    done = press(session, "login")
    again = press(session, "login")

    assert first == []
    (said,) = list_said(warned)
    assert "counts towards the lock-out" in said
    assert "Press again to log in" in said
    length = len(session.checklist.secret or "")
    assert desk_of(session).tried == [(session.checklist.username.full, length, CODE)]
    assert list_said(done) == ["Works here."]
    assert "Press again" in list_said(again)[0]


def test_another_press_takes_the_consent_back(session: Session, clock: Clock) -> None:
    press(session, "zone")
    clock.now += LATER
    press(session, "login")
    press(session, "stage:test")

    shown = press(session, "login")

    assert desk_of(session).tried == []
    assert "Press again" in list_said(shown)[0]


def test_a_front_end_cannot_say_that_it_was_asked(
    session: Session, clock: Clock
) -> None:
    press(session, "zone")
    clock.now += LATER

    press(session, "login", again=True)

    assert desk_of(session).tried == []


def test_it_is_not_tried_within_five_minutes_unless_that_is_wanted(
    session: Session, clock: Clock
) -> None:
    press(session, "zone")
    clock.now += LATER - dt.timedelta(seconds=1)

    refused = [press(session, "login") for _ in range(3)]
    tried = len(desk_of(session).tried)
    for _ in range(2):
        press(session, "login:now")

    assert "can take 5 minutes" in list_said(refused[-1])[0]
    assert (tried, len(desk_of(session).tried)) == (0, 1)


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        ("zone", "Press Look up first"),
        ("secret", "no secret to log in with"),
        ("identifier", "Enter the tracking identifier first"),
    ],
)
def test_what_a_log_in_lacks_is_said(
    session: Session, clock: Clock, lacks: str, said: str
) -> None:
    if lacks != "zone":
        press(session, "zone")
    if lacks == "secret":
        session.lose_secret()
    if lacks == "identifier":
        enter(session, tracking_identifier="")
    clock.now += LATER

    for _ in range(2):
        shown = press(session, "login")

    assert said in list_said(shown)[0]
    assert desk_of(session).tried == []


@pytest.mark.parametrize("name", ["login", "login:now"])
def test_what_both_buttons_of_a_log_in_say_has_one_place(
    session: Session, name: str
) -> None:
    shown = press(session, name)

    assert shown["said"]["at"] == "login"
    assert "Press Look up first" in list_said(shown)[0]


@pytest.mark.parametrize("key", ["tracking_identifier", "secret"])
def test_an_answer_belongs_to_the_values_that_were_sent(
    session: Session, clock: Clock, key: str
) -> None:
    press(session, "zone")
    clock.now += LATER
    for _ in range(2):
        shown = press(session, "login")
    assert list_said(shown) == ["Works here."]

    if key == "secret":
        session.take_secret(Secret(SECRETS[0]))
    else:
        enter(session, tracking_identifier=f"{CODE}C")

    assert list_said(press(session, "stage:test")) == []


def test_a_refusal_chooses_its_symptom_until_the_next_log_in_is_answered(
    session: Session, clock: Clock
) -> None:
    desk_of(session).login_told = Told(
        lines=(("error", "Refused here."),), symptom="locked"
    )
    press(session, "zone")
    clock.now += LATER

    for _ in range(2):
        shown = press(session, "login")

    card = next(card for card in shown["cards"] if card["code"] == "answers")
    assert list_said(shown) == ["Refused here."]
    assert [one["label"] for one in card["answers"] if one["now"]] == ["Locked"]
    assert card["causes"] or card["advice"]

    desk_of(session).login_told = Told(lines=(("ok", "Works here."),))
    press(session, "zone")
    assert session.calls.answer == "locked"
    for _ in range(2):
        press(session, "login")

    assert session.calls.answer == ""


@pytest.mark.parametrize("choice", ["choose:presh-zapier", "choose:vendor"])
def test_a_vendors_user_has_no_such_row(choice: str) -> None:
    session = Session(checklist=Checklist(Job.CREATE), desk=PaperDesk())
    press(session, choice)

    assert "login" not in rows(press(session, "stage:test"))


def test_the_form_of_the_page_has_no_such_row() -> None:
    session = Session(checklist=Checklist(Job.CREATE), desk=PageDesk())
    press(session, "choose:custom")

    assert "login" not in rows(press(session, "stage:test"))
    with pytest.raises(InputError, match="does not call Autotask"):
        session.desk.log_in(ZONE, LOGIN, Secret(SECRETS[0]), CODE, threading.Event())


# --- the notebook against the stand-in ---------------------------------------------


@pytest.fixture
def logged(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> Iterator[pytest.LogCaptureFixture]:
    monkeypatch.setattr("truststore.SSLContext", lambda _protocol: trust_stand_in())
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.DEBUG)
    logging.getLogger("httpcore").setLevel(logging.DEBUG)
    yield caplog
    assert SECRETS[0] not in caplog.text


@pytest.fixture
def window(
    tmp_path: Path, sent: Sent, logged: pytest.LogCaptureFixture
) -> BrowserWindow:
    """A sheet at the stage Test, with the secret and the identifier of the stand-in."""
    del logged
    window = open_test_stage(tmp_path, sent)
    window.act(do="set", key="tracking_identifier", value=CODE)
    window.type(SECRETS[0])
    return window


def work(window: BrowserWindow, name: str) -> dict[str, Any]:
    """Press, wait for what comes back, and return what the sheet shows."""
    window.work(do="press", name=name, drawn=window.widget.shown["drawn"])
    return dict(window.widget.shown)


def find_session(window: BrowserWindow) -> Session:
    assert isinstance(window.widget, WorkSheet)
    return window.widget.session


ANSWERED: list[tuple[dict[str, Any], str, str]] = [
    ({}, "belong together", ""),
    ({"secret": SECRETS[1]}, "was refused (status 401)", "401"),
    ({"locked": True}, "was refused (status 401)", "401"),
    ({"code": "OTHER", "older": True}, "was refused (status 500)", "code"),
    ({"rights": answer(403)}, "was refused (status 403)", "rights"),
    ({"rights": answer(500, RIGHTS)}, "was refused (status 500)", "rights"),
    ({"rights": answer(500)}, "It may also be: 403, or 500 about permissions.", "code"),
    ({"rights": answer(429)}, "was refused (status 429)", "limits"),
    ({"rights": answer(502)}, "Whether this counted as a failure is not known", ""),
    ({"rights": answer(302, Location="https://x.example")}, "redirects", ""),
    ({"rights": b""}, "cut off", ""),
]


@pytest.mark.parametrize("answered", ANSWERED)
def test_one_press_makes_one_call_and_leads_to_the_diagnosis(
    window: BrowserWindow,
    sent: Sent,
    listen: Listen,
    answered: tuple[dict[str, Any], str, str],
) -> None:
    settings, said, symptom = answered
    stand_in = listen(**{"secret": SECRETS[0], **settings})

    work(window, "zone")
    work(window, "login:now")
    shown = work(window, "login:now")

    assert said in " ".join(list_said(shown))
    assert find_session(window).calls.answer == symptom
    assert stand_in.log == [ASKED, TRIED]
    assert SECRETS[0] not in str(window.widget.get_state()) + str([*sent])


def test_the_secret_is_held_by_nothing_once_the_answer_is_there(
    window: BrowserWindow, listen: Listen
) -> None:
    listen(secret=SECRETS[0])
    work(window, "zone")
    work(window, "login:now")
    work(window, "login:now")

    gc.collect()

    assert not [one for one in gc.get_objects() if isinstance(one, Question)]


def test_a_log_in_is_said_while_it_runs(window: BrowserWindow, listen: Listen) -> None:
    stand_in = listen(secret=SECRETS[0])
    work(window, "zone")
    work(window, "login:now")

    async def run() -> None:
        window.press("login:now")
        assert list_said(window.widget.shown) == ["Asking."]
        window.press("login:now")
        window.press("login:now")
        assert "asked already" in window.widget.shown["said"]["text"]
        await wait_for_tasks()

    asyncio.run(run())

    assert stand_in.log == [ASKED, TRIED]


def test_a_secret_that_cannot_travel_is_not_sent(
    window: BrowserWindow, listen: Listen
) -> None:
    stand_in = listen()
    work(window, "zone")
    window.type("Pass word\n1")
    work(window, "login:now")

    shown = work(window, "login:now")

    assert "cannot be sent in a call. Nothing was tried." in list_said(shown)[0]
    assert stand_in.log == [ASKED]


@pytest.mark.parametrize("change", ["identifier", "secret", "take-over"])
def test_a_warning_is_for_what_was_shown_only(
    session: Session, clock: Clock, change: str
) -> None:
    press(session, "zone")
    clock.now += LATER
    press(session, "login")
    if change == "identifier":
        enter(session, tracking_identifier=f"{CODE}X")
    else:
        if change == "take-over":
            session.lose_secret()
        session.take_secret(Secret(SECRETS[0]))

    press(session, "login")

    assert desk_of(session).tried == []
