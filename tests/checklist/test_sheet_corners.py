"""What a sheet says of values that do not fit, and keeps of what is taken back."""

from pathlib import Path

import pytest

from apiuser.checklist import Job, describe, write_text
from apiuser.checklist.known_tenants import place_tenant
from apiuser.checklist.progress import hides_secret
from apiuser.credentials.credential import Secret
from tests.checklist.sheet_driver import (
    PRESH,
    enter,
    open_session,
    press,
    reach,
    rows,
    words,
)
from tests.planted import GUESSED, SECRETS


def test_a_company_known_by_another_name_is_led_to_its_label() -> None:
    session = open_session()
    press(session, "choose:vendor")
    press(session, "primary")

    enter(session, vendor="Cytracom")

    assert "Guides give the label" in words(describe(session), "vendor")


def test_a_new_username_with_another_suffix_than_the_tenants_is_not_accepted() -> None:
    session = open_session()
    press(session, PRESH)
    enter(session, existing_username="@sample.example.com")
    press(session, "primary")

    enter(session, username="sample4key@other.example.com")

    wrong = "The usernames of this tenant end with @sample.example.com."
    states = rows(describe(session))["username"]["states"]
    assert [state["text"] for state in states if state["level"] == "error"] == [
        f"{wrong} Enter only what comes before the @."
    ]
    assert "Free" not in words(describe(session), "username")
    press(session, "primary")
    assert session.shown.code == "fill"
    assert [f.key for f in session.faults if f.message.startswith(wrong)] == [
        "username"
    ]


@pytest.mark.parametrize(("typed", "kept"), [("40", 40), ("", None), ("many", "many")])
def test_a_number_left_empty_differs_from_a_text_for_a_number(
    typed: str, kept: object
) -> None:
    session = open_session()

    enter(session, secret_limit="30")
    enter(session, secret_limit=typed)

    assert session.checklist.values["secret_limit"] == kept


def test_what_was_changed_under_change_is_in_the_record() -> None:
    session = open_session()
    reach(session, "fill")

    before = write_text(session)
    enter(session, location="Sample office")

    assert "Sample office" not in before
    assert "Sample office" in write_text(session)


def test_a_secret_that_is_taken_back_is_missing_again() -> None:
    session = open_session(Job.ROTATE)
    session.take_secret(Secret(SECRETS[0]))

    session.checklist.take_secret("")

    assert session.checklist.secret is None
    assert "none yet" in write_text(session)


def test_change_shows_its_fields_and_close_hides_them() -> None:
    session = open_session()

    opened = press(session, "unfold:policy")
    closed = press(session, "unfold:policy")

    assert "minimum_length" not in rows(closed)
    assert "secret_limit" in rows(opened)
    assert "secret_limit" not in rows(closed)


def test_starting_anew_is_asked_twice_and_keeps_nothing() -> None:
    session = open_session()
    press(session, PRESH)
    enter(session, first_name="Sample")

    press(session, "anew")
    assert session.checklist.values["first_name"] == "Sample"
    press(session, "anew")

    assert session.checklist.values["first_name"] != "Sample"


def test_a_damaged_file_of_a_tenant_is_left_alone(tmp_path: Path) -> None:
    damaged = tmp_path / "sample-msp.toml"
    damaged.write_text("name = [", encoding="utf-8")

    assert place_tenant("Sample MSP", tmp_path) != damaged


def test_requirements_that_exclude_each_other_are_said_in_the_record() -> None:
    session = open_session()
    press(session, PRESH)
    enter(session, secret_limit="3")

    shown = press(session, "primary")

    assert shown["stage"] == "prepare"
    assert next(fault["label"] for fault in shown["faults"]) == "Password rules"
    assert "Password rules: " in write_text(session)


def test_a_weak_secret_typed_into_another_field_first_is_taken_out_of_it() -> None:
    session = open_session()
    enter(session, remarks=f"it is {GUESSED[0]}")

    session.take_secret(Secret(GUESSED[0]))

    assert session.checklist.values["remarks"] == ""
    assert session.said.at == "remarks"


