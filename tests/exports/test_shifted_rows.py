"""Rows whose cells are in the wrong columns are listed, and leave nothing proved."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from apiuser.auditing import audit
from apiuser.exports import read_resources
from tests.exports.export_reading import Reader, each_reader

pytestmark = pytest.mark.many

Row = Sequence[str]
HEADER = (
    "Resource ID",
    "Username",
    "Email",
    "Status",
    "License Type",
    "Security Level",
    "First Name",
    "Last Name",
    "Phone",
)
PERSON = ("System Administrator", "Ada", "Archer", "555")
KEY = ("API User", "API User (system)", "Key", "One", "")
ROWS: list[Row] = [
    ("29682885", "aarcher", "aa@example.com", "Active", "Administrator", *PERSON),
    ("29682886", "bbaker", "bb@example.com", "Inactive", "Professional", *PERSON),
    ("29682887", "ccarter", "", "Active", "Professional", *PERSON),
    ("29682888", "key1", "alerts@example.com", "Active", *KEY),
]
SECOND: Row = ("29682889", "key1", "old@example.com", "Inactive", *KEY)
ORDERS = [
    "Resource ID,Username,Email,Status,License Type,Security Level",
    "Resource ID,Username,Email,First Name,Phone,License Type,Status",
    "First Name,Last Name,Username,Email,Phone,License Type,Security Level,Status",
    "Email,Username,Last Name,Status,License Type,Resource ID,Security Level",
    "Username,Email,Status,License Type,Security Level,Resource ID",
    "Status,Username,Resource ID,Phone,License Type",
    "First Name,Username,Status,License Type,Security Level",
]


def shift(row: Row, to: int, at: int, end: int) -> Row:
    """Put an empty cell in at one place, and take the cell at another one out."""
    cells = [*row]
    if to > 0:
        cells.insert(at, "")
        del cells[min(end + 1, len(row))]
    else:
        cells.insert(end + 1, "")
        del cells[at]
    return cells


def pick(row: Row, order: str) -> Row:
    return [row[HEADER.index(name)] for name in order.split(",")]


def write(path: Path, rows: Sequence[Row]) -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), "utf-8")
    return path


@each_reader
@pytest.mark.parametrize("to", [1, -1])
@pytest.mark.parametrize("order", ORDERS)
def test_a_shifted_row_leaves_nothing_proved(
    tmp_path: Path, order: str, to: int, read: Reader
) -> None:
    rows = [pick(row, order) for row in ROWS]
    second = shift(pick(SECOND, order), to, 0, len(rows[0]) - 1)
    path = write(tmp_path / "export.csv", [order.split(","), *rows, second])

    report = audit([read(path)], co_managed=False)

    assert (report.proved, report.complete) == (False, False)


@each_reader
@pytest.mark.parametrize(
    ("order", "to"),
    [(ORDERS[1], 1), (ORDERS[1], -1), (ORDERS[3], -1)],
)
def test_cells_shifted_within_a_row_leave_nothing_proved(
    tmp_path: Path, order: str, to: int, read: Reader
) -> None:
    rows = [pick(row, order) for row in ROWS]
    end = order.split(",").index("Phone" if "Phone" in order else "Status")
    second = shift(pick(SECOND, order), to, 0, end)
    path = write(tmp_path / "export.csv", [order.split(","), *rows, second])

    report = audit([read(path)], co_managed=False)

    assert not report.proved


def test_a_shifted_row_is_listed_with_what_shows_it(tmp_path: Path) -> None:
    rows = [*ROWS, shift(SECOND, 1, 0, 8)]

    table = read_resources(write(tmp_path / "export.csv", [HEADER, *rows]))

    (one,) = table.unreadable
    assert (one.line, one.record) == (6, 5)
    assert one.reason == (
        "a shifted row: the column Username has a number, and the column Resource ID "
        "has none"
    )
    assert table.records == 4


def test_one_column_alone_makes_no_shifted_row(tmp_path: Path) -> None:
    odd = [
        ("29682890", "10457", "nobody", "Active", "Professional", *PERSON),
        (
            "29682891",
            "d@example.com",
            "d@example.com",
            "Active",
            "Professional",
            *PERSON,
        ),
        ("29682892", "active", "", "On leave", "Professional", *PERSON),
        ("", "evans", "e@example.com", "Active", "Professional", *PERSON),
        ("29682894", "professional", "f@example.com", "", "Contractor", *PERSON),
        ("29682895", "gray", "none", "Active", "Special", *PERSON),
    ]
    path = write(tmp_path / "export.csv", [HEADER, *ROWS, *odd[:2], *odd[3:]])

    assert read_resources(path).unreadable == ()


@each_reader
@pytest.mark.parametrize(
    ("header", "row"),
    [
        # A word of one's own for a status, and neither mail nor licence.
        (
            "Resource ID,Username,Email,Status,License Type",
            "29682899,cyd1,,Terminated,Professional",
        ),
        (
            "Resource ID,Username,Email,Status,License Type",
            "29682899,cyd1,,Ausgeschieden,",
        ),
        (
            "Resource ID,Username,Email,Status,License Type",
            "29682899,cyd1,,Parti,Unlicensed",
        ),
        # Somebody on leave without an address, and an ID that is not known yet.
        (
            "Resource ID,Username,Email,Status,License Type",
            "29682899,cyd1,no mail,On leave,Professional",
        ),
        (
            "Resource ID,Username,Email,Status,License Type",
            "29682899,cyd1,unbekannt,Beurlaubt,Fachkraft",
        ),
        (
            "Resource ID,Username,Email,Status,License Type",
            "see HR,cyd1,cyd@s.com,Terminated,Professional",
        ),
        # A username that is a licence type or a state, too.
        ("Username,Status,License Type", "administrator,Active,"),
        ("Username,Status,License Type", "executive,Active,N/A"),
        # A full username where the others have none, or a number.
        (
            "Resource ID,Username,Email,Status,License Type",
            "29682899,key1@s.com,,Active,API User",
        ),
        ("Resource ID,Username,Status,License Type", ",10435,Active,Professional"),
    ],
)
def test_what_people_are_called_is_in_its_place(
    tmp_path: Path, header: str, row: str, read: Reader
) -> None:
    names = header.split(",")
    people = [
        ["29682885", "ada", "ada@s.com", "Active", "Professional"],
        ["29682892", "ben", "ben@s.com", "Inactive", "Professional"],
    ]
    rows = [[one[HEADER.index(name)] for name in names] for one in people]
    path = write(tmp_path / "export.csv", [names, *rows, row.split(",")])

    table = read(path)

    assert table.unreadable == ()
    assert table.records == 3


@each_reader
@pytest.mark.parametrize(
    "row",
    [
        "key1,One,cyd@s.com,Terminated,Professional",
        "29682899,One,key1,Terminated,Professional",
        "29682899,One,key1,Active,Unlicensed",
    ],
)
def test_two_cells_that_fit_no_column_make_a_row_unreadable(
    tmp_path: Path, row: str, read: Reader
) -> None:
    header = ["Resource ID", "Username", "Email", "Status", "License Type"]
    people = [
        [str(29682885 + at), f"a{at}", f"a{at}@s.com", state, "Professional"]
        for at, state in enumerate(["Active", "Inactive"])
    ]
    path = write(tmp_path / "export.csv", [header, *people, row.split(",")])

    assert [one.line for one in read(path).unreadable] == [4]


def test_columns_that_hold_what_others_do_are_theirs(tmp_path: Path) -> None:
    rows = [
        *([str(at), str(900 + at), "", "1", "7"] for at in range(1, 9)),
        ["", "909", "", "0", "3"],
    ]
    path = write(tmp_path / "export.csv", [HEADER[:5], *rows])

    assert read_resources(path).unreadable == ()
