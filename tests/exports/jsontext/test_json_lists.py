"""Resources as JSON under names of their own: data, results, one in another."""

import json
from typing import Any

import pytest

from apiuser.auditing import audit
from apiuser.exports import ReadOptions, read_resources
from apiuser.exports.jsontext import record_lists
from tests.exports.export_reading import Export, names, refusal

USERS: list[dict[str, Any]] = [
    {"id": 29682885, "userName": "amiller", "isActive": True, "licenseType": 3},
    {"id": 29682886, "userName": "key1", "isActive": False, "licenseType": 9},
]
LONG = [USERS[0] | {"note": "x" * 100_000}, USERS[1]]
EDGES = {"data": {"resources": {"edges": [{"node": user} for user in USERS]}}}


@pytest.mark.parametrize(
    "answer",
    [
        {"data": USERS},
        {"status": "ok", "results": USERS},
        {"response": {"status": 200, "data": {"resources": USERS}}},
        {"data": LONG},
        {"response": {"note": "x" * 100_000, "data": USERS}},
        {"roles": [{"id": 1, "name": "Admin"}], "data": USERS},
        {"data": {"items": USERS}},
        {"value": [], "data": USERS},
        [{"data": USERS[:1]}, {"data": USERS[1:]}],
        EDGES,
    ],
    ids=[
        *("data", "results", "nested", "long", "long beside", "another list"),
        *("items in data", "empty value", "pages", "edges"),
    ],
)
@pytest.mark.parametrize("name", ["export.json", "export.csv"])
def test_the_one_list_of_resources_is_read_under_any_name(
    export: Export, answer: object, name: str
) -> None:
    report = audit(export(json.dumps(answer, indent=1), name), co_managed=False)

    assert names(report.tables[0]) == ["amiller", "key1"]
    assert report.missing == ()


def test_answers_one_after_the_other_are_read(export: Export) -> None:
    pages = [{"data": USERS[:1], "next": "p2"}, {"data": USERS[1:], "next": None}]

    table = read_resources(export("\n".join(map(json.dumps, pages)), "export.json"))

    assert names(table) == ["amiller", "key1"]
    assert (table.lacks_pages, table.gaps) == (False, ())


def test_a_page_without_the_object_around_the_list_is_read(export: Export) -> None:
    pages = [{"response": {"data": USERS}}, {"value": [], "response": {}}]

    table = read_resources(export("\n".join(map(json.dumps, pages)), "export.json"))

    assert names(table) == ["amiller", "key1"]


def test_a_list_larger_than_a_value_may_be_is_read_piece_by_piece(
    export: Export,
) -> None:
    users = [{"userName": f"name{at}", "note": "x" * 1_000} for at in range(1_000)]
    path = export(json.dumps({"response": {"data": users}}), "export.json")

    table = read_resources(path, ReadOptions(max_cell=10_000))

    assert table.records == len(users)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"next": "https://next"}, "names a page that is not in it"),
        ({"meta": {"page": {"has_more": True}}}, "names a page that is not in it"),
        ({"total": 9}, "the answer says that it contains 9, but 2 are in it"),
        ({"meta": {"errors": ["denied"]}}, "the answer reports errors"),
        ({"id": 7}, "what is beside the list was not read: id"),
    ],
)
def test_what_such_an_answer_lacks_is_reported(
    export: Export, more: dict[str, object], reason: str
) -> None:
    report = audit(export(json.dumps({"data": USERS} | more), "export.json"))

    assert reason in report.missing[0]


@pytest.mark.parametrize("beside", [{"inactive": USERS}, {"x": {"inactive": USERS}}])
def test_resources_beside_those_of_the_api_are_reported(
    export: Export, beside: dict[str, object]
) -> None:
    report = audit(export(json.dumps({"items": USERS} | beside), "export.json"))

    assert "beside the list was not read: " in report.missing[0]
    assert "inactive" in report.missing[0]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (
            {"active": USERS[:1], "x": {"inactive": USERS[1:]}},
            "usernames are in 2 lists: active, x.inactive. Save each list in a file",
        ),
        (
            {"userName": "caller", "data": USERS},
            "an object has a username, and so do those under data. Save the list",
        ),
        (
            {"resource": {"userName": "caller", "groups": USERS}},
            "an object has a username, and so do those under resource.groups.",
        ),
        (
            {"data": [{"who": "a1", "id": 1}], "errors": []},
            "the objects under data have: who, id. Give an answer",
        ),
        ({"a\x1b": [{"b\n": 1}]}, "the objects under a<U+001B> have: b<U+000A>."),
    ],
)
def test_if_several_lists_are_possible_their_names_are_reported(
    export: Export, answer: object, reason: str
) -> None:
    assert reason in refusal(export(json.dumps(answer), "export.json"))


def test_a_username_named_by_a_person_finds_its_list(export: Export) -> None:
    path = export(json.dumps({"data": [{"who": "a1"}], "roles": [{"id": 1}]}), "e.json")

    table = read_resources(path, ReadOptions(column="who"))

    assert names(table) == ["a1"]


@pytest.mark.parametrize("more", [{"phones": [{"value": "1"}]}, {"data": [{"x": 1}]}])
def test_a_resource_may_hold_lists_of_other_things(
    export: Export, more: dict[str, object]
) -> None:
    lines = "\n".join(json.dumps(user | more) for user in USERS)

    assert names(read_resources(export(lines, "e.json"))) == ["amiller", "key1"]


def test_an_object_of_more_names_than_any_has_is_refused(
    export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_lists, "_MOST_MEMBERS", 1_000)
    names = ", ".join(f'"n{at}": 1' for at in range(1_001))

    said = refusal(export(f"{{{names}}}", "export.json"))

    assert "an object has more than 1000 names" in said


def test_many_elements_in_the_objects_of_a_list_are_reported(export: Export) -> None:
    path = export(f'[{{"data": {{"others": [{"[]," * 100_000}0]}}}}]', "export.json")

    said = refusal(path)

    assert "the list under data.others has 100000 elements" in said
