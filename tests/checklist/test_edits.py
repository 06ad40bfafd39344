"""An edit shows which user, what changes, and nothing that is not there."""

import pytest

from apiuser.checklist import Job, NamesFile, describe, write_html, write_text
from apiuser.checklist.names_file import read_names_file
from apiuser.howto.preparing import ACTIVATE_AGAIN, DEACTIVATE
from tests.checklist.sheet_driver import enter, open_session, press, reach, rows, words
from tests.exports.export_reading import Export

NOT_KEPT = "Press Download record: nothing is kept here."


def test_an_edit_asks_which_user_and_what_needs_to_change() -> None:
    session = open_session(Job.EDIT)

    shown = press(session, "primary")

    assert shown["stage"] == "prepare"
    assert {fault["label"]: fault["text"] for fault in shown["faults"]} == {
        "Current username": "Enter a username (key).",
        "What needs to change": "Tick at least one change.",
    }
    assert not rows(shown)["username"]["copy"]


def test_a_user_who_is_in_no_export_is_not_said_to_be_known() -> None:
    session = open_session(Job.EDIT)
    session.names.add(NamesFile(name="a.csv", names=("sample4key@sample.example.com",)))

    other = words(enter(session, username="nosuchuser9"), "username")
    known = words(enter(session, username="sample4key@sample.example.com"), "username")

    assert "Not among the 1 name read" in other
    assert "Not among" not in known


@pytest.mark.parametrize(
    ("typed", "warned"),
    [
        ("jane.doe", False),  # no address
        ("jane.doe@sample.example.com", False),  # a file has it as a username
        ("john.doe@sample.example.com", True),
    ],
)
def test_only_an_unknown_address_is_doubted_to_be_a_username(
    typed: str, *, warned: bool
) -> None:
    session = open_session(Job.EDIT)
    names = ("sample4key@sample.example.com", "jane.doe@sample.example.com")
    session.names.add(NamesFile(name="a.csv", names=names))

    said = words(enter(session, username=typed), "username")

    assert ("it looks like an e-mail address" in said) is warned


def test_a_user_who_is_no_active_api_user_is_said_to_be_what_the_export_says(
    export: Export,
) -> None:
    session = open_session(Job.EDIT)
    rows = (
        "Username,Status,License Type",
        "sample4key@example.com,Active,API User",
        "sample5key@example.com,Inactive,API User",
        "jane.doe@example.com,Active,Professional",
        "john.doe@example.com,Inactive,Professional",
    )
    path = export("\n".join(rows), "all.csv")
    session.names.add(read_names_file(path, {}))

    def describe(local: str) -> str:
        return words(enter(session, username=f"{local}@example.com"), "username")

    assert "all.csv" not in describe("sample4key")
    assert "Listed as inactive in all.csv." in describe("Sample5Key")
    assert "Listed as a person in all.csv." in describe("jane.doe")
    assert "Listed as an inactive person in all.csv." in describe("john.doe")
    assert "Full username" not in describe("john.doe")
    assert "right user?" in describe("Sample5Key")
    enter(session, change_active=True)
    assert "right user?" not in describe("Sample5Key")
    assert "right user?" in describe("john.doe")


def test_exports_can_be_given_for_a_new_secret_and_tell_whose_it_is() -> None:
    session = open_session(Job.ROTATE)
    offered = rows(describe(session))["names"]
    names = ("sample4key@example.com",)
    session.names.add(
        NamesFile(name="a.csv", names=names, others={names[0]: "a person"})
    )

    shown = enter(session, username=names[0])

    assert offered["kind"] == "files"
    assert [button["label"] for button in offered["buttons"]] == ["Type names"]
    assert "Listed as a person in a.csv." in words(shown, "username")


@pytest.mark.parametrize(
    ("what", "proposed"),
    [("inactive", ACTIVATE_AGAIN), ("a person", DEACTIVATE)],
)
def test_a_user_who_is_inactive_is_proposed_to_be_activated(
    what: str, proposed: str
) -> None:
    session = open_session(Job.EDIT)
    names = ("sample4key@example.com",)
    session.names.add(NamesFile(name="a.csv", names=names, others={names[0]: what}))
    enter(session, change_active=True, username=names[0])

    press(session, "primary")
    first = session.checklist.values["active"]
    enter(session, active=DEACTIVATE)
    press(session, "prepare")
    press(session, "primary")

    assert (first, session.checklist.values["active"]) == (proposed, DEACTIVATE)


