"""A member of an answer counts by what its name means, and only if its value is known."""

from typing import Any

import pytest

from tests.exports.export_reading import Export
from tests.exports.jsontext.user_answers import LAST, USERS, judge, judge_beside

LEFT_OUT = "the answer says that something was left out or cut off"
UNKNOWN = "what is beside the list is not known"
NEXT = "names a page that is not in it"
ERRORS = "the answer reports errors"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        *(({name: True}, LEFT_OUT) for name in ("limitReached", "timed_out")),
        *(({name: "yes"}, LEFT_OUT) for name in ("maxRowsReached", "limit_exceeded")),
        *(({name: 12}, LEFT_OUT) for name in ("skippedRecords", "users_omitted")),
        ({"skippedUsers": "zap4link, old9key"}, LEFT_OUT),
        ({"meta": {"skippedIds": [29682999]}}, f"{LEFT_OUT}: meta.skippedIds"),
        *(({name: "ew0"}, NEXT) for name in ("$skipToken", "pageToken")),
        *(({name: "https://x?p=2"}, NEXT) for name in ("requestMore", "load_more")),
        *(({name: 4096}, NEXT) for name in ("byteOffset", "bytesRemaining")),
        *(({name: "abc"}, UNKNOWN) for name in ("requestToken", "maxRecords")),
        *(({name: "zap4link"}, UNKNOWN) for name in ("users", "page", "limit", "of")),
        *(({name: "40%"}, UNKNOWN) for name in ("complete", "success", "isFirst")),
        ({"total": 2, "total_count_relation": "gte"}, UNKNOWN),
        ({"failed": [{"id": 29682999, "reason": "timeout"}]}, ERRORS),
        ({"_shards": {"total": 8, "successful": 4, "failed": 4}}, ERRORS),
    ],
)
@pytest.mark.parametrize("end", [{}, LAST], ids=["open", "last"])
def test_what_may_lack_something_proves_nothing(
    export: Export, more: dict[str, Any], said: str, end: dict[str, Any]
) -> None:
    report = judge_beside(export, more | end)

    assert (report.proved, report.complete) == (False, False)
    assert said in "".join((*report.notices, *report.missing))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        *(({name: 0}, NEXT) for name in ("isLastPage", "complete", "eof", "allLoaded")),
        *(({name: "No"}, NEXT) for name in ("done", "last", "is_final")),
        *(({name: "nein"}, NEXT) for name in ("isFirst", "first_page")),
        *(({"first": False}, NEXT), ({"isFirst": 0}, NEXT), ({"prev": "p1"}, NEXT)),
        *(({"success": word}, ERRORS) for word in ("no", "failed", "Off", 0)),
        *(
            ({"status": word}, ERRORS)
            for word in ("timeout", "truncated", "aborted", "Running", "207", 202)
        ),
        *(({"state": word}, ERRORS) for word in ("Not complete", "in progress")),
        *(({"statusText": "Partial Content"}, ERRORS), ({"code": 206}, ERRORS)),
        *(({"code": 404}, ERRORS), ({"statusCode": 999}, ERRORS)),
        *(({"reason": "Too big"}, UNKNOWN), ({"status": "x" * 101}, UNKNOWN)),
    ],
)
def test_a_no_and_a_failure_are_known_in_other_words(
    export: Export, more: dict[str, Any], said: str
) -> None:
    report = judge_beside(export, more)

    assert (report.proved, report.complete) == (False, False)
    assert said in "".join((*report.notices, *report.missing))


@pytest.mark.parametrize(
    "more",
    [
        {"timed_out": False, "limitReached": "no", "skipToken": None, "missing": []},
        {"skippedRecords": 0, "failed": 0, "failedCount": 0, "hasErrors": "no"},
        {"timeout": 30, "elapsed": 1.5, "elapsedMs": "12 ms", "duration": "00:00:01"},
        {"bytes": 1234, "maxContentLength": -1, "retries": 0, "RawContentLength": 9},
        *({"hasMore": word} for word in ("no", "N", "false", 0, False)),
        {"success": "yes", "done": "yes", "complete": "true", "isLastPage": 1},
        {"success": True, "code": 0, "status": "success", "message": ""},
        {"status": "OK", "statusCode": 200, "state": "completed", "code": "200"},
        {"StatusCode": 200, "StatusDescription": "OK", "statusText": "HTTP/1.1 200 OK"},
        {"status": "Completed without errors"},
        *({"status": word} for word in ("Succeeded", "200 OK", "ready", 1, None)),
        *({"code": code} for code in (1000, 20000, "SUCCESS")),
        {"first": True, "last": True, "previous": None, "has_prev": False},
        {"truncated": False, "maxKeys": 1000, "keyCount": 2},
        {"excludedFields": ["email"], "first": 0, "end": 0},
    ],
)
def test_what_complete_answers_say_in_such_words_takes_nothing_away(
    export: Export, more: dict[str, Any]
) -> None:
    report = judge_beside(export, more)

    assert (report.missing, report.proved) == ((), True)


@pytest.mark.parametrize("skipped", [0, 3])
def test_the_shards_of_a_search_engine_are_not_taken_for_records(
    export: Export, skipped: int
) -> None:
    shards = {"total": 5, "successful": 5, "skipped": skipped, "failed": 0}
    hits = {"total": 2, "hits": USERS}

    report = judge(export, {"timed_out": False, "_shards": shards, "hits": hits})

    assert (report.missing, report.proved) == ((), True)
