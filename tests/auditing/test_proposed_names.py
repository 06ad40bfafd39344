"""Proposed names are judged beside the exports, and free ones suggested."""

from pathlib import Path

import pytest

from apiuser.auditing import PROPOSED, audit
from tests.auditing.audit_samples import ExportRows, people


def test_proposed_names_are_compared_with_the_exports_and_each_other(
    export_rows: ExportRows,
) -> None:
    path = export_rows(people("taken1", "modem1"))
    proposed = ["Taken1", "rnodem1", "free2", "free2", "new", ""]

    report = audit(path, proposed=proposed)

    rows = [(r.code, r.record) for r in report.rows() if r.file == PROPOSED]
    assert rows == [
        ("USR007", 1),
        ("USR007", 3),
        ("USR007", 4),
        ("USR003", 5),
        ("USR001", 6),
        ("USR011", 2),
    ]
    assert [m.username for m in report.members if m.group == 1] == ["taken1", "Taken1"]


def test_a_proposed_name_is_no_fault_of_the_resource_that_has_it(
    export_rows: ExportRows,
) -> None:
    report = audit(export_rows(people("taken1")), proposed=["taken1"])

    assert [row.file for row in report.rows() if row.code == "USR007"] == [PROPOSED]


@pytest.mark.parametrize(
    ("taken", "proposed", "free"),
    [
        (["presh"], "presh", "presh2"),
        (["presh", "presh2"], "Presh", "presh3"),
        (["presh7"], "presh7", "presh8"),
        (["presh9", "preshlo"], "presh9@x.example.com", "presh11@x.example.com"),
        (["modem1"], "rnodem1", "rnodem2"),
    ],
)
def test_a_free_name_is_suggested_for_a_taken_one(
    export_rows: ExportRows, taken: list[str], proposed: str, free: str
) -> None:
    report = audit(export_rows(people(*taken)), proposed=[proposed])

    assert report.suggestions == {proposed: free}


def test_two_taken_names_get_two_suggestions(export_rows: ExportRows) -> None:
    report = audit(export_rows(people("a1", "b1")), proposed=["a1", "A1", "b1", "c1"])

    assert report.suggestions == {"a1": "a2", "A1": "a3", "b1": "b2"}


def test_nothing_is_suggested_if_no_number_fixes_the_name(
    export_rows: ExportRows,
) -> None:
    names = ["123", "a[1", "x" * 40]

    report = audit(export_rows(people(*names)), proposed=[*names, "free1"])

    assert report.suggestions == {}


def test_names_that_equal_some_or_look_like_them_are_found_taken(
    export_rows: ExportRows,
) -> None:
    report = audit(export_rows(people("a1", "b1", "e1")), proposed=["c1"])

    found = report.find_taken(["AI", "b1@x.example.com", "c1", "d1"])

    assert list(found) == ["a1", "b1", "c1"]
    assert not report.find_taken(["d1"])


def test_an_address_in_place_of_a_name_is_told_by_its_form_or_the_exports(
    tmp_path: Path,
) -> None:
    path = tmp_path / "one.csv"
    path.write_text("Username,Email,License Type\nada1,Ada2@one.example.com,API User\n")

    report = audit(path, proposed=["ada2@ONE.example.com", "ann@one.example.com"])

    found = {(row.record, row.code) for row in report.rows() if row.file == PROPOSED}
    about_addresses = {pair for pair in found if pair[1] in {"USR009", "USR014"}}
    assert about_addresses == {(1, "USR009"), (2, "USR014")}
