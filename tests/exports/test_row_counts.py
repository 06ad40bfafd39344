"""Columns about the list itself: a list that lacks some of its rows proves nothing."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from apiuser.auditing import audit
from apiuser.exports.engine.large_table import LargeTable
from tests.exports.export_reading import READERS, Reader, each_reader
from tests.exports.test_rival_columns import audit_columns, put_beside

TOTALS = """
Total Records
TotalCount
total_count
Total Number of Records
recordsTotal
@odata.count
Gesamtanzahl
Nombre total de lignes
Total de registros
Totaal aantal
Antal i alt
"""

NUMBERS = """
Row Number
Row #
ROWNUM
row_no
#
No.
N.\u00ba
N\u00b0
Nr.
S/N
index
Unnamed: 0
Lfd. Nr.
Zeilennummer
Numéro de ligne
Fila
Volgnummer
Løbenummer
Linha
"""


@each_reader
@pytest.mark.parametrize("header", TOTALS.strip().splitlines())
def test_a_list_is_cut_if_a_column_says_that_there_are_more_records(
    tmp_path: Path, header: str, read: Reader
) -> None:
    columns = put_beside([header, "1,040", "1040", "", "1040.0"])
    columns = [(*row[:-1], f'"{row[-1]}"') for row in columns]

    report = audit_columns(tmp_path / "export.csv", columns, read)

    assert report.tables[0].doubts == (
        f"the column {header} says that there are 1,040 records, but the file has 4",
    )
    assert report.tables[0].unread is None
    assert not report.proved


@each_reader
@pytest.mark.parametrize("ending", [".json", ".xlsx"])
def test_a_total_is_seen_in_files_of_any_kind(
    tmp_path: Path, ending: str, read: Reader
) -> None:
    columns = put_beside(["totalCount", *4 * ["5"]])

    report = audit_columns(tmp_path / f"export{ending}", columns, read)

    (doubt,) = report.tables[0].doubts
    assert "says that there are 5 records" in doubt


def test_a_total_may_be_a_number_in_answers(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps([{"userName": "ada", "totalCount": 40}]), "utf-8")

    (doubt,) = audit(path).tables[0].doubts

    assert "says that there are 40 records, but the file has 1" in doubt


@pytest.mark.parametrize("member", ["count", "totalCount"])
def test_an_object_under_a_header_of_numbers_is_left_alone(
    tmp_path: Path, member: str
) -> None:
    path = tmp_path / "export.json"
    records: list[dict[str, object]] = [{"userName": "ada", member: None}]
    records += [{"userName": "ben", member: [1]}]
    path.write_text(json.dumps(records), "utf-8")

    (table,) = audit(path).tables

    assert [*table.usernames] == ["ada", "ben"]
    assert (*table.unreadable, *table.doubts) == ()


@each_reader
@pytest.mark.parametrize(
    "column",
    [
        ["Total Records", "4", "4", "4", "4"],
        ["Total Records", "4", "4.0", "", "n/a"],
        ["Total Records", "3", "3", "3", "3"],
        ["Total Records", "12", "7", "0", "40"],
        ["Total Records", "", "", "", ""],
        ["Total Records", "all", "all", "all", "all"],
        *([one, "40", "40", "40", "40"] for one in ("Total", "Total Hours", "Tickets")),
    ],
)
def test_totals_of_all_records_or_of_something_else_leave_the_proof(
    tmp_path: Path, column: Sequence[str], read: Reader
) -> None:
    report = audit_columns(tmp_path / "export.csv", put_beside(column), read)

    assert (report.missing, report.proved) == ((), True)


@each_reader
@pytest.mark.parametrize("header", NUMBERS.strip().splitlines())
def test_a_number_that_is_skipped_is_that_of_a_row_left_out(
    tmp_path: Path, header: str, read: Reader
) -> None:
    columns = put_beside([header, "1", "2", "4", "5"])

    report = audit_columns(tmp_path / "export.csv", columns, read)

    assert report.tables[0].doubts == (
        f"the column {header} numbers the rows and skips 1 number (3)",
    )
    assert report.tables[0].unread is None
    assert not report.proved


@each_reader
@pytest.mark.parametrize("ending", [".csv", ".json", ".xlsx"])
@pytest.mark.parametrize(
    "numbers", [["0", "1", "3", "4"], ["5", "1", "4", "2"], ["1.", "2.0", "3)", " 5"]]
)
def test_rows_may_be_numbered_in_any_order_and_form(
    tmp_path: Path, numbers: Sequence[str], ending: str, read: Reader
) -> None:
    columns = put_beside(["Row Number", *numbers])

    report = audit_columns(tmp_path / f"export{ending}", columns, read)

    (doubt,) = report.tables[0].doubts
    assert "numbers the rows and skips 1 number" in doubt


@each_reader
@pytest.mark.parametrize("header", ["Row Number", "#", "No.", "Index"])
@pytest.mark.parametrize(
    "numbers",
    [
        ["1", "2", "3", "4"],
        ["3", "1", "0", "2"],
        ["4", "3.0", "2", "1"],
        ["2", "3", "5", "6"],
        ["1", "2", "2", "4"],
        ["1", "2", "7", "4"],
        ["1", "2", "", "4"],
        ["1", "2", "A4", "5"],
        ["17", "204", "1033", "18"],
    ],
)
def test_rows_that_all_have_their_numbers_leave_the_proof(
    tmp_path: Path, header: str, numbers: Sequence[str], read: Reader
) -> None:
    columns = put_beside([header, *numbers])

    report = audit_columns(tmp_path / "export.csv", columns, read)

    assert (report.missing, report.proved) == ((), True)


def test_the_number_of_a_row_that_is_no_record_is_not_skipped(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    rows = ["1,ada,Active", "2,ben,Active", "3,Username,Status", "4,cora,Active"]
    path.write_text("\n".join(["#,Username,Status", *rows, "5,dan,Active"]), "utf-8")

    (table,) = audit(path).tables

    assert (table.records, table.doubts) == (4, ())


@each_reader
def test_row_numbers_are_no_reason_to_read_a_huge_export_otherwise(
    tmp_path: Path, read: Reader
) -> None:
    path = tmp_path / "export.csv"
    rows = [f"{at},ada{at}x,Active\n" for at in range(1, 12_000)]
    path.write_text(f"Row,Username,Status\n{''.join(rows)}", "utf-8")
    del rows[7:9]
    other = tmp_path / "other.csv"
    other.write_text(f"Row,Username,Status\n{''.join(rows)}", "utf-8")

    table = read(path)
    assert (table.records, table.doubts) == (11_999, ())
    assert isinstance(table, LargeTable) == (read is READERS[1])
    (doubt,) = read(other).doubts
    assert doubt.endswith("numbers the rows and skips 2 numbers (8, 9)")
