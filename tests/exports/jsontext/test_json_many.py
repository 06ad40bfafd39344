"""JSON of many elements that are no resources is refused before it takes long."""

import json

import pytest

from apiuser.exports import read_resources
from apiuser.exports.jsontext import json_exports
from apiuser.exports.read_options import MOST_UNREADABLE
from tests.exports.export_reading import Export, refusal

MOST = 2_000


@pytest.fixture(autouse=True)
def small_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bound the elements to fewer, whose reading takes a moment."""
    monkeypatch.setattr(json_exports, "MOST_UNREADABLE", MOST)


@pytest.mark.many
def test_the_bound_itself_holds(
    export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    path = export(f'[{{"userName": "a1"}}{",{}" * MOST_UNREADABLE}]', "export.json")

    assert f"{MOST_UNREADABLE} elements up to here" in refusal(path)


@pytest.mark.parametrize(
    "element", ["{}", "null", "[]", "0", '""', '{"userName": ""}', '{"userName": [1]}']
)
def test_many_elements_without_a_username_are_refused(
    export: Export, element: str
) -> None:
    users = '{"userName": "a1"},\n' * 3
    path = export(f"[{users}{f'{element},' * MOST}\n0]", "export.json")

    assert (
        f"line 4: {MOST} elements up to here have no username, the first in line 4 "
        "([3]). Ask the API again for resources only, or save their list in a file of "
        "its own." in refusal(path)
    )


def test_of_lines_without_a_username_the_line_is_enough(export: Export) -> None:
    path = export('{"userName": "a1"}\n' + "{}\n" * MOST, "export.json")

    assert "have no username, the first in line 2. Ask the API" in refusal(path)


@pytest.mark.parametrize(
    ("element", "reason"),
    [("{}", "no object has a username"), ("0", "no record can be read")],
)
def test_where_no_element_has_a_username_there_are_no_resources(
    export: Export, element: str, reason: str
) -> None:
    path = export(f"[{f'{element},' * MOST}{element}]", "export.json")

    assert reason in refusal(path)


@pytest.mark.parametrize("element", ["{}", '{"userName": null}', "null"])
def test_fewer_are_read_or_listed(export: Export, element: str) -> None:
    users = '{"userName": "a1"},\n' * 3
    text = f"[{users}{f'{element},' * (MOST - 2)}{element}]"

    table = read_resources(export(text, "export.json"))

    assert table.records + len(table.unreadable) == MOST + 2
    assert table.summary.nameless + len(table.unreadable) == MOST - 1


@pytest.mark.parametrize("name", ["items", "data"])
def test_many_elements_of_a_list_are_reported_with_it(
    export: Export, name: str
) -> None:
    path = export(f'{{"{name}": [{{"userName": "a1"}}, {"[]," * MOST}0]}}', "e.json")

    said = refusal(path)

    assert f"{MOST} elements" in said
    assert name in said


def test_names_known_by_those_of_other_objects_are_not_missed(export: Export) -> None:
    """x_user_name alone says nothing; with x_id beside it, it does."""
    alone = [{"x_user_name": "a1"}] * (MOST + 1)
    users = [{"x_user_name": "b1", "x_id": 1}, *alone]

    table = read_resources(export(json.dumps(users), "export.json"))

    assert table.records == MOST + 2


def test_records_that_hold_something_else_are_bounded_too(export: Export) -> None:
    records = [{"userName": "a1"}, *[{"userName": "b1", "email": [1]}] * MOST]

    said = refusal(export(json.dumps(records), "export.json"))

    assert f"{MOST} records cannot be read. The first: [1].email: a list" in said
