"""What an answer says about itself is found by the names of its values."""

from typing import Any

import pytest

from apiuser.exports.jsontext.answer_details import (
    find_next,
    is_full,
    tells_of_errors,
)
from apiuser.exports.jsontext.answer_values import (
    walk,
    walk_named,
)


def test_all_values_of_an_answer_are_named_but_those_of_its_list() -> None:
    answer = {
        "items": [{"count": "1"}],
        "meta": {"To-Tal": {"value": "7"}},
        "rows": [[{"b": "2"}]],
    }

    assert [*walk_named(answer, [("items",)])] == [
        ("meta", {"To-Tal": {"value": "7"}}),
        ("total", {"value": "7"}),
        ("total", "7"),
        ("rows", [[{"b": "2"}]]),
        ("rows", [{"b": "2"}]),
        ("", {"b": "2"}),
        ("b", "2"),
    ]


def test_numbers_in_lists_of_lists_are_skipped() -> None:
    assert [*walk([1, {"a": 2}])] == [((1,), {"a": 2}), ((1, "a"), 2)]
    assert [*walk({"a": [[1]]})] == [(("a",), [[1]]), (("a", 0), [1])]


def test_of_a_long_list_the_end_is_seen_only_where_it_may_tell_something() -> None:
    later = ["x", "see next", '{"b": 1, "d": 2.5}', [], {}, {"c": 2}, True]
    plain = [*range(100)]

    found = [*walk({"a": [*plain, *later]})][1:]

    assert found[:100] == [(("a", at), at) for at in plain]
    assert found[100:] == [
        (("a", 101), "see next"),
        (("a", 102), '{"b": 1, "d": 2.5}'),
        (("a", 102), {"b": "1", "d": "2.5"}),
        (("a", 102, "b"), "1"),
        (("a", 102, "d"), "2.5"),
        (("a", 105), {"c": 2}),
        (("a", 105, "c"), 2),
    ]


@pytest.mark.parametrize(
    ("named", "follows"),
    [
        ([], None),
        ([("page", "0")], None),
        ([("pages", "1")], ""),
        ([("pages", "2")], "a further page"),
        ([("page", "2"), ("pages", "2")], ""),
        ([("page", "1"), ("page", "3"), ("pages", "2")], "a further page"),
        ([("page", "1"), ("pages", "3"), ("pages", "1")], "a further page"),
        ([("hasmore", True), ("next", "p2")], "p2"),
        ([("next", None)], ""),
        ([("rel", "Next")], "Next"),
        ([("rel", ["next"])], "['next']"),
        ([("rel", ["nextish"])], None),
        ([("islast", True)], None),
        ([("islast", False)], "False"),
        ([("islast", "FALSE")], "FALSE"),
    ],
)
def test_a_page_that_follows_is_found(
    named: list[tuple[str, Any]], follows: str | None
) -> None:
    assert find_next(named) == follows


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        *(("message", "x", True), ("messages", ["x"], True), ("messages", [], False)),
        *(("error", " NULL ", False), ("error", "false", False), ("error", "0", True)),
        *(("success", True, False), ("success", False, True), ("success", None, False)),
        *(("status", "Incomplete", True), ("status", " partial", True)),
        *(("status", "399", False), ("status", "400", True), ("status", "206", True)),
        *(("status", {"error": "x"}, False), ("id", "400", False)),
    ],
)
def test_an_answer_tells_of_errors_by_some_names(
    name: str, value: object, *, told: bool
) -> None:
    assert tells_of_errors([(name, value)]) is told


def test_a_page_without_records_is_never_full() -> None:
    assert [is_full([("limit", "0"), ("top", "1")], n) for n in range(3)] == [
        False,
        True,
        False,
    ]


def test_json_that_breaks_off_in_a_text_still_names_what_it_has() -> None:
    kept = '{"nextPageUrl": "p2'

    assert [*walk_named({"x": kept})] == [
        ("x", kept),
        ("x", {"nextPageUrl": "?"}),
        ("nextpageurl", "?"),
    ]
