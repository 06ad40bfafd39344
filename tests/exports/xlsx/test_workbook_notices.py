"""What is odd about a workbook is said in full sentences, and no row is lost."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from apiuser.errors import SourceError
from apiuser.exports import ReadOptions, ResourceTable, read_resources

HEADER = ("Username", "ID")
LOST = (
    "leading zeros and what was typed may be lost. Export the resources again and do not "
    "save the file in between."
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "export.xlsx"


def read(
    path: Path,
    rows: Sequence[Sequence[Any]],
    *notes: Sequence[Any],
    **options: Any,  # noqa: ANN401
) -> ResourceTable:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    if notes:
        book.create_sheet("Notes").append(*notes)
    book.save(path)
    return read_resources(path, ReadOptions(**options))


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 username stored as numbers, dates or truth values (line 2)"),
        (2, "2 usernames stored as numbers, dates or truth values (lines 2, 3)"),
        (
            20,
            "lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21)",
        ),
        (21, "19, 20, 21 and 1 more)"),
    ],
)
def test_usernames_that_are_no_texts_are_told_with_their_lines(
    path: Path, count: int, said: str
) -> None:
    table = read(path, [HEADER, *([(7, "x")] * count)])

    assert table.notices[0].startswith(f"{path}: {count} username")
    assert table.notices[0].endswith(f"{said}; {LOST}")
    assert table.summary.odd_names == count


def test_a_number_that_looks_changed_is_counted_once(path: Path) -> None:
    assert read(path, [HEADER, (1e300, "x")]).summary.odd_names == 1


def test_what_is_beside_the_table_is_told(path: Path) -> None:
    rows = [("Title",), (), HEADER, ("a1", 1), (), (), ("b1", 2)]

    table = read(path, rows, ("x",), skip_lines=1)

    assert [said.removeprefix(f"{path}: ") for said in table.notices] == [
        "skipped as told: line 1 (Title).",
        "1 blank line before the header skipped.",
        (
            "the sheet Notes was not read. If it contains resources, save it as a "
            "file of its own and give both; otherwise delete it."
        ),
        "2 blank lines skipped.",
    ]


def test_a_row_of_formulas_below_all_others_is_listed_and_the_header_is_not(
    path: Path,
) -> None:
    table = read(path, [(*HEADER, "=1"), ("=1",)])

    assert [(one.line, one.reason) for one in table.unreadable] == [
        (2, "no value, but formulas without their results, or errors")
    ]


def test_a_formula_in_a_column_that_is_not_used_leaves_the_record(path: Path) -> None:
    table = read(path, [(*HEADER, "Note"), ("a1", 1, "=1"), ("", 2, "=1")])

    assert table.usernames == ["a1"]
    assert [one.line for one in table.unreadable] == [3]


def test_without_a_header_the_columns_are_called_by_their_numbers(path: Path) -> None:
    table = read(path, [("a1", "x")], no_header=True, column="1")

    assert (table.headers, table.usernames) == (("1", "2"), ["a1"])


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        (
            [("Username", "License"), ("", "Type")],
            {},
            (
                "line 1: the header seems to be in two lines, 1 and 2. Make one line of "
                "them, with one header over each column."
            ),
        ),
        (
            [("Title",), ("Who", "ID")],
            {"column": "who"},
            (
                "line 1: there is no sheet with a column who (Sheet: Title). The "
                "header seems to be in line 2: give skip_lines=1"
            ),
        ),
    ],
)
def test_a_header_that_cannot_be_used_is_refused_with_the_file(
    path: Path, rows: Sequence[Sequence[Any]], options: dict[str, Any], said: str
) -> None:
    with pytest.raises(SourceError) as caught:
        read(path, rows, **options)

    assert str(caught.value) == f"{path}: {said}"


def test_what_the_reader_of_workbooks_says_is_told(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")

    with pytest.raises(
        SourceError, match=r"Excel workbook \(Cannot detect file format\)"
    ) as caught:
        read_resources(path)

    assert str(caught.value).startswith(f"{path}: ")
