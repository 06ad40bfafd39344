"""A JSON export is refused, or what it lacks told, with its place and in full."""

import json
from typing import Any

import pytest

from apiuser.exports import ReadOptions, read_resources
from tests.exports.export_reading import Export, names, refusal

USER = {"userName": "a1"}
LONG = "x" * 100_000
AGAIN = "Save the answer of the API again, whole and unchanged."
PAGES = {"prevPageUrl": None, "nextPageUrl": "p2"}
LAST = {"prevPageUrl": "p1", "nextPageUrl": None}


def list_gaps(export: Export, text: str) -> list[str]:
    return list(read_resources(export(text, "export.json")).gaps)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[{"userName": "a1"}X{"userName": "b1"}]', "column 20"),
        (f'{{"items": [{{"note": "{LONG}"}}]X"a": 1}}', "column 100025"),
        (f'{{"items"X[{{"note": "{LONG}"}}]}}', "column 9"),
        ('{"data"X[{"userName": "a1"}]}', "column 8"),
        ('{"data": [{"userName": "a1"}X]}', "column 29"),
        ('{"data": [{"userName": "a1"}]X"a": 1}', "column 30"),
    ],
)
def test_a_sign_in_place_of_punctuation_is_refused(
    export: Export, text: str, place: str
) -> None:
    path = export(text, "export.json")

    assert refusal(path) == f"{path}: line 1, {place}: this is not JSON. {AGAIN}"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            {"items": {"x": USER, "y": USER, "z": USER}},
            "the resources under items are under a name each, such as x, y and 1 more.",
        ),
        (
            {"a": {"of": USER}, "b": {"of": USER}},
            "the resources are under a name each, such as a, b.",
        ),
        (
            {"a": USER, "a2": {"of": {"x": USER}}},
            "the resources are under a name each, such as a, a2.",
        ),
    ],
)
def test_resources_under_names_are_refused_with_some_of_these(
    export: Export, answer: object, said: str
) -> None:
    path = export(json.dumps(answer), "export.json")

    said = f"{path}: {said} Save them as a list, without these names."
    assert refusal(path) == said


def test_what_lists_hold_instead_of_resources_is_said_one_after_the_other(
    export: Export,
) -> None:
    kept = json.dumps([USER])
    answer = {"a": [{"b": 1}, {"c": 2}], "t": ["x"], "error": ["y"], "k": kept}
    path = export(json.dumps(answer), "export.json")

    assert refusal(path) == (
        f"{path}: no object has a username; their names are: a, t, error, k; the objects "
        "under a have: b, c; the list under t contains texts, not objects; JSON is kept in a "
        "text under k. Save that text as a file of its own. Give an answer of the API, a "
        "list of objects, or an object per line. Or name the username with column=...."
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"userName": "b1"} 1', "this line has more than one value"),
        ("{]", "the line is not JSON"),
        ('{"a": NaN, "b": -Infinity}', "NaN is not a JSON value; -Infinity is not a"),
        (
            f'{{"{"n" * 41}": 1, "x": 1, "{"n" * 41}": 1}}',
            f"the name {'n' * 40} occurs twice in one object",
        ),
        (r'{"a": {"\ud83d": 1}, "b": [1]}', "a text contains an incomplete character"),
        (
            r'{"a": [1, ["\udfff"]], "b": {"c": 1}}',
            "a text contains an incomplete character",
        ),
        ('{"userName": {"x": {"y": {"z": {"u": 1}}}}}', ""),
        ('["b1"]', "a list where an object should be"),
        ('{"userName": [1]}', "userName: a list where one value should be"),
    ],
)
def test_a_line_that_cannot_be_read_is_listed_with_the_reason(
    export: Export, text: str, reason: str
) -> None:
    lines = f"{json.dumps(USER)}\n\t {text} \t\r\n{json.dumps(USER)}\n"

    table = read_resources(export(lines, "export.jsonl"))

    assert [one.reason.startswith(reason) for one in table.unreadable] == (
        [True] if reason else []
    )
    assert names(table)[0] == names(table)[-1] == "a1"


