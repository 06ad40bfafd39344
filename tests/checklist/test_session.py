"""What a person presses, types and copies does what it says, and once."""

import json

import pytest

from apiuser.checklist import Job, describe, write_text
from apiuser.checklist.showing import MISPLACED
from apiuser.credentials.credential import Secret
from apiuser.howto import STAGES
from apiuser.howto.integrations import load_integrations
from tests.checklist.sheet_driver import (
    PRESH,
    PaperDesk,
    enter,
    open_session,
    press,
    reach,
    rows,
)
from tests.planted import PASSPHRASES, SECRETS


@pytest.mark.parametrize("job", Job)
def test_every_job_can_be_worked_through_to_its_end(job: Job) -> None:
    session = open_session(job)

    reach(session, STAGES[job][-1].code)
    if session.checklist.has("tested"):
        enter(session, tested=True)
    shown = press(session, "primary")

    assert shown["finished"]
    assert shown["heading"] == "Finished"
    assert session.checklist.secret is None
    assert "not finished" not in write_text(session)


def test_an_integration_has_to_be_chosen_and_fills_in_nothing_before() -> None:
    session = open_session()

    values = dict(session.checklist.values)
    shown = press(session, "primary")

    assert "presh" not in json.dumps(values).casefold()
    assert shown["stage"] == "prepare"
    assert [fault["key"] for fault in shown["faults"]] == ["integration"]


def test_presh_is_filled_in_as_the_how_to_has_it_with_both_addresses() -> None:
    session = open_session()
    press(session, PRESH)

    shown = press(session, "primary")

    found = rows(shown)
    assert found["first_name"]["value"] == "Presh"
    assert found["last_name"]["value"] == "Integration"
    assert found["email"]["value"] == "info@preshmarketingsolutions.com"
    assert found["vendor"]["value"] == "Zapier"
    advice = load_integrations()["presh-zapier"].email_advice
    assert found["email"]["help"][0]["text"] == advice


def test_another_vendor_suggests_labels_and_one_of_our_own_asks_for_a_name() -> None:
    vendor, own = open_session(), open_session()
    press(vendor, "choose:vendor")
    press(own, "choose:custom")

    other = rows(press(vendor, "primary"))
    custom = rows(press(own, "primary"))

    labels = [option["name"] for option in other["vendor"]["options"]]
    assert "Zapier" in labels
    assert {"custom_name", "tracking_identifier"} <= set(custom)
    assert "vendor" not in custom


def test_choosing_again_replaces_what_the_first_choice_filled_in() -> None:
    session = open_session()
    press(session, PRESH)
    enter(session, last_name="Sample")

    press(session, "choose:custom")

    assert session.checklist.values["first_name"] == ""
    assert session.checklist.values["last_name"] == "Sample"


def test_a_press_drawn_for_another_stage_does_nothing() -> None:
    session = open_session()
    reach(session, "fill")
    drawn = session.drawn

    session.act({"do": "press", "name": "generate", "drawn": drawn})
    first = session.checklist.username
    session.act({"do": "press", "name": "generate", "drawn": drawn})

    assert session.checklist.username == first


def test_the_check_lists_what_is_open_and_leads_to_it() -> None:
    session = open_session()
    press(session, PRESH)
    press(session, "primary")
    enter(session, email="")

    shown = press(session, "primary")

    keys = [fault["key"] for fault in shown["faults"]]
    assert keys == ["email", "username", "secret"]
    assert rows(shown)["email"]["invalid"]
    assert shown["stage"] == "fill"


def test_a_finding_goes_when_it_no_longer_holds() -> None:
    session = open_session()
    reach(session, "fill")
    enter(session, email="nobody")
    press(session, "primary")

    wrong = rows(describe(session))["email"]
    right = rows(enter(session, email="somebody@example.com"))["email"]

    assert wrong["invalid"]
    assert not right["invalid"]
    assert right["states"] == []


def test_findings_go_when_key_and_secret_are_generated() -> None:
    session = open_session()
    reach(session, "fill")
    before = press(session, "primary")["faults"]

    shown = press(session, "generate")

    assert [fault["key"] for fault in before] == ["username", "secret"]
    assert shown["faults"] == []
    assert rows(shown)["secret"]["states"][0]["level"] == "ok"


