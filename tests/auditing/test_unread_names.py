"""A name that may be in what could not be read is not suggested as one to take."""

import json
from pathlib import Path

import openpyxl
import pytest

from apiuser.auditing import audit
from apiuser.exports.unread_texts import MOST_KEPT
from tests.exports.export_reading import Reader, each_reader

HEAD = "Resource ID,Username,Status,License Type\n"
KEY = "29682001,api1,Active,API User\n"
REST = "29682002,ada,Active,Professional\n29682003,ben,Inactive,Professional\n"


def suggest(path: Path, text: str, read: Reader) -> dict[str, str]:
    path.write_text(text, encoding="utf-8")
    return dict(audit([read(path)], proposed=["api1"]).suggestions)


@each_reader
@pytest.mark.parametrize(
    "row",
    [
        *("29682004,api2,Active,API User,x", "29682004,API2", "API2,29682004"),
        *('29682004,"api2",Active', '29682004,"a ""b""",API2@x,Active,7'),
        *('29682004,a"b,api2,Active', "api2,29682004,Active,7"),
        *('29682004,"api5; api2",Active,7', "29682004,ada|api2,Active,7"),
        *('29682004,"=""api2""",Active,7', "29682004,<b>api2</b>,Active,7"),
        *("29682004,(api2),Active,7", "29682004,ÄPI2 (old),Inactive,7"),
        "29682004,SAMPLE\\ap\u0456\u0406...,Active,7\n29682005,api2...,Active,7",
    ],
)
@pytest.mark.parametrize("first", [False, True])
def test_a_name_in_a_record_or_cell_that_is_in_doubt_is_not_suggested(
    tmp_path: Path, row: str, read: Reader, *, first: bool
) -> None:
    rows = f"{row}\n{KEY}{REST}" if first else f"{KEY}{REST}{row}\n"

    assert suggest(tmp_path / "a.csv", HEAD + rows, read) == {"api1": "api3"}


@each_reader
def test_other_names_are_suggested_beside_records_that_could_not_be_read(
    tmp_path: Path, read: Reader
) -> None:
    rows = f"{KEY}{REST}29682004,key2\n29682005,cyd;dan,Active,3\n"

    assert suggest(tmp_path / "a.csv", HEAD + rows, read) == {"api1": "api2"}


@each_reader
def test_a_name_in_a_record_that_spans_lines_is_not_suggested(
    tmp_path: Path, read: Reader
) -> None:
    rows = f'{KEY}29682004,"x,Active,7\n29682005,api2,Active,7",Active,3\n{REST}'

    assert suggest(tmp_path / "a.csv", HEAD + rows, read) == {"api1": "api3"}


@each_reader
def test_nothing_is_suggested_if_a_row_is_shifted_into_columns_nobody_reads(
    tmp_path: Path, read: Reader
) -> None:
    head = "Resource ID,Username,First Name,Status,License Type\n"
    rows = [f"2968200{at},{name},X,Active,3\n" for at, name in enumerate(["api1", "b"])]

    found = suggest(
        tmp_path / "a.csv", f"{head}{''.join(rows)},29682009,api2,Active,7\n", read
    )

    assert found == {}


@each_reader
def test_nothing_is_suggested_if_too_much_could_not_be_read(
    tmp_path: Path, read: Reader
) -> None:
    row = f"29682009,{'x ' * 30_000}\n"
    few, many = (HEAD + KEY + REST + n * row for n in (1, MOST_KEPT // 60_000 + 1))

    assert suggest(tmp_path / "a.csv", few, read) == {"api1": "api2"}
    assert suggest(tmp_path / "a.csv", many, read) == {}


@pytest.mark.parametrize(
    ("record", "free"),
    [
        ({"userName": ["api2"]}, {"api1": "api3"}),
        ({"userName": ["x"], "more": {"API2": [None]}}, {"api1": "api3"}),
        ("api2", {"api1": "api3"}),
        (["api2"], {"api1": "api3"}),
        ({"userName": ["key2"]}, {"api1": "api2"}),
        ({"userName": ["api", "2"]}, {"api1": "api3"}),
        ({"userName": {"value": "api2"}}, {"api1": "api3"}),
        ({"userName": {"local": "api", "number": "2"}}, {"api1": "api3"}),
        ({"userName": "", "key": "api2"}, {"api1": "api3"}),
    ],
)
def test_a_name_in_json_that_could_not_be_read_is_not_suggested(
    tmp_path: Path, record: object, free: dict[str, str]
) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"userName": "api1"}, record, {"userName": "ada"}]))

    assert audit(path, proposed=["api1"]).suggestions == free


