"""Names and JSON that are in texts of a JSON export are told or refused."""

import json
from typing import Any

import pytest

from apiuser.auditing import audit
from tests.exports.export_reading import Export, names, refusal

USERS: list[dict[str, Any]] = [
    {"id": 29682885, "userName": "amiller", "isActive": True, "licenseType": 1},
    {"id": 29682886, "userName": "key1", "isActive": False, "licenseType": 7},
]
KEPT = json.dumps({"items": [{"userName": "b2"}]})


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"inactive": ["b2@x", "c3@x"]}, "inactive"),
        ({"more": {"inactive": [None, "b2"]}}, "more.inactive"),
        ({"pages": [["b2"], ["c3"]]}, "pages[0], pages[1]"),
        ({"inactive": KEPT}, "inactive.items"),
        ({"inactive": f" {json.dumps([USERS[0]])}"}, "inactive"),
        ({"inactive": json.dumps(KEPT)}, "inactive.items"),
        ({"log": ["200", KEPT]}, "log"),
        ({"value": json.dumps([USERS[0]])}, "value"),
        ({"csv": "ID;Username\n7;b2\n"}, "csv"),
        ({"inactive": KEPT[:-3]}, "inactive"),
        ({"inactive": '["b2", "c3"]'}, "inactive"),
        ({"inactive": "System.Object[]"}, "inactive"),
        ({"inactive": "System.Collections.Hashtable"}, "inactive"),
        ({"pageDetails": "@{count=2; nextPageUrl=p2}"}, "pageDetails"),
    ],
)
@pytest.mark.parametrize("form", ["answer", "list", "another list"])
def test_names_in_texts_beside_the_list_are_reported(
    export: Export, more: dict[str, object], place: str, form: str
) -> None:
    answer = {"data" if form == "another list" else "items": USERS} | more
    text = json.dumps([answer] if form == "list" else answer)

    report = audit(export(text, "export.json"), co_managed=False)

    assert f"what is beside the list was not read: {place})" in report.missing[0]
    assert not report.complete


@pytest.mark.parametrize("kept", [KEPT, f"\n{KEPT}", KEPT[:-3]])
def test_json_in_a_text_of_a_record_is_reported(export: Export, kept: str) -> None:
    records = [{**USERS[0], "body": kept}, USERS[1]]

    report = audit(export(json.dumps(records), "export.json"), co_managed=False)

    assert "[0]: what is within a record was not read: body" in report.missing[0]


@pytest.mark.parametrize("more", ['{"nextPageUrl": "p2"}', '{"nextPageUrl": "p2'])
def test_a_page_that_a_text_beside_the_list_names_is_reported(
    export: Export, more: str
) -> None:
    answer = {"items": USERS, "meta": more}

    report = audit(export(json.dumps(answer), "export.json"), co_managed=False)

    assert report.missing


@pytest.mark.parametrize(
    "more",
    [
        {"fields": ["id", "userName", "isActive"]},
        {"note": "[info] all read", "hint": "{draft}", "by": '"me"'},
        {"scopes": [], "ids": [1, 2], "empty": ["", None]},
        {"meta": '{"count": 2, "nextPageUrl": null}'},
    ],
)
def test_texts_that_name_nobody_leave_an_answer_complete(
    export: Export, more: dict[str, object]
) -> None:
    users = [user | {"note": "[x]", "roles": ["Admin"]} for user in USERS]
    answer = {"items": users} | more

    report = audit(export(json.dumps(answer), "export.json"), co_managed=False)

    assert names(report.tables[0]) == ["amiller", "key1"]
    assert (report.missing, report.proved) == ((), True)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (
            ["a1@x", "b2@x"],
            (
                "[0]: a text where an object should be. If these are usernames, write "
                "them below the header Username in a .csv file, one per line."
            ),
        ),
        ({"items": ["a1", "b2"]}, "items[0]: a text where an object should be. If"),
        ([7, 8], "a number where an object should be. Give an answer of the API"),
        (
            {"data": {"users": ["a1", "b2"]}},
            "the list under data.users contains texts,",
        ),
        ([{"users": ["a1", "b2"]}], "the list under users contains texts, not objects"),
        ({"status": 200, "body": KEPT}, "JSON is kept in a text under body. Save that"),
        ([{"body": {"raw": KEPT}}], "JSON is kept in a text under body.raw. Save that"),
        (
            KEPT,
            "line 1, column 1: JSON is kept in a text, as when it is converted twice",
        ),
        ("a1@x", "a text is where an object or a list should be"),
        (7, "a number is where an object or a list should be"),
        (None, "null is where an object or a list should be"),
    ],
)
def test_texts_instead_of_resources_are_refused_with_what_to_do(
    export: Export, answer: object, reason: str
) -> None:
    assert reason in refusal(export(json.dumps(answer), "export.json"))


@pytest.mark.parametrize("text", ['["a1@x", "b2@x"]', '[\n "a1"\n]', '["a\\"1" , "b'])
def test_a_list_of_texts_is_json_under_any_name(export: Export, text: str) -> None:
    said = refusal(export(text, "export.csv"))

    assert "a text where an object should be" in said or "breaks off" in said