def test_a_requirement_that_was_taken_back_is_in_the_record() -> None:
    session = open_session(Job.ROTATE)

    enter(session, strong_passwords=False, policy="as our Site Setup page says")

    assert ": no (entered)" in write_text(session)


def test_a_whole_login_is_taken_for_the_suffix_it_ends_with() -> None:
    session = open_session()

    shown = enter(session, existing_username="other1@sample.example.com")

    assert words(shown, "existing_username") == "Read as @sample.example.com."


def test_a_test_counts_only_once_what_is_open_in_its_stage_is_done() -> None:
    session = open_session()
    reach(session, "test")
    session.act({"do": "copied", "key": "secret"})
    session.marks.outdated.add("secret")

    shown = press(session, "primary")

    assert shown["stage"] == "test"
    assert session.checklist.values["tested"] is False


def test_the_ways_to_the_page_come_first_where_it_is_to_be_opened() -> None:
    help_ = rows(describe(open_session()))["open"]["help"]

    assert ["> " in note["text"] for note in help_[:4]] == [True, True, True, False]
    assert "Log in to Autotask" in " ".join(note["text"] for note in help_[4:])


def test_each_row_about_names_explains_itself_and_not_the_other() -> None:
    shown = rows(describe(open_session()))
    helps = {
        key: [note["text"] for note in shown[key]["help"]]
        for key in ("names", "existing_username")
    }

    assert helps["names"][0].startswith("Export the list of resources twice")
    assert "suffix" not in " ".join(helps["names"])
    assert any("is your tenant's suffix" in text for text in helps["existing_username"])
    assert not set(helps["names"]) & set(helps["existing_username"])


def test_what_was_copied_in_one_stage_is_still_to_be_copied_in_another() -> None:
    session = open_session()
    enter(session, existing_username="@sample.example.com")
    reach(session, "test")
    press(session, "stage:fill")
    session.act({"do": "copied", "key": "secret"})

    shown = press(session, "stage:test")
    session.act({"do": "copied", "key": "full_login"})
    after = describe(session)
    earlier = press(session, "stage:fill")

    assert not rows(shown)["secret"]["copied"]
    assert shown["foot"]["text"] == "0 of 2 copied"
    assert after["foot"]["next"] == {"key": "secret", "label": "Secret"}
    assert rows(earlier)["secret"]["copied"]


@pytest.mark.parametrize("broken", ["\n", "\r\n", "\t", "\x00", "\x1b", "\u2028"])
@pytest.mark.parametrize("key", ["consultant", "tenant"])
def test_a_name_stays_on_its_line_of_the_record(key: str, broken: str) -> None:
    session = open_session()

    enter(session, **{key: f"A. Sample{broken}Tested: works"})

    assert f": A. Sample{' ' * len(broken)}Tested: works\n" in write_text(session)


@pytest.mark.parametrize("between", ["\n", "\t", " ", "\u200b"])
@pytest.mark.parametrize("key", ["consultant", "tenant", "remarks"])
def test_a_secret_in_two_halves_is_taken_out_of_a_field(key: str, between: str) -> None:
    session = open_session()
    session.take_secret(Secret(SECRETS[0]))

    enter(session, **{key: between.join((SECRETS[0][:9], SECRETS[0][9:]))})

    assert session.checklist.values[key] == ""


def test_a_passphrase_seen_after_the_secret_has_changed_gives_it_to_nobody() -> None:
    session = open_session()
    reach(session, "store")
    press(session, "store", values={"file": "one.kdbx"})
    for _ in range(2):
        press(session, "generate:secret")

    session.note_stored("one.kdbx")

    assert session.checklist.values["stored"] is False
    assert hides_secret(session.checklist)


