"""Rows that stand for several records hide names that nobody sees."""

from pathlib import Path

import pytest

from apiuser.auditing import AuditReport, audit
from tests.exports.export_reading import Reader, each_reader, quote
from tests.exports.test_rival_columns import audit_columns, put_beside

_COUNTS = """
Count
COUNT(*)
count(1)
Count of Username
COUNT(userName)
Count of Resource ID
Number of Users
Occurrences
Duplicates
n
(No column name)
Anzahl
Anzahl von Benutzername
Häufigkeit
Nombre
Nombre de Username
Recuento
Aantal
Antal
Contagem de Status
"""


@each_reader
@pytest.mark.parametrize("header", _COUNTS.strip().splitlines())
def test_a_column_that_counts_several_rows_as_one_leaves_nothing_proved(
    tmp_path: Path, header: str, read: Reader
) -> None:
    counted = put_beside([header, "1", "2", "1", "1"])

    report = audit_columns(tmp_path / "export.csv", counted, read)

    assert report.tables[0].doubts == (
        f"the column {header} counts rows, and more than one in 1 record (line 3)",
    )
    assert not report.proved


@each_reader
@pytest.mark.parametrize("ending", [".json", ".xlsx"])
def test_counts_are_seen_in_files_of_any_kind(
    tmp_path: Path, ending: str, read: Reader
) -> None:
    counted = put_beside(["Count", "1", "", "2.0", "3"])

    report = audit_columns(tmp_path / f"export{ending}", counted, read)

    (doubt,) = report.tables[0].doubts
    assert "counts rows, and more than one in 2 records (lines 4, 5)" in doubt
    assert not report.proved


@each_reader
@pytest.mark.parametrize(
    "column",
    [
        ["Count", "1", "1", "1", "1"],
        ["Count", "", "", "", ""],
        ["Count", "0", "1", "1", "0"],
        ["Nombre", "Ada", "Ben", "2", "Dan"],
        ["Count", "1", "2", f"1{5000 * '0'}", "2"],
        ["Count", "1.5", "2", "2", "2"],
        *([one, "1", "2", "7", "4"] for one in ("Open Tickets", "Number of Tickets")),
        *([one, "1", "2", "7", "4"] for one in ("Login Count", "Count of Tickets")),
        *([one, "1", "2", "7", "4"] for one in ("Phone", "Account", "Country", "No.")),
    ],
    ids=lambda column: " ".join(column)[:40],
)
def test_a_column_of_other_numbers_counts_no_rows(
    tmp_path: Path, column: list[str], read: Reader
) -> None:
    report = audit_columns(tmp_path / "export.csv", put_beside(column), read)

    assert (report.missing, report.proved) == ((), True)


@each_reader
def test_the_numbers_of_rows_count_none(tmp_path: Path, read: Reader) -> None:
    path = tmp_path / "export.csv"
    rows = (f"{at},{name},Active\n" for at, name in enumerate("abcdef", 1))
    path.write_text("n,Username,Status\n" + "".join(rows))

    assert read(path).doubts == ()


_JOINED = [
    *(("Resource ID", f"29682001{sign}29682999") for sign in (", ", ";", "; ", ",")),
    *(("Resource ID", f"29682001{sign}29682999") for sign in (" | ", "|", "\n", " ")),
    ("Resource ID", "12; 14"),
    *(("Email", f"a@x.example{sign}b@y.example") for sign in (", ", ";", "\n", " ")),
    ("Email", "Ada <a@x.example>; Ben <b@y.example>"),
    *(("Status", f"Active{sign}Inactive") for sign in (", ", ";", " / ", "|", "\n")),
    ("Status", "Inactive, Inactive"),
    ("Status", "Yes, No"),
]
_SINGLE = [
    *(
        ("Resource ID", one)
        for one in ("29,682,001", "29 682 001", "29682001.0", "E-7")
    ),
    ("Resource ID", "6ba7b810-9dad-11d1-80b4-00004fd43012"),
    ("Email", "a@x.example <a@x.example>"),
    ("Email", "[a@x.example](mailto:a@x.example)"),
    ("Email", "Archer, Ada <a@x.example>"),
    ("Email", f"<@<@{'a, ' * 20_000}"),
    *(("Status", one) for one in ("Inactive", "not active", "Inactive,")),
]


def _audit_cell(path: Path, header: str, cell: str, read: Reader) -> AuditReport:
    """Audit an export with a cell in the place of another in line 2."""
    cells = {"Resource ID": "29682001", "Email": "a@x.example", "Status": "Active"}
    cells[header] = cell
    first = ",".join(map(quote, ("ada", *cells.values())))
    head = f"Username,{','.join(cells)},License Type\n"
    rows = f"{first},Professional\nben,29682002,b@x.example,Inactive,Professional\n"
    rows += "cora,29682003,c@x.example,Active,API User\n"
    path.write_text(head + rows, "utf-8")
    return audit([read(path)], co_managed=False)


@each_reader
@pytest.mark.parametrize(("header", "cell"), _JOINED)
def test_a_cell_with_the_values_of_several_records_leaves_nothing_proved(
    tmp_path: Path, header: str, cell: str, read: Reader
) -> None:
    report = _audit_cell(tmp_path / "export.csv", header, cell, read)

    assert report.tables[0].doubts == (
        f"the column {header} has several values in one cell, in 1 record (line 2)",
    )
    assert not report.proved


@each_reader
@pytest.mark.parametrize(("header", "cell"), _SINGLE, ids=lambda text: text[:40])
def test_a_cell_with_one_value_is_that_of_one_record(
    tmp_path: Path, header: str, cell: str, read: Reader
) -> None:
    report = _audit_cell(tmp_path / "export.csv", header, cell, read)

    assert report.tables[0].doubts == ()
