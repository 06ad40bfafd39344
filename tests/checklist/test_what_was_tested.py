"""The record says what is known of the test, and what speaks against it."""

import datetime as dt
from pathlib import Path

import pytest

from apiuser.checklist import Job, Session, describe, write_text
from apiuser.checklist.desk import Told
from apiuser.checklist.review import Line, list_review
from apiuser.checklist.saving import resume, save
from apiuser.credentials.credential import Secret
from tests.checklist.sheet_driver import (
    Clock,
    PaperDesk,
    enter,
    let_pass,
    open_session,
    press,
    reach,
    rows,
    save_own_user,
    words,
)
from tests.planted import SECRETS

REFUSED = Told(lines=(("error", "Refused. Look."),), symptom="401")


@pytest.fixture
def saved() -> Session:
    """A session of an integration of our own, saved five minutes ago."""
    clock = Clock()
    session = save_own_user(clock)
    clock.now += dt.timedelta(minutes=5)
    press(session, "zone")
    return session


def log_in(session: Session, told: Told) -> None:
    assert isinstance(session.desk, PaperDesk)
    session.desk.login_told = told
    for _ in range(2):
        press(session, "login")


def find_test(session: Session) -> Line:
    (line,) = (line for line in list_review(session) if line.label == "Tested")
    return line


def test_an_answer_that_comes_after_a_test_that_worked_takes_its_place() -> None:
    session = open_session()
    reach(session, "test")
    press(session, "primary")
    press(session, "stage:test")

    shown = press(session, "answered:401")

    assert find_test(session) == Line("Tested", "401", "not solved")
    assert [one["done"] for one in shown["stages"] if one["title"] == "Test"] == [False]


def test_an_answer_whose_causes_are_only_read_is_not_recorded() -> None:
    session = open_session()
    reach(session, "test")
    press(session, "primary")
    press(session, "stage:test")
    let_pass(session, 5)

    shown = press(session, "answer:401")

    (card,) = (card for card in shown["cards"] if card["code"] == "answers")
    assert card["causes"]
    assert card["answered"] == {"name": "answered:401", "now": False}
    assert find_test(session).text.startswith("works")
    assert [one["done"] for one in shown["stages"] if one["title"] == "Test"] == [True]


def test_what_is_read_besides_leaves_what_was_answered() -> None:
    session = open_session()
    reach(session, "test")
    press(session, "answer:401")
    press(session, "answered:401")

    shown = press(session, "answer:locked")

    (card,) = (card for card in shown["cards"] if card["code"] == "answers")
    assert [one["label"] for one in card["answers"] if one["now"]] == ["Locked"]
    assert find_test(session) == Line("Tested", "401", "not solved")


def test_a_second_press_on_an_answer_closes_its_causes() -> None:
    session = open_session()
    reach(session, "test")

    for _ in range(2):
        shown = press(session, "answer:401")

    (card,) = (card for card in shown["cards"] if card["code"] == "answers")
    assert not any(one["now"] for one in card["answers"])
    assert (card["answered"], card["causes"]) == (None, [])


def test_a_rotation_is_not_called_tested_after_an_answer() -> None:
    session = open_session(Job.ROTATE)
    reach(session, "handover")
    enter(session, tested=True)

    press(session, "answered:locked")
    held = press(session, "primary")

    assert find_test(session).text != "works"
    assert [fault["key"] for fault in held["faults"]] == ["tested"]


def test_a_log_in_without_an_answer_leaves_what_was_answered(saved: Session) -> None:
    press(saved, "answered:401")

    log_in(saved, Told(lines=(("warning", "Nobody answered."),)))

    assert find_test(saved) == Line("Tested", "401", "not solved")


def test_a_fix_leads_only_to_rows_that_the_sheet_shows() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_locked=True, username="sample4key@example.com")
    for _ in range(3):
        press(session, "primary")

    shown = press(session, "answer:401")

    (card,) = (card for card in shown["cards"] if card["code"] == "answers")
    fixes = [one["row"] for one in card["causes"] if one["row"]]
    here = {row["key"] for row in fixes if row["stage"] == "stage:test"}
    assert shown["stage"] == "test"
    assert here <= rows(shown).keys()