@pytest.mark.parametrize(
    ("answer", "gap"),
    [
        ({"items": [USER], "count": 2}, "says that it contains 2, but 1 are in it"),
        ({"items": [USER], "errors": "x"}, "reports errors"),
        ({"note": LONG, "items": [USER], "errors": "x"}, "reports errors"),
        ({"items": [], "count": 7}, "says that it contains 7, but 0 are in it"),
        ({"errors": "x"}, "reports errors"),
        ({"note": LONG, "errors": "x"}, "reports errors"),
        ({"count": 7}, "says that it contains 7, but 0 are in it"),
        ({"of": USER, "errors": "x"}, "reports errors"),
        ({"of": USER, "note": LONG, "message": "x"}, "reports errors"),
    ],
)
@pytest.mark.parametrize("listed", [False, True])
def test_what_an_answer_lacks_is_told_with_its_place(
    export: Export, answer: dict[str, Any], gap: str, *, listed: bool
) -> None:
    if listed:
        text = json.dumps([USER, answer])
        place = "line 1, [1]"
    else:
        text = f"{json.dumps([USER])}\n{json.dumps(answer)}"
        place = "line 2"

    assert list_gaps(export, text)[0] == f"{place}: the answer {gap}"


def test_a_full_page_is_told_once_at_the_end(export: Export) -> None:
    full = {"items": [USER], "limit": 1}
    said = (
        "line 2: the answer contains as many records as one page may, and nothing "
        "says that it is the last"
    )

    assert list_gaps(export, f"\n{json.dumps(full)}") == [said]
    assert list_gaps(export, f"{json.dumps(full)}\n{json.dumps(full)}") == [said]
    assert list_gaps(export, json.dumps(full | {"limit": 2})) == []
    assert list_gaps(export, json.dumps(full | {"next": None})) == []


@pytest.mark.parametrize(
    ("pages", "missing"),
    [
        ([PAGES, LAST], []),
        ([PAGES, PAGES], ["line 2"]),
        ([LAST, LAST], ["line 2"]),
        ([PAGES, LAST | {"prevPageUrl": "p2"}], ["line 2"]),
        ([{}, {}], []),
        ([{}, LAST], []),
    ],
)
def test_pages_that_do_not_fit_together_are_told(
    export: Export, pages: list[dict[str, object]], missing: list[str]
) -> None:
    text = "\n".join(json.dumps({"items": [USER], **page}) for page in pages)

    said = ": the page before this one is missing"
    assert list_gaps(export, text) == [f"{place}{said}" for place in missing]


def test_elements_are_named_by_their_place(export: Export) -> None:
    answers = [[USER, 1], {"items": [USER, 2]}, {"items": [USER, 3], "a": 1}]

    table = read_resources(export(json.dumps(answers), "export.json"))

    assert [one.reason.partition(":")[0] for one in table.unreadable] == [
        "[0][1]",
        "[1].items[1]",
        "[2].items[1]",
    ]


@pytest.mark.parametrize("note", ["", LONG])
def test_elements_of_lists_within_objects_are_named_by_the_whole_path(
    export: Export, note: str
) -> None:
    answer = {"data": {"note": note, "users": [USER, 1]}}

    for text, place in (
        (json.dumps(answer), "data.users[1]"),
        (json.dumps([answer]), "[0].data.users[1]"),
    ):
        (one,) = read_resources(export(text, "export.json")).unreadable
        assert one.reason == f"{place}: a number where an object should be"


def test_a_record_that_is_long_is_read_as_a_short_one(export: Export) -> None:
    users = [{"items": [], "note": LONG, "userName": f"a{at}"} for at in range(2)]
    twice = f'{{"items": 1, "note": "{LONG}", "userName": "c", "userName": "d"}}'
    lines = [*map(json.dumps, users), twice]

    table = read_resources(export("\n".join(lines), "export.txt"))

    assert (names(table), list(table.lines)) == (["a0", "a1"], [1, 2])
    assert [(one.line, one.reason) for one in table.unreadable] == [
        (3, "the name userName occurs twice in one object")
    ]


def test_a_value_may_be_as_long_as_the_limit_says(export: Export) -> None:
    users = [USER, {"userName": "b" * 50_000, "note": "x" * 20_000}, USER]
    path = export(json.dumps(users), "export.json")

    assert read_resources(path, ReadOptions(max_cell=50_000)).records == 3
    assert "max_cell=" in refusal(path, max_cell=49_999)


