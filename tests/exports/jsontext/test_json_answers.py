"""Answers of the API that do not hold what they say are not complete."""

import json
from typing import Any

import pytest

from apiuser.auditing import audit
from apiuser.exports import read_resources
from tests.exports.export_reading import Export, names

USERS: list[dict[str, Any]] = [
    {"id": 29682885, "userName": "amiller", "isActive": True, "licenseType": 3},
    {"id": 29682886, "userName": "key1", "isActive": False, "licenseType": 9},
]


def page(
    at: int, before: str | None, follows: str | None, **more: object
) -> dict[str, Any]:
    details = {"count": 1, "prevPageUrl": before, "nextPageUrl": follows}
    return {"items": [USERS[at]], "pageDetails": details, **more}


FRONT = "the page before this one is missing"


@pytest.mark.parametrize(
    ("answers", "gap"),
    [
        ([page(0, None, "p2"), page(1, "p2", None)], f"line 2: {FRONT}"),
        ([page(0, None, "p2"), page(1, None, None)], f"line 2: {FRONT}"),
        ([page(0, None, None), page(1, "p1", None)], f"line 2: {FRONT}"),
        (
            [{"items": USERS, "pageDetails": {"count": 412}}],
            "line 1: the answer says that it contains 412, but 2 are in it",
        ),
        (
            [{"value": USERS, "Count": 3}],
            "line 1: the answer says that it contains 3, but 2 are in it",
        ),
        (
            [{"items": USERS, "errors": ["denied"]}],
            "line 1: the answer reports errors",
        ),
    ],
)
def test_an_answer_that_lacks_what_it_says_is_not_complete(
    export: Export, answers: list[object], gap: str
) -> None:
    path = export("\n".join(map(json.dumps, answers)), "export.json")

    report = audit(path)

    assert report.missing == (f"{path} is not complete ({gap})",)
    assert f"{path}: {gap}. Ask the API again." in report.notices
    assert any(gap in row.message for row in report.rows())
    assert not report.complete


def test_answers_in_a_list_are_reported_with_their_place(export: Export) -> None:
    answers = [page(0, None, "p2"), page(1, "p2", None)]

    report = audit(export(json.dumps(answers), "export.json"))

    assert f"line 1, [1]: {FRONT}" in report.missing[0]


@pytest.mark.parametrize(
    "answers",
    [
        [page(0, None, "p2"), page(1, "p1", None)],
        [page(0, None, None), page(1, None, None)],
        [{"items": USERS, "errors": [], "status": 200}],
    ],
)
def test_pages_that_fit_together_are_complete(
    export: Export, answers: list[object]
) -> None:
    text = "\n".join(map(json.dumps, answers))

    assert audit(export(text, "export.json")).missing == ()


@pytest.mark.parametrize("more", [{"value": []}, {"items": [1]}, {"Value": [{"x": 1}]}])
@pytest.mark.parametrize("form", ["list", "lines", "answer", "long"])
def test_a_resource_may_hold_a_list_that_looks_like_an_answer(
    export: Export, more: dict[str, object], form: str
) -> None:
    users = [{"note": "", **USERS[0], **more}, *USERS[1:]]
    if form == "long":
        users[0] |= {"note": "x" * 100_000}
    whole = {"list": users, "long": users, "answer": {"items": users}}
    lines = "\n".join(map(json.dumps, users))
    text = lines if form == "lines" else json.dumps(whole[form])

    report = audit(export(text, "export.json"))

    assert names(report.tables[0]) == ["amiller", "key1"]
    assert report.missing == ()


def test_a_long_resource_of_its_own_is_not_lost(export: Export) -> None:
    user = {"note": "x" * 100_000, "value": [], **USERS[0]}
    text = f"{json.dumps(user)}\n{json.dumps(USERS[1])}"

    table = read_resources(export(text, "export.json"))

    assert names(table) == ["amiller", "key1"]


@pytest.mark.parametrize("text", ["lines", "list", "long"])
def test_what_is_beside_a_list_of_resources_is_reported(
    export: Export, text: str
) -> None:
    answer = {"userName": "caller", "id": 1, "items": USERS}
    written = {
        "lines": json.dumps(answer),
        "list": json.dumps([answer]),
        "long": json.dumps({"note": "x" * 100_000} | answer),
    }

    report = audit(export(written[text], "export.json"))

    assert names(report.tables[0]) == ["amiller", "key1"]
    assert "what is beside the list was not read: userName, id" in report.missing[0]


@pytest.mark.parametrize("name", [42, True, False, 1.5])
@pytest.mark.parametrize("form", ["plain", "nested"])
def test_a_username_that_is_not_text_leaves_nothing_proved(
    export: Export, name: object, form: str
) -> None:
    users = [*USERS, USERS[0] | {"id": 29682887, "userName": name}]
    written = {
        "plain": users,
        "nested": [{"resource": user} for user in users],
    }

    report = audit(export(json.dumps(written[form]), "export.json"))

    assert report.missing == ("1 username that may be written differently in Autotask",)
    said = "1 username written as a number or a truth value, the first in record 3"
    assert said in report.notices[0]


def test_a_number_that_looks_changed_counts_once(export: Export) -> None:
    text = json.dumps([*USERS, USERS[0] | {"userName": 0}]).replace(": 0}", ": 1e+5}")

    report = audit(export(text, "export.json"))

    assert report.tables[0].summary.odd_names == 1


def number_pages(name: str, starts: list[int], last: int) -> list[object]:
    return [
        {"items": USERS, name: start, "hasMore": at != last}
        for at, start in enumerate(starts, 1)
    ]


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        ("page", [1, 3]),
        ("page", [1, 1]),
        ("pageIndex", [0, 1, 3]),
        ("offset", [0, 100]),
        ("offset", [0, 0]),
        ("startIndex", [1, 3, 7]),
        ("from", [1, 4]),
    ],
)
def test_a_page_is_missing_if_the_next_begins_later_or_again(
    export: Export, name: str, starts: list[int]
) -> None:
    pages = number_pages(name, starts, len(starts))
    path = export("\n".join(map(json.dumps, pages)), "export.json")

    assert read_resources(path).gaps == (f"line {len(starts)}: {FRONT}",)


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        *(("page", [1, 2, 3]), ("pageIndex", [0, 1]), ("offset", [0, 2, 4])),
        *(("startIndex", [1, 3]), ("offset", [0, 1, 2])),
    ],
)
def test_pages_that_begin_where_others_end_are_complete(
    export: Export, name: str, starts: list[int]
) -> None:
    pages = number_pages(name, starts, len(starts))
    path = export("\n".join(map(json.dumps, pages)), "export.json")

    assert read_resources(path).gaps == ()


def test_the_pages_of_a_second_list_begin_again(export: Export) -> None:
    halves = [*number_pages("page", [1, 2], 2), *number_pages("page", [1], 1)]

    path = export("\n".join(map(json.dumps, halves)), "export.json")

    assert read_resources(path).gaps == ()


def test_a_page_of_a_count_that_is_missing_is_reported(export: Export) -> None:
    pages = [{"items": USERS, "page": at, "totalPages": 3} for at in (1, 3)]

    path = export("\n".join(map(json.dumps, pages)), "export.json")

    assert read_resources(path).gaps == (f"line 2: {FRONT}",)
