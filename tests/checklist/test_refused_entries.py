"""What is not accepted in a field is said there until something else is entered."""

import pytest

from apiuser.checklist import Session, describe
from apiuser.credentials.credential import Secret
from tests.checklist.sheet_driver import enter, open_session, press, reach, rows, words
from tests.planted import DRAWN_LOOKING, SECRETS


def store_a_file(session: Session) -> None:
    press(session, "store", values={"file": "one.kdbx"})
    session.note_stored("one.kdbx")


def test_what_looks_like_a_secret_is_said_until_something_else_is_entered() -> None:
    session = open_session()
    reach(session, "fill")
    enter(session, username=SECRETS[0])

    later = words(enter(session, first_name="Sample"), "username")
    entered = words(enter(session, username="sample4key"), "username")

    assert later.startswith("Not accepted: that looks like a secret")
    assert "Not accepted" not in entered


@pytest.mark.parametrize("key", ["remarks", "taken_names", "first_name"])
@pytest.mark.parametrize("secret", DRAWN_LOOKING)
def test_an_old_secret_among_other_words_is_not_accepted(key: str, secret: str) -> None:
    session = open_session()

    enter(session, **{key: f"Old\nit was {secret}."})

    assert secret not in str(session.checklist.values)
    assert session.marks.refused[key].startswith("Not accepted")


def test_what_is_said_of_a_refused_entry_goes_when_the_value_is_entered_again() -> None:
    session = open_session()
    reach(session, "fill")
    enter(session, last_name="Integration")
    refused = words(enter(session, last_name=SECRETS[0]), "last_name")

    entered = words(enter(session, last_name="Integration"), "last_name")

    assert "Not accepted" in refused
    assert entered == ""


def test_the_secret_that_was_taken_out_is_said_until_something_else_is_entered() -> (
    None
):
    session = open_session()
    reach(session, "fill")
    session.take_secret(Secret(SECRETS[0]))
    enter(session, last_name=SECRETS[0])

    later = words(enter(session, first_name="Sample"), "last_name")
    entered = words(enter(session, last_name="Sample"), "last_name")

    assert later.count("Removed: that is") == 1
    assert "Taken out" not in entered


def test_a_field_keeps_what_it_had_before_the_secret_was_pasted_over_it() -> None:
    session = open_session()
    reach(session, "fill")
    session.take_secret(Secret(SECRETS[0]))
    session.act({"do": "copied", "key": "last_name"})
    before = rows(describe(session))["last_name"]

    after = rows(enter(session, last_name=SECRETS[0]))["last_name"]

    assert after["value"] == before["value"] != ""
    assert after["copied"]


def test_a_copied_field_out_of_which_the_secret_was_taken_is_copied_no_more() -> None:
    session = open_session()
    reach(session, "fill")
    session.checklist.set("last_name", SECRETS[0])  # as in work kept by hand
    session.act({"do": "copied", "key": "last_name"})

    session.take_secret(Secret(SECRETS[0]))
    after = rows(describe(session))["last_name"]

    assert after["value"] == ""
    assert not after["copied"]


def test_a_click_after_it_ticked_itself_does_not_untick_it() -> None:
    session = open_session()
    reach(session, "store")
    store_a_file(session)

    clicked = rows(enter(session, stored=False))["stored"]
    again = rows(enter(session, stored=False))["stored"]

    assert clicked["value"] is True
    assert [(state["level"], state["text"]) for state in clicked["states"]] == [
        ("ok", "Ticked: the file exists. Click again to untick it.")
    ]
    assert again["value"] is False
    assert "ticked" not in words(describe(session), "stored").casefold()


def test_what_somebody_ticked_is_unticked_by_one_click() -> None:
    session = open_session()
    reach(session, "store")
    store_a_file(session)
    enter(session, stored=False)
    enter(session, stored=False)
    enter(session, stored=True)

    assert rows(enter(session, stored=False))["stored"]["value"] is False
