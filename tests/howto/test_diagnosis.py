"""The diagnosis: symptoms are recognised, causes ranked, and no check logs in."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from apiuser.checklist import describe
from apiuser.credentials.credential import Secret
from apiuser.howto import STAGES, STEPS, Job, holds
from apiuser.howto.diagnosis import (
    Cause,
    Symptom,
    find_symptoms,
    load_symptoms,
    symptoms,
)
from apiuser.howto.entering import CUSTOM, VENDOR
from tests.checklist.sheet_driver import enter, open_session, press, reach
from tests.make_pages import DOCS
from tests.planted import SECRETS

SYMPTOMS = load_symptoms()
EVERY = pytest.mark.parametrize("symptom", SYMPTOMS.values(), ids=SYMPTOMS.keys())
# In an order that stays, since the tests may run in several processes.
CAUSES = dict.fromkeys(cause for one in SYMPTOMS.values() for cause in one.causes)


def answer(code: str, identifier: str = VENDOR) -> dict[str, Any]:
    """Return the card of answers after one was pressed, for a kind of identifier."""
    session = open_session()
    reach(session, "test")
    session.checklist.set("identifier", identifier)
    cards = press(session, f"answer:{code}")["cards"]
    card: dict[str, Any] = next(card for card in cards if card["code"] == "answers")
    return card


@EVERY
def test_a_symptom_is_found_by_its_code_and_title(symptom: Symptom) -> None:
    assert symptom in [found for found, _ in find_symptoms(symptom.code)]
    assert symptom in [found for found, _ in find_symptoms(symptom.title)]


@EVERY
def test_causes_come_in_the_order_of_reports_then_certainty(symptom: Symptom) -> None:
    ranks = [
        (
            -cause.reports,
            ["high", "medium", "inferred", "low", "unknown", ""].index(certainty),
        )
        for cause in symptom.causes
        for certainty in [cause.what.certainty]
    ]

    assert ranks == sorted(ranks)
    assert {*symptom.causes} == {*symptom.found}


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.name)
def test_a_cause_has_a_check_that_cannot_lock_and_a_fix(cause: Cause) -> None:
    assert cause.what.text.endswith(".")
    assert cause.check.endswith((".", "?"))
    assert cause.fix.endswith(".")
    for word in ("log in", "try", "call it", "test"):
        assert word not in cause.check.casefold()


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.name)
def test_a_cause_is_found_by_its_name(cause: Cause) -> None:
    found = find_symptoms(cause.name)

    # A locked user is a symptom of its own.
    meant = (
        [("locked", SYMPTOMS["locked"].causes)] if cause.name == "User locked" else []
    )
    assert [(symptom.code, causes) for symptom, causes in found] == meant or cause in [
        one for _, causes in found for one in causes
    ]


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.name)
def test_a_cause_names_its_sources_or_is_our_own_advice(cause: Cause) -> None:
    assert cause.reports == max(cause.counted, len(cause.what.sources))
    assert cause.what.certainty or not cause.what.sources


def test_every_cause_of_the_file_leads_to_a_symptom() -> None:
    written = tomllib.loads(
        Path(symptoms.__file__).with_suffix(".toml").read_text("utf-8")
    )

    assert {cause.name for cause in CAUSES} == {
        cause["name"] for cause in written["causes"].values()
    }


def test_causes_that_are_not_documented_say_so() -> None:
    unknown = [cause.what for cause in CAUSES if cause.what.certainty == "unknown"]

    assert len(unknown) == 3
    assert all("not documented" in note.text for note in unknown)


def test_the_steps_say_what_the_diagnosis_says() -> None:
    meant = {note for symptom in SYMPTOMS.values() for note in symptom.means}
    for steps in STEPS.values():
        (test,) = [step for step in steps if step.code == "test"]
        assert {*test.know} <= meant


def test_the_guide_shows_every_cause() -> None:
    page = (DOCS / "troubleshooting.md").read_text(encoding="utf-8")

    for symptom in SYMPTOMS.values():
        assert f"- [{symptom.title}](#" in page
    assert page.count("\n| ") >= len(CAUSES)


def test_the_sheet_asks_what_was_answered_and_says_what_the_diagnosis_says() -> None:
    card = answer("401")

    labelled = [symptom for symptom in SYMPTOMS.values() if symptom.label]
    assert [(one["name"], one["label"]) for one in card["answers"]] == [
        *((f"answer:{one.code}", one.label) for one in labelled),
        ("answer:other", "Something else"),
    ]
    assert [one["name"] for one in card["answers"] if one["now"]] == ["answer:401"]
    assert [note["text"] for note in card["advice"]] == [
        note.text for note in (*SYMPTOMS["401"].means, *SYMPTOMS["401"].do)
    ]
    assert all(cause["check"] and cause["fix"] for cause in card["causes"])


def test_no_answer_and_an_empty_one_are_told_apart_before_something_else() -> None:
    labels = [one["label"] for one in answer("401")["answers"]]

    assert labels.index("No answer, 502") < labels.index("Something else")
    assert "Works, but empty" in labels


@pytest.mark.parametrize(
    "code", ["other", *(one.code for one in SYMPTOMS.values() if not one.label)]
)
def test_what_is_rarer_is_under_something_else(code: str) -> None:
    card = answer(code)

    titles = {f"answer:{one.code}": one.title for one in SYMPTOMS.values()}
    seldom = [one for one in card["answers"] if one["label"] == titles.get(one["name"])]
    assert {one["name"] for one in card["answers"]} == {*titles, "answer:other"}
    assert len(seldom) >= sum(not one.label for one in SYMPTOMS.values())
    pressed = {one["name"] for one in card["answers"] if one["now"]}
    assert pressed == {"answer:other", f"answer:{code}"}
    assert bool(card["causes"]) == (code != "other")


def test_what_an_application_said_leads_to_its_answer_and_is_not_kept() -> None:
    session = open_session()
    reach(session, "test")
    press(session, "answer:other")
    words = f"Unauthorized (401) for {SECRETS[0]}"

    session.take_words(Secret(words))
    found = describe(session)

    (card,) = (card for card in found["cards"] if card["code"] == "answers")
    assert [one["name"] for one in card["answers"] if one["now"]] == ["answer:401"]
    assert card["causes"]
    assert SECRETS[0] not in repr(found)
    assert SECRETS[0] not in str(session.calls)


def test_what_means_no_answer_is_said_where_it_was_typed() -> None:
    session = open_session()
    reach(session, "test")
    press(session, "answer:other")

    session.take_words(Secret("blue elephants"))
    said = describe(session)

    (card,) = (card for card in said["cards"] if card["code"] == "answers")
    assert card["asks_words"]
    assert said["said"]["at"] == "recognise"
    assert "No answer known here" in said["said"]["text"]


def test_finished_work_takes_no_words() -> None:
    session = open_session()
    reach(session, "handover")
    finished = press(session, "primary")

    session.take_words(Secret("Unauthorized"))

    assert describe(session) == finished
    assert finished["finished"]


def test_the_sheet_leaves_out_what_cannot_be_the_cause() -> None:
    vendor, custom = (
        " ".join(cause["text"] for cause in answer("401", kind)["causes"])
        for kind in (VENDOR, CUSTOM)
    )

    assert "integration vendor is not the one" in vendor
    assert "integration vendor is not the one" not in custom
    assert "sends no tracking identifier" in custom
    assert "sends no tracking identifier" not in vendor


@pytest.mark.parametrize("kind", [VENDOR, CUSTOM])
def test_the_sheet_lists_what_fits_in_order_with_the_wait_first(kind: str) -> None:
    fits = [
        one
        for one in SYMPTOMS["401"].causes
        if holds(one.what.only_if, {"identifier": kind})
    ]

    ordered = sorted(
        fits, key=lambda one: (not one.while_waiting, not one.with_new_secret)
    )
    assert len(fits) < len(SYMPTOMS["401"].causes)
    assert [one["text"] for one in answer("401", kind)["causes"]] == [
        one.what.text for one in ordered
    ]


@pytest.mark.parametrize(("job", "first"), [(Job.CREATE, 3), (Job.ROTATE, 1)])
def test_a_secret_made_just_now_is_among_the_first_causes(job: Job, first: int) -> None:
    session = open_session(job)
    reach(session, "test" if job is Job.CREATE else "handover")

    cards = press(session, "answer:401")["cards"]

    (card,) = (card for card in cards if card["code"] == "answers")
    texts = [cause["text"] for cause in card["causes"][:first]]
    assert "The secret is wrong or has been changed since." in texts


def test_a_secret_that_stays_is_no_likelier_than_usual() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_locked=True, username="sample4key@example.com")
    for _ in range(3):
        press(session, "primary")

    cards = press(session, "answer:401")["cards"]

    (card,) = (card for card in cards if card["code"] == "answers")
    assert "The secret" not in card["causes"][0]["text"]


@pytest.mark.parametrize("job", [Job.EDIT, Job.ROTATE])
def test_a_user_that_is_not_new_is_not_too_new_to_work(job: Job) -> None:
    session = open_session(job)
    reach(session, "test" if job is Job.EDIT else "handover")

    cards = press(session, "answer:401")["cards"]

    card = next(card for card in cards if card["code"] == "answers")
    assert card["causes"]
    assert not [one for one in card["causes"] if "a new user" in one["text"]]


@pytest.mark.parametrize("job", Job)
def test_what_was_answered_before_it_worked_makes_room_for_the_record(job: Job) -> None:
    session = open_session(job)
    reach(session, "handover" if job is Job.ROTATE else "test")
    press(session, "answer:401")
    enter(session, tested=True)
    while not session.finished:
        press(session, "primary")

    codes = [card["code"] for card in press(session, "stage:handover")["cards"]]

    assert "review" in codes
    assert "answers" not in codes


def test_a_cause_of_one_kind_of_identifier_says_so_wherever_it_is_listed() -> None:
    bound = [one for one in CAUSES if one.what.only_if]

    assert bound
    for one in bound:
        key, (kind,) = one.what.only_if or ("", ("",))
        assert (key, one.kind) == ("identifier", kind)
    assert {one.kind for one in CAUSES if not one.what.only_if} == {""}


def test_a_fix_leads_to_the_row_where_it_is_made() -> None:
    rows = {cause["text"]: cause["row"] for cause in answer("401")["causes"]}

    assert rows["What comes after the @ is missing or wrong."] == {
        "key": "full_login",
        "label": "Full username",
        "stage": "stage:test",
    }
    wrong = "The user's integration vendor is not the one the application expects."
    assert rows[wrong]["stage"] == "stage:fill"
    assert rows["The program sends HTTP Basic or other headers."] is None


def test_every_row_that_a_fix_names_is_on_the_sheet_of_a_new_user() -> None:
    shown = {
        row.key
        for stage in STAGES[Job.CREATE]
        for section in stage.sections
        for row in section.rows
    }

    assert {cause.row for cause in CAUSES if cause.row} <= shown


def test_a_401_has_no_more_than_three_notes_beside_its_causes() -> None:
    assert len(answer("401")["advice"]) <= 3


def test_an_answer_that_nobody_knows_of_shows_nothing() -> None:
    card = answer("418")

    assert card["advice"] == card["causes"] == []
