"""A second client of the kernel gets nothing and changes nothing."""

import json
from pathlib import Path

import pytest

from apiuser.checklist import Job
from apiuser.credentials.credential import Secret
from apiuser.forms.widgets.pairing import Pairing, Window, name_window
from apiuser.forms.work_sheet import WorkSheet
from tests.forms.windows import BrowserWindow, Sent, send_raw, update
from tests.planted import PASSPHRASES, SECRETS


@pytest.fixture
def sheet(tmp_path: Path) -> WorkSheet:
    return WorkSheet(Job.ROTATE, folder=tmp_path)


@pytest.fixture
def mine(sheet: WorkSheet, sent: Sent) -> BrowserWindow:
    """The window of the person, which is the first, with a secret in the sheet."""
    window = BrowserWindow(sheet, sent)
    assert window.greet() == "paired"
    window.type(SECRETS[0])
    return window


def test_the_first_window_works_and_reads_its_secret(
    sheet: WorkSheet, mine: BrowserWindow
) -> None:
    mine.act(do="set", key="tenant", value="Sample MSP")

    assert mine.ask() == SECRETS[0]
    assert sheet.session.checklist.values["tenant"] == "Sample MSP"


def test_a_second_window_waits_and_may_do_nothing(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent
) -> None:
    other = BrowserWindow(sheet, sent)

    greeted = other.greet()
    asked = other.act(do="ask", what="secret")
    typed = other.type(SECRETS[1])
    changed = other.act(do="set", key="tenant", value="Other")

    assert greeted == "waiting"
    assert [answer["kind"] for answer in (asked, typed, changed)] == ["refused"] * 3
    assert mine.ask() == SECRETS[0]
    assert sheet.session.checklist.values["tenant"] == ""


def test_a_second_window_is_shown_and_let_in_by_the_first(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent
) -> None:
    other = BrowserWindow(sheet, sent)
    other.greet()
    shown = list(sheet.waiting)

    mine.act(do="admit", window=other.point)

    assert shown == [[other.point, name_window(other.point, sheet.key)]]
    assert other.ask() == SECRETS[0]
    assert sheet.waiting == []


def test_a_window_that_was_let_in_is_shut_out_again(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent
) -> None:
    other = BrowserWindow(sheet, sent)
    other.greet()
    mine.act(do="admit", window=other.point)

    mine.act(do="alone")

    assert sheet.owners == [mine.point]
    assert other.act(do="ask", what="secret")["kind"] == "refused"
    assert mine.ask() == SECRETS[0]


def test_a_window_that_waits_shuts_nobody_out(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent
) -> None:
    other = BrowserWindow(sheet, sent)
    other.greet()

    answer = other.act(do="alone")

    assert answer["kind"] == "refused"
    assert sheet.owners == [mine.point]


def test_the_question_of_a_window_goes_when_that_is_closed(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent
) -> None:
    other = BrowserWindow(sheet, sent)
    other.greet()
    send_raw(sheet, {"kind": "goodbye", "point": other.point, "proof": "AAAA"})
    asked = list(sheet.waiting)

    other.leave()
    mine.act(do="admit", window=other.point)

    assert [point for point, _ in asked] == [other.point]
    assert sheet.waiting == []
    assert sheet.owners == [mine.point]


def test_the_question_of_a_window_whose_goodbye_got_lost_goes_while_it_is_silent(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent
) -> None:
    now = [0.0]
    sheet._pairing.clock = lambda: now[0]  # noqa: SLF001
    other = BrowserWindow(sheet, sent)
    other.greet()
    shown = []

    for seconds, window in [(60, other), (90, mine), (61, mine), (1, other)]:
        now[0] += seconds
        window.greet("ping")
        shown.append([point for point, _ in sheet.waiting])

    assert shown == [[other.point], [other.point], [], [other.point]]


def test_a_window_that_is_refused_stays_outside(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent
) -> None:
    other = BrowserWindow(sheet, sent)
    other.greet()

    mine.act(do="refuse", window=other.point)
    mine.act(do="admit", window=other.point)

    assert other.act(do="ask", what="secret")["kind"] == "refused"


def test_a_waiting_window_cannot_let_itself_in(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent
) -> None:
    other = BrowserWindow(sheet, sent)
    other.greet()

    answer = other.act(do="admit", window=other.point)

    assert answer["kind"] == "refused"
    assert sheet.owners == [mine.point]


def test_taking_over_forgets_the_secret_first(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent
) -> None:
    other = BrowserWindow(sheet, sent)
    other.greet()
    mine.type(PASSPHRASES[0], "passphrase")
    sheet.desk.passphrases["new.kdbx"] = Secret(PASSPHRASES[1])

    taken = other.greet("takeover")

    assert taken == "paired"
    assert sheet.session.checklist.secret is None
    assert (sheet.desk.typed, sheet.desk.passphrases) == ({}, {})
    assert other.act(do="ask", what="passphrase:new.kdbx")["kind"] == "refused"
    assert other.act(do="ask", what="secret")["kind"] == "refused"
    assert mine.act(do="set", key="tenant", value="x")["kind"] == "refused"
    assert sheet.owners == [other.point]


