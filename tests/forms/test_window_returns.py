"""A page that is loaded again gets its sheet back, and nobody else gets it."""

from pathlib import Path

import pytest

from apiuser.checklist import Job
from apiuser.forms.work_sheet import WorkSheet
from tests.forms.windows import BrowserWindow, Sent, send_raw, sign
from tests.planted import SECRETS


@pytest.fixture
def sheet(tmp_path: Path) -> WorkSheet:
    return WorkSheet(Job.ROTATE, folder=tmp_path)


@pytest.fixture
def mine(sheet: WorkSheet, sent: Sent) -> BrowserWindow:
    window = BrowserWindow(sheet, sent)
    window.greet()
    window.type(SECRETS[0])
    return window


@pytest.fixture
def next_one(sheet: WorkSheet, sent: Sent) -> BrowserWindow:
    return BrowserWindow(sheet, sent)


def test_a_reloaded_page_has_its_sheet_and_secret(
    sheet: WorkSheet, mine: BrowserWindow, next_one: BrowserWindow
) -> None:
    mine.ask()
    mine.leave()

    came = next_one.come_back(mine.point, mine.ticket)

    assert came == "paired"
    assert sheet.owners == [next_one.point]
    assert sheet.asks == {next_one.point: 1}
    assert next_one.ask() == SECRETS[0]
    assert mine.act(do="ask", what="secret")["kind"] == "refused"


def test_no_page_replaces_a_window_that_is_still_open(
    mine: BrowserWindow, next_one: BrowserWindow
) -> None:
    assert next_one.come_back(mine.point, mine.ticket) == "waiting"
    mine.leave()
    mine.act(do="set", key="tenant", value="x")  # the browser showed it again

    assert next_one.come_back(mine.point, mine.ticket) == "waiting"


def test_a_window_comes_back_within_a_minute_or_not(
    sheet: WorkSheet, mine: BrowserWindow, next_one: BrowserWindow
) -> None:
    now = 0.0
    sheet._pairing.clock = lambda: now  # noqa: SLF001
    mine.leave()
    now = 61.0

    assert next_one.come_back(mine.point, mine.ticket) == "waiting"
    assert next_one.act(do="ask", what="secret")["kind"] == "refused"


def test_a_window_comes_back_once(
    sheet: WorkSheet, mine: BrowserWindow, next_one: BrowserWindow, sent: Sent
) -> None:
    mine.leave()
    next_one.come_back(mine.point, mine.ticket)
    third = BrowserWindow(sheet, sent)

    assert third.come_back(mine.point, mine.ticket) == "waiting"


def test_what_brings_a_window_back_is_its_own_and_for_one_window_only(
    mine: BrowserWindow, next_one: BrowserWindow
) -> None:
    mine.leave()

    guessed = next_one.come_back(mine.point, next_one.ticket)
    overheard = next_one.come_back(mine.point, mine.ticket, point="another")
    unknown = next_one.come_back("another", mine.ticket)

    assert [guessed, overheard, unknown] == ["waiting"] * 3
    assert next_one.act(do="ask", what="secret")["kind"] == "refused"


def test_nobody_else_says_goodbye_for_a_window(
    sheet: WorkSheet, mine: BrowserWindow, next_one: BrowserWindow
) -> None:
    forged = sign(next_one.ticket, "goodbye")
    send_raw(sheet, {"kind": "goodbye", "point": mine.point, "proof": forged})

    assert next_one.come_back(mine.point, mine.ticket) == "waiting"


def test_a_window_that_works_on_after_its_goodbye_is_not_replaced(
    mine: BrowserWindow, next_one: BrowserWindow
) -> None:
    mine.leave()
    mine.act(do="set", key="tenant", value="x")

    assert next_one.come_back(mine.point, mine.ticket) == "waiting"


def test_a_secret_that_would_be_lost_is_known_to_the_page(
    sheet: WorkSheet, mine: BrowserWindow
) -> None:
    before = sheet.shown["loses"]
    mine.act(do="set", key="stored", value=True)

    assert (before, sheet.shown["loses"]) == (True, False)
