"""What a JSON export skips, or says that it lacks, leaves nothing proved."""

import json
from typing import Any

import pytest

from apiuser.auditing import audit
from tests.exports.export_reading import Export, names
from tests.exports.jsontext.user_answers import USERS, judge

B, C = USERS
ADA: dict[str, Any] = {"id": 9, "userName": "ADA1"}
RESULT: dict[str, Any] = {"items": USERS}
PAGED: dict[str, Any] = {"items": [B], "pageDetails": {"nextPageUrl": "p2"}}
ODATA: list[dict[str, Any]] = [
    {"value": [B], "@odata.context": "c", "@odata.nextLink": "p2"},
    {"value": [C], "@odata.context": "c"},
]
NEXT = "names a page that is not in it"


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"more": {"9": ADA}}, "more.9"),
        ({"item": ADA}, "item"),
        ({"pages": [[ADA]]}, "pages[0]"),
        ({"pages": [{"items": [ADA, ADA]}]}, "pages[0].items"),
        ({"a": {"b": {"c": {"d": {"e": [ADA]}}}}}, "a.b.c.d.e"),
        ({"a": [[[[[1, ADA]]]]]}, "a[0][0][0][0]"),
    ],
)
@pytest.mark.parametrize("form", ["answer", "list"])
def test_a_resource_beside_the_list_is_reported_with_its_place(
    export: Export, more: dict[str, object], place: str, form: str
) -> None:
    report = judge(export, RESULT | more if form == "answer" else [RESULT | more])

    said = f"what is beside the list was not read: {place})"
    assert said in " ".join(report.missing)
    assert not report.complete


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ({"userName": "d4", "items": [ADA]}, "items[1]: {}: items"),
        ({"userName": "d4", "x": {"y": [[ADA]]}}, "items[1]: {}: x.y[0]"),
        ({"userName": "d4", "child": ADA}, "items[1]: {}: child"),
        ({"groups": [{"members": [ADA]}]}, "items[1]: {}: groups[0].members"),
    ],
)
def test_a_resource_inside_a_record_is_reported_with_its_place(
    export: Export, record: dict[str, object], place: str
) -> None:
    report = judge(export, {"items": [*USERS, *[record] * 30]})

    said = place.format("what is within a record was not read")
    assert said.replace("[1]", "[2]") in " ".join(report.missing)
    assert "and 19 more" in " ".join(report.missing)


def test_an_object_on_its_own_is_not_a_record_of_what_it_holds(export: Export) -> None:
    report = judge(export, B, C, {"pages": [{"items": [ADA]}]})

    said = "line 3: what is within a record was not read: pages[0].items"
    assert said in " ".join(report.missing)


_COUNTS = """
count total @odata.count totalRecords TotalResults totalSize total_items recordCount
recordsTotal number-of-users results numFound result_count
"""


@pytest.mark.parametrize("name", _COUNTS.split())
@pytest.mark.parametrize("count", [700, -1, 0, "700 ", "7,000"])
def test_a_different_count_is_reported(
    export: Export, name: str, count: object
) -> None:
    report = judge(export, RESULT | {"meta": {name: count}})

    said = f"the answer says that it contains {str(count).strip()}, but 2 are in it"
    assert said in " ".join(report.missing)


@pytest.mark.parametrize("count", ["700.0", "7e2", '{"value": 700}', "[700]", "1e999"])
def test_a_count_may_be_written_in_any_way(export: Export, count: str) -> None:
    text = json.dumps(RESULT | {"total": 0}).replace('"total": 0', f'"total": {count}')

    report = audit(export(text, "export.json"), co_managed=False)

    assert "the answer says that it contains" in " ".join(report.missing)


@pytest.mark.parametrize(
    "more",
    [
        *(
            {name: "p2"}
            for name in ("next", "nextToken", "@odata.nextLink", "my_next_url")
        ),
        *({name: True} for name in ("hasMore", "has_next", "HasNextPage", "truncated")),
        *({"isLast": False}, {"last_page": "false"}, {"page": 1, "totalPages": 3}),
        {"meta": {"next_cursor": None, "has_more": True}},
        *({name: "abc"} for name in ("cursor", "LastEvaluatedKey")),
        *({name: True} for name in ("limited", "capped", "cut_off")),
        *({"remaining": 3}, {"results_left": 5}, {"eof": False}, {"end": "false"}),
        *({"page": 2, "totalPages": 2}, {"page": "3"}, {"meta": {"pageNumber": 2}}),
        {"offset": 500},
        {"offset": "itr1/rec2"},
        {"pageIndex": 1},
        {"pageIndex": 1, "totalPages": 2},
        {"skip": 1},
        {"skipped": 3},
        {"startIndex": 501},
        {"startAt": 50},
        *({"links": [{"rel": "next", "href": "p2"}]}, {"links": [{"rel": ["next"]}]}),
        *({"_links": {"next": {"href": "p2"}}}, {"Link": '<https://p2>; rel="next"'}),
    ],
)
def test_whatever_looks_like_a_next_page_is_reported(
    export: Export, more: dict[str, object]
) -> None:
    assert NEXT in " ".join(judge(export, RESULT | more).missing)


