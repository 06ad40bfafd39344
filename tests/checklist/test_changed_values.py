"""What was copied or stored and changes afterwards is not taken for entered."""

from collections.abc import Mapping
from typing import Any

import pytest

from apiuser.checklist import Job, NamesFile, Session, describe
from apiuser.checklist.review import list_review
from apiuser.credentials.credential import Secret
from apiuser.credentials.validation import resembles_secret
from tests.checklist.sheet_driver import PRESH, enter, open_session, press, reach, rows
from tests.planted import SECRETS


@pytest.mark.parametrize("key", ["secret", "username"])
def test_a_value_made_again_after_it_was_copied_must_be_copied_again(key: str) -> None:
    session = open_session()
    reach(session, "fill")
    press(session, "generate")
    session.act({"do": "copied", "key": key})
    for _ in range(2):
        press(session, f"generate:{key}")

    held = press(session, "primary")
    session.act({"do": "copied", "key": key})
    gone_on = press(session, "primary")

    assert held["stage"] == "fill"
    assert [fault["key"] for fault in held["faults"]] == [key]
    assert gone_on["stage"] == "store"


def test_a_secret_made_after_the_save_opens_the_stages_before_again() -> None:
    session = open_session()
    reach(session, "test")
    session.act({"do": "copied", "key": "secret"})
    press(session, "stage:fill")

    for _ in range(2):
        shown = press(session, "generate:secret")

    states = {stage["title"]: stage["done"] for stage in shown["stages"]}
    assert not states["Fill in"]
    assert not states["Store and save"]
    assert "saved" not in session.checklist.times


@pytest.mark.parametrize("copied", ["secret", "username"])
@pytest.mark.parametrize("name", ["generate", "generate:secret", "generate:username"])
def test_what_was_copied_is_replaced_only_by_a_second_press(
    name: str, copied: str
) -> None:
    session = open_session()
    reach(session, "fill")
    press(session, "generate")
    session.act({"do": "copied", "key": copied})
    before = read_pair(session)

    asked = press(session, name)
    kept = read_pair(session)
    other = press(session, "stage:fill")
    press(session, name)
    press(session, name)

    meant = {"generate": copied, "generate:secret": "secret"}.get(name, "username")
    assert (kept == before) is (meant == copied)
    assert (read_pair(session) == before) is False
    assert other["said"]["text"] == ""
    if meant == copied:
        place = "generate" if name == "generate" else meant
        assert asked["said"]["at"] == place
        assert asked["said"]["text"] == (
            "This replaces what you copied, saw or stored. Press again to go on."
        )


def test_what_was_copied_or_shown_is_asked_about_whatever_came_between() -> None:
    session = open_session()
    reach(session, "fill")
    press(session, "generate")
    session.marks.given.add("secret")  # shown
    shown = read_pair(session)
    press(session, "generate")
    asked = read_pair(session)
    session.act({"do": "copied", "key": "username"})
    press(session, PRESH)

    press(session, "generate:username")

    assert asked == shown == read_pair(session)


def test_a_full_username_that_was_copied_goes_out_of_date_with_its_key() -> None:
    session = open_session()
    reach(session, "test")
    session.act({"do": "copied", "key": "full_login"})
    before = read_pair(session)

    press(session, "generate:username")
    kept = read_pair(session)
    press(session, "generate:username")

    assert kept == before
    assert "full_login" in session.marks.outdated
    assert not [key for _, key in session.marks.copied if key == "full_login"]


def test_what_nobody_copied_is_replaced_at_once() -> None:
    session = open_session()
    reach(session, "fill")
    press(session, "generate")
    before = read_pair(session)

    shown = press(session, "generate")

    username, secret = read_pair(session)
    assert shown["said"]["text"] == ""
    assert username != before[0]
    assert secret != before[1]


@pytest.mark.parametrize("name", ["generate", "generate:secret", "generate:username"])
def test_what_was_stored_is_replaced_only_by_a_second_press(name: str) -> None:
    session = open_session()
    reach(session, "store")
    press(session, "store", values={"file": "one.kdbx"})
    session.note_stored("one.kdbx")
    press(session, "stage:fill")
    before = read_pair(session)

    press(session, name)

    assert read_pair(session) == before
    assert session.files.stored


def find_useless(shown: Mapping[str, Any]) -> list[str]:
    return next(one["useless"] for one in shown["cards"] if one["code"] == "file")


@pytest.mark.parametrize(
    "change",
    [
        {"username": "sample5key"},
        {"existing_username": "@other.example.com"},
    ],
)
def test_a_file_with_a_former_username_is_to_be_deleted(change: dict[str, str]) -> None:
    session = open_session()
    reach(session, "store")
    press(session, "store", values={"file": "one.kdbx"})
    session.note_stored("one.kdbx")

    enter(session, **change)
    shown = press(session, "stage:store")

    assert find_useless(shown) == ["one.kdbx: holds a former value. Delete it."]
    line = next(one for one in list_review(session) if one.label == "File to delete")
    assert (line.text, line.state) == (
        "one.kdbx",
        "holds a former value",
    )


def test_a_file_that_is_written_again_is_not_to_be_deleted() -> None:
    session = open_session()
    reach(session, "store")
    press(session, "store", values={"file": "one.kdbx"})
    enter(session, username="sample5key")

    shown = press(session, "store", values={"file": "one.kdbx"})

    assert find_useless(shown) == []


