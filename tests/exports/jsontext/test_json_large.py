"""Large records that hold lists, and resources that stand in an object."""

import json
from typing import Any

import pytest

from apiuser.auditing import audit
from apiuser.exports import ReadOptions, read_resources
from tests.exports.export_reading import Export, names, refusal

USERS: list[dict[str, Any]] = [
    {"id": 29682885, "userName": "amiller", "isActive": True, "licenseType": 1},
    {"id": 29682886, "userName": "key1", "isActive": False, "licenseType": 7},
]
NEXT = {"pageDetails": {"nextPageUrl": "p2"}}


@pytest.mark.parametrize("inner", [[1, 2], [{"x": 1}], ["b1"], [None]])
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("size", [10, 70_000, 200_000, 1_000_000])
def test_a_large_record_may_hold_a_list_that_looks_like_an_answer(
    export: Export, inner: list[object], order: int, size: int
) -> None:
    user = USERS[0] | {"note": "x" * size, "items": inner}
    text = f"{json.dumps(dict([*user.items()][::order]))}\n{json.dumps(USERS[1])}"

    table = read_resources(export(text, "export.json"))

    assert names(table) == ["amiller", "key1"]
    assert table.unreadable == ()


def test_a_record_above_the_limit_is_refused_whatever_it_holds(export: Export) -> None:
    user = USERS[0] | {"items": [{"x": "y" * 900}] * 200}
    text = f"{json.dumps(user)}\n{json.dumps(USERS[1])}"

    said = refusal(export(text, "export.json"), max_cell=1_000)

    assert "line 1: a value contains more than 4000 characters" in said


def test_blanks_are_limited_as_a_value_is(export: Export) -> None:
    path = export(f"[\n{' ' * 200_000}{json.dumps(USERS[1])}]", "export.json")

    said = refusal(path, max_cell=1_000)

    assert "line 2: more than 4000 blanks follow one another. Raise the limit" in said
    assert names(read_resources(path)) == ["key1"]


def test_a_page_named_beside_the_only_resource_is_reported(export: Export) -> None:
    answer = {"items": USERS[0]} | NEXT

    report = audit(export(json.dumps(answer), "export.json"))

    assert "names a page that is not in it" in report.missing[0]
    assert names(report.tables[0]) == ["amiller"]


def test_what_a_record_says_of_itself_names_no_page(export: Export) -> None:
    records = [{"resource": user | {"nextReviewDate": "2027"}} for user in USERS]

    table = read_resources(export(json.dumps(records)), ReadOptions())

    assert (table.lacks_pages, table.gaps) == (None, ())
