"""Columns that a program renamed since their header was there twice."""

import json
from pathlib import Path

import pandas as pd
import pytest

from apiuser.exports import ReadOptions, read_resources
from apiuser.exports.asked_options import list_lacking
from apiuser.exports.frames import read_frame
from tests.exports.export_reading import Reader, each_reader
from tests.exports.test_rival_columns import audit_columns, put_beside, write

NAMES = ["eve", "finn", "CORA", "n/a"]
_COPIES = "Status.1 Status_1 Status2 Status:1 Status_right Status_duplicated_0"


@each_reader
@pytest.mark.parametrize("header", [*_COPIES.split(), "STATUS (2)"])
def test_a_copy_that_contradicts_its_column_is_named(
    tmp_path: Path, header: str, read: Reader
) -> None:
    column = [header, "Inactive", "Inactive", "", "No"]

    report = audit_columns(tmp_path / "export.csv", put_beside(column), read)

    assert report.tables[0].doubts == (
        f"the columns Status and {header} contradict each other in 1 record (line 2)",
    )
    assert not report.proved


@each_reader
@pytest.mark.parametrize(
    ("column", "lines"),
    [
        (["License Type.1", "API User", "3", "7", "Gold"], "1 record (line 2)"),
        (["Resource ID.1", "29682001.0", "1", "", "x"], "1 record (line 3)"),
    ],
)
def test_copies_of_other_columns_may_contradict_them(
    tmp_path: Path, column: list[str], lines: str, read: Reader
) -> None:
    report = audit_columns(tmp_path / "export.csv", put_beside(column), read)

    (doubt,) = report.tables[0].doubts
    assert doubt == (
        f"the columns {column[0][:-2]} and {column[0]} contradict each other in {lines}"
    )


@each_reader
@pytest.mark.parametrize("ending", [".csv", ".json", ".xlsx"])
def test_names_in_a_copy_of_the_usernames_were_not_read(
    tmp_path: Path, ending: str, read: Reader
) -> None:
    path = tmp_path / f"export{ending}"

    report = audit_columns(path, put_beside(["Username.1", *NAMES]), read)

    (doubt,) = report.tables[0].doubts
    assert doubt == (
        "the column Username.1 has usernames that were not read, beside those of "
        "Username, in 2 records (lines 2, 3)"
    )
    assert not report.proved
    assert report.tables[0].unread == "eve\nfinn"
    assert list_lacking(report.tables[0], ()) == ("column",)


_OTHER_COPIES = """
Login.1
Login Name_2
Benutzername.1
Username copy
Username - Kopie (2)
Copy of Username
Second Username
Usernames
Benutzernamen
Username_x
Username_right
"""


@each_reader
@pytest.mark.parametrize("header", _OTHER_COPIES.strip().splitlines())
def test_names_under_a_header_much_like_that_of_usernames_were_not_read(
    tmp_path: Path, header: str, read: Reader
) -> None:
    report = audit_columns(tmp_path / "export.csv", put_beside([header, *NAMES]), read)

    (doubt,) = report.tables[0].doubts
    assert doubt.startswith(f"the column {header} has usernames that were not read")
    assert not report.proved


@each_reader
@pytest.mark.parametrize("ends", [("_x", "_y"), (" (left)", " (right)")])
def test_of_two_joined_tables_the_names_of_the_second_were_not_read(
    tmp_path: Path, ends: tuple[str, str], read: Reader
) -> None:
    path = tmp_path / "export.csv"
    first, second = (f"Username{end}" for end in ends)
    rows = [(first, second), ("ada", "eve"), ("ben", "BEN")]
    write(path, rows)

    table = read(path, ReadOptions(column=first))

    assert table.doubts == (
        (
            f"the column {second} has usernames that were not read, beside those of "
            f"{first}, in 1 record (line 2)"
        ),
    )


@each_reader
def test_names_beyond_an_empty_column_were_not_read_either(
    tmp_path: Path, read: Reader
) -> None:
    columns = zip(STATUS_AND_GAP, ["Username.1", *NAMES], strict=True)

    report = audit_columns(
        tmp_path / "export.csv", [(*one, name) for one, name in columns], read
    )

    (doubt,) = report.tables[0].doubts
    assert doubt.startswith("the column Username.1 has usernames that were not read")


STATUS_AND_GAP = put_beside([""] * 5)


@each_reader
@pytest.mark.parametrize(
    "column",
    [
        ["Username.1", "Ada", " ben", "", "n/a"],
        ["Resource ID_1", "29682001", "29682002.0", "", "x"],
        ["Status.1", "Active", "No", "1", ""],
        ["Title.1", "eve", "finn", "gus", "hal"],
        ["Username of the manager", "eve", "eve", "eve", "eve"],
        ["Logins", "1", "2", "2", "0"],
        ["Name.1", "Eve", "Finn", "Gus", "Hal"],
        ["Usernames", "Ada", " ben", "", "n/a"],
    ],
)
def test_a_copy_that_says_nothing_else_leaves_the_proof(
    tmp_path: Path, column: list[str], read: Reader
) -> None:
    report = audit_columns(tmp_path / "export.csv", put_beside(column), read)

    assert report.proved


@each_reader
@pytest.mark.parametrize(
    "options",
    [ReadOptions(column="Username"), ReadOptions(columns={"status": "Status.1"})],
)
def test_a_column_that_a_person_named_has_no_copy(
    tmp_path: Path, options: ReadOptions, read: Reader
) -> None:
    header = "Username.1" if options.column else "Status.1"
    columns = put_beside([header, "Active", "Inactive", "Inactive", "Inactive"])

    report = audit_columns(tmp_path / "export.csv", columns, read, options=options)

    assert report.proved


def test_columns_without_headers_are_no_copies_of_their_first(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    rows = [[f"{letter}{n}" for n in range(1, 13)] for letter in "ab"]
    path.write_text("".join(f"{','.join(row)}\n" for row in rows), "utf-8")

    table = read_resources(path, ReadOptions(column="1", no_header=True))

    assert [*table.usernames] == ["a1", "b1"]
    assert not table.doubts


def test_a_formula_without_its_result_in_a_copy_of_the_usernames_is_not_blank(
    tmp_path: Path,
) -> None:
    path = tmp_path / "export.xlsx"
    write(path, [("Username", "Username.1"), ("ada", '="e"&"ve"'), ("ben", "")])

    table = read_resources(path)

    assert [one.line for one in table.unreadable] == [2]
    assert table.unread is None


@pytest.mark.parametrize("names", [["eve"], {"value": "eve", "x": [1]}])
def test_a_list_in_a_copy_of_the_usernames_is_unreadable(
    tmp_path: Path, names: object
) -> None:
    path = tmp_path / "export.json"
    records = [{"userName": "ada", "userName_1": names}]
    records.append({"userName": "ben", "userName_1": "finn"})
    path.write_text(json.dumps(records), "utf-8")

    table = read_resources(path)

    assert table.doubts or table.unreadable
    assert "eve" in (table.unread or "")


def test_a_frame_may_have_such_columns_too() -> None:
    frame = pd.DataFrame({"Username": ["ada", "ben"], "Username.1": ["eve", "Ben"]})

    assert "in 1 record (line 1)" in "".join(read_frame(frame, name="f").doubts)
    assert not read_frame(frame, name="f", column="Username").doubts