def test_a_user_who_is_switched_off_is_not_tested() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_active=True, username="sample4key@example.com")
    codes = [press(session, "primary")["stage"] for _ in range(3)]

    assert session.checklist.values["active"] == DEACTIVATE
    assert codes == ["fill", "store", "handover"]
    assert "Tested" not in write_text(session)


def test_a_stage_shows_no_empty_part_and_copies_no_row_that_is_not_shown() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_locked=True, username="sample4key@example.com")
    press(session, "primary")

    store = press(session, "primary")
    test = press(session, "primary")

    assert [card["code"] for card in store["cards"]] == []
    assert test["foot"]["next"] is None


def test_the_record_of_a_rotation_names_tenant_once_and_applications_apart() -> None:
    session = open_session(Job.ROTATE)
    enter(session, tenant="Sample MSP", applications="Sample app\nOld script\n")

    record = write_text(session)

    assert record.count("Sample MSP") == 1
    assert "Sample app, Old script" in record
    assert describe(session)["foot"]["next"] is None


def test_one_of_name_and_email_can_change_and_the_rest_stays() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_names=True, username="sample4key@example.com")
    press(session, "primary")

    nothing = press(session, "primary")
    enter(session, first_name="Sample")
    checked = press(session, "primary")

    assert [fault["text"] for fault in nothing["faults"]] == [
        "Enter what changes: a name or the e-mail address."
    ]
    assert checked["stage"] == "store"
    assert "First Name: Sample (entered)" in write_text(session)
    assert "Last Name" not in write_text(session)


def test_an_edited_value_is_still_checked_and_an_empty_one_says_that_it_stays() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_names=True, username="sample4key@example.com")
    press(session, "primary")

    shown = enter(session, email="nobody")
    blocked = press(session, "primary")

    assert rows(shown)["last_name"]["note"] == "empty: stays as it is"
    assert rows(shown)["email"]["note"] == ""
    assert [fault["key"] for fault in blocked["faults"]] == ["email"]


@pytest.mark.parametrize("job", [Job.EDIT, Job.ROTATE])
def test_every_stage_names_the_user_who_is_worked_on(job: Job) -> None:
    session = open_session(job)
    enter(session, tenant="Sample MSP", username="sample4key@example.com")

    facts = {press(session, f"stage:{stage.code}")["facts"] for stage in session.stages}

    assert facts == {"sample4key@example.com for Sample MSP"}


@pytest.mark.parametrize(
    ("wanted", "active"), [(DEACTIVATE, "no"), (ACTIVATE_AGAIN, "yes")]
)
def test_the_record_of_an_edit_names_the_user_and_what_holds_then(
    wanted: str, active: str
) -> None:
    session = open_session(Job.EDIT)
    enter(
        session,
        username="sample4key@example.com",
        change_active=True,
        change_locked=True,
        active=wanted,
    )

    record = write_text(session)

    assert "Full username: sample4key@example.com (entered)" in record
    assert f"\nActive: {active}\n" in record
    assert "\nLocked: no\n" in record


def test_a_new_level_is_asked_for_and_none_proposed_in_an_edit() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_level=True, username="sample4key@example.com")
    press(session, "primary")

    shown = press(session, "primary")

    assert rows(shown)["security_level"]["value"] == ""
    assert "Enter the security level" in words(shown, "security_level")


def test_an_edit_without_a_new_secret_speaks_of_none() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_level=True, username="sample4key@example.com")
    enter(session, security_level="Sample level (API-only)")

    shown = [press(session, "primary") for _ in session.stages]

    assert shown[-1]["finished"]
    assert shown[-1]["said"]["text"] == f"Finished. {NOT_KEPT}"
    assert "secret" not in str([(one["lead"], one["said"]) for one in shown])
    assert "ecret" not in write_html(session)


def test_an_edit_with_a_new_secret_says_that_it_is_stored_first_and_then_forgotten() -> (
    None
):
    session = open_session(Job.EDIT)
    store = reach(session, "store")
    reach(session, "handover")

    finished = press(session, "primary")

    assert store["lead"] == "Store a new secret first: it is never shown again."
    assert finished["said"]["text"] == (
        f"Finished. The secret is forgotten here. {NOT_KEPT}"
    )


