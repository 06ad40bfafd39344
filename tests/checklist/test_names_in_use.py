"""The names in use come from exports, go with their tenant, and are compared with."""

from pathlib import Path

import pytest

from apiuser.checklist import Desk, Job, NamesFile, describe, write_text
from apiuser.checklist.known_tenants import Tenant
from apiuser.credentials.credential import Secret
from tests.checklist.sheet_driver import (
    PaperDesk,
    enter,
    finish,
    open_session,
    press,
    reach,
    rows,
    words,
)
from tests.planted import SECRETS


def test_free_is_said_only_against_names_that_are_known() -> None:
    session = open_session()
    reach(session, "fill")

    unknown = words(press(session, "generate:username"), "username")
    session.names.add(
        NamesFile(
            name="a.csv",
            names=("other1@sample.example.com",),
            halves=frozenset({"active", "inactive"}),
        )
    )
    known = words(describe(session), "username")

    assert "Not compared with any names" in unknown
    assert "Free among 1 name." in known
    assert "@sample.example.com" in known


@pytest.mark.parametrize("suffix", ["@sample.example.com", "sample.example.com"])
def test_what_usernames_end_with_is_no_name_in_use(suffix: str) -> None:
    session = open_session()
    assert isinstance(session.desk, PaperDesk)
    shown = enter(session, tenant="Sample MSP", existing_username=suffix)
    reach(session, "fill")
    second = open_session(desk=session.desk)
    known = enter(second, tenant="Sample MSP")

    compared = words(press(session, "generate:username"), "username")

    assert [rows(one)["names"]["value"] for one in (shown, known)] == [
        "No names known",
        "No names known",
    ]
    assert "Not compared with any names" in compared
    assert "Compared with: no names\n" in write_text(session)


def test_a_whole_username_of_the_tenant_is_a_name_in_use() -> None:
    session = open_session()

    shown = enter(session, existing_username="abc123@sample.example.com")

    assert rows(shown)["names"]["value"] == "1 name known"


def test_names_are_typed_into_a_box_that_says_how() -> None:
    session = open_session()

    closed = rows(describe(session))["names"]["buttons"]
    opened = rows(press(session, "unfold:names"))

    assert [button["label"] for button in closed] == ["Type names"]
    assert opened["taken_names"]["label"] == "Usernames, one per line"
    assert [one["label"] for one in opened["names"]["buttons"]] == ["Close"]


def test_an_email_as_username_is_told_what_belongs_into_the_field() -> None:
    session = open_session()
    reach(session, "fill")

    shown = enter(session, username="key4sample@sample.example.com")

    assert "Only what comes before the @" in words(shown, "username")
    assert rows(shown)["username"]["text"] == "key4sample"


def test_the_suffix_is_seen_in_exports_and_a_mismatch_is_said() -> None:
    session = open_session()
    session.names.add(NamesFile(name="a.csv", names=("x1@sample.example.com",)))

    shown = describe(session)
    seen = words(shown, "existing_username")
    other = words(
        enter(session, existing_username="y2@example.org"), "existing_username"
    )

    assert "@sample.example.com, as the exports show" in seen
    assert rows(shown)["existing_username"]["placeholder"] == "@sample.example.com"
    assert "another suffix" in other


def test_a_suffix_that_no_export_shows_is_doubted_though_they_show_several() -> None:
    session = open_session()
    names = ("x1@sample.example.com", "x2@sample.example.com", "x3@example.com")
    session.names.add(NamesFile(name="a.csv", names=names))

    other = enter(session, existing_username="example.org")
    shown = enter(session, existing_username="example.com")

    assert words(other, "existing_username") == (
        "The exports show another suffix: @sample.example.com, @example.com. "
        "Compare both with the page."
    )
    assert words(shown, "existing_username") == "Read as @example.com."


def test_exports_that_show_one_half_of_the_resources_say_so_at_once() -> None:
    session = open_session()
    unread = words(describe(session), "names")
    active = NamesFile(name="a.csv", names=("x1",), halves=frozenset({"active"}))
    session.names.add(active)
    half = words(describe(session), "names")
    other = NamesFile(name="b.csv", names=("x2",), halves=frozenset({"inactive"}))
    session.names.add(other)
    whole = words(describe(session), "names")

    said = "Incomplete: no inactive resource was seen."
    assert (unread, half, whole) == ("", said, "")


@pytest.mark.parametrize("job", [Job.EDIT, Job.ROTATE])
def test_a_user_who_exists_shows_the_suffix_without_a_new_key(job: Job) -> None:
    said = words(describe(open_session(job)), "existing_username")

    assert "after the @ of the username" in said
    assert "Generate Key" not in said


