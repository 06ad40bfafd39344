"""Resources as JSON: answers of the API, lists of objects, an object per line."""

import json
from pathlib import Path
from typing import Any

import pytest

from apiuser.errors import SourceError
from apiuser.exports import ReadOptions, Status, UserKind, read_resources
from tests.exports.export_reading import Export, names, refusal

USERS: list[dict[str, Any]] = [
    {"id": 29682885, "userName": "amiller", "isActive": True, "licenseType": 1},
    {"id": 29682886, "userName": "key1", "isActive": False, "licenseType": 7},
    {"id": 29682887, "userName": None, "isActive": True, "licenseType": 9},
]
PAGES = {"count": 3, "requestCount": 500, "prevPageUrl": None, "nextPageUrl": None}
ANSWER = {"items": USERS, "pageDetails": PAGES}
PASCAL = {
    "Items": [{name[0].upper() + name[1:]: v for name, v in u.items()} for u in USERS],
    "PageDetails": {"NextPageUrl": None},
}
LAST = {"items": USERS[1:], "pageDetails": {"count": 2, "nextPageUrl": None}}
LINES = "".join(json.dumps(user) + "\n" for user in USERS)


def next_page(users: list[dict[str, Any]]) -> dict[str, Any]:
    details = PAGES | {"count": len(users), "nextPageUrl": "https://next"}
    return {"items": users, "pageDetails": details}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ANSWER),
        json.dumps(ANSWER, indent=2),
        json.dumps(dict(reversed(ANSWER.items()))),
        json.dumps(PASCAL),
        json.dumps({"value": USERS, "Count": 3}, indent=4),
        json.dumps(USERS),
        f"\r\n {json.dumps(USERS)} \n",
        LINES,
        LINES.replace("\n", "\r\n\r\n"),
        "".join(json.dumps(user, indent=1) + "\n" for user in USERS),
        json.dumps([next_page(USERS[:1]), LAST]),
        f"{json.dumps(next_page(USERS[:1]))}\n{json.dumps(LAST)}\n",
        f"{json.dumps(USERS[:2])}\n{json.dumps(USERS[2:])}",
    ],
    ids=[
        *("answer", "indented", "details first", "capitals", "value", "list"),
        *("blanks around", "lines", "blank lines", "objects"),
        *("pages in a list", "pages in lines", "two lists"),
    ],
)
@pytest.mark.parametrize("name", ["export.json", "export.csv"])
def test_resources_are_read_in_any_shape(export: Export, text: str, name: str) -> None:
    table = read_resources(export(text, name))

    assert names(table) == ["amiller", "key1", ""]
    assert list(table.statuses) == [Status.ACTIVE, Status.INACTIVE, Status.ACTIVE]
    kinds = [UserKind.OTHER, UserKind.API_USER, UserKind.CO_MANAGED]
    assert list(table.kinds) == kinds
    assert list(table.columns["resource_id"]) == [str(user["id"]) for user in USERS]
    assert (table.unreadable, bool(table.lacks_pages)) == ((), False)
    assert table.gaps == ()
    (notice,) = table.notices
    assert "1 record without a username" in notice


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.many
def test_a_long_answer_is_read_piece_by_piece(
    export: Export, indent: int | None
) -> None:
    users = [
        {"id": at, "userName": f"näme😀{at}", "note": "x" * (at % 3000)}
        for at in range(2_000)
    ]
    text = json.dumps(
        {"pageDetails": PAGES | {"count": 2_000}, "items": users}, indent=indent
    )

    table = read_resources(export(text, "long.json"))

    assert names(table) == [user["userName"] for user in users]
    last = text[: text.rindex("{")].count("\n") + 1
    assert (table.lines[-1], table.numbers[-1]) == (last, 2_000)


