"""What is known of a tenant is a small file that people can read and correct."""

from pathlib import Path

import pytest

from apiuser.checklist import Job, NamesFile
from apiuser.checklist.known_tenants import (
    KnownExport,
    Tenant,
    name_file,
    read_tenant,
    read_tenants,
    write_tenant,
)
from apiuser.credentials.credential import Secret
from apiuser.errors import SavedWorkError
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

KNOWN = KnownExport(
    path="exports/a/active.csv",
    sha256="76a1",
    read="2026-11-24 12:00",
    given={"half": "active"},
)
SAMPLE = Tenant(
    name='Sample MSP \u2013 Ä"\n',
    values={"menu_word": "Company", "minimum_length": 14, "strong_passwords": False},
    files=(KNOWN,),
)
SAMPLE_NAMES = Tenant(
    name="Sample MSP",
    values={
        "existing_username": "@sample.example.com",
        "taken_names": "sample4key@sample.example.com",
    },
)
_ROUND = (Job.ROTATE, Job.EDIT, Job.ROTATE, Job.CREATE)


def test_a_tenant_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = write_tenant(SAMPLE, tmp_path)

    assert read_tenant(path) == SAMPLE
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_facts_are_taken_from_the_sheet_with_the_ending_seen() -> None:
    session = open_session()
    enter(session, tenant=" Sample MSP ", policy="autotask-legacy")
    good = NamesFile(
        name="active.csv",
        path=KNOWN.path,
        names=("x1@sample.example.com",),
        digest=KNOWN.sha256,
        read_at=KNOWN.read,
        given=KNOWN.given,
        tenant="Sample MSP",
    )
    bad = NamesFile(name="b.csv", path="exports/b.csv", refusal="is empty.")
    for file in (good, bad):
        session.names.add(file)

    tenant = Tenant.of(session.checklist, session.names.files.values())

    assert tenant.name == "Sample MSP"
    assert tenant.values["policy"] == "autotask-legacy"
    assert tenant.values["existing_username"] == "@sample.example.com"
    assert tenant.files == (KNOWN,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name = 3\n",
        'name = "x"\nfiles = "a"\n',
        'name = "x"\nfiles = [1]\n',
        'name = "x"\nfiles = ["a.csv"]\n',
        'name = "x"\nfiles = [{path = "a.csv", sha256 = 1, read = ""}]\n',
        'name = "x"\nfiles = [{path = "a", sha256 = "", read = "", given = 1}]\n',
        'name = "x"\nfiles = [{path = "a", sha256 = "", read = "", given = {a = 1}}]\n',
        'name = "x"\nminimum_length = "12"\n',
        "[[[",
    ],
)
def test_a_file_that_is_not_a_tenants_is_refused_and_skipped(
    tmp_path: Path, text: str
) -> None:
    write_tenant(SAMPLE, tmp_path)
    path = tmp_path / "odd.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SavedWorkError):
        read_tenant(path)
    assert read_tenants(tmp_path) == (SAMPLE,)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Sample MSP", "sample-msp"),
        ("../../etc", "etc"),
        ("\u00e4\u00f6", "tenant"),
        ("x" * 99, "x" * 60),
    ],
)
def test_a_tenants_file_is_named_in_plain_letters(name: str, file: str) -> None:
    assert name_file(name) == file


def test_a_new_secret_forgets_nothing_that_is_known_of_its_tenant() -> None:
    desk = PaperDesk()
    desk.tenants["Sample MSP"] = SAMPLE_NAMES
    session = open_session(Job.ROTATE, desk)
    enter(session, tenant="Sample MSP")
    reach(session, "store")

    kept = desk.tenants["Sample MSP"].values

    assert kept["taken_names"] == "sample4key@sample.example.com"
    assert kept["existing_username"] == "@sample.example.com"


def list_kept(desk: PaperDesk) -> list[str]:
    return str(desk.tenants["Sample MSP"].values["taken_names"]).splitlines()


def test_a_name_made_here_stays_in_use_through_a_look_at_another_job() -> None:
    desk = PaperDesk()
    session = open_session(desk=desk)
    enter(session, tenant="Sample MSP", existing_username="@sample.example.com")
    session.names.add(NamesFile(name="a.csv", names=("x1@sample.example.com",)))
    finish(session)
    made = session.checklist.username.full

    said = [rows(press(session, f"job:{job}"))["names"]["value"] for job in _ROUND]
    reach(session, "fill")
    shown = enter(session, username=made)
    finish(session)

    assert said == ["1 name from 1 export, 1 typed or made here"] * len(_ROUND)
    assert "Choose another username" in words(shown, "username")
    assert list_kept(desk) == [made, session.checklist.username.full]


