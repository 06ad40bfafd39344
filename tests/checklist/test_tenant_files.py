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
from apiuser.errors import SavedWorkError
from tests.checklist.sheet_driver import PaperDesk, enter, open_session, reach

KNOWN = KnownExport(path="exports/a/active.csv", sha256="76a1", read="2026-11-24 12:00")
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
