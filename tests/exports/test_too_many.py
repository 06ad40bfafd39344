"""What holds far more than resources is refused before it takes time and memory."""

import json
from pathlib import Path

import pytest

from apiuser.exports.jsontext import elements
from tests.exports.export_reading import Export, refusal


@pytest.mark.parametrize("name", ["", "  ", '"   "', "\u00a0"])
def test_records_without_a_name_are_refused_in_the_end(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / "export.csv"
    path.write_text("ID,Username\n1,ada\n" + f"2,{name}\n" * 300_000, "utf-8")

    said = refusal(path)

    assert "records up to here have no username, the first in line 3" in said


def test_lists_beside_the_resources_are_refused_in_the_end(
    export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elements, "_MOST_BESIDE", 3_000)
    page = {"items": [{"userName": "a1"}], "groups": [[[[]], [[]]]] * 10}
    path = export(f"{json.dumps(page)}\n" * 600, "export.json")

    said = refusal(path)

    assert "more than 3,000 values are beside the lists of resources" in said
    assert "line 97: " in said  # 31 values a line