@pytest.mark.parametrize("minutes", [1, 6])
def test_that_it_is_too_early_comes_first_only_while_it_may_be(minutes: int) -> None:
    clock = Clock()
    session = save_own_user(clock)
    clock.now += dt.timedelta(minutes=minutes)

    shown = press(session, "answer:401")

    (card,) = (card for card in shown["cards"] if card["code"] == "answers")
    first = card["causes"][0]["text"].startswith("It is too early")
    assert first is (minutes < 5)


def test_what_failed_before_it_worked_is_recorded() -> None:
    session = open_session()
    reach(session, "test")
    press(session, "answered:401")

    press(session, "primary")

    assert find_test(session).state.endswith("an earlier try answered: 401")


@pytest.mark.parametrize("job", [Job.CREATE, Job.EDIT])
def test_nothing_works_before_the_stages_before_are_in_order(job: Job) -> None:
    session = open_session(job)
    press(session, "stage:test")

    held = press(session, "primary")

    assert held["stage"] == "test"
    assert held["faults"]
    assert find_test(session) == Line("Tested", "not yet")


def hide_secret(session: Session) -> None:
    """Make a secret that nobody has."""
    session.checklist.generate_secret()
    session.marks.given.clear()


@pytest.mark.parametrize("given", ["", "copied or shown", "file"])
def test_stored_is_ticked_only_once_somebody_can_have_the_secret(given: str) -> None:
    session = open_session()
    reach(session, "store")
    hide_secret(session)
    if given == "file":
        press(session, "store", values={"file": "one.kdbx"})
        session.note_stored("one.kdbx")
    elif given:
        session.act({"do": "copied", "key": "secret"})

    shown = enter(session, stored=True)
    said = words(shown, "stored")
    later = press(session, "primary")

    assert ("Nobody has the secret yet" in said) is (not given)
    assert later["stage"] == ("test" if given else "store")


def test_a_new_secret_is_still_to_be_tested_and_replaces_a_lost_one_unasked() -> None:
    session = open_session()
    reach(session, "handover")
    press(session, "stage:fill")
    press(session, "generate:secret")
    made = press(session, "generate:secret")
    session.lose_secret()

    again = press(session, "generate:secret")

    states = {stage["name"]: stage["state"] for stage in made["stages"]}
    assert states["stage:test"] != "done"
    assert find_test(session) == Line("Tested", "not yet")
    assert again["said"]["text"] == ""


def test_a_secret_that_came_from_elsewhere_is_not_remarked_on() -> None:
    session = open_session()
    reach(session, "store")
    session.marks.given.clear()
    session.marks.copied.clear()
    session.take_secret(Secret(SECRETS[0]))
    enter(session, stored=True)
    press(session, "primary")
    let_pass(session, 5)
    press(session, "primary")

    assert find_test(session) == Line("Tested", "works, 12:05")


@pytest.mark.parametrize("job", [Job.CREATE, Job.ROTATE])
def test_a_secret_lost_with_the_form_is_asked_for_when_the_work_is_resumed(
    job: Job, tmp_path: Path
) -> None:
    session = open_session(job)
    reach(session, session.stages[-1].code)
    hide_secret(session)
    save(session.checklist, tmp_path / "work.json")
    again = open_session(job)

    again.resume(resume(tmp_path / "work.json"))
    shown = describe(again)
    last = press(again, f"stage:{again.stages[-1].code}")
    enter(again, tested=True)
    press(again, "primary")

    assert "was forgotten before anybody had it" in words(shown, "secret")
    assert last["stages"][-1]["state"] == "now"
    assert "secret" in {fault.key for fault in again.faults}
    assert not again.finished