def test_a_user_made_here_is_known_when_its_secret_is_renewed() -> None:
    session = open_session()
    enter(session, tenant="Sample MSP", existing_username="@sample.example.com")
    session.names.add(NamesFile(name="a.csv", names=("x1@sample.example.com",)))
    finish(session)
    made = session.checklist.username.full
    press(session, "job:rotate")

    shown = enter(session, username=made)

    assert words(shown, "username") == f"Full username: {made}"


def test_names_kept_by_another_window_meanwhile_stay_and_are_compared() -> None:
    desk = PaperDesk()
    desk.tenants["Sample MSP"] = SAMPLE_NAMES
    session = open_session(desk=desk)
    enter(session, tenant="Sample MSP")
    both = "sample4key@sample.example.com\nother5key@sample.example.com"
    values = {**SAMPLE_NAMES.values, "taken_names": both}
    desk.tenants["Sample MSP"] = Tenant(name="Sample MSP", values=values)

    reach(session, "fill")

    assert list_kept(desk) == both.splitlines()
    assert "other5key@sample.example.com" in session.checklist.taken


def test_names_typed_before_the_tenant_are_added_to_those_known() -> None:
    desk = PaperDesk()
    desk.tenants["Sample MSP"] = SAMPLE_NAMES
    session = open_session(desk=desk)
    enter(session, taken_names="own1", tenant="Sample MSP")

    reach(session, "fill")

    assert list_kept(desk) == ["own1", "sample4key@sample.example.com"]


def test_a_name_that_somebody_takes_out_of_the_box_is_forgotten() -> None:
    desk = PaperDesk()
    desk.tenants["Sample MSP"] = SAMPLE_NAMES
    session = open_session(desk=desk)
    enter(session, tenant="Sample MSP", taken_names="")

    reach(session, "fill")

    assert list_kept(desk) == []


def test_a_name_that_was_kept_can_be_taken_out_again() -> None:
    desk = PaperDesk()
    session = open_session(desk=desk)
    enter(session, tenant="Sample MSP", taken_names="own1\nown2")
    reach(session, "fill")
    press(session, "stage:prepare")
    enter(session, taken_names="own2")

    reach(session, "fill")

    assert list_kept(desk) == ["own2"]


def test_a_secret_among_the_names_takes_none_of_them_with_it() -> None:
    desk = PaperDesk()
    session = open_session(desk=desk)
    enter(session, tenant="Sample MSP", taken_names=f"own1\n{SECRETS[0]}x\nown2")
    reach(session, "fill")

    session.take_secret(Secret(SECRETS[0]))
    enter(session, taken_names=f"own1\nown2\nown3\n{SECRETS[0]}")

    assert list_kept(desk) == ["own1", "own2"]
    assert session.checklist.text("taken_names") == "own1\nown2\nown3"


def test_names_of_one_tenant_are_not_those_of_the_next() -> None:
    desk = PaperDesk()
    desk.tenants["Sample MSP"] = SAMPLE_NAMES
    session = open_session(desk=desk)
    enter(session, taken_names="own1", tenant="Sample MSP")

    enter(session, tenant="Other MSP")

    assert session.checklist.text("taken_names") == "own1"


def test_a_suffix_alone_is_no_name() -> None:
    desk = PaperDesk()
    names = "@sample.example.com\nsample4key@sample.example.com"
    values = {"taken_names": names}
    desk.tenants["Sample MSP"] = Tenant(name="Sample MSP", values=values)
    session = open_session(desk=desk)

    enter(session, tenant="Sample MSP")

    assert session.checklist.text("taken_names") == "sample4key@sample.example.com"
    assert not session.has_work


@pytest.mark.parametrize("part", ["# of May 2026", "sample4key # old"])
def test_a_note_in_the_box_is_kept(part: str) -> None:
    desk = PaperDesk()
    session = open_session(desk=desk)
    enter(session, tenant="Sample MSP", taken_names=part)

    reach(session, "fill")

    assert list_kept(desk) == [part]


@pytest.mark.parametrize(
    ("former", "following"),
    [
        (Job.CREATE, Job.EDIT),
        (Job.CREATE, Job.ROTATE),
        (Job.ROTATE, Job.EDIT),
    ],
)
def test_another_job_after_one_is_for_the_same_user(
    former: Job, following: Job
) -> None:
    session = open_session(former)
    finish(session)
    user = session.checklist.username.full
    session.record = "records/sample.html"

    press(session, f"job:{following}")

    assert session.checklist.user == user
    assert user
