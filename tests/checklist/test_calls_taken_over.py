"""A call of Autotask that is under way when another window takes the sheet over."""

import asyncio
import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from apiuser.checklist import Session
from apiuser.checklist.autotask_calls import Question
from apiuser.forms.work_sheet import WorkSheet
from tests.checklist.sheet_driver import rows
from tests.forms.windows import BrowserWindow, Sent
from tests.planted import SECRETS
from tests.verification.stand_in import ASKED, TRIED, Listen, StandIn, answer, tell_zone
from tests.verification.stand_in import trust_stand_in as trust

LEFT = "A log-in was on its way when this window took over."


class Held:
    """An answer of the stand-in that waits until it may go on."""

    def __init__(self) -> None:
        """Make one that nobody has asked for."""
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.told = b""

    def tell(self) -> Iterator[bytes]:
        self.begun.set()
        self.go_on.wait(30)
        yield self.told


@pytest.fixture
def held() -> Iterator[Held]:
    answer = Held()
    yield answer
    answer.go_on.set()


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WorkSheet:
    monkeypatch.setattr("truststore.SSLContext", lambda _protocol: trust())
    return WorkSheet(folder=tmp_path)


@pytest.fixture
def mine(sheet: WorkSheet, sent: Sent) -> BrowserWindow:
    """The first window, at the stage Test, with a secret in the sheet."""
    window = BrowserWindow(sheet, sent)
    window.greet()
    window.press("choose:custom")
    for key, value in {
        "existing_username": "x@sample.example.com",
        "username": "sample4key",
        "tracking_identifier": StandIn().code,
    }.items():
        window.act(do="set", key=key, value=value)
    window.type(SECRETS[0])
    window.press("stage:test")
    return window


@pytest.fixture
def other(sheet: WorkSheet, sent: Sent) -> Iterator[BrowserWindow]:
    """Another window, which must never meet the secret."""
    yield BrowserWindow(sheet, sent)
    assert SECRETS[0] not in str(sheet.get_state()) + str([*sent])


def work(window: BrowserWindow, name: str) -> None:
    window.work(do="press", name=name, drawn=window.widget.shown["drawn"])


async def wait_for_tasks() -> None:
    await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))


def find_session(window: BrowserWindow) -> Session:
    assert isinstance(window.widget, WorkSheet)
    return window.widget.session


def list_told(window: BrowserWindow, key: str) -> list[str]:
    return [state["text"] for state in rows(window.widget.shown)[key]["states"]]


def test_the_answer_to_a_look_up_does_not_reach_the_window_that_took_over(
    mine: BrowserWindow, other: BrowserWindow, listen: Listen, held: Held
) -> None:
    stand_in = listen(instead=held.tell)
    held.told = tell_zone()

    async def run() -> None:
        mine.press("zone")
        await asyncio.to_thread(held.begun.wait, 30)
        other.greet("takeover")
        held.go_on.set()
        await wait_for_tasks()

    asyncio.run(run())
    untold = list_told(other, "zone")
    stand_in.instead = None
    work(other, "zone")

    assert untold == []
    assert "Sample Zone 5" in list_told(other, "zone")[0]
    assert stand_in.log == [ASKED, ASKED]


@pytest.mark.parametrize("status", [200, 401, 403])
def test_the_answer_to_a_log_in_does_not_reach_the_window_that_took_over(
    mine: BrowserWindow,
    other: BrowserWindow,
    listen: Listen,
    held: Held,
    status: int,
) -> None:
    stand_in = listen()
    work(mine, "zone")
    work(mine, "login:now")
    stand_in.instead = held.tell
    held.told = answer(status, {"externalRequestThreshold": 10000})

    async def run() -> None:
        mine.press("login:now")
        await asyncio.to_thread(held.begun.wait, 30)
        other.greet("takeover")
        held.go_on.set()
        await wait_for_tasks()

    asyncio.run(run())
    gc.collect()

    (told,) = list_told(other, "login")
    assert told.startswith(LEFT)
    assert "whether it counted as a failure is not known" in told
    assert find_session(other).calls.answer == ""
    assert find_session(other).calls.tried == (None, ())
    assert stand_in.log == [ASKED, TRIED]
    assert other.act(do="ask", what="secret")["kind"] == "refused"
    assert not [one for one in gc.get_objects() if isinstance(one, Question)]


@pytest.mark.parametrize("begun", [True, False])
def test_who_starts_again_during_a_log_in_is_told_that_it_may_have_counted(
    mine: BrowserWindow, listen: Listen, held: Held, *, begun: bool
) -> None:
    stand_in = listen()
    work(mine, "zone")
    work(mine, "login:now")
    stand_in.instead = held.tell
    held.told = answer(401)

    async def run() -> None:
        mine.press("login:now")
        if begun:
            await asyncio.to_thread(held.begun.wait, 30)
        mine.press("anew")
        mine.press("anew")
        held.go_on.set()
        await wait_for_tasks()

    asyncio.run(run())

    said = mine.widget.shown["said"]
    assert said["text"].startswith("A log-in was on its way when this sheet was")
    assert "check Locked" in said["text"]
    assert find_session(mine).calls.answer == ""
    assert stand_in.log == ([ASKED, TRIED] if begun else [ASKED])


def test_a_log_in_that_has_not_begun_when_a_window_takes_over_is_not_made(
    mine: BrowserWindow, other: BrowserWindow, listen: Listen
) -> None:
    stand_in = listen()
    work(mine, "zone")
    work(mine, "login:now")

    async def run() -> None:
        mine.press("login:now")
        other.greet("takeover")
        await wait_for_tasks()

    asyncio.run(run())

    assert stand_in.log == [ASKED]
