"""What all headers of an export begin with changes nothing that they say."""

import json
from pathlib import Path

import pytest

from apiuser.auditing import audit
from apiuser.exports import ReadOptions, read_resources
from apiuser.exports.odd_headers import is_split_header
from tests.exports.export_reading import Export, Reader, each_reader

pytestmark = pytest.mark.many

_PREFIXED = "{} dim[{}] wh_staff[{}] Users.{} tbl.{} dim_{} resource.{} in_{} [in].[{}]"
each_prefix = pytest.mark.parametrize("header", [*_PREFIXED.split(), "r - {}"])


def write_rows(path: Path, header: str, *words: str) -> Path:
    rows = ["9,ada,FALSE,Professional", "8,key1,TRUE,API User", "7,ben,FALSE,3", ""]
    path.write_text("\n".join([",".join(map(header.format, words)), *rows]))
    return path


@each_reader
@each_prefix
@pytest.mark.parametrize(
    ("word", "active"),
    [("inactive", 2), ("Is Inactive", 2), ("Inaktiv", 2), ("active", 1), ("aktiv", 1)],
)
def test_a_yes_means_what_its_header_says_without_its_prefix(
    tmp_path: Path, header: str, word: str, active: int, read: Reader
) -> None:
    words = ("id", "user_name", word, "license_type")

    table = read(write_rows(tmp_path / "export.csv", header, *words))

    assert table.summary.statuses == {0: 0, 1: active, 2: 3 - active}


@pytest.mark.parametrize(
    "around", ['{{"edges": [{{"node": {}}}]}}', '[{{"fields": {}}}]']
)
def test_a_yes_in_json_means_what_its_name_says(export: Export, around: str) -> None:
    one = {"id": 29682001, "userName": "key1", "inactive": True, "licenseType": 7}

    table = read_resources(export(around.format(json.dumps(one)), "export.json"))

    assert table.frame["status"].tolist() == ["inactive"]


@each_reader
@each_prefix
def test_a_column_that_is_another_one_is_known_by_its_prefix_too(
    tmp_path: Path, header: str, read: Reader
) -> None:
    words = ("email", "login", "inactive", "license_type")
    path = write_rows(tmp_path / "export.csv", header, *words)
    path.write_text(path.read_text().replace("9,", "9@x,").replace("7,", "7@x,"))

    report = audit(
        [read(path, ReadOptions(column=header.format("email")))], co_managed=False
    )

    assert "whose header means the e-mail address" in "".join(report.missing)


@each_prefix
def test_a_known_header_of_usernames_is_no_news(tmp_path: Path, header: str) -> None:
    path = write_rows(tmp_path / "export.csv", header, "id", "login", "sort", "kind")

    assert read_resources(path).notices == ()


@each_prefix
def test_a_header_in_two_lines_is_known_by_its_prefix_too(header: str) -> None:
    head = [header.format(word) for word in ("Username", "License")]

    assert is_split_header(head, ["", "Type"]) == is_split_header(
        ["Username", "License"], ["", "Type"]
    )
