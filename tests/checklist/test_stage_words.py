"""What a stage says beside its rows: what may be left out, what is still to do."""

from typing import Any

import pytest

from apiuser.checklist import Job, Session, describe
from apiuser.credentials.credential import Secret
from tests.checklist.sheet_driver import enter, open_session, press, reach
from tests.planted import SECRETS

ASKED = "Nothing is marked as copied. Is the page filled in?"


@pytest.mark.parametrize("job", [Job.CREATE, Job.EDIT])
def test_what_may_be_left_out_is_said_where_it_is_asked(job: Job) -> None:
    shown = describe(open_session(job))

    titles = {card["code"]: card["title"] for card in shown["cards"]}
    assert titles["tenant"] == "Tenant (optional)"
    assert shown["foot"]["text"] == ""


@pytest.mark.parametrize(
    ("choice", "values", "named"),
    [
        ("presh-zapier", {}, "Zapier"),
        ("vendor", {"vendor": "IT Glue"}, "IT Glue"),
        ("vendor", {}, "the application"),
        ("custom", {"custom_name": "Sample"}, "Sample"),
    ],
)
def test_where_to_paste_is_said_by_its_name(
    choice: str, values: dict[str, str], named: str
) -> None:
    session = open_session()
    press(session, f"choose:{choice}")
    enter(session, **values)

    shown = press(session, "stage:test")

    assert shown["heading"] == f"Paste into {named}, test once"


def find_text(session: Session) -> str:
    return str(describe(session)["foot"]["text"])


def test_a_page_of_which_nothing_was_copied_is_asked_about_before_it_is_saved() -> None:
    session = open_session()
    reach(session, "fill")
    press(session, "generate")
    press(session, "primary")

    before = find_text(session)
    press(session, "stage:fill")
    session.act({"do": "copied", "key": "first_name"})
    press(session, "stage:store")
    after = find_text(session)

    assert (before, after) == (ASKED, "")


def test_what_is_still_open_is_said_before_what_was_not_copied() -> None:
    session = open_session()

    shown = press(session, "stage:store")

    assert shown["foot"]["text"] == "Unfinished: Prepare, Fill in."


def test_a_page_that_was_saved_is_not_asked_about() -> None:
    session = open_session()
    reach(session, "fill")
    press(session, "generate")
    session.act({"do": "given", "what": "secret"})
    session.marks.given.clear()
    press(session, "primary")
    enter(session, stored=True)
    press(session, "primary")
    press(session, "primary")

    press(session, "stage:handover")

    assert find_text(session) == ""


@pytest.mark.parametrize("made", [True, False])
def test_only_what_was_made_here_has_to_be_copied_for_a_new_secret(
    *, made: bool
) -> None:
    session = open_session(Job.ROTATE)
    enter(session, username="sample4key@example.com", applications="Sample app")
    if made:
        press(session, "generate:secret")
    else:
        session.take_secret(Secret(SECRETS[0]))

    press(session, "primary")
    before = find_text(session)
    session.marks.given.add("secret")  # shown, and typed from the screen

    assert before == (ASKED if made else "")
    assert find_text(session) == ""


def test_an_edit_without_a_value_to_enter_has_nothing_to_copy() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_locked=True, username="sample4key@example.com")
    press(session, "primary")

    press(session, "primary")

    assert find_text(session) == ""


def test_generate_stands_out_only_until_both_are_there() -> None:
    session = open_session(Job.CREATE)
    press(session, "choose:presh-zapier")

    def is_made(shown: dict[str, Any]) -> bool:
        (action,) = (card["action"] for card in shown["cards"] if "action" in card)
        return bool(action["made"])

    before = is_made(press(session, "stage:fill"))
    half = is_made(press(session, "generate:secret"))
    both = is_made(press(session, "generate"))

    assert (before, half, both) == (False, False, True)
