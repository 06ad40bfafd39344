"""Saved work is resumed whole, and never holds the secret."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from apiuser.checklist import (
    Checklist,
    Job,
    NamesFile,
    find_faults,
    is_done,
    resume,
    save,
    write_html,
    write_text,
)
from apiuser.checklist.desk import KeptWork
from apiuser.checklist.known_tenants import KnownExport, Tenant
from apiuser.credentials.credential import Secret
from apiuser.errors import AccessError, ApiuserError, SavedWorkError
from apiuser.howto import STAGES
from tests.checklist.sheet_driver import (
    NOON,
    PaperDesk,
    enter,
    open_session,
    press,
    reach,
    words,
)
from tests.planted import ENCODED, SECRETS


def test_saved_work_is_resumed_without_the_secret(tmp_path: Path) -> None:
    path = tmp_path / "work.json"
    session = open_session()
    reach(session, "store")
    session.take_secret(Secret(SECRETS[1]))
    checklist = session.checklist

    save(checklist, path)
    again = resume(path)

    fill = STAGES[Job.CREATE][1]
    assert SECRETS[1] not in path.read_text(encoding="utf-8")
    assert again.values == checklist.values
    assert again.chosen
    assert again.secret is None
    assert again.secret_facts == checklist.secret_facts
    assert [fault.key for fault in find_faults(again, fill)] == ["secret"]
    assert not is_done(again, fill)


def test_after_save_in_autotask_the_secret_may_be_forgotten() -> None:
    session = open_session()
    reach(session, "test")

    session.checklist.forget_secret()

    assert is_done(session.checklist, STAGES[Job.CREATE][1])
    assert session.checklist.times["saved"] == NOON


@pytest.mark.parametrize("key", ["remarks", "tenant", "username", "vendor"])
def test_a_secret_typed_into_another_field_is_never_written(
    tmp_path: Path, key: str
) -> None:
    session = open_session()
    reach(session, "store")
    checklist = session.checklist
    checklist.take_secret(SECRETS[2])
    checklist.set(key, f"it is {SECRETS[2]}, really")

    for write in (
        lambda: save(checklist, tmp_path / "work.json"),
        lambda: write_html(session),
        lambda: write_text(session),
    ):
        with pytest.raises(SavedWorkError) as caught:
            write()
        assert checklist.field(key).label in str(caught.value)
        assert SECRETS[2] not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
    assert checklist.find_secret_in_fields() == (key,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "is not JSON"),
        ("[" * 99_999, "is not JSON"),
        ("[]", "is not a saved checklist"),
        ('{"format": "apiuser checklist", "version": 1}', "another release"),
        ('{"format": "apiuser checklist", "version": 4}', "damaged"),
    ],
)
def test_a_file_that_is_not_a_saved_checklist_is_refused(
    tmp_path: Path, text: str, expected: str
) -> None:
    path = tmp_path / "work.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SavedWorkError, match=expected) as caught:
        resume(path)

    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("stored", "yes"),
        ("secret_limit", 5.5),
        ("policy", "none"),
        ("tenant", 3),
        ("secret", "x"),
        ("colour", "blue"),
        ("tenant", "half a character \ud83d"),
    ],
)
def test_saved_values_of_another_kind_are_refused(
    tmp_path: Path, key: str, value: object
) -> None:
    path = tmp_path / "work.json"
    save(Checklist(clock=lambda: NOON), path)
    work = json.loads(path.read_text(encoding="utf-8"))
    work["values"][key] = value
    path.write_text(json.dumps(work), encoding="utf-8")

    with pytest.raises(SavedWorkError, match="damaged"):
        resume(path)


def test_missing_and_unwritable_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="cannot be read"):
        resume(tmp_path / "nowhere.json")
    with pytest.raises(AccessError, match="cannot be written"):
        save(Checklist(clock=lambda: NOON), tmp_path / "no folder" / "work.json")


@pytest.mark.parametrize(
    ("secret", "remark"),
    [(f"{SECRETS[0]} ", SECRETS[0]), (SECRETS[0][:5], f" {SECRETS[0][:5]} ")],
    ids=["trailing blank", "short"],
)
def test_a_secret_is_found_in_a_field_whatever_its_blanks_and_length(
    secret: str, remark: str
) -> None:
    checklist = Checklist(clock=lambda: NOON)
    checklist.take_secret(secret)

    checklist.set("remarks", remark)

    assert checklist.find_secret_in_fields() == ("remarks",)


@pytest.mark.parametrize("encode", ENCODED.values(), ids=ENCODED)
def test_a_secret_is_found_in_a_field_in_a_form_that_can_be_read_back(
    encode: Callable[[str], str],
) -> None:
    checklist = Checklist(clock=lambda: NOON)
    checklist.take_secret(SECRETS[0])

    checklist.set("remarks", f"see https://x/?p={encode(SECRETS[0])}")

    assert checklist.find_secret_in_fields() == ("remarks",)


@pytest.mark.parametrize(
    ("length", "found"), [(26, ("remarks",)), (12, ("remarks",)), (11, ())]
)
def test_a_replaced_secret_is_still_found_in_a_field_but_not_what_was_half_typed(
    length: int, found: tuple[str, ...]
) -> None:
    checklist = Checklist(clock=lambda: NOON)
    checklist.take_secret(SECRETS[0][:length])
    checklist.set("remarks", SECRETS[0][:length])

    checklist.generate_secret()

    assert checklist.find_secret_in_fields() == found


@pytest.mark.skipif(os.name == "nt", reason="there are no such modes here")
def test_saved_work_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "work.json"

    for _ in range(2):  # a new file, and one in its place
        save(Checklist(clock=lambda: NOON), path)

        assert path.stat().st_mode & 0o777 == 0o600
        path.chmod(0o644)


def test_text_in_a_number_field_is_saved_and_a_fault_after_resuming(
    tmp_path: Path,
) -> None:
    checklist = Checklist(clock=lambda: NOON)
    checklist.set("secret_limit", "twenty")
    save(checklist, tmp_path / "work.json")

    again = resume(tmp_path / "work.json")

    faults = find_faults(again, STAGES[Job.CREATE][0])
    assert again.values["secret_limit"] == "twenty"
    assert "secret_limit" in [fault.key for fault in faults]


@pytest.mark.parametrize(
    ("where", "key", "value"),
    [
        ("secret_facts", "length", "many"),
        ("secret_facts", "length", -5),
        ("secret_facts", "origin", "a dream"),
        ("times", "saved", "2026-11-28T05:00:00"),
        ("times", "saved", "9999-12-31T23:59:59-23:59"),
        ("times", "saved", "0001-01-01T00:00:00+14:00"),
        ("times", "tenant", "2026-11-28T05:00:00+00:00"),
        ("times", "\ud800", "2026-11-28T05:00:00+00:00"),
    ],
)
def test_saved_facts_and_times_of_another_kind_are_refused(
    tmp_path: Path, where: str, key: str, value: object
) -> None:
    path = tmp_path / "work.json"
    checklist = Checklist(clock=lambda: NOON)
    checklist.take_secret(SECRETS[0])
    save(checklist, path)
    work = json.loads(path.read_text(encoding="utf-8"))
    work[where][key] = value
    path.write_text(json.dumps(work), encoding="utf-8")

    with pytest.raises(SavedWorkError, match="damaged"):
        resume(path)


def test_an_integration_that_nobody_knows_is_named_with_the_file(
    tmp_path: Path,
) -> None:
    path = tmp_path / "work.json"
    session = open_session()
    reach(session, "fill")
    save(session.checklist, path)
    work = json.loads(path.read_text(encoding="utf-8"))
    work["integration"] = "sample"
    path.write_text(json.dumps(work), encoding="utf-8")

    with pytest.raises(SavedWorkError, match=f"^{path}: .*sample"):
        resume(path)


def test_errors_about_saved_work_are_for_people() -> None:
    assert issubclass(SavedWorkError, ApiuserError)
    assert SavedWorkError.exit_code == 3


def test_work_taken_up_again_is_checked_against_all_names_at_once() -> None:
    desk = PaperDesk()
    known = KnownExport(path="a.csv", sha256="76a1", read="2026-11-24 12:00")
    desk.tenants["Sample MSP"] = Tenant(name="Sample MSP", files=(known,))
    names = ("sample4key@sample.example.com",)
    desk.files["a.csv"] = NamesFile(name="a.csv", digest="76a1", names=names)
    kept = Checklist()
    for key, value in (("tenant", "Sample MSP"), ("username", "sample4key")):
        kept.set(key, value)
    work = KeptWork(name="one", checklist=kept, at=NOON)
    desk.list_kept = lambda: (work,)  # type: ignore[method-assign]
    session = open_session(desk=desk)

    press(session, "resume:one")
    said = words(press(session, "stage:fill"), "username")

    assert "Choose another username" in said
    assert "Free" not in said


def test_the_record_of_resumed_work_calls_nothing_entered_that_nobody_typed() -> None:
    session, desk = open_session(), PaperDesk()
    enter(session, existing_username="@sample.example.com")
    reach(session, "store")
    email = session.checklist.text("email")
    work = KeptWork(name="one", checklist=session.checklist, at=NOON)
    desk.list_kept = lambda: (work,)  # type: ignore[method-assign]
    resumed = open_session(desk=desk)

    press(resumed, "resume:one")

    record = write_text(resumed)
    username = session.checklist.username.full
    assert f"{email} (as suggested)" in record
    assert f"{username} (from resumed work)" in record