def test_nothing_is_suggested_if_json_has_a_name_twice_in_one_object(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"userName": "api1"}, {"userName": "api2", "userName": "b"}]')

    assert audit(path, proposed=["api1"]).suggestions == {}


def test_a_name_in_a_row_of_a_workbook_that_is_too_wide_is_not_suggested(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["Username", "Status"], ["api1", "Active"], ["b", "Active", "api2"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")

    report = audit(tmp_path / "a.xlsx", proposed=["api1"])

    assert report.suggestions == {"api1": "api3"}


def test_a_name_in_another_list_beside_the_first_is_not_suggested(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.csv"
    rows = ["Username,Status,,Name,State", "api1,Active,,api2,Active", "b,Active,,,"]
    path.write_text("\n".join([*rows, ""]))

    assert audit(path, proposed=["api1"]).suggestions == {"api1": "api3"}


@each_reader
@pytest.mark.parametrize(
    "name", ["a**2", "ap...", "A*2@x.example", "ap\ufffd2", "(a*2)"]
)
def test_a_name_that_a_mask_may_stand_for_is_not_suggested(
    tmp_path: Path, name: str, read: Reader
) -> None:
    rows = f"{KEY}{REST}29682004,{name},Active,7\n"
    free = {"ap...": {}}.get(name, {"api1": "api3"})

    assert suggest(tmp_path / "a.csv", HEAD + rows, read) == free


@each_reader
@pytest.mark.parametrize("name", ["b**2", "a*3x", "ap*", "a*i*2*2"])
def test_a_mask_that_cannot_stand_for_a_name_leaves_it(
    tmp_path: Path, name: str, read: Reader
) -> None:
    rows = f"{KEY}{REST}29682004,{name}@x,Active,7\n".replace("ap*", "apo*")

    assert suggest(tmp_path / "a.csv", HEAD + rows, read) == {"api1": "api2"}


@each_reader
@pytest.mark.parametrize("name", ["***", "redacted", "xxxxxxxx"])
def test_nothing_is_suggested_beside_a_name_that_is_hidden(
    tmp_path: Path, name: str, read: Reader
) -> None:
    rows = f"{KEY}{REST}29682004,{name},Active,7\n"

    assert suggest(tmp_path / "a.csv", HEAD + rows, read) == {}


@each_reader
def test_nothing_is_suggested_if_most_names_are_masked_alike(
    tmp_path: Path, read: Reader
) -> None:
    names = ["api1", *(f"{letter}eXX" for letter in "abcdefghijkl")]
    rows = "".join(f"296820{at:02},{name},Active,7\n" for at, name in enumerate(names))

    assert suggest(tmp_path / "a.csv", HEAD + rows, read) == {}


def write_book(path: Path, rows: list[list[str]], *, title: str = "") -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    if title:
        book.create_sheet(title).append(["Who", "api2"])
    book.save(path)


@pytest.mark.parametrize(
    "row", [["Active", '="api"&"2"'], [None, '="api"&"2"'], ["", "#REF!"]]
)
def test_nothing_is_suggested_beside_a_name_that_a_formula_makes(
    tmp_path: Path, row: list[str]
) -> None:
    path = tmp_path / "a.xlsx"
    write_book(path, [["Status", "Username"], ["Active", "api1"], row])

    assert audit(path, proposed=["api1"]).suggestions == {}


def test_a_name_in_a_sheet_that_was_not_read_is_not_suggested(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_book(path, [["Username", "Status"], ["api1", "Active"]], title="Old")

    assert audit(path, proposed=["api1"]).suggestions == {"api1": "api3"}


@each_reader
def test_a_proposed_name_may_be_in_what_could_not_be_read(
    tmp_path: Path, read: Reader
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}{KEY}{REST}29682004,free1,x@sample.example,Active,7\n")

    report = audit([read(path)], proposed=["free1", "other2"])

    assert report.doubted == {0}
