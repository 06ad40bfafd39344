"""A second table beside the first is said to be one, and further columns are not."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from apiuser.auditing import AuditReport, audit
from apiuser.exports import ReadOptions
from tests.exports.export_reading import Reader, each_reader, read_cases

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
    ("others", "what"),
    [
        ([("Contact",), ("eve",), ("finn",), ("gus7",)], "column Contact seems"),
        ([("Contact", "Phone"), ("e.f", "5"), ("g", "5"), ("h", "")], "columns Con"),
    ],
)
def test_names_beyond_an_empty_column_are_another_list(
    tmp_path: Path, name: str, others: Sequence[Sequence[str]], what: str, read: Reader
) -> None:
    report = put_beside(tmp_path / name, others, read)

    (doubt,) = report.tables[0].doubts
    assert doubt.startswith(f"the {what}")
    assert doubt.endswith("to be another list of resources (lines 2, 3, 4)")
    assert not report.proved


@each_reader
@pytest.mark.parametrize("file", ["export.csv", "export.xlsx"])
def test_usernames_under_a_blank_header_were_not_read(
    tmp_path: Path, file: str, read: Reader
) -> None:
    path = tmp_path / file
    names = [" ", "eve", "BEN", "finn7"]
    rows = zip(names, [HEAD, *ROWS], strict=True)
    write(path, [(name, *row) for name, row in rows])

    table = read(path)

    assert table.doubts == (
        (
            "column 1, which has no header, seems to have usernames that were not read, "
            "in 2 records (lines 2, 4)"
        ),
    )
    assert not audit([table], co_managed=False).proved


@each_reader
@pytest.mark.parametrize(
    "texts",
    read_cases("""
        ada ben cora, 1 2 3, Eve Finn Gus, x x x, e-1 e-1 e-2, 2026-11-28T10 5m 7h
        temp - -, N/A None -, 1a 2b 3c
    """),
)
def test_other_texts_under_a_blank_header_leave_the_proof(
    tmp_path: Path, texts: Sequence[str], read: Reader
) -> None:
    path = tmp_path / "export.csv"
    rows = zip([HEAD, *ROWS], ["", *texts], strict=True)
    write(path, [(text, *row) for row, text in rows])

    assert audit([read(path)], co_managed=False).proved


@each_reader
@pytest.mark.parametrize("name", ["export.csv", "export.xlsx"])
@pytest.mark.parametrize(
    "others",
    [
        [("Badge",), ("E1",), ("E1",), ("E2",)],
        [("Contact",), ("Eve",), ("Finn",), ("Gus",)],
        [("Contact",), ("Eve Fox",), ("finn gray",), ("gus",)],
        [("Remark",), ("left",), ("temp",), ("",)],
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