def test_the_finding_of_a_secret_goes_when_one_is_pasted() -> None:
    session = open_session()
    reach(session, "fill")
    press(session, "primary")

    session.take_secret(Secret(SECRETS[0]))

    assert [fault["key"] for fault in describe(session)["faults"]] == ["username"]


def test_what_lacks_in_an_earlier_stage_stays_said_until_it_is_there() -> None:
    session = open_session()
    press(session, PRESH)
    press(session, "stage:store")
    enter(session, stored=True)
    press(session, "primary")

    shown = enter(session, stored=False)

    assert [fault["key"] for fault in shown["faults"]] == ["username", "secret"]


def test_nothing_is_found_at_a_field_that_nobody_touched() -> None:
    session = open_session()
    press(session, "choose:vendor")

    shown = press(session, "primary")

    assert not any(row["invalid"] for row in rows(shown).values())


def test_the_page_is_not_saved_before_everything_is_in_order() -> None:
    session = open_session()
    press(session, PRESH)
    press(session, "primary")
    press(session, "stage:store")
    enter(session, stored=True)

    shown = press(session, "primary")

    assert shown["stage"] == "store"
    assert "saved" not in session.checklist.times
    assert {"username", "secret"} <= {fault["key"] for fault in shown["faults"]}


@pytest.mark.parametrize("key", ["tenant", "first_name", "remarks", "username"])
def test_a_secret_in_a_wrong_field_is_taken_out_and_said(key: str) -> None:
    session = open_session()
    session.take_secret(Secret(SECRETS[0]))

    enter(session, **{key: f"it is {SECRETS[0]}"})

    assert session.checklist.values[key] == ""
    assert session.said.at == key
    assert SECRETS[0] not in json.dumps(describe(session))


def test_a_secret_pasted_after_it_stood_in_a_field_is_taken_out_there() -> None:
    session = open_session()
    enter(session, remarks=PASSPHRASES[0])  # looks like no secret
    stood = session.checklist.values["remarks"]

    session.take_secret(Secret(PASSPHRASES[0]))

    assert stood == PASSPHRASES[0]
    assert session.checklist.values["remarks"] == ""
    assert (session.said.at, session.said.text) == ("remarks", MISPLACED)


def test_the_secret_is_in_nothing_that_is_shown_or_kept() -> None:
    session = open_session()
    reach(session, "fill")
    session.take_secret(Secret(SECRETS[1]))

    seen = [json.dumps(press(session, f"stage:{s.code}")) for s in session.stages]

    assert not any(SECRETS[1] in text for text in seen)
    assert isinstance(session.desk, PaperDesk)
    assert SECRETS[1] not in json.dumps(session.desk.kept)


@pytest.mark.parametrize("what", ["secret", "username"])
def test_what_replaces_a_stored_key_or_secret_has_to_be_stored_again(what: str) -> None:
    session = open_session()
    reach(session, "store")
    press(session, "store", values={"file": "one.kdbx"})
    enter(session, stored=True)

    for _ in range(2):
        press(session, f"generate:{what}")

    assert session.checklist.values["stored"] is False
    assert session.files.stored == []


def test_a_secret_that_is_shown_is_told_apart_from_the_next_one() -> None:
    session = open_session()
    reach(session, "fill")

    turns = [rows(press(session, "generate:secret"))["secret"]["turn"] for _ in "ab"]

    assert turns == [1, 2]


def test_what_was_copied_is_marked_and_the_next_is_named() -> None:
    session = open_session()
    shown = reach(session, "fill")
    first = shown["foot"]["next"]["key"]

    session.act({"do": "copied", "key": first})
    after = describe(session)

    assert first == "first_name"
    assert rows(after)["first_name"]["copied"]
    assert after["foot"]["next"]["key"] == "last_name"
    assert rows(enter(session, first_name="Other"))["first_name"]["copied"] is False


