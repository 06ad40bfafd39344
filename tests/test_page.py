"""The page's form speaks JSON about the same checklist, and keeps the secret back."""

import json
from typing import Any

import pytest

from apiuser.browser.page import Page
from apiuser.checklist import Job
from apiuser.howto import STEPS
from tests.planted import SECRETS


def ask(page: Page, do: str, **rest: object) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(page.answer(json.dumps({"do": do} | rest)))
    return answer


def go_to(page: Page, code: str) -> dict[str, Any]:
    codes = [step.code for step in page.checklist.steps]
    return ask(page, "show", step=codes.index(code))


def find_field(state: dict[str, Any], key: str) -> dict[str, Any]:
    return next(field for field in state["fields"] if field["key"] == key)


@pytest.mark.parametrize("job", Job)
def test_every_step_of_every_job_is_described(job: Job) -> None:
    page = Page()
    ask(page, "start", job=job, integration="presh-zapier")

    titles = [
        ask(page, "show", step=number)["title"] for number in range(len(STEPS[job]))
    ]

    assert titles == [step.title for step in STEPS[job]]


def test_a_wrong_value_is_answered_with_its_finding() -> None:
    page = Page()
    go_to(page, "general")

    state = ask(page, "set", key="email", value="nobody")

    (finding,) = find_field(state, "email")["findings"]
    assert finding["code"] == "EML002"


def test_a_blocked_step_stays_and_says_why() -> None:
    page = Page()
    go_to(page, "level")

    state = ask(page, "finish")

    assert state["code"] == "level"
    assert "Enter the security level" in state["said"]


def test_a_generated_key_gets_the_learned_suffix() -> None:
    page = Page()
    ask(page, "set", key="existing_username", value="abc123@example.com")
    go_to(page, "key")

    state = ask(page, "make_key")

    full = state["copies"][1]["text"]
    assert full.endswith("@example.com")
    assert len(full) == 15 + len("@example.com")


def test_the_secret_is_in_no_answer_but_to_reveal() -> None:
    page = Page()
    taken = ask(page, "take_secret", text=SECRETS[0])
    states = [ask(page, "show", step=n) for n in range(len(STEPS[Job.CREATE]))]
    records = [ask(page, "record", ending=ending) for ending in ("html", "md")]

    revealed = ask(page, "reveal")

    assert SECRETS[0] not in json.dumps([taken, *states, *records])
    assert revealed["secret"] == SECRETS[0]


def test_a_forgotten_secret_is_asked_for_again() -> None:
    page = Page()
    ask(page, "take_secret", text=SECRETS[0])

    state = ask(page, "forget")

    assert not state["available"]
    assert "generate or paste one" in state["secret_facts"]


def test_the_last_step_says_what_is_still_open() -> None:
    page = Page()
    go_to(page, "handover")

    state = ask(page, "finish")

    assert state["said"].startswith("Still open: step 1, 2, ")


def test_an_impossible_wish_is_one_sentence() -> None:
    page = Page()
    ask(page, "set", key="secret_limit", value="8")

    state = ask(page, "make_secret")

    assert "SEC002" in state["said"]
    assert not state["available"]


def test_numbers_and_ticks_are_read() -> None:
    page = Page()

    ask(page, "set", key="secret_limit", value="20")
    ask(page, "set", key="page_open", value=True)
    ask(page, "set", key="wait_minutes", value="soon")

    assert page.checklist.values["secret_limit"] == 20
    assert page.checklist.values["page_open"] is True
    assert page.checklist.values["wait_minutes"] == "soon"