@pytest.mark.parametrize(
    "later",
    [
        *({"items": [C]}, {"items": []}, {"items": [], "status": "ok"}),
        *({"pageDetails": {"nextPageUrl": None}}, {"pageDetails": {"next": "p3"}}, C),
    ],
)
def test_a_page_that_follows_is_not_forgotten(export: Export, later: object) -> None:
    assert NEXT in " ".join(judge(export, PAGED, later).missing)


@pytest.mark.parametrize(
    "name",
    [
        "limit",
        "pageSize",
        "page_limit",
        "maxRecords",
        "requestCount",
        "per_page",
        "resultLimit",
    ],
)
def test_a_full_page_that_is_not_called_the_last_is_reported(
    export: Export, name: str
) -> None:
    said = "contains as many records as one page may, and nothing says"

    assert said in " ".join(judge(export, RESULT | {"meta": {name: 2}}).missing)
    last = {"items": [ADA], "meta": {name: 2}}
    assert said not in " ".join(
        judge(export, RESULT | {"meta": {name: 2}}, last).missing
    )


def test_an_object_without_a_list_may_name_a_page(export: Export) -> None:
    assert NEXT in " ".join(judge(export, B, C, {"nextPageUrl": "p2"}).missing)


@pytest.mark.parametrize(
    "more",
    [
        {"error": "timeout"},
        {"errors": {"a": 1}},
        {"message": "cut"},
        {"hasErrors": True},
        *({"Message": "cut"}, {"meta": [{"error": 5}]}, {"warning": "7 of 20"}),
        *({"statusCode": 206}, {"status": "500"}, {"status": "partial content"}),
        *({"status": "error"}, {"state": "Failed"}),
        *({"success": False}, {"ok": "false"}, {"meta": {"Succeeded": 0}}),
    ],
)
@pytest.mark.parametrize("form", ["beside", "after", "in front"])
def test_an_answer_that_reports_errors_is_not_complete(
    export: Export, more: dict[str, object], form: str
) -> None:
    answers: dict[str, list[object]] = {
        "beside": [RESULT | more],
        "after": [RESULT, more],
        "in front": [[more, RESULT]],
    }

    assert "the answer reports errors" in " ".join(
        judge(export, *answers[form]).missing
    )


@pytest.mark.parametrize(
    "answers",
    [
        [
            RESULT
            | {"count": 2, "total": 2.0, "@odata.count": "2 ", "requestCount": 500}
        ],
        [RESULT | {"page": 1, "totalPages": 1, "pageSize": 500, "total": "many"}],
        [RESULT | {"hasMore": False, "next": "", "nextOffset": 0, "isLast": True}],
        [
            RESULT
            | {"cursor": None, "remaining": 0, "eof": True, "page": 1, "offset": 0}
        ],
        [RESULT | {"from": 1, "to": 2, "limit": 500, "start": 0, "pageSize": 500}],
        [RESULT | {"pageSize": 2, "nextPageUrl": None}],
        [RESULT | {"page": 1, "totalPages": 1, "pageSize": 2}],
        *([RESULT | {"pageIndex": n, "totalPages": 1}] for n in (0, 1)),
        [RESULT | {"status": 200, "ok": True, "success": "true", "warnings": []}],
        [RESULT | {"status": "done", "state": None, "length": 2}],
        [RESULT | {"page": 1}, {"items": [], "page": 2}],
        [RESULT | {"truncated": "false", "more": None, "links": [{"rel": "self"}]}],
        [RESULT | {"error": None, "errors": {}, "message": " ", "errorCount": 0}],
        [RESULT | {"account": "700", "roles": [{"id": 1, "name": "Admin"}]}],
        ODATA,
        [PAGED, {"items": [C], "pageDetails": {"nextPageUrl": None}}],
        [[{"resource": user | {"phones": [{"value": "1"}]}} for user in USERS]],
    ],
)
def test_what_lacks_nothing_stays_complete(
    export: Export, answers: list[object]
) -> None:
    report = judge(export, *answers)

    assert names(report.tables[0]) == ["amiller", "key1"]
    assert (report.missing, report.proved) == ((), True)


def test_a_long_answer_with_errors_is_reported_too(export: Export) -> None:
    report = judge(export, RESULT, {"note": "x" * 3_000_000, "errors": ["timeout"]})

    assert "line 2: the answer reports errors" in " ".join(report.missing)
