"""Columns beside Status that say the same under another header, or in other words."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from apiuser.auditing import audit
from tests.exports.export_reading import Reader, each_reader
from tests.exports.test_rival_columns import audit_columns, put_beside

SAYS_INACTIVE = [
    *("Account Status", "Current Status", "status.name", "Status Label", "statusValue"),
    *("Active/Inactive", "Account Is Active", "Is Currently Active", "Active Flag"),
    *("is_active_flag", "Kontostatus", "Aktueller Status", "Statut du compte"),
    *("Estado de la cuenta", "Huidige status", "Nuværende status", "Status da conta"),
    *("Account Status.1", "resource.accountStatus"),
]
SAYS_NO = ["Enabled", "isEnabled", "accountEnabled", "Account Enabled", "Aktiviert"]
SAYS_YES = ["Disabled", "Deactivated", "Account Disabled", "Deaktiviert", "Not Active"]


@each_reader
@pytest.mark.parametrize(
    ("header", "text"),
    [
        *((header, "Inactive") for header in SAYS_INACTIVE),
        *((header, "No") for header in SAYS_NO),
        *((header, "Yes") for header in SAYS_YES),
    ],
)
def test_the_same_may_be_said_under_another_header(
    tmp_path: Path, header: str, text: str, read: Reader
) -> None:
    columns = put_beside([header, *[text] * 4])

    report = audit_columns(tmp_path / "export.csv", columns, read)

    (doubt,) = report.tables[0].doubts
    assert doubt == (
        f"the columns Status and {header} contradict each other in 2 records "
        "(lines 2, 4)"
    )
    assert not report.proved


@each_reader
@pytest.mark.parametrize(
    ("column", "said"),
    [
        (["Is Active", "Left", "Left", "Weg", "No"], "2 records (lines 2, 4)"),
        (["Active", "Inattivo", "No", "Yes", "No"], "1 record (line 2)"),
        (["Enabled", "yes", "", "has left", ""], "1 record (line 4)"),
        (["Status.1", "Gone", "Gone", "Active", "Left"], "1 record (line 2)"),
        (["Estado", "Activo", "Inactivo", "Baja", "Baja"], "1 record (line 4)"),
    ],
)
def test_a_word_that_is_not_known_beside_active_may_contradict_it(
    tmp_path: Path, column: Sequence[str], said: str, read: Reader
) -> None:
    report = audit_columns(tmp_path / "export.csv", put_beside(column), read)

    (doubt,) = report.tables[0].doubts
    assert doubt.startswith(
        f"the columns Status and {column[0]} may contradict each other in {said}, "
        "since the meaning of "
    )
    assert not report.proved


@each_reader
@pytest.mark.parametrize(
    "column",
    [
        ["Account Status", "Active", "Inactive", "Yes", "No"],
        ["Account Status", "Gold", "Silver", "Gold", "Silver"],
        ["Enabled", "Yes", "No", "1", "0"],
        ["Disabled", "No", "Yes", "", "1"],
        ["Activated", "2020-01-31T10:00:00Z", "3 Jan 2020", "1. März 2021", ""],
        ["Active", "12", "7", "3.5", "?"],
        ["Current Title", "Inactive", "Inactive", "Inactive", "Inactive"],
        ["Account Name", "Inactive", "Inactive", "Inactive", "Inactive"],
        ["License Status", "7", "7", "7", "7"],
        ["Account ID", "7", "7", "7", "7"],
    ],
)
def test_columns_that_agree_or_hold_something_else_leave_the_proof(
    tmp_path: Path, column: Sequence[str], read: Reader
) -> None:
    report = audit_columns(tmp_path / "export.csv", put_beside(column), read)

    assert report.tables[0].doubts == ()
    assert report.proved


@pytest.mark.parametrize(
    "members",
    [
        {"isActive": {"value": False}},
        {"status.name": "Inactive"},
        {"account": {"status": "Inactive"}},
        {"resource": {"isActive": {"value": 0}}},
    ],
)
def test_an_answer_may_say_it_deeper_inside(
    tmp_path: Path, members: dict[str, object]
) -> None:
    path = tmp_path / "export.json"
    record = {"id": 29682001, "userName": "ada", "status": "Active", **members}
    path.write_text(json.dumps([record]), "utf-8")

    (table,) = audit(path).tables

    assert "contradict each other in 1 record" in "".join(table.doubts)


def test_such_headers_are_never_read_themselves(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Username,Account Status,Enabled\nada,Active,Yes\n", "utf-8")

    (table,) = audit(path).tables

    assert table.columns.keys() == set()
