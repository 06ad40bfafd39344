"""What changes after it was saved or tested is to be saved and tested again."""

import pytest

from apiuser.checklist import Job, describe, write_text
from apiuser.checklist.review import list_review
from tests.checklist.sheet_driver import enter, open_session, press, reach, rows

TICKS = ("saved", "tested")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("first_name", "Other"),
        ("email", "other@example.com"),
        ("security_level", "Other level"),
        ("vendor", "Other vendor"),
        ("username", "sample5key"),
        ("line_names", "Sample line"),
    ],
)
def test_a_value_of_the_page_is_to_be_saved_and_tested_again(
    key: str, value: str
) -> None:
    session = open_session()
    reach(session, "handover")
    before = [session.checklist.values[tick] for tick in TICKS]

    shown = enter(session, **{key: value})
    reviewed = {line.label: line.text for line in list_review(session)}

    assert before == [True, True]
    assert [session.checklist.values[tick] for tick in TICKS] == [False, False]
    assert shown["foot"]["text"].endswith("Store and save, Test.")
    assert [reviewed[name] for name in ("Saved in Autotask", "Tested")] == [
        "not yet",
        "not yet",
    ]


def test_a_record_of_what_was_not_saved_says_so_in_its_title() -> None:
    session = open_session()
    reach(session, "handover")
    saved = write_text(session)
    enter(session, last_name="Other")

    press(session, "primary")

    title = write_text(session).splitlines()[0]
    assert "(not marked as saved)" not in saved
    assert title.endswith("(not marked as saved)")


def test_what_is_to_be_copied_again_is_the_next_to_copy() -> None:
    session = open_session()
    reach(session, "fill")
    press(session, "generate")
    for key in ("first_name", "last_name", "email", "username", "secret"):
        session.act({"do": "copied", "key": key})
    enter(session, last_name="Other")

    shown = press(session, "primary")

    assert [fault["key"] for fault in shown["faults"]] == ["last_name"]
    assert shown["foot"]["next"] == {"key": "last_name", "label": "Last Name"}


def test_another_integration_is_to_be_saved_and_tested_again() -> None:
    session = open_session()
    reach(session, "handover")

    press(session, "choose:custom")

    assert [session.checklist.values[tick] for tick in TICKS] == [False, False]


def test_another_change_of_an_edit_is_to_be_saved_again() -> None:
    session = open_session(Job.EDIT)
    reach(session, "handover")

    enter(session, change_level=True)

    assert session.checklist.values["saved"] is False


def test_another_suffix_is_to_be_tested_again_only() -> None:
    session = open_session()
    reach(session, "handover")

    enter(session, existing_username="@other.example.com")

    assert [session.checklist.values[tick] for tick in TICKS] == [True, False]


def test_a_forgotten_application_is_still_to_get_the_secret() -> None:
    session = open_session(Job.ROTATE)
    reach(session, "handover")
    enter(session, tested=True)

    enter(session, applications="Sample app\nForgotten app")

    ticks = {tick: session.checklist.values[tick] for tick in (*TICKS, "pasted")}
    assert ticks == {"saved": True, "tested": False, "pasted": False}


@pytest.mark.parametrize("key", ["tenant", "remarks", "consultant", "taken_names"])
def test_what_is_not_on_the_page_changes_nothing(key: str) -> None:
    session = open_session()
    reach(session, "handover")

    enter(session, **{key: "Sample"})

    assert [session.checklist.values[tick] for tick in TICKS] == [True, True]


def test_a_file_with_a_former_tracking_identifier_is_of_no_use() -> None:
    session = open_session()
    press(session, "choose:custom")
    press(session, "generate")
    press(session, "stage:store")
    press(session, "store", values={"file": "one.kdbx"})
    session.note_stored("one.kdbx")

    enter(session, tracking_identifier="ANOTHERIDENTIFIER123456789A")

    assert session.checklist.values["stored"] is False
    card = next(one for one in describe(session)["cards"] if one["code"] == "file")
    assert card["useless"] == ["one.kdbx: holds a former value. Delete it."]


def test_a_question_that_nobody_was_asked_is_no_error_yet() -> None:
    session = open_session(Job.EDIT)
    press(session, "primary")

    enter(session, change_username=True, former_username="sample4key@example.com")
    shown = press(session, "stage:fill")

    assert not rows(shown)["username"]["invalid"]


def test_a_renamed_user_s_new_name_is_to_be_copied_again_in_its_own_stage() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_username=True, former_username="sample4key@example.com")
    press(session, "primary")
    press(session, "generate:username")
    session.act({"do": "copied", "key": "username"})
    enter(session, username="sample5key")

    shown = press(session, "primary")
    prepared = press(session, "stage:prepare")

    assert [(one["key"], one["label"]) for one in shown["faults"]] == [
        ("username", "Username (Key)")
    ]
    assert prepared["stages"][0]["done"]


def test_a_stage_says_of_a_username_that_lacks_a_digit_which_field_it_is() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_username=True, former_username="sample4key@example.com")
    press(session, "primary")
    enter(session, username="nodigits")

    shown = press(session, "primary")

    assert {one["label"] for one in shown["faults"]} == {"Username (Key)"}