@pytest.mark.parametrize(
    "first",
    [
        *('[{"userName": "a1"}]', '{"items": []}', '{"n":\n1}'),
        '{"userName": "a1"} {"n": 1}',
    ],
)
def test_only_objects_of_a_line_each_may_have_a_broken_line(
    export: Export, first: str
) -> None:
    text = f'{first}\n{{"userName": "b1"}}\n{{]'

    assert f": this is not JSON. {AGAIN}" in refusal(export(text, "export.json"))


def test_an_object_in_place_of_a_value_is_listed_with_its_place(export: Export) -> None:
    values = [{"e": 1}, "a1"]
    users = [{"a": {"b": {"c": {"d": value}}}} for value in values]
    path = export(json.dumps(users), "export.json")

    table = read_resources(path, ReadOptions(column="a.b.c.d"))

    assert names(table) == ["a1"]
    assert [one.reason for one in table.unreadable] == [
        "[0].a.b.c.d: an object where one value should be"
    ]


def test_objects_of_several_lines_are_listed_without_a_place(export: Export) -> None:
    text = '{"userName":\n"a1"}\n{"userName":\nNaN}'

    table = read_resources(export(text, "export.json"))

    assert [(one.line, one.reason) for one in table.unreadable] == [
        (3, "NaN is not a JSON value")
    ]


def test_the_encoding_and_what_is_odd_are_told_of_a_json_export(export: Export) -> None:
    path = export(
        json.dumps([USER, {"userName": 7}, {"userName": True}]), "export.json"
    )

    table = read_resources(path)

    assert (table.encoding, table.delimiter) == ("JSON in UTF-8", "")
    assert table.notices[0] == (
        f"{path}: 2 usernames written as a number or a truth value, the first in record "
        "2; leading zeros and what was typed may be lost. Ask the API again and keep its "
        "answer unchanged."
    )
    assert names(table) == ["a1", "7", "true"]


def test_a_page_that_is_wrong_is_one_record_and_its_list_is_not_read(
    export: Export,
) -> None:
    wrong = '{"items": [{"userName": "b1"}], "x": NaN}'
    lines = f'{json.dumps(USER)}\n{wrong}\n{{"items": [{json.dumps(USER)}, 1]}}'

    table = read_resources(export(lines, "export.jsonl"))

    assert names(table) == ["a1", "a1"]
    assert [one.reason.partition(" where")[0] for one in table.unreadable] == [
        "NaN is not a JSON value",
        "items[1]: a number",
    ]


WIDE = ", ".join(f'"n{at}": "{"x" * 9_000}"' for at in range(9))


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ('"userName": "b1"', (["a1", "b1"], [], [])),
        ('"errors": "x"', (["a1", ""], [], ["line 2: the answer reports errors"])),
        (
            '"a": NaN, "b": NaN, "a": 1, "b": 1',
            (
                ["a1"],
                [(2, "NaN is not a JSON value; a name occurs twice in one object")],
                [],
            ),
        ),
    ],
)
def test_an_object_too_large_for_one_look_is_read_by_its_members(
    export: Export, members: str, found: tuple[object, ...]
) -> None:
    path = export(f"[{json.dumps(USER)}]\n{{{WIDE}, {members}}}", "export.json")

    table = read_resources(path, ReadOptions(max_cell=10_000))

    unreadable = [(one.line, one.reason) for one in table.unreadable]
    assert (names(table), unreadable, list(table.gaps)) == found


def test_a_record_too_large_for_one_look_that_holds_a_list_is_refused(
    export: Export,
) -> None:
    path = export(f'[]\n{{"items": [1], {WIDE}, "userName": "b1"}}', "export.json")

    assert refusal(path, max_cell=10_000) == (
        f"{path}: line 2: a value contains more than 40000 characters. Raise the "
        "limit with max_cell=... if this is right."
    )


def test_a_file_without_a_record_that_can_be_read_is_named(export: Export) -> None:
    path = export('[\n{"userName": "a1", "email": [1]}]', "export.json")

    assert refusal(path).startswith(
        f"{path}: line 2: no record can be read. The first: [0].email: a list"
    )


@pytest.mark.parametrize("team", [USER, [USER], [1, USER]])
def test_resources_inside_a_record_are_not_read_in_silence(
    export: Export, team: object
) -> None:
    records = [{"userName": "b1"}, {"userName": "c1", "team": team}]

    (gap,) = list_gaps(export, json.dumps(records))

    assert gap == "line 1, [1]: what is within a record was not read: team"
