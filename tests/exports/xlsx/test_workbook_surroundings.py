"""What stands around and between the records of a workbook."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.table import Table

from apiuser.auditing import audit
from apiuser.errors import SourceError
from apiuser.exports import ReadOptions, read_resources

HEADER = ("Username", "Status", "License Type")
ROWS = [HEADER, ("a1", "Active", 7), ("b1", "Inactive", 3)]


def make(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "export.xlsx"


def test_title_rows_are_refused_with_the_line_of_the_header(path: Path) -> None:
    make(path, [("Resource List",), (), *ROWS])

    with pytest.raises(SourceError, match="in line 3: give skip_lines=2"):
        read_resources(path)
    table = read_resources(path, ReadOptions(skip_lines=2))
    assert (table.usernames, list(table.lines)) == (["a1", "b1"], [4, 5])


def test_blank_rows_before_the_header_are_skipped(path: Path) -> None:
    table = read_resources(make(path, [(), ("",), *ROWS]))

    assert (table.usernames, list(table.lines)) == (["a1", "b1"], [4, 5])
    assert "2 blank lines before the header" in table.notices[0]


def test_rules_counts_and_a_repeated_header_are_not_records(path: Path) -> None:
    rule = ("--------", "------", "---")
    make(path, [HEADER, rule, *ROWS[1:], *ROWS, ("(5 rows affected)",)])

    table = read_resources(path)

    assert table.usernames == ["a1", "b1", "a1", "b1"]
    assert table.unreadable == ()
    assert sum("and is not a record" in notice for notice in table.notices) == 3


@pytest.mark.parametrize("width", [1, 2, 3])
def test_a_count_of_other_rows_is_listed_as_unreadable(path: Path, width: int) -> None:
    rows = [row[:width] for row in ROWS]

    table = read_resources(make(path, [*rows, ("(9 rows affected)",)]))

    assert table.usernames == ["a1", "b1"]
    (listed,) = table.unreadable
    assert (listed.line, listed.record) == (4, 3)
    assert listed.reason == "counts 9 rows, but 2 are above"


def test_a_header_of_merged_cells_is_refused(path: Path) -> None:
    make(path, [("Username", "License", "Status"), ("", "Type", ""), ("a1", 7, "Yes")])

    with pytest.raises(SourceError, match="in two lines, 1 and 2"):
        read_resources(path)


def test_a_missing_header_is_refused_and_columns_go_by_number(path: Path) -> None:
    make(path, [(29682885, "a1", "a1@example.com", 1), (29682886, "b1", "", 0)])

    with pytest.raises(SourceError, match="header seems to be missing"):
        read_resources(path)
    options = ReadOptions(column="2", columns={"status": "4"})
    table = read_resources(path, options)
    assert (table.usernames, list(table.statuses)) == (["a1", "b1"], [1, 2])


def test_a_doubtful_name_is_named_and_leaves_nothing_proved(path: Path) -> None:
    make(path, [*ROWS, (1234, "Active", 3), ("1.23E+14", "Active", 3), (None, "1", 3)])

    report = audit(path, co_managed=False)

    said = " ".join(report.notices)
    assert "1 username stored as numbers, dates or truth values (line 4)" in said
    assert "letters in the wrong encoding (line 5)" in said
    assert "1 record without a username (line 6)" in said
    assert report.missing == (
        "1 record without a username",
        "2 usernames that may be written differently in Autotask",
    )


def test_formulas_without_a_result_leave_their_record_unread(path: Path) -> None:
    make(path, [*ROWS, ("c1", '="Act"&"ive"', 3), ('="d"&1', "Active", 3)])

    table = read_resources(path)

    assert [one.line for one in table.unreadable] == [4, 5]
    assert "formula without its result" in table.unreadable[0].reason


def test_formulas_with_a_result_are_read(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(ROWS):
            sheet.write_row(at, 0, row)
        sheet.write_formula(3, 0, '="c"&1', None, "c1")
        sheet.write_formula(3, 1, '="Act"&"ive"', None, "Active")

    table = read_resources(path)

    assert (table.usernames, table.unreadable) == (["a1", "b1", "c1"], ())


def test_the_totals_of_a_table_are_not_a_resource(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [*ROWS, ("Total", "", 2)]:
        sheet.append(row)
    table = Table(displayName="Users", ref="A1:C4", totalsRowCount=1)
    sheet.add_table(table)
    book.save(path)

    read = read_resources(path)

    assert read.usernames == ["a1", "b1"]
    assert [(one.line, "totals" in one.reason) for one in read.unreadable] == [
        (4, True)
    ]