def test_values_chosen_in_a_list_of_autotask_have_no_copy() -> None:
    session = open_session()

    found = rows(reach(session, "fill"))

    assert not found["security_level"]["copy"]
    assert not found["vendor"]["copy"]
    assert found["security_level"]["note"] == "choose in Autotask"


def test_leaving_work_behind_is_asked_once() -> None:
    session = open_session()
    reach(session, "fill")
    press(session, "generate")

    asked = press(session, "job:edit")
    changed = press(session, "job:edit")

    assert "Press again" in asked["said"]["text"]
    assert changed["jobs"][1]["now"]


def test_a_full_disk_is_said_and_loses_nothing() -> None:
    session = open_session()
    assert isinstance(session.desk, PaperDesk)
    session.desk.full = True

    shown = enter(session, first_name="Sample")

    assert "could not be kept" in shown["trouble"]
    assert session.checklist.values["first_name"] == "Sample"


def test_an_edit_shows_the_rows_that_change_and_no_others() -> None:
    session = open_session(Job.EDIT)
    enter(session, change_level=True, change_locked=True, username="sample4key")

    found = rows(press(session, "primary"))

    assert {"security_level", "locked"} <= set(found)
    assert not {"first_name", "email", "secret", "vendor", "active"} & set(found)
    assert "username" not in found


def test_a_rotation_has_three_stages() -> None:
    assert [stage.code for stage in STAGES[Job.ROTATE]] == ["fill", "store", "handover"]


def test_after_finish_nothing_can_be_changed() -> None:
    session = open_session()
    reach(session, "handover")
    press(session, "primary")
    before = dict(session.checklist.values)

    enter(session, first_name="Other")
    session.take_secret(Secret(SECRETS[0]))

    assert dict(session.checklist.values) == before
    assert session.checklist.secret is None


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"do": "dance"},
        {"do": "set", "key": "nothing", "value": 1},
        {"do": "set", "key": "policy", "value": "none"},
        {"do": "press", "name": "none", "drawn": 0},
        {"do": "press", "name": "job:none", "drawn": 0},
        {"do": "press", "name": "stage:none", "drawn": 0},
        {"do": "press", "name": "choose:none", "drawn": 0},
        {"do": "press", "name": "read:none", "drawn": 0},
        {"do": "press", "name": "remove:none", "drawn": 0},
        {"do": "press", "name": "resume:none", "drawn": 0},
        {"do": "press", "name": "again", "drawn": 0},
    ],
)
def test_an_event_that_is_not_known_changes_nothing(event: dict[str, object]) -> None:
    session = open_session()
    checklist, before = session.checklist, dict(session.checklist.values)

    session.act(event)

    assert session.checklist is checklist
    assert dict(session.checklist.values) == before
    assert session.stage == 0


def test_after_the_end_another_job_can_be_begun() -> None:
    session = open_session(Job.ROTATE)
    reach(session, STAGES[Job.ROTATE][-1].code)
    enter(session, tested=True)
    press(session, "primary")
    session.record = "records/sample.html"

    shown = press(session, "job:edit")

    assert session.checklist.job is Job.EDIT
    assert not shown["finished"]


def test_the_review_tells_a_key_made_here_from_one_that_was_entered() -> None:
    session = open_session()
    reach(session, "fill")
    enter(session, existing_username="@sample.example.com")

    press(session, "generate")
    made = write_text(session)
    enter(session, username="sample4key")
    entered = write_text(session)

    assert "@sample.example.com (made here)" in made
    assert "sample4key@sample.example.com (entered)" in entered


def test_a_fault_hidden_under_change_is_shown_with_its_field() -> None:
    session = open_session()
    press(session, PRESH)
    enter(session, policy="as our Site Setup page says", minimum_length="many")

    shown = press(session, "primary")

    assert "minimum_length" in [fault["key"] for fault in shown["faults"]]
    assert rows(shown)["minimum_length"]["invalid"]


def test_what_a_row_says_to_do_is_recorded_as_what_then_holds_where_it_was_chosen() -> (
    None
):
    session = open_session(Job.EDIT)

    before = write_text(session)
    enter(session, change_locked=True)

    assert "Locked" not in before
    assert "Locked: no" in write_text(session)