def test_a_file_that_cannot_be_read_is_named_and_the_others_count() -> None:
    session = open_session()
    session.names.add(NamesFile(name="good.csv", names=("a1@example.com",)))
    session.names.add(
        NamesFile(name="bad.csv", refusal="is not UTF-8.", asks=("encoding",))
    )

    row = rows(describe(session))["names"]

    assert [file["refused"] for file in row["files"]] == [False, True]
    assert "1 name from 1 export" in row["value"]


def test_another_user_of_the_tenant_keeps_what_is_the_tenants() -> None:
    session = open_session()
    enter(session, tenant="Sample MSP", existing_username="@sample.example.com")
    session.names.add(NamesFile(name="a.csv", names=("x1@sample.example.com",)))
    reach(session, "handover")
    first = session.checklist.username.full
    press(session, "primary")
    session.record = "records/sample.html"

    press(session, "again")

    assert session.checklist.values["tenant"] == "Sample MSP"
    assert session.checklist.suffix == "sample.example.com"
    assert first in session.checklist.taken
    assert "x1@sample.example.com" in session.checklist.taken
    assert not session.checklist.chosen
    assert session.stage == 0


def test_a_known_tenant_fills_in_its_facts_and_reads_its_files_again() -> None:
    first = open_session()
    assert isinstance(first.desk, PaperDesk)
    file = NamesFile(name="a.csv", path="a.csv", names=("x1@sample.example.com",))
    first.names.add(file)
    enter(first, tenant="Sample MSP", menu_word="Company")
    reach(first, "fill")
    second = open_session(desk=first.desk)
    first.desk.files["a.csv"] = file

    enter(second, tenant="Sample MSP")

    assert second.checklist.values["menu_word"] == "Company"
    assert second.checklist.suffix == "sample.example.com"
    assert len(second.checklist.taken) == 1


def test_the_names_of_known_tenants_are_offered_and_stay_while_one_is_added() -> None:
    desk = PaperDesk()
    desk.tenants["Sample MSP"] = Tenant(name="Sample MSP")
    session = open_session(desk=desk)

    shown = enter(session, tenant="Sample Two")

    offered = [one["name"] for one in rows(shown)["tenant"]["options"]]
    assert offered == ["Sample MSP"]


def test_an_export_without_a_tenant_goes_when_somebody_starts_again() -> None:
    session = open_session()
    session.names.add(NamesFile(name="a.csv", names=("sample4key",)))

    for _ in range(2):
        press(session, "anew")

    assert session.names.files == {}
    assert len(session.checklist.taken) == 0


def test_an_export_of_a_tenant_stays_when_somebody_starts_again() -> None:
    session = open_session()
    assert isinstance(session.desk, PaperDesk)
    file = NamesFile(name="a.csv", path="a.csv", tenant="Sample MSP")
    session.desk.files["a.csv"] = file
    session.names.add(file)

    press(session, "anew")

    assert session.names.files == {}
    assert session.desk.files == {"a.csv": file}


def test_two_exports_of_a_tenant_with_the_same_bytes_are_shown_once() -> None:
    session = open_session()

    for name in ("a.csv", "b.csv"):
        session.names.add(
            NamesFile(name=name, path=name, digest="76a1", tenant="Sample MSP")
        )

    assert list(session.names.files) == ["a.csv"]


def test_what_is_known_of_a_tenant_replaces_nothing_that_was_entered() -> None:
    session = open_session()
    assert isinstance(session.desk, PaperDesk)
    known = Tenant(name="Sample MSP", values={"existing_username": "@example.com"})
    session.desk.tenants["Sample MSP"] = known

    enter(session, existing_username="@example.org", tenant="Sample MSP")

    assert session.checklist.values["existing_username"] == "@example.org"


def test_another_user_after_a_new_secret_is_compared_with_the_one_before() -> None:
    session = open_session(Job.ROTATE)
    finish(session)

    press(session, "job:create")

    assert session.checklist.job is Job.CREATE
    assert "sample4key@example.com" in session.checklist.taken


@pytest.mark.parametrize("job", Job)
def test_another_one_is_worked_on_in_the_same_way(job: Job) -> None:
    session = open_session(job)
    enter(session, tenant="Sample MSP")
    finish(session)

    shown = press(session, "again")

    assert session.checklist.job is job
    assert rows(shown)["tenant"]["value"] == "Sample MSP"


