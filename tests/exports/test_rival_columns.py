"""Two columns that say the same, and contradict each other, prove nothing."""

import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from apiuser.auditing import AuditReport, audit
from apiuser.exports import ReadOptions
from apiuser.exports.engine.large_table import LargeTable
from tests.exports.export_reading import READERS, Reader, each_reader

HEAD = ("Resource ID", "Username", "License Type")
ROWS = [
    ("29682001", "ada", "Professional"),
    ("29682002", "ben", "Professional"),
    ("29682003", "cora", "API User"),
    ("29682004", "dan", "Professional"),
]
STATUS = [("Status",), ("Active",), ("Inactive",), ("Active",), ("Inactive",)]


def audit_columns(
    path: Path, columns: Sequence[Sequence[str]], read: Reader, **options: ReadOptions
) -> AuditReport:
    """Audit an export with further columns, of which each row is given."""
    table = [(*row, *more) for row, more in zip([HEAD, *ROWS], columns, strict=True)]
    write(path, table)
    return audit([read(path, **options)], co_managed=False)


def put_beside(texts: Sequence[str]) -> list[tuple[str, ...]]:
    return [(*one, text) for one, text in zip(STATUS, texts, strict=True)]


def write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    if path.suffix == ".csv":
        path.write_text("".join(f"{','.join(row)}\n" for row in rows), "utf-8")
    elif path.suffix == ".json":
        records = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
        path.write_text(",\n".join(map(json.dumps, records)).join(("[\n", "\n]")))
    else:
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in rows:
            book.active.append(row)
        book.save(path)


@each_reader
@pytest.mark.parametrize("ending", [".csv", ".json", ".xlsx"])
def test_statuses_that_contradict_each_other_are_named(
    tmp_path: Path, ending: str, read: Reader
) -> None:
    path = tmp_path / f"export{ending}"

    report = audit_columns(
        path, put_beside(["Is Active", "Yes", "Yes", "No", "No"]), read
    )

    said = (
        f"{path}: the columns Status and Is Active contradict each other in 2 records "
        "(lines 3, 4)"
    )
    assert said in report.missing
    assert any(one.startswith(f"{said}. Export again") for one in report.notices)
    assert not report.proved
    # Nobody knows whether the API user is inactive and keeps its name.
    assert [*report.tables[0].statuses] == [1, 0, 0, 2]
    assert not any("have nothing in the column" in one for one in report.notices)
    known = {"resource_id", "license_type", "status"}
    assert report.tables[0].columns.keys() == known


@each_reader
@pytest.mark.parametrize(
    ("column", "lines"),
    [
        (["Active", "No", "0", "true", "f"], "1 record (line 2)"),
        (["Inactive", "Yes", "Yes", "No", "No"], "2 records (lines 2, 5)"),
        (["Zustand", "aktiv", "aktiv", "inaktiv", ""], "2 records (lines 3, 4)"),
        (["resource.isActive", "", "?", "0", "0"], "1 record (line 4)"),
    ],
)
def test_the_other_column_may_have_any_known_header(
    tmp_path: Path, column: list[str], lines: str, read: Reader
) -> None:
    report = audit_columns(tmp_path / "export.csv", put_beside(column), read)

    said = f"the columns Status and {column[0]} contradict each other in {lines}"
    assert said in "".join(report.missing)


@each_reader
def test_licences_that_contradict_each_other_are_named(
    tmp_path: Path, read: Reader
) -> None:
    columns = put_beside(["License", "API User", "3", "7", "Gold"])

    report = audit_columns(tmp_path / "export.csv", columns, read)

    assert (
        "the columns License Type and License contradict each other in 1 record (line 2)"
        in "".join(report.missing)
    )
    assert not report.proved


@each_reader
@pytest.mark.parametrize(
    "column",
    [
        ["Is Active", "Yes", "No", "1", "0"],
        ["Inactive", "No", "Yes", "", "1"],
        ["Is Active", "Active", "perhaps", "n/a", "-"],
        ["Estado", "Bayern", "Hessen", "Bayern", ""],
        ["License", "3", "Professional", "7", ""],
        ["Security Level", "Technician", "Full Access", "API User (system)", "x"],
        ["Locked", "no", "yes", "yes", "yes"],
    ],
)
def test_columns_that_agree_or_say_nothing_leave_the_proof(
    tmp_path: Path, column: list[str], read: Reader
) -> None:
    report = audit_columns(tmp_path / "export.csv", put_beside(column), read)

    assert report.proved
    assert isinstance(report.tables[0], LargeTable) == (read is READERS[1])


@each_reader
def test_the_column_that_a_person_named_counts(tmp_path: Path, read: Reader) -> None:
    columns = put_beside(["Is Active", "Yes", "Yes", "No", "No"])
    options = ReadOptions(columns={"status": "Is Active"})

    report = audit_columns(tmp_path / "export.csv", columns, read, options=options)

    assert report.proved
    assert report.tables[0].used["status"] == "Is Active"


@each_reader
def test_of_three_columns_each_that_contradicts_the_first_is_named(
    tmp_path: Path, read: Reader
) -> None:
    columns = [
        (*one, text)
        for one, text in zip(
            put_beside(["Active", "1", "1", "1", "0"]),
            ["Is Active", "1", "0", "1", "1"],
            strict=True,
        )
    ]

    report = audit_columns(tmp_path / "export.csv", columns, read)

    assert report.tables[0].doubts == (
        "the columns Status and Active contradict each other in 1 record (line 3)",
        "the columns Status and Is Active contradict each other in 1 record (line 5)",
    )
    assert "no inactive resource was seen" in report.missing


@each_reader
def test_an_export_without_records_has_nothing_that_contradicts(
    tmp_path: Path, read: Reader
) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Username,Status,Active\n", "utf-8")

    assert not read(path).doubts


def test_a_list_under_the_other_header_leaves_the_records_readable(
    tmp_path: Path,
) -> None:
    record = {"userName": "ada", "licenseType": 3, "isActive": True, "license": ["x"]}
    path = tmp_path / "export.json"
    path.write_text(json.dumps([record, {**record, "userName": "b", "license": "y"}]))

    (table,) = audit(path).tables

    assert table.records == 2
    assert not table.unreadable


def test_a_header_below_the_records_contradicts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    head, row = "Username,Status,Active", "a{0},Active,Yes"
    rows = [head, row.format(1), head, row.format(2), ""]
    path.write_text("\n".join(rows), "utf-8")

    (table,) = audit(path).tables

    assert table.records == 2
    assert not table.doubts
