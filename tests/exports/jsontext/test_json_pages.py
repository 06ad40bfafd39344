"""Pages of JSON in one file: joined, one per line, with or without marks between."""

import json
from pathlib import Path
from typing import Any

import pytest

from apiuser.auditing import audit
from apiuser.errors import SourceError
from apiuser.exports import read_resources
from tests.exports.export_reading import Export, names

USERS: list[dict[str, Any]] = [
    {"id": 29682885, "userName": "amiller", "isActive": True, "licenseType": 1},
    {"id": 29682886, "userName": "key1", "isActive": False, "licenseType": 7},
]
LONG = [user | {"note": "x" * 200_000} for user in USERS]
SHAPES: dict[str, list[object]] = {
    "answers": [{"items": [user]} for user in USERS],
    "lists": [[user] for user in USERS],
    "objects": [*USERS],
    "long answers": [{"items": [user]} for user in LONG],
    "long lists": [[user] for user in LONG],
    "long objects": [*LONG],
    "answers in lists": [[{"items": [user]}] for user in USERS],
    "other answers": [{"data": {"users": [user]}} for user in USERS],
    "lists in a list": [[USERS[:1], USERS[1:]]],
    "a list in the second line": [USERS[0], USERS[1:]],
    "an object and an answer": [USERS[0], {"items": USERS[1:]}],
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("between", ["", " ", "\n", "\r\n\r\n", "\n\ufeff", "\ufeff"])
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_pages_that_were_joined_are_read(
    tmp_path: Path, shape: str, between: str, codec: str
) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(between.join(map(json.dumps, SHAPES[shape])).encode(codec))

    report = audit(path, co_managed=False)

    assert names(report.tables[0]) == ["amiller", "key1"]
    assert (report.missing, report.proved) == ((), True)


@pytest.mark.parametrize(
    "text", ['[[{"userName": "a1"}, 7]]', '{"userName": "a1"}\n[{"userName": "b1"}, 7]']
)
def test_what_is_not_an_object_in_an_inner_list_is_listed(
    export: Export, text: str
) -> None:
    table = read_resources(export(text, "export.json"))

    (listed,) = table.unreadable
    assert "[1]: a number where an object should be" in listed.reason


@pytest.mark.parametrize("text", ['[\ufeff{"userName": "a1"}]', '{\ufeff"items": []}'])
def test_a_byte_order_mark_inside_a_value_is_not_json(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "export.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SourceError, match="column 2: this is not JSON"):
        read_resources(path)
