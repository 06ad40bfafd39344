"""Exports say which security levels are people's."""

from pathlib import Path

import pytest

from apiuser.checklist import Job, Session, describe
from apiuser.checklist.names_file import read_names_file
from tests.checklist.sheet_driver import enter, open_session, press, reach, words

HEADER = "Username,License Type,Security Level,Status\n"
PEOPLE = "bbirch@x.example,Professional,Full Access,Active\n"
USERS = (
    "presh1@x.example,API User,API User (system),Inactive\n"
    "plain1@x.example,API User,Our own API level,Active\n"
)
SAID = "is a level of people in resources.csv. API users need an API-only level."


def drop(session: Session, path: Path, text: str) -> None:
    path.write_text(HEADER + text, encoding="utf-8")
    session.names.add(read_names_file(path, {}))


def set_level(session: Session, level: str) -> str:
    enter(session, change_level=True, username="presh1@x.example")
    press(session, "primary")
    return words(enter(session, security_level=level), "security_level")


@pytest.mark.parametrize(
    ("level", "warned"),
    [
        ("Full Access", True),
        ("full  access ", True),
        ("API User (system)", False),
        ("Our own API level", False),
        ("Not in the export", False),
    ],
)
def test_a_level_that_only_people_have_is_doubted_for_an_api_user(
    tmp_path: Path, level: str, *, warned: bool
) -> None:
    session = open_session(Job.EDIT)
    drop(session, tmp_path / "resources.csv", PEOPLE + USERS)

    assert (SAID in set_level(session, level)) is warned


def test_a_level_that_api_users_of_another_export_have_is_not_doubted(
    tmp_path: Path,
) -> None:
    session = open_session(Job.EDIT)
    drop(session, tmp_path / "resources.csv", PEOPLE)
    first = set_level(session, "Full Access")

    same = (
        "key1@x.example,API User,FULL ACCESS,Active\n"
        "person1@x.example,Professional,full access,Active\n"
    )
    drop(session, tmp_path / "b.csv", same)

    assert SAID in first
    assert SAID not in words(describe(session), "security_level")


def test_the_level_that_the_form_proposes_is_not_doubted(tmp_path: Path) -> None:
    session = open_session()
    drop(session, tmp_path / "resources.csv", PEOPLE + USERS)
    reach(session, "fill")

    assert "level of people" not in words(describe(session), "security_level")