def test_a_user_that_an_export_holds_is_not_counted_again_after_its_edit() -> None:
    session = open_session(Job.EDIT)
    names = ("sample4key@example.com", "x1@example.com")
    session.names.add(NamesFile(name="a.csv", names=names))
    enter(session, tenant="Sample MSP")
    finish(session)

    shown = press(session, "job:create")

    assert rows(shown)["names"]["value"] == "2 names from 1 export"


@pytest.mark.parametrize("deactivated", [True, False])
def test_a_new_secret_after_an_edit_is_for_the_same_user(*, deactivated: bool) -> None:
    session = open_session(Job.EDIT)
    if deactivated:
        enter(session, change_active=True)
    finish(session)
    edited = session.checklist.username.full
    session.record = "records/sample.html"

    press(session, "job:rotate")

    offered = "" if deactivated else edited
    assert session.checklist.text("username") == offered
    assert not session.has_work


@pytest.mark.parametrize("job", [Job.EDIT, Job.ROTATE])
@pytest.mark.parametrize("finished", [True, False])
def test_another_job_begun_where_nothing_is_lost_keeps_the_tenant(
    job: Job, *, finished: bool
) -> None:
    session = open_session()
    session.names.add(NamesFile(name="a.csv", names=("x1@sample.example.com",)))
    enter(session, tenant="Sample MSP", existing_username="@sample.example.com")
    if finished:
        reach(session, "handover")
        press(session, "primary")
        session.record = "records/sample.html"
    made = session.checklist.username.full

    shown = press(session, f"job:{job}")

    assert session.checklist.job is job
    assert rows(shown)["tenant"]["value"] == "Sample MSP"
    assert session.checklist.suffix == "sample.example.com"
    assert list(session.names.files) == ["a.csv"]
    assert (made in session.checklist.taken) is finished
    assert not session.has_work


def test_another_job_that_clears_what_was_entered_keeps_no_tenant() -> None:
    session = open_session()
    enter(session, tenant="Sample MSP", first_name="Sample")

    press(session, "job:edit")
    shown = press(session, "job:edit")

    assert rows(shown)["tenant"]["value"] == ""


def test_a_plain_desk_knows_no_tenant_and_is_gone_on_with_all_the_same() -> None:
    session = open_session(desk=Desk())
    enter(session, tenant="Sample MSP")

    shown = reach(session, "fill")

    assert shown["stage"] == "fill"
    assert shown["trouble"] == ""


@pytest.mark.parametrize("half", ["active", "inactive"])
def test_an_export_shows_only_the_half_that_its_records_have(half: str) -> None:
    path = Path(__file__).parents[2] / f"notebooks/data/sample-{half}.csv"

    assert Desk().read_file(str(path), {}).halves == {half}


def test_names_that_no_export_holds_are_not_counted_among_those_of_exports() -> None:
    session = open_session()
    enter(session, taken_names="own1@example.com")
    session.names.add(NamesFile(name="a.csv", names=("a1@example.com", "a2")))

    value = rows(describe(session))["names"]["value"]

    assert value == "2 names from 1 export, 1 typed or made here"
    said = "from a.csv; 1 typed or made here; no active or inactive resource was seen"
    assert f"Compared with: 3 names ({said})" in write_text(session)


@pytest.mark.parametrize(
    "line",
    [
        *("sample4key # old", "- sample4key", "API user: Sample4Key@example.com"),
        *("sample4key\told", "sample4key, other3key", "'sample4key'", "`sample4key`"),
        *("**sample4key**", "sample4key\xa0old", "sample4key;1", '"sample4key"'),
    ],
)
def test_words_beside_a_typed_name_do_not_hide_it(line: str) -> None:
    session = open_session()
    reach(session, "fill")

    shown = enter(session, taken_names=f"own1\n{line}", username="sample4key")

    assert "Choose another username" in words(shown, "username")
    assert len(session.checklist.taken) == 2  # lines


@pytest.mark.parametrize("half", ["active", "inactive"])
def test_the_record_says_which_half_was_not_seen(half: str) -> None:
    session = open_session()
    read = NamesFile(name="a.csv", names=("a1",), halves=frozenset({half}))
    session.names.add(read)
    other = {"active": "inactive", "inactive": "active"}[half]

    assert f"(from a.csv; no {other} resource was seen)" in write_text(session)


def test_no_secret_is_found_in_a_file_that_is_gone(tmp_path: Path) -> None:
    held = Desk().holds_secret(str(tmp_path / "gone.csv"), Secret(SECRETS[0]))

    assert held is False
