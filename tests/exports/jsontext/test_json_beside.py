"""What is beside a list of resources and is not known leaves nothing proved."""

import base64
import json
from typing import Any

import pytest

from tests.exports.export_reading import Export
from tests.exports.jsontext.user_answers import LAST, USERS, judge, judge_beside

NAME = "k4p7q2m9x3v6b8n"
CODED = base64.b64encode(json.dumps({"userName": NAME}).encode()).decode()


@pytest.mark.parametrize(
    "more",
    [
        *({"inactive": NAME}, {"inactive": {NAME: True}}, {"inactive": {NAME: None}}),
        *({NAME: {}}, {NAME: None}, {"inactive": {NAME: {"id": 9}}}, {"raw": CODED}),
        *({"meta": {"inactive": NAME}}, {"more": {"of": {NAME: {"isActive": False}}}}),
    ],
)
@pytest.mark.parametrize("end", [{}, LAST], ids=["open", "last"])
def test_a_name_beside_the_list_proves_nothing(
    export: Export, more: dict[str, Any], end: dict[str, Any]
) -> None:
    report = judge_beside(export, more | end)

    assert (report.proved, report.complete) == (False, False)
    assert "beside the list" in "".join(report.missing)


@pytest.mark.parametrize(
    "more",
    [
        *({"after": 29682886}, {"after": "key1"}, {"scroll_id": "DnF1ZXJ5"}),
        *({"note": "first 2 of 9"}, {"of": 9}, {"size": 9}, {"upTo": 2, "all": 9}),
        *({"cursors": {"after": "x"}}, {"endCursor": "x"}, {"search_after": 12}),
        *({"marker": "x"}, {"bookmark": "x"}, {"position": 2}, {"resume": True}),
        *({"description": "2 / 9"}, {"Count": 2, "token": "abc"}, {"sync": 7}),
        *({"note": "first 8 of many"}, {"title": "Die ersten 8 von allen"}),
        *({"note": "truncated at 8"}, {"hint": "Not all resources, more on page 2"}),
        *({"pageInfo": {"endCursor": "x"}}, {"paging": {"before": "x"}}),
    ],
)
@pytest.mark.parametrize("form", ["items", "value", "data"])
def test_what_may_name_a_further_page_proves_nothing(
    export: Export, more: dict[str, Any], form: str
) -> None:
    report = judge_beside(export, more, form)

    assert (report.proved, report.complete) == (False, False)


@pytest.mark.parametrize(
    "more",
    [
        LAST,
        {"@odata.context": "https://x/$metadata#Resources", "@odata.count": 2},
        *({"Count": 2}, {"status": "ok", "code": 200}, {"apiVersion": "1.0"}),
        {"generatedAt": "2026-11-26T10:00:00Z", "exportedBy": "ada"},
        {"tenant": "Sample", "entity": "Resources", "durationMs": 71},
        LAST | {"cached": True, "shard": 3},
        {"total": 2, "position": 2},
        {"weird": None, "empty": {}, "none": [], "zero": 0, "meta": {"x": None}},
        {"request": {"url": "https://x", "method": "GET", "query": "isActive"}},
        {"info": {"title": "Resources", "description": "All resources"}},
    ],
)
def test_what_answers_say_of_themselves_takes_nothing_away(
    export: Export, more: dict[str, Any]
) -> None:
    report = judge_beside(export, more)

    assert (report.missing, report.proved) == ((), True)


def test_the_place_is_named_with_what_to_do(export: Export) -> None:
    report = judge_beside(export, {"paging": {"after": "abc"}})

    assert (
        "what is beside the list is not known, and may be a further page or name: "
        "paging.after (if it is neither, save the list alone). Ask the API again."
    ) in "".join(report.notices)


@pytest.mark.parametrize(
    "more",
    [
        {"apiUsers": [{"key": "zap4link", "active": True}]},
        {"coManaged": [{"name": "cy", "id": 1}]},
        *({"inactive": [29682999]}, {"rest": [[1, 2]]}, {"records": [None, {"x": 1}]}),
        *({"meta": {"also": [{"key": NAME}]}}, {"raw": '[{"key": "zap4link"}]'}),
        *({"pages": [{"a": 1}, {"a": 2}]}, {"ids": [1, 2, 3]}),
    ],
)
@pytest.mark.parametrize("end", [{}, LAST], ids=["open", "last"])
def test_a_list_beside_the_list_proves_nothing_unless_it_is_known(
    export: Export, more: dict[str, Any], end: dict[str, Any]
) -> None:
    report = judge_beside(export, more | end)

    assert (report.proved, report.complete) == (False, False)
    assert "beside the list" in "".join(report.missing)


@pytest.mark.parametrize(
    "more",
    [
        {"roles": [{"id": 1, "name": "Admin"}], "locations": [{"id": 1}]},
        {"sort": [{"field": "id", "direction": "asc"}], "orderBy": ["id"]},
        {"servers": [{"url": "https://x"}], "headers": [{"key": "a", "value": "b"}]},
        {"numbers": [], "nothing": [None, [], {}], "IncludeFields": ["userName"]},
        {"warnings": [], "failed": [], "skippedIds": []},
    ],
)
def test_a_known_or_empty_list_beside_the_list_takes_nothing_away(
    export: Export, more: dict[str, Any]
) -> None:
    report = judge_beside(export, more)

    assert (report.missing, report.proved) == ((), True)


SCIM = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
FRAME = {"fields": [{"name": "id", "type": "integer"}], "primaryKey": ["index"]}
URL = {"host": ["x"], "path": ["v1.0", "Resources"]}
SORT = {"sorted": False, "unsorted": True, "empty": True}


@pytest.mark.parametrize(
    "answer",
    [
        {"schemas": [SCIM], "totalResults": 2, "startIndex": 1, "Resources": USERS},
        {"schema": FRAME | {"pandas_version": "1.4.0"}, "data": USERS},
        {"request": {"method": "GET", "url": URL}, "items": USERS},
        {
            "first": True,
            "last": True,
            "number": 0,
            "totalElements": 2,
            "sort": SORT,
            "pageable": {"unpaged": False, "sort": SORT},
            "numberOfElements": 2,
            "empty": False,
            "content": USERS,
        },
    ],
    ids=["SCIM", "pandas", "Postman", "Spring"],
)
def test_what_programs_write_about_their_lists_is_harmless(
    export: Export, answer: dict[str, Any]
) -> None:
    report = judge(export, answer)

    assert (report.missing, report.proved) == ((), True)