def test_an_own_integration_has_its_identifier_copied_where_it_is_stored_and_tested() -> (
    None
):
    session = open_session()
    press(session, "choose:custom")
    enter(session, tracking_identifier="SAMPLEIDENTIFIER")

    store = press(session, "stage:store")
    test = press(session, "stage:test")
    press(session, PRESH)
    without = press(session, "stage:test")

    (card,) = [card for card in store["cards"] if card["code"] == "file"]
    assert card["identifier"] == "SAMPLEIDENTIFIER"
    assert rows(test)["full_identifier"]["copy"]
    assert rows(test)["full_identifier"]["text"] == "SAMPLEIDENTIFIER"
    assert "full_identifier" not in rows(without)


def test_what_was_written_is_named_once() -> None:
    session = open_session()
    reach(session, "store")

    shown = press(session, "store", values={"file": "/home/sample/first.kdbx"})

    (card,) = [card for card in shown["cards"] if card["code"] == "file"]
    assert [file["path"] for file in card["stored"]] == ["/home/sample/first.kdbx"]
    assert shown["said"]["text"] == ""


def test_an_unseen_passphrase_is_asked_for_once_and_no_more_when_it_was_seen() -> None:
    session = open_session()
    reach(session, "store")
    press(session, "store", values={"file": "first.kdbx"})

    press(session, "primary")
    asked = rows(enter(session, stored=True))["stored"]["states"]
    session.note_stored("first.kdbx")
    seen = rows(describe(session))["stored"]["states"]

    assert [state["level"] for state in asked] == ["error"]
    assert [state["text"] for state in seen] == ["Ticked: the file exists."]


@pytest.mark.parametrize(
    ("applications", "name"),
    [
        ("Sample app\n", "sample-msp-sample-app.kdbx"),
        ("Sample app\nOld script", "sample-msp-sample4key.kdbx"),
    ],
)
def test_the_file_of_a_new_secret_is_named_by_what_uses_it_or_by_the_key(
    applications: str, name: str
) -> None:
    session = open_session(Job.ROTATE)
    enter(
        session,
        tenant="Sample MSP",
        applications=applications,
        username="sample4key@example.com",
    )

    shown = press(session, "stage:store")

    assert [one["file"] for one in shown["cards"] if one["code"] == "file"] == [name]


@pytest.mark.parametrize("stage", ["store", "handover"])
def test_the_applications_are_listed_where_each_of_them_is_asked_for(
    stage: str,
) -> None:
    session = open_session(Job.ROTATE)
    none = press(session, f"stage:{stage}")

    enter(session, applications="Sample app\n\nOld script")

    assert rows(none)["listed"]["value"] == "None listed yet"
    assert rows(describe(session))["listed"]["value"] == "Sample app, Old script"
    assert rows(describe(session))["listed"]["kind"] == "says"


def test_who_ticks_stored_without_the_secret_here_is_warned() -> None:
    session = open_session()
    reach(session, "store")
    session.act({"do": "copied", "key": "secret"})
    before = words(describe(session), "stored")

    session.lose_secret()
    after = words(describe(session), "stored")
    ticked = words(enter(session, stored=True), "stored")

    assert before == ""
    assert after == (
        "The secret was forgotten here. Tick this only if you have it elsewhere."
    )
    assert ticked == ""


def test_a_username_with_another_suffix_is_doubted_again_where_it_is_tested() -> None:
    session = open_session(Job.EDIT)
    enter(session, existing_username="@sample.example.com", change_secret=True)

    enter(session, username="info@example.com")
    shown = press(session, "stage:test")
    enter(session, username="sample4key@sample.example.com")
    own = describe(session)

    assert "end with @sample.example.com. Is this the" in words(shown, "full_login")
    assert words(own, "full_login") == ""


def test_a_username_without_its_suffix_is_not_copied_into_an_application() -> None:
    session = open_session()

    shown = reach(session, "test")

    assert not rows(shown)["full_login"]["copy"]
    assert "Its suffix is not known" in words(shown, "full_login")
    assert shown["foot"]["next"] == {"key": "secret", "label": "Secret"}


def test_a_copy_of_a_secret_that_is_not_there_is_nobodys() -> None:
    session = open_session()

    session.act({"do": "copied", "key": "secret"})

    assert session.checklist.secret_facts is None
    assert not hides_secret(session.checklist)
