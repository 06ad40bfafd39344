"""Columns of further usernames, under headers that say whose or which they are."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from apiuser.auditing import audit
from tests.exports.export_reading import Reader, each_reader
from tests.exports.test_rival_columns import audit_columns, put_beside

FURTHER = """
New Username
Old Username
Previous Username
Former Username
Alternate Username
Linked Username
2nd Username
API Username
Integration Username
Service Account Username
Username (old)
Username_new
New User Name 2
Resource Username
Old Login
API Login
Neuer Benutzername
Benutzername (alt)
Ancien nom d'utilisateur
resource.newUserName
newUserName
apiUserName
Username (Inactive)
Username Inactive
Inactive Username
inactiveUserName
Inactive Usernames
Active Username
Username (Enabled)
Deactivated Username
Username - Disabled
Deleted Username
Username (archived)
Terminated User Name
Locked Username
Inactive Login
Login (disabled)
Inaktiver Benutzername
Benutzername (deaktiviert)
Nom d'utilisateur inactif
Nombre de usuario (inactivo)
Inactieve gebruikersnaam
Inaktivt brugernavn
Nome de usuário inativo
"""


@each_reader
@pytest.mark.parametrize("header", FURTHER.strip().splitlines())
def test_names_under_a_header_of_further_usernames_were_not_read(
    tmp_path: Path, header: str, read: Reader
) -> None:
    columns = put_beside([header, "", "Ben", "n/a", "ben"])

    report = audit_columns(tmp_path / "export.csv", columns, read)

    (doubt,) = report.tables[0].doubts
    assert doubt == (
        f"the column {header} has usernames that were not read, beside those of "
        "Username, in 1 record (line 5)"
    )
    assert not report.proved


@each_reader
@pytest.mark.parametrize(
    "column",
    [
        ["Username in the portal", "eve", "", "", "finn"],
        ["VPN Username", "ada", "ben", "cora", "hal"],
        ["Manager Username", "ben", "hal", "", ""],
    ],
)
def test_names_that_are_not_in_the_list_were_not_read_under_any_header_of_usernames(
    tmp_path: Path, column: Sequence[str], read: Reader
) -> None:
    report = audit_columns(tmp_path / "export.csv", put_beside(column), read)

    (doubt,) = report.tables[0].doubts
    assert doubt.startswith(f"the column {column[0]} has usernames that were not read")
    assert not report.proved


@each_reader
@pytest.mark.parametrize(
    "column",
    [
        ["New Username", "Ada", "ben ", "", "-"],
        ["New Username", "yes", "No", "", "true"],
        ["Old Login", "2020-01-31", "3 Jan 2020", "7", "1. März 2021"],
        ["Username last changed", "2020-01-31T10:00:00Z", "3 Jan 2020", "", "7"],
        ["Username is locked", "Yes", "No", "locked", "No"],
        ["Username (Inactive)", "ada", "BEN", "", "n/a"],
        ["Username Inactive", "No", "Yes", "No", "Yes"],
        ["Username (active)", "Active", "Inactive", "", "inactive"],
        ["Login enabled", "Yes", "No", "Yes", "No"],
        ["Deleted Username", "2020-01-31", "", "No", ""],
        ["Username length", "3", "3", "4", "3"],
        ["Username format", "first.last", "first.last", "flast", "flast"],
        ["Username note", "is on leave", "left us", "", "new here"],
        ["Username e-mail", "a@b.example", "c@b.example", "d@b.example", ""],
        ["Username GUID", f"{7:032x}", f"{{{8:032x}}}", "", "S-1-5-21-3623811015-1013"],
        ["Created by username", "ada", "", "ada", "BEN"],
        ["Manager Username", "ben@example.com", "cora", "dan", "ada"],
        ["manager.userName", "hal", "hal", "hal", "hal"],
        ["Last Login", "web", "app", "phone", "desk"],
        ["Login method", "Okta", "Entra", "password", "none"],
        ["User Name Length", "3", "3", "4", "3"],
    ],
)
def test_what_is_only_about_usernames_leaves_the_proof(
    tmp_path: Path, column: Sequence[str], read: Reader
) -> None:
    report = audit_columns(tmp_path / "export.csv", put_beside(column), read)

    assert report.tables[0].doubts == ()
    assert report.proved


@each_reader
@pytest.mark.parametrize("header", ["Username Inactive", "Inactive Login"])
def test_states_under_such_a_header_are_compared_with_the_others(
    tmp_path: Path, header: str, read: Reader
) -> None:
    columns = put_beside([header, "No", "Yes", "Yes", ""])

    report = audit_columns(tmp_path / "export.csv", columns, read)

    (doubt,) = report.tables[0].doubts
    assert doubt.startswith(f"the columns Status and {header} contradict each other")
    assert "in 1 record (line 4)" in doubt


@pytest.mark.parametrize("member", ["newUserName", "apiUserName", "user_name_old"])
def test_an_answer_may_have_further_usernames_in_some_records(
    tmp_path: Path, member: str
) -> None:
    path = tmp_path / "export.json"
    records = [{"userName": "ada"}, {"userName": "ben", member: "eve"}]
    path.write_text(json.dumps(records), "utf-8")

    (table,) = audit(path).tables

    assert "usernames that were not read" in "".join(table.doubts)
    assert table.unread == "eve"


def test_an_object_under_a_header_that_only_mentions_usernames_is_left_alone(
    tmp_path: Path,
) -> None:
    path = tmp_path / "export.json"
    records: list[dict[str, object]] = [{"userName": "ada", "managerUserName": None}]
    records += [{"userName": "ben", "managerUserName": {"id": 29682001}}]
    path.write_text(json.dumps(records), "utf-8")

    (table,) = audit(path).tables

    assert [*table.usernames] == ["ada", "ben"]
    assert (*table.unreadable, *table.doubts) == ()