def test_a_file_whose_passphrase_is_lost_is_to_be_deleted() -> None:
    session = open_session()
    reach(session, "store")
    press(session, "store", values={"file": "one.kdbx"})
    press(session, "store", values={"file": "two.kdbx"})
    session.note_stored("one.kdbx")

    session.lose_secret()

    assert find_useless(describe(session)) == [
        "two.kdbx: nobody can open it any more. Delete it."
    ]
    assert [one.path for one in session.files.stored] == ["one.kdbx"]


def read_pair(session: Session) -> tuple[str, str]:
    secret = session.checklist.secret
    return session.checklist.text("username"), secret.reveal() if secret else ""


def test_another_tick_is_needed_if_secret_and_passphrase_were_forgotten() -> None:
    session = open_session(Job.CREATE)
    reach(session, "store")
    enter(session, stored=True)
    press(session, "store", values={"file": "new.kdbx"})

    session.lose_secret()

    assert session.checklist.values["stored"] is False


@pytest.mark.parametrize("key", ["first_name", "username", "tenant"])
@pytest.mark.parametrize("secret", SECRETS[:3])
def test_no_other_field_accepts_what_looks_like_a_secret(key: str, secret: str) -> None:
    session = open_session()
    press(session, PRESH)
    before = session.checklist.values[key]

    shown = enter(session, **{key: secret})

    assert resembles_secret(secret)
    assert session.checklist.values[key] == before
    assert "looks like a secret" in shown["said"]["text"]


@pytest.mark.parametrize(
    "text", ["Sample MSP", "sample4key@sample.example.com", "abcdefghijkl1", "Zapier"]
)
def test_names_and_logins_do_not_look_like_secrets(text: str) -> None:
    assert not resembles_secret(text)


def test_another_vendor_is_called_by_its_own_name() -> None:
    session = open_session()
    press(session, "choose:vendor")
    enter(session, tenant="Sample MSP", vendor="Zapier")
    session.take_secret(Secret(SECRETS[0]))

    shown = press(session, "stage:store")

    (file,) = (card["file"] for card in shown["cards"] if card["code"] == "file")
    assert shown["facts"] == "Zapier for Sample MSP"
    assert file == "sample-msp-zapier.kdbx"


def test_a_name_is_free_for_certain_only_if_both_halves_were_seen() -> None:
    session = open_session()
    reach(session, "fill")
    press(session, "generate")

    said = []
    for half in ("active", "inactive"):
        names = NamesFile(
            name=f"{half}.csv", names=(f"{half}1",), halves=frozenset({half})
        )
        session.names.add(names)
        states = rows(describe(session))["username"]["states"]
        said += [(s["level"], s["text"]) for s in states if "Free among" in s["text"]]

    assert [level for level, _ in said] == ["notice", "ok"]
    assert "no inactive resource was seen" in said[0][1]


def test_a_name_made_here_is_in_use_the_next_time() -> None:
    session = open_session()
    enter(session, tenant="Sample MSP")
    reach(session, "handover")
    key = session.checklist.username.local
    press(session, "primary")

    again = open_session(desk=session.desk)
    enter(again, tenant="Sample MSP", username=key)

    assert key in str(again.checklist.values["taken_names"])


def test_a_full_username_copied_before_its_suffix_was_known_is_copied_again() -> None:
    session = open_session()
    reach(session, "test")
    session.act({"do": "copied", "key": "full_login"})

    shown = enter(session, existing_username="example.com")
    held = press(session, "primary")

    assert "copied" not in rows(shown)["full_login"].get("state", "")
    assert "full_login" in [fault["key"] for fault in held["faults"]]


def test_a_file_with_the_username_of_another_suffix_is_written_again() -> None:
    session = open_session()
    reach(session, "store")
    press(session, "store", values={"file": "one.kdbx"})
    session.note_stored("one.kdbx")
    was_stored = session.checklist.values["stored"]

    read = NamesFile(name="a.csv", names=("a1@example.com",))
    session.desk.files["a.csv"] = read  # type: ignore[attr-defined]
    session.add_file("a.csv")

    assert was_stored is True
    assert session.checklist.values["stored"] is False
    assert not session.files.stored


def test_a_full_username_copied_first_of_all_stays_copied() -> None:
    session = open_session()
    reach(session, "test")
    session.resume(session.checklist)
    session.stage = len(session.stages) - 2

    session.act({"do": "copied", "key": "full_login"})

    assert not session.marks.outdated


def test_what_is_still_to_be_made_counts_among_what_is_to_be_copied() -> None:
    session = open_session()
    reach(session, "fill")
    session.checklist.set("username", "")
    for key in ("first_name", "last_name", "email"):
        session.act({"do": "copied", "key": key})

    assert describe(session)["foot"]["text"].startswith("3 of 5 copied")


def test_what_is_still_to_be_entered_counts_among_what_is_to_be_copied() -> None:
    session = open_session()
    press(session, "choose:custom")

    shown = press(session, "stage:fill")

    empty = [key for key, row in rows(shown).items() if row["copy"] and not row["text"]]
    assert empty == ["first_name", "email", "username", "secret", "custom_name"]
    assert shown["foot"]["text"] == "0 of 6 copied"


def test_a_key_that_autotask_would_refuse_is_not_the_next_to_copy() -> None:
    session = open_session()
    reach(session, "fill")
    for key in ("first_name", "last_name", "email"):
        session.act({"do": "copied", "key": key})

    shown = enter(session, username="a b")

    assert rows(shown)["username"]["invalid"]
    assert shown["foot"]["next"] is None