@pytest.mark.parametrize(
    "codec", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"]
)
def test_the_encodings_of_exports_are_read(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(json.dumps(USERS, ensure_ascii=False).encode(codec))
    given = codec if codec[-3:] in {"-le", "-be"} else None

    table = read_resources(path, ReadOptions(encoding=given))

    assert names(table) == ["amiller", "key1", ""]
    assert table.encoding.startswith("JSON in UTF-")


def test_nested_values_and_labels_are_columns(export: Export) -> None:
    users = [
        {"userName": "a1", "licenseType": {"value": 7, "label": "API User"}},
        {"userName": "b1", "licenseType": {"id": 3, "name": "Professional"}},
        {"userName": "c1", "licenseType": None, "phones": [{"value": 1}], "x": {}},
    ]

    table = read_resources(export(json.dumps(users)))

    assert table.headers[:3] == ("userName", "licenseType", "licenseTypeLabel")
    kinds = [UserKind.API_USER, UserKind.OTHER, UserKind.UNKNOWN]
    assert list(table.kinds) == kinds


def test_resources_may_be_inside_other_objects(export: Export) -> None:
    users = [{"resource": user} for user in USERS]

    table = read_resources(export(json.dumps({"value": users})))

    assert names(table) == ["amiller", "key1", ""]
    assert table.columns["resource_id"][0] == "29682885"
    assert table.username_column == "resource.userName"


def test_a_name_that_occurs_late_is_a_column_of_all_records(export: Export) -> None:
    table = read_resources(export('[{"userName": "a1"}, {"email": "b@example.com"}]'))

    assert names(table) == ["a1", ""]
    assert list(table.columns["email"]) == ["", "b@example.com"]


def test_numbers_stay_as_they_are_written(export: Export) -> None:
    long = "9" * 5_000
    text = f'[{{"userName": "a1", "id": {long}}}, {{"userName": 1e5, "id": 1.0}}]'

    table = read_resources(export(text))

    assert names(table) == ["a1", "1e5"]
    assert table.columns["resource_id"][0] == long
    assert (
        "1 username written as a number or a truth value, the first in record 2"
        in table.notices[0]
    )


def test_a_named_column_is_the_username(export: Export) -> None:
    table = read_resources(export('[{"who": "a1"}]'), ReadOptions(column="who"))

    assert (names(table), table.username_column) == (["a1"], "who")


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ('{"userName": "b1", "userName": "c1"}', "the name userName occurs twice"),
        ('{"userName": NaN}', "NaN is not a JSON value"),
        ('{"userName": "b1", "n": -Infinity}', "-Infinity is not a JSON value"),
        (r'{"userName": "\ud83d"}', "a text contains an incomplete character"),
        (
            r'{"userName": "b1", "x": [{"\udc00": 1}]}',
            "a text contains an incomplete character",
        ),
        ('{"userName": ["b1"]}', "a list where one value should be"),
        ('{"userName": {"x": {"y": {"z": {"u": 1}}}}, "email": [1]}', "a list where"),
        ('{"email": {}, "a.b": 1, "a": {"b": 1}}', "a name occurs twice"),
        ("null", "null where an object should be"),
        ("true", "true where an object should be"),
        ("12", "a number where an object should be"),
        ('"b1"', "a text where an object should be"),
        ('"@{userName=b1}"', "(give it -Depth 5) where an object should be"),
        ("[]", "a list where an object should be"),
    ],
)
def test_what_is_not_a_resource_is_listed_with_its_place(
    export: Export, item: str, reason: str
) -> None:
    users = f'{{"items": [{{"userName": "a1"}},\n{item}, {{"userName": "z1"}}]}}'
    lines = f'{{"userName": "a1"}}\n{item}\n{{"userName": "z1"}}'

    for text, place in ((users, "items[1]"), (lines, "")):
        table = read_resources(export(text, "export.json"))
        (listed,) = table.unreadable
        assert names(table) == ["a1", "z1"]
        assert (listed.line, listed.record) == (2, 2)
        assert listed.reason.startswith(place)
        assert reason in listed.reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"userName": "b1",}', "the line is not JSON"),
        ("b1", "the line is not JSON"),
        ('{"userName": "b1"} {"userName": "c1"}', "more than one value"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_broken_line_affects_no_other(export: Export, line: str, reason: str) -> None:
    text = f'{{"userName": "a1"}}\n{line}\n\n{{"userName": "z1"}}\n{{"userName": "cu'

    table = read_resources(export(text, "export.jsonl"))

    assert names(table) == ["a1", "z1"]
    assert [(one.line, one.record) for one in table.unreadable] == [(2, 2), (5, 4)]
    assert reason in table.unreadable[0].reason


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('[{"userName": "a1"},]', 1, 21),
        ('[{"userName": "a1"}', 1, 20),
        ('[{"userName": "a1"}\n] x', 2, 3),
        ('[{"userName": "a1"}, {"userName": "b', 1, 37),
        ("[{'userName': 'a1'}]", 1, 3),
        ('{"items": [{"userName": "a1"}],}', 1, 32),
        ('{"items": [{"userName": "a1"}] "x": 1}', 1, 32),
        ('{"items" [{"userName": "a1"}]}', 1, 10),
        ('{"items": [],\n"a": 1, "a": 2}', 2, 15),
        ('{"items": [], "items": []}', 1, 26),
        ('[{"userName": "a\n1"}]', 1, 17),
        ("ID,Username\n1,a1\n", 1, 1),
        ('[// all\n{"userName": "a1"}]', 1, 2),
        ("[" * 100_000, 1, 2),
    ],
)
def test_what_is_not_json_is_refused_with_its_place(
    export: Export, text: str, line: int, column: int
) -> None:
    with pytest.raises(SourceError, match="Save the answer") as caught:
        read_resources(export(text, "export.json"))

    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"errors": ["IntegrationCode is invalid."]}', "their names are: errors."),
        ("{}", "their names are: none."),
        (
            '[{"sku": "A1", "tags": ["x"]}]',
            "their names are: sku, tags; the list under tags contains texts, not objects",
        ),
        ('[{"userName": "a1", "Login": "b1"}]', "there are 2 username columns"),
        ("[null]", "no record can be read. The first: [0]: null where an object"),
        (f'[{{"userName": "a1", "x": "{"y" * 500}"}}]', "max_cell"),
        (f'[{{"userName": "{"y" * 101}"}}]', "max_cell"),
        ("[" + '{"userName": "a1"},' * 2 + '{"a": 1, "b": 2}]', "max_columns"),
        (f"[{'0,' * 20_000}0]", "no record can be read"),
    ],
)
def test_json_without_resources_is_refused(
    export: Export, text: str, reason: str
) -> None:
    path = export(text, "export.json")

    assert reason in refusal(path, max_cell=100, max_columns=2)


@pytest.mark.parametrize("text", ["", "\ufeff", " \n"])
def test_an_empty_text_is_not_json(export: Export, text: str) -> None:
    assert "contains no data" in refusal(export(text, "export.json"))


@pytest.mark.parametrize("text", ["[]", '{"items": [], "pageDetails": {}}'])
def test_an_empty_answer_has_no_resources(export: Export, text: str) -> None:
    table = read_resources(export(text, "export.json"))

    named = read_resources(export(text, "export.json"), ReadOptions(column="who"))
    assert table.records == named.records == 0
    assert "no resources" in table.notices[0]


@pytest.mark.parametrize(
    "answer",
    [
        next_page(USERS),
        {"value": USERS, "@odata.nextLink": "https://next"},
        {"nextLink": "https://next", "value": USERS},
        [{"items": USERS[:1]}, next_page(USERS[1:])],
        ANSWER | {"pageDetails": PAGES | {"prevPageUrl": "https://first"}},
    ],
)
def test_an_answer_that_names_another_page_is_noticed(
    export: Export, answer: object
) -> None:
    assert read_resources(export(json.dumps(answer))).lacks_pages