def test_an_unticked_row_is_named_before_the_secret_that_nobody_has() -> None:
    session = open_session(Job.ROTATE)
    reach(session, session.stages[-1].code)
    hide_secret(session)

    held = press(session, "primary")

    assert held["faults"]
    assert held["said"]["text"] == ""


def test_what_was_refused_here_works_elsewhere_only_by_a_second_press(
    saved: Session,
) -> None:
    log_in(saved, REFUSED)

    asked = press(saved, "primary")
    refused = write_text(saved)
    done = press(saved, "primary")

    assert asked["stage"] == "test"
    assert asked["said"]["at"] == "primary"
    assert asked["said"]["text"] == (
        "The last log-in from here was refused. If it works all the same, press again."
    )
    assert "Log-in from here: Refused" in refused
    assert "Tested: 401 (not solved)" in refused
    assert done["stage"] == "handover"
    assert find_test(saved).state.startswith("although the last log-in from here was")


def test_a_log_in_with_other_values_is_recorded_as_that(saved: Session) -> None:
    log_in(saved, REFUSED)

    for _ in range(2):
        press(saved, "generate:secret")

    assert "Log-in from here: Refused (with other values)" in write_text(saved)
    assert "refused" not in find_test(saved).state


def test_a_log_in_that_is_refused_takes_back_that_it_works(saved: Session) -> None:
    press(saved, "primary")
    press(saved, "stage:test")

    log_in(saved, REFUSED)

    assert find_test(saved).text == "401"


def test_a_log_in_that_worked_is_recorded(saved: Session) -> None:
    log_in(saved, Told(lines=(("ok", "Works here."),)))

    press(saved, "primary")

    assert "Log-in from here: Works here\n" in write_text(saved)
    assert find_test(saved).text == "works, 12:05"


def test_what_a_log_in_was_refused_with_is_recorded_after_one_that_worked(
    saved: Session,
) -> None:
    log_in(saved, REFUSED)
    log_in(saved, Told(lines=(("ok", "Works here."),)))

    shown = describe(saved)
    press(saved, "primary")

    assert not [card["causes"] for card in shown["cards"] if card.get("causes")]
    assert find_test(saved).state.endswith("an earlier try answered: 401")


def test_an_answer_that_was_taken_back_is_not_recorded() -> None:
    session = open_session()
    reach(session, "test")
    for _ in range(2):
        press(session, "answered:401")
    let_pass(session, 5)

    press(session, "primary")

    assert find_test(session).state == ""


@pytest.mark.parametrize(
    ("minutes", "early"), [(0, True), (4.9, True), (5, False), (6, False)]
)
def test_a_test_before_a_new_user_can_be_expected_to_work_is_called_early(
    minutes: float, *, early: bool
) -> None:
    session = open_session()
    reach(session, "test")
    let_pass(session, minutes)

    shown = press(session, "primary")

    said = "early: within 5 minutes of saving" if early else ""
    (card,) = (card for card in shown["cards"] if card["code"] == "review")
    (row,) = (row for row in card["review"] if row["label"] == "Tested")
    assert (shown["stage"], row["state"]) == ("handover", said)
    assert ("(early: within 5 minutes of saving)" in write_text(session)) is early


def test_a_user_who_worked_before_is_never_tested_early() -> None:
    session = open_session(Job.EDIT)
    reach(session, "test")

    press(session, "primary")

    assert find_test(session) == Line("Tested", "works, 12:00")


def test_a_test_on_another_day_is_recorded_with_its_date() -> None:
    clock = Clock()
    session = save_own_user(clock)
    clock.now += dt.timedelta(days=1)

    press(session, "primary")

    assert find_test(session).text == "works, 2026-11-25 12:00 +0000"


def test_a_secret_that_is_no_longer_part_of_an_edit_is_not_spoken_of() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_level=True, change_secret=True, username="sample4key@x.com")
    enter(session, security_level="Sample level (API-only)")
    hide_secret(session)
    enter(session, change_secret=False)

    shown = [press(session, "primary") for _ in session.stages]

    assert shown[-1]["finished"]
    assert "ecret" not in write_text(session)