def test_no_trait_can_be_written_from_a_front_end(
    sheet: WorkSheet, mine: BrowserWindow
) -> None:
    before = {name: getattr(sheet, name) for name in sheet.keys}

    update(
        sheet,
        key="other",
        shown={},
        owners=["x"],
        waiting=[],
        _esm="export default {}",
        _css="*{}",
        tooltip="x",
    )

    assert {name: getattr(sheet, name) for name in sheet.keys} == before
    assert mine.ask() == SECRETS[0]


def test_no_other_client_hides_or_moves_the_form(sheet: WorkSheet) -> None:
    before = sheet.layout.get_state()

    sheet.layout.set_state({"display": "none", "margin": "-220px"})

    assert sheet.layout.get_state() == before


def test_a_message_is_taken_once(sheet: WorkSheet, mine: BrowserWindow) -> None:
    mine.number += 1
    message = mine.prove({"do": "set", "key": "tenant", "value": "First"})
    content = {**message, "point": mine.point, "number": mine.number}
    send_raw(sheet, content)
    mine.act(do="set", key="tenant", value="Second")

    send_raw(sheet, content)

    assert sheet.session.checklist.values["tenant"] == "Second"


def test_a_message_that_was_changed_on_its_way_is_refused(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent
) -> None:
    mine.number += 1
    message = mine.prove({"do": "set", "key": "tenant", "value": "First"})
    text = str(message["event"]).replace("First", "Other")
    answered = len(sent)

    send_raw(
        sheet, {**message, "event": text, "point": mine.point, "number": mine.number}
    )

    assert len(sent) == answered  # an answer would be taken for that to another one
    assert sheet.session.checklist.values["tenant"] == ""


@pytest.mark.parametrize("kind", ["hello", "ping", "goodbye", "takeover", "other"])
def test_no_other_client_answers_what_a_window_has_proved(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent, kind: str
) -> None:
    number = mine.number + 1

    send_raw(sheet, {"kind": kind, "point": mine.point, "number": number})

    assert sent[-1][0]["number"] == str(number)  # the window waits for a number


def test_nobody_takes_over_with_the_key_of_the_window_that_works(
    sheet: WorkSheet, mine: BrowserWindow
) -> None:
    send_raw(sheet, {"kind": "takeover", "point": mine.point, "number": "takeover-1"})

    assert mine.ask() == SECRETS[0]


def test_a_message_is_not_taken_again_after_its_window_came_back(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent
) -> None:
    mine.number += 1
    message = mine.prove({"do": "set", "key": "tenant", "value": "First"})
    content = {**message, "point": mine.point, "number": mine.number}
    send_raw(sheet, content)
    BrowserWindow(sheet, sent).greet("takeover")
    mine.greet("takeover")
    mine.act(do="set", key="tenant", value="Second")

    send_raw(sheet, content)

    assert sheet.session.checklist.values["tenant"] == "Second"


def test_a_secret_sealed_for_one_window_opens_in_no_other(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent
) -> None:
    other = BrowserWindow(sheet, sent)
    answer = mine.act(do="ask", what="secret")

    with pytest.raises(Exception, match=r"^$"):  # InvalidTag has no words
        other.open(answer)
    assert mine.open(answer) == SECRETS[0]


def test_no_message_holds_the_secret_in_the_clear(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent
) -> None:
    mine.ask()
    mine.type(f"Unauthorized (401) for {SECRETS[1]}", "answer")

    told = json.dumps(
        [[content for content, _ in sent], sheet.get_state()], default=str
    )
    assert sheet.session.calls.opened == "401"
    assert [secret in told for secret in SECRETS[:2]] == [False, False]


def test_each_ask_is_counted_and_too_many_are_refused(
    sheet: WorkSheet, mine: BrowserWindow
) -> None:
    answers = [mine.act(do="ask", what="secret")["kind"] for _ in range(30)]

    assert answers[:20] == ["secret"] * 20
    assert answers[20:] == ["refused"] * 10
    assert sheet.asks == {mine.point: 30}


def test_the_asks_of_each_window_are_told_to_all(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent
) -> None:
    other = BrowserWindow(sheet, sent)
    other.greet()
    other.act(do="ask", what="secret")
    mine.act(do="admit", window=other.point)

    other.ask()
    other.ask()

    assert sheet.asks == {mine.point: 0, other.point: 2}


def test_asks_are_limited_for_a_minute_only() -> None:
    now = [0.0]
    pairing, window = Pairing(clock=lambda: now[0]), Window()
    for _ in range(20):
        pairing.count_ask(window)

    with pytest.raises(Exception, match="Wait a minute"):
        pairing.count_ask(window)
    now[0] = 60.0
    pairing.count_ask(window)


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"kind": "hello", "point": "none"},
        {"kind": "takeover", "point": "AAAA"},
        {"kind": "act"},
        {"kind": "act", "point": 7, "number": "x", "event": [], "proof": {}},
        {"kind": "dance", "point": ""},
    ],
)
def test_what_is_not_a_message_is_refused_in_a_sentence(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent, content: dict[str, object]
) -> None:
    send_raw(sheet, content)

    assert sent[-1][0]["kind"] == "refused"
    assert str(sent[-1][0]["message"]).endswith(".")
    assert mine.ask() == SECRETS[0]


def test_waiting_windows_do_not_pile_up(
    sheet: WorkSheet, mine: BrowserWindow, sent: Sent
) -> None:
    for _ in range(10):
        BrowserWindow(sheet, sent).greet()

    assert len(sheet.waiting) == 3
