"""Excel workbooks are read with every cell as text, and written safe to open."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from apiuser.auditing import AuditReport, audit
from apiuser.cli import main
from apiuser.errors import SourceError
from apiuser.exports import ReadOptions, read_resources
from apiuser.reports import render_xlsx, write

Make = Callable[..., Path]
DATA = Path(__file__).parents[3] / "notebooks" / "data"


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def make(
        *sheets: Sequence[Sequence[Any]], name: str = "export.xlsx", hide: int = -1
    ) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for at, rows in enumerate(sheets):
            sheet = book.create_sheet(f"Sheet {at + 1}")
            for row in rows:
                sheet.append(row)
            if at == hide:
                sheet.sheet_state = "hidden"
        path = tmp_path / name
        book.save(path)
        return path

    return make


def names(path: Path, *, column: str | None = None, skip_lines: int = 0) -> list[str]:
    table = read_resources(path, ReadOptions(column=column, skip_lines=skip_lines))
    return list(table.usernames)


def test_a_workbook_is_read_like_a_text_export(make: Make) -> None:
    rows = [("Username", "Active", "License Type"), ("a1", True, 7), ("b1", "No", "9")]

    table = read_resources(make(rows))

    assert table.usernames == ["a1", "b1"]
    assert table.encoding == "Excel workbook, sheet Sheet 1"
    assert (list(table.statuses), list(table.kinds)) == ([1, 2], [1, 2])
    assert list(table.lines) == [2, 3]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("007", "007"),
        (" a1 ", " a1 "),
        ("NA", "NA"),
        ("1e5", "1e5"),
        (7, "7"),
        (100000, "100000"),
        (0.5, "0.5"),
        (1e300, "1e+300"),
        (True, "TRUE"),
        (dt.datetime(2026, 11, 24), "2026-11-24"),  # noqa: DTZ001
        ("zoë\u202e", "zoë\u202e"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_every_cell_is_text(make: Make, cell: object, text: str) -> None:
    path = make([("Username", "ID"), (cell, "x")])

    table = read_resources(path)

    assert table.usernames == [text]
    told = any("stored as numbers" in notice for notice in table.notices)
    assert told is not isinstance(cell, str)


def test_blank_and_wide_rows_are_distinguished(make: Make) -> None:
    path = make(
        [("Username", "ID"), ("a1",), (), ("b1", 2, None, "left over"), ("", 3)]
    )

    table = read_resources(path)

    assert table.usernames == ["a1", ""]
    assert list(table.numbers) == [1, 3]
    assert [(u.line, u.record, u.reason) for u in table.unreadable] == [
        (4, 2, "4 fields where the header has 2")
    ]
    assert any("1 blank line" in notice for notice in table.notices)


@pytest.mark.parametrize("unsure", ['="a"&"1"', "#REF!", "#N/A"])
def test_a_row_of_formulas_without_results_or_of_errors_is_no_blank_line(
    make: Make, unsure: str
) -> None:
    rows = [("Username", "Status"), ("a1", "Active"), (unsure, unsure), (None, None)]

    table = read_resources(make([*rows, ("b1", "Inactive"), (unsure, None)]))

    assert table.usernames == ["a1", "b1"]
    assert list(table.numbers) == [1, 3]
    assert [(u.line, u.record) for u in table.unreadable] == [(3, 2), (6, 4)]
    assert table.notices == (f"{table.path}: 1 blank line skipped.",)
    assert "formulas without their results" in table.unreadable[0].reason


def test_the_sheet_with_the_usernames_is_found(make: Make) -> None:
    notes = [("About this file",)]
    export = [("Username",), ("a1",)]

    assert names(make(notes, export)) == ["a1"]
    assert names(make(export, export, hide=1)) == ["a1"]
    assert names(make([("Sample MSP",), *export]), skip_lines=1) == ["a1"]
    assert names(make([("Kürzel",), ("a1",)]), column="kürzel") == ["a1"]


@pytest.mark.parametrize(
    ("sheets", "part"),
    [
        ([[("Username",), ("a1",)]] * 2, "2 sheets with a username column"),
        ([[("Name",), ("a1",)]], r"no sheet .* \(Sheet 1: Name\)"),
        ([[]], "all are empty"),
        ([[("Username", "Login"), ("a1", "a1")]], "2 username columns"),
    ],
)
def test_what_leaves_a_choice_is_refused(
    make: Make, sheets: list[Any], part: str
) -> None:
    with pytest.raises(SourceError, match=part):
        read_resources(make(*sheets))


HALVES = [
    ("Username", "Status", "License Type"),
    ("a1", "Active", 3),
    ("b1", "Inactive", 3),
]


@pytest.mark.parametrize(
    ("hide", "kind"), [(1, "hidden sheet"), (-1, "sheet")], ids=["hidden", "visible"]
)
def test_a_sheet_that_was_not_read_is_named_and_nothing_is_proved(
    make: Make, hide: int, kind: str
) -> None:
    path = make(HALVES, [("Inactive resources",), *HALVES], hide=hide)

    report = audit(path, co_managed=False)

    assert report.tables[0].unread_sheets == ("Sheet 2",)
    assert any(f"the {kind} Sheet 2 was not read" in note for note in report.notices)
    assert (report.complete, report.proved) == (False, False)
    assert report.missing == (f"{path} has 1 sheet that was not read",)


def test_sheets_without_anything_in_them_leave_the_proof(make: Make) -> None:
    path = make([], HALVES, [("",), (None, "")])

    report = audit(path, co_managed=False)

    assert report.tables[0].unread_sheets == ()
    assert (report.complete, report.proved) == (True, True)


def test_each_sheet_that_was_not_read_is_named(make: Make) -> None:
    report = audit(make([("Notes",)], HALVES, [(0,)], hide=2), co_managed=False)

    said = "\n".join(report.notices)
    assert "the sheet Sheet 1 was not read" in said
    assert "the hidden sheet Sheet 3 was not read" in said
    assert "2 sheets that were not read" in report.missing[0]


def test_limits_are_named_when_they_are_hit(make: Make) -> None:
    path = make([("Username", "ID"), ("a" * 50, 1)])

    for option in ("max_columns", "max_cell", "max_unpacked"):
        limit: dict[str, Any] = {option: 1}
        with pytest.raises(SourceError, match=f"{option}="):
            read_resources(path, ReadOptions(**limit))


def test_a_damaged_workbook_and_a_wrong_ending_are_refused(make: Make) -> None:
    path = make([("Username",), ("a1",)])
    whole = path.read_bytes()
    other = path.with_suffix(".csv")
    other.write_bytes(whole)
    path.write_bytes(whole[:-200])

    with pytest.raises(SourceError, match="cannot be read as an Excel workbook"):
        read_resources(path)
    with pytest.raises(SourceError, match=r"Name it \.xlsx"):
        read_resources(other)


def test_a_workbook_and_a_text_export_are_audited_together(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "inactive.csv"
    text.write_text("Username,Active,License Type\nA1,No,9\n")

    code = main(
        ["audit", str(make([("Username", "Active"), ("a1", "Yes")])), str(text)]
    )

    out = capsys.readouterr().out
    assert code == 1
    assert "Excel workbook, sheet Sheet 1, 1 record" in out
    assert "1 username is in conflict: 2 records." in out


@pytest.fixture(scope="module")
def faulty() -> AuditReport:
    return audit(sorted(DATA.glob("sample-faulty-*.csv")), proposed=["aarcher", "bad"])


def test_the_report_is_typed_frozen_and_filtered(faulty: AuditReport) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(faulty)))

    sheet = book["Findings"]
    rows = list(sheet.iter_rows(values_only=True))
    sheets = ["Summary", "Findings", "Conflicts", "Unreadable", "Not in the list"]
    assert book.sheetnames == sheets
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:J{len(faulty) + 1}"
    assert [row[0] for row in rows[1:]] == [row.code for row in faulty.rows()]
    assert [row[3] for row in rows[1:]] == [row.line for row in faulty.rows()]
    assert len(list(book["Conflicts"].iter_rows())) == len(faulty.members) + 1


def test_the_report_prints_as_wide_as_the_paper_under_its_header(
    faulty: AuditReport,
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(faulty)))

    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"


def test_a_long_sentence_is_wrapped_and_its_row_made_high_enough(
    faulty: AuditReport,
) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(faulty)))["Summary"]

    assert len(sheet["A2"].value) > 100
    assert sheet["A2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height >= 30
    assert sheet.row_dimensions[3].height in {None, 15}


def test_names_are_texts_that_excel_keeps_as_texts(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(
        b'Username,License Type\n=1+1,7\n@x,7\n"-\x00\x1b",7\n"_x0041_",7\n'
    )

    data = render_xlsx(audit(path))

    sheet = openpyxl.load_workbook(io.BytesIO(data))["Findings"]
    cells = [row[5] for row in sheet.iter_rows(min_row=2) if row[5].value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    assert {"=1+1", "@x", "-<U+0000><U+001B>"} <= {cell.value for cell in cells}
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read(
        "xl/worksheets/sheet2.xml"
    )


def test_a_cell_longer_than_excel_takes_says_that_it_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(f"Username,License Type\n{'a' * 40_000},7\n")

    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(audit(path))))["Findings"]

    (cell,) = {row[5] for row in sheet.iter_rows(min_row=2, values_only=True)} - {None}
    name, _, said = cell.partition(" ")
    assert len(cell) <= 32_767
    assert said == (
        f"(The first {len(name):,} of 40,000 characters are shown; "
        "a .json report contains all of them.)"
    )


def test_the_same_report_gives_the_same_workbook(
    faulty: AuditReport, tmp_path: Path
) -> None:
    write(faulty, tmp_path / "one.xlsx")
    write(faulty, tmp_path / "two.xlsx")

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
