"""A column that is plainly another one is said to be it, and proves nothing."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from apiuser.auditing import audit
from apiuser.exports import ReadOptions
from tests.exports.export_reading import Reader, each_reader

TABLE = """\
ID,Kontakt,Nr,Login,E-mail,Status,License Type
29682885,a@one.example.com,7,ada,a@one.example.com,Active,3
29682886,b@two.example.com,8,key1,b@two.example.com,Inactive,7
29682887,c@one.example.com,9,ben,,Active,3
"""
SAID = "the {} is read from the column {}, whose header means the {}"


@each_reader
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"column": "ID"}, SAID.format("username", "ID", "Resource ID")),
        ({"column": "E-mail"}, SAID.format("username", "E-mail", "e-mail address")),
        (
            {"columns": {"resource_id": "E-mail"}},
            SAID.format("Resource ID", "E-mail", "e-mail address"),
        ),
        (
            {"columns": {"status": "License Type"}},
            SAID.format("status", "License Type", "licence type"),
        ),
        ({"column": "Nr"}, "all usernames are numbers, as IDs are"),
        ({"column": "2"}, "one of 2 domains, like e-mail addresses"),
        ({"column": "Kontakt"}, "one of 2 domains, like e-mail addresses"),
    ],
)
def test_a_column_that_is_another_one_proves_nothing(
    tmp_path: Path, options: Mapping[str, object], said: str, read: Reader
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(TABLE)

    report = audit([read(path, ReadOptions(**options))], co_managed=False)  # type: ignore[arg-type]

    assert said in "".join(report.missing)
    assert f"{said}. Name the right columns." in "".join(report.notices)
    assert not report.proved


@each_reader
@pytest.mark.parametrize("header", ["Login", "Anything"])
def test_a_column_of_usernames_is_believed(
    tmp_path: Path, header: str, read: Reader
) -> None:
    path = tmp_path / "export.csv"
    table = TABLE.replace("Login", header).replace(",E-mail", ",Note")
    path.write_text(table.replace("ben", "ben@x.example.com"))

    report = audit([read(path, ReadOptions(column=header))], co_managed=False)

    assert (report.missing, report.proved) == ((), True)


@each_reader
def test_numbers_of_employees_beside_ids_are_usernames(
    tmp_path: Path, read: Reader
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(
        "Resource ID,Username,Status,License Type\n"
        "29682885,10433,Active,Professional\n29682892,10434,Inactive,Professional\n"
    )

    assert audit([read(path, ReadOptions())], co_managed=False).proved