def test_which_user_stays_when_the_username_is_ticked_too() -> None:
    session = open_session(Job.EDIT)
    enter(session, username="old4key")

    ticked = rows(enter(session, change_username=True))["former_username"]
    enter(session, username="new4key")
    again = rows(enter(session, change_username=False))["username"]
    enter(session, username="")
    for ticked_again in (True, False):
        enter(session, change_username=ticked_again)

    assert (ticked["value"], again["value"]) == ("old4key", "old4key")
    assert session.checklist.text("former_username") == ""
    assert session.checklist.text("username") == ""


def test_another_answer_to_which_user_is_not_stored_yet() -> None:
    session = open_session(Job.EDIT)
    enter(session, username="old4key", change_secret=True, stored=True)

    enter(session, change_username=True)

    assert session.checklist.values["stored"] is False


def test_a_new_username_is_none_of_the_user_s_if_nothing_is_renamed() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_username=True, username="new4key")

    enter(session, change_username=False)

    assert session.checklist.text("username") == ""


def test_a_new_username_keeps_the_suffix_of_the_old_one() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_username=True, former_username="old4key@sample.example.com")
    press(session, "stage:fill")

    learned = words(enter(session, username="new4key"), "username")
    other = words(enter(session, username="new4key@example.com"), "username")

    assert "Full username: new4key@sample.example.com" in learned
    assert "usernames of this tenant end with @sample.example.com" in other


def test_a_new_username_is_recorded_beside_the_one_before() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_username=True)

    shown = press(session, "primary")
    asked = rows(shown)["former_username"]
    filled = enter(
        session, former_username="old4key@sample.example.com", username="new4key"
    )
    record = write_text(session)

    assert asked["label"] == "Current username"
    assert "Current username" in {fault["label"] for fault in shown["faults"]}
    assert "Old username: old4key@sample.example.com (entered)" in record
    assert record.splitlines()[0].endswith("old4key@sample.example.com (not finished)")
    assert filled["facts"] == "old4key@sample.example.com"
    assert "new4key" in record


def test_a_new_username_alone_makes_no_secret() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_username=True, former_username="old4key@example.com")
    shown = press(session, "stage:fill")
    (card,) = (card for card in shown["cards"] if card["code"] == "credentials")

    press(session, "generate")

    assert "action" not in card
    assert session.checklist.secret is None
    assert session.checklist.text("username")


def test_a_user_of_whom_only_the_suffix_is_known_is_not_named() -> None:
    session = open_session(Job.EDIT)

    shown = enter(session, tenant="Sample MSP", existing_username="@sample.example.com")

    assert shown["facts"] == "Sample MSP"


@pytest.mark.parametrize(
    ("job", "key"),
    [
        (Job.EDIT, "username"),
        (Job.EDIT, "former_username"),
        (Job.ROTATE, "username"),
    ],
)
def test_a_user_with_another_suffix_than_the_tenants_is_doubted(
    job: Job, key: str
) -> None:
    session = open_session(job)
    enter(session, existing_username="@sample.example.com")
    if key == "former_username":
        enter(session, change_username=True)

    other = words(enter(session, **{key: "info@example.com"}), key)
    own = words(enter(session, **{key: "sample4key@SAMPLE.example.com"}), key)

    assert "usernames of this tenant end with @sample.example.com" in other
    assert "end with" not in own
    assert "goes into the field" not in other + own


def test_a_new_username_is_copied_to_where_it_is_used() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_username=True, username="new4key@sample.example.com")

    test = rows(press(session, "stage:test"))
    ticks = rows(press(session, "stage:prepare"))

    assert test["full_login"]["value"] == "new4key@sample.example.com"
    assert "secret" not in test
    assert "every application" in str(ticks["change_username"]["help"])
    assert "every application" not in str(ticks["change_locked"]["help"])


def test_a_new_username_is_asked_for_without_blame() -> None:
    session = open_session(Job.EDIT)
    enter(session, username="sample4key@example.com", change_username=True)

    shown = press(session, "primary")

    assert shown["stage"] == "fill"
    assert rows(shown)["username"]["states"] == []


@pytest.mark.parametrize("job", [Job.EDIT, Job.ROTATE])
def test_the_help_of_a_username_is_not_about_the_secret(job: Job) -> None:
    session = open_session(job)
    enter(session, change_username=True, change_secret=True)
    shown = rows(press(session, "stage:fill"))

    of_name, of_secret = (
        {note["text"] for note in shown[key]["help"]} for key in ("username", "secret")
    )

    assert {bool(of_name), bool(of_secret)} == {True}
    assert not of_name & of_secret
