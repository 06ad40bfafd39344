"""A column that a person named is there, or the file is refused."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook

from apiuser.auditing import audit
from apiuser.errors import ColumnError, InputError, SourceError
from apiuser.exports import ReadOptions, read_frame, read_resources
from tests.exports.export_reading import Export, Reader, each_reader

ROWS = [
    ["Username", "Status", "State", "License Type"],
    ["a1", "Active", "Inactive", "7"],
]
SPOKEN = {
    "resource_id": "the Resource ID",
    "status": "the status",
    "license_type": "the licence type",
    "security_level": "the security level",
    "locked": "the lock",
    "integration": "the integration vendor",
    "email": "the e-mail address",
}
HEADERS = "the headers are: Username, Status, State, License Type."


def write_csv(path: Path) -> None:
    path.write_text("".join(f"{','.join(row)}\n" for row in ROWS), encoding="utf-8")


def write_json(path: Path) -> None:
    path.write_text(json.dumps([dict(zip(*ROWS, strict=True))]), encoding="utf-8")


def write_workbook(path: Path) -> None:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(path)


WRITERS = {".csv": write_csv, ".json": write_json, ".xlsx": write_workbook}


@each_reader
@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("role", SPOKEN)
def test_a_mistyped_column_is_refused_with_its_role_and_the_headers(
    tmp_path: Path, role: str, ending: str, read: Reader
) -> None:
    path = tmp_path / f"export{ending}"
    WRITERS[ending](path)

    with pytest.raises(ColumnError) as caught:
        read(path, ReadOptions(columns={role: "RealStat"}))

    said = (
        f"there is no column RealStat for {SPOKEN[role]}; {HEADERS} Name one of these."
    )
    assert str(caught.value) == f"{path}: {said}"


@each_reader
@pytest.mark.parametrize("ending", WRITERS)
def test_a_column_that_other_files_have_may_be_lacking(
    tmp_path: Path, ending: str, read: Reader
) -> None:
    path = tmp_path / f"export{ending}"
    WRITERS[ending](path)

    named = {"status": "RealStat"}
    table = read(path, ReadOptions(columns=named, elsewhere={"status"}))

    notice = f"{path}: there is no column RealStat for the status."
    assert notice in table.notices
    assert table.columns.keys() == {"status", "license_type"}


def test_an_answer_without_resources_lacks_no_column(export: Export) -> None:
    path = export('{"items": []}', "empty.json")

    table = read_resources(path, ReadOptions(columns={"status": "RealStat"}))

    assert table.records == 0
    assert table.notices == (
        f"{path}: has a header but no resources. Check the filter.",
    )


@pytest.mark.parametrize("number", ["5", "0"])
def test_a_number_beyond_the_columns_is_refused(export: Export, number: str) -> None:
    path = export("a1,Active\n")
    options = ReadOptions(column="1", columns={"status": number}, no_header=True)

    with pytest.raises(ColumnError) as caught:
        read_resources(path, options)

    assert f"no column {number} for the status; the headers are: 1, 2." in str(
        caught.value
    )


def test_a_role_that_there_is_not_is_refused_with_those_there_are() -> None:
    for role in ("stat", "username"):
        with pytest.raises(InputError) as caught:
            ReadOptions(columns={role: "Status"})
        said = f"No column can be named as {role}; the roles are {', '.join(SPOKEN)}."
        assert str(caught.value) == said


@each_reader
@pytest.mark.parametrize(
    ("ending", "said"),
    [
        (".csv", f"line 1: there is no column Nothing; {HEADERS} Name one of these."),
        (
            ".json",
            (
                "no object has the name Nothing; their names are: Username, Status, State, "
                "License Type. Name one of these."
            ),
        ),
        (
            ".xlsx",
            (
                "line 1: there is no sheet with a column Nothing (Sheet: Username, Status, "
                "State, License Type). Name one of these, or skip lines with "
                "skip_lines=...."
            ),
        ),
    ],
)
def test_a_mistyped_username_column_is_repeated(
    tmp_path: Path, ending: str, said: str, read: Reader
) -> None:
    path = tmp_path / f"export{ending}"
    WRITERS[ending](path)

    with pytest.raises(ColumnError) as caught:
        read(path, ReadOptions(column="Nothing"))

    assert str(caught.value) == f"{path}: {said}"


def test_a_frame_without_the_column_named_is_refused_with_its_headers() -> None:
    frame = pd.DataFrame([ROWS[1]], columns=ROWS[0])

    with pytest.raises(ColumnError) as caught:
        read_frame(frame, name="frame", column="Nothing")

    said = f"frame: there is no column Nothing; {HEADERS} Name one of these."
    assert str(caught.value) == said


def test_what_is_no_frame_is_refused_as_such() -> None:
    with pytest.raises(SourceError) as caught:
        read_frame(pd.Series(["a1"], name="Username"), name="names")  # type: ignore[arg-type]

    assert str(caught.value) == "names: is a Series, not a frame of pandas."


@pytest.mark.parametrize(
    ("given", "kind"), [(None, "NoneType"), (5, "int"), ([5], "int")]
)
def test_what_is_neither_path_nor_table_is_refused_with_its_type(
    given: Any,  # noqa: ANN401  # what nobody should give
    kind: str,
) -> None:
    with pytest.raises(InputError) as caught:
        audit(given)

    assert str(caught.value).startswith(
        f"Something of the type {kind} cannot be audited as it is; "
    )
