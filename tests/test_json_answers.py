"""Answers of the API that do not hold what they say are not complete."""

import json
from typing import Any

import pytest

from apiuser.auditing import audit
from tests.export_reading import Export

USERS: list[dict[str, Any]] = [
    {"id": 29682885, "userName": "amiller", "isActive": True, "licenseType": 3},
    {"id": 29682886, "userName": "key1", "isActive": False, "licenseType": 9},
]


def page(
    at: int, before: str | None, follows: str | None, **more: object
) -> dict[str, Any]:
    details = {"count": 1, "prevPageUrl": before, "nextPageUrl": follows}
    return {"items": [USERS[at]], "pageDetails": details, **more}


FRONT = "the page in front of this one is missing"


@pytest.mark.parametrize(
    ("answers", "gap"),
    [
        ([page(0, None, "p2"), page(1, "p2", None)], f"line 2: {FRONT}"),
        ([page(0, None, "p2"), page(1, None, None)], f"line 2: {FRONT}"),
        ([page(0, None, None), page(1, "p1", None)], f"line 2: {FRONT}"),
        (
            [{"items": USERS, "pageDetails": {"count": 412}}],
            "line 1: the answer says that it holds 412, and 2 stand in it",
        ),
        (
            [{"value": USERS, "Count": 3}],
            "line 1: the answer says that it holds 3, and 2 stand in it",
        ),
        (
            [{"items": USERS, "errors": ["denied"]}],
            "line 1: the answer tells of errors",
        ),
    ],
)
def test_an_answer_that_lacks_what_it_says_is_not_complete(
    export: Export, answers: list[object], gap: str
) -> None:
    path = export("\n".join(map(json.dumps, answers)), "export.json")

    report = audit(path)

    assert report.missing == (f"{path} is not whole ({gap})",)
    assert f"{path}: {gap}. Ask the API again." in report.notices
    assert any(gap in row.message for row in report.rows())
    assert not report.complete


def test_answers_in_a_list_are_told_by_their_place(export: Export) -> None:
    answers = [page(0, None, "p2"), page(1, "p2", None)]

    report = audit(export(json.dumps(answers), "export.json"))

    assert f"line 1, [1]: {FRONT}" in report.missing[0]


@pytest.mark.parametrize(
    "answers",
    [
        [page(0, None, "p2"), page(1, "p1", None)],
        [page(0, None, None), page(1, None, None)],
        [{"items": USERS, "errors": []}],
    ],
)
def test_pages_that_fit_together_are_complete(
    export: Export, answers: list[object]
) -> None:
    text = "\n".join(map(json.dumps, answers))

    assert audit(export(text, "export.json")).missing == ()
