"""Bounds on what JSON holds besides resources, seen with small ones."""

import pytest

from apiuser.exports import read_resources
from apiuser.exports.jsontext import elements, json_exports
from tests.exports.export_reading import Export, refusal


@pytest.fixture(autouse=True)
def bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_exports, "MOST_UNREADABLE", 3)
    monkeypatch.setattr(elements, "_MOST_BESIDE", 3)


def test_elements_without_a_username_are_refused_after_one_with(export: Export) -> None:
    path = export('[{"userName": "a1"}, {}, {}, {}, {}]', "export.json")

    assert "3 elements up to here have no username" in refusal(path)


def test_elements_without_any_username_are_no_resources(export: Export) -> None:
    path = export("[{}, {}, {}, {}]", "export.json")

    assert "no object has a username" in refusal(path)


def test_names_that_others_explain_are_waited_for(export: Export) -> None:
    alone = '{"x_user_name": "a1"}'
    known = '{"x_user_name": "b1", "x_id": 1}'
    path = export(f"[{known}, {', '.join([alone] * 4)}]", "export.json")

    assert read_resources(path).records == 5


def test_values_beside_the_resources_are_counted(export: Export) -> None:
    path = export('{"items": [{"userName": "a1"}], "a": [[], [], []]}', "export.json")

    assert "more than 3 values are beside the lists of resources" in refusal(path)
