"""A second table beside the first is said to be one, and further columns are not."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from apiuser.auditing import AuditReport, audit
from apiuser.exports import ReadOptions
from tests.exports.export_reading import Reader, each_reader

HEAD = ("Resource ID", "Username", "Status", "License Type")
ROWS = [
    ("29682001", "ada", "Active", "Professional"),
    ("29682002", "ben", "Inactive", "Professional"),
    ("29682003", "cora", "Active", "API User"),
]
PEOPLE = [("Name", "State"), ("ADA", "Active"), ("dan", "Inactive"), ("", "")]


def put_beside(
    path: Path, others: Sequence[Sequence[str]], read: Reader, *, first: bool = False
) -> AuditReport:
    rows = [
        (*other, "", *row) if first else (*row, "", *other)
        for row, other in zip([HEAD, *ROWS], others, strict=True)
    ]
    write(path, rows)
    return audit([read(path)], co_managed=False)


def write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    if path.suffix == ".csv":
        path.write_text("".join(f"{','.join(row)}\n" for row in rows))
        return
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)


@each_reader
@pytest.mark.parametrize("name", ["export.csv", "export.xlsx"])
@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize(
    "head", [("Name", "State"), ("Konto", "Stand"), ("Name", "Status.1")]
)
def test_a_second_table_proves_nothing(
    tmp_path: Path, name: str, head: tuple[str, str], read: Reader, *, first: bool
) -> None:
    others = [head, *PEOPLE[1:]]

    report = put_beside(tmp_path / name, others, read, first=first)

    shown = ", ".join(head)
    said = f"the columns {shown} seem to be another list of resources (lines 2, 3)"
    assert said in "".join(report.missing)
    assert "Save them as a file of their own" in "".join(report.notices)
    assert not report.proved
    assert "column 5" not in report.tables[0].columns


@each_reader
@pytest.mark.parametrize("name", ["export.csv", "export.xlsx"])
@pytest.mark.parametrize(
    "others",
    [
        [("First Name", "Last Name"), ("Ada", "A"), ("Ben", "B"), ("Cora", "C")],
        [
            ("Title", "MFA"),
            ("Boss", "Active"),
            ("Clerk", "Active"),
            ("Clerk", "Active"),
        ],
        [("Phone", "MFA"), ("55", "Active"), ("56", "Inactive"), ("57", "Active")],
        [("Name", "Manager"), ("Ada", "TRUE"), ("Ben", "FALSE"), ("Cora", "no")],
        [("Name", "State"), ("Ada", "NSW"), ("Ben", "Active"), ("Cora", "ACT")],
        [("Name", "State"), *[("", "")] * 3],
        [("State", ""), ("Active", ""), ("Inactive", ""), ("Active", "")],
        [("", "Notes"), ("", "Active"), ("", "left"), ("", "")],
    ],
)
def test_further_columns_are_no_table(
    tmp_path: Path, name: str, others: Sequence[Sequence[str]], read: Reader
) -> None:
    report = put_beside(tmp_path / name, others, read)

    assert (report.missing, report.proved) == ((), True)


@each_reader
def test_columns_beside_without_an_empty_one_are_no_table(
    tmp_path: Path, read: Reader
) -> None:
    path = tmp_path / "export.csv"
    rows = zip([HEAD, *ROWS], PEOPLE, strict=True)
    path.write_text("".join(f"{','.join((*row, *other))}\n" for row, other in rows))

    assert audit([read(path)], co_managed=False).proved


@each_reader
@pytest.mark.parametrize("name", ["export.csv", "export.xlsx"])
@pytest.mark.parametrize(
    ("above", "said"),
    [
        (
            [("API users",), ("Key", "State", "Nr"), ("RMM2", "Inactive", "29682880")],
            "lines 2, 3 seem to be another table",
        ),
        ([("Sample MSP",), ("By", "Ada", "today"), ("Rows", "3")], ""),
    ],
)
def test_a_table_that_was_skipped_leaves_the_result_open(
    tmp_path: Path, name: str, above: Sequence[Sequence[str]], said: str, read: Reader
) -> None:
    path = tmp_path / name
    write(path, [*above, HEAD, *ROWS])

    table = read(path, ReadOptions(skip_lines=len(above)))

    assert table.doubts == (said,) * bool(said)
    assert audit([table], co_managed=False).proved is not bool(said)
