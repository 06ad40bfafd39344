"""What holds far more than resources is refused before it takes time and memory."""

import json
import re
from pathlib import Path

import pytest

from apiuser.exports.jsontext import beside_count
from tests.exports.export_reading import Export, refusal

UNMEASURED = pytest.mark.many


@pytest.mark.parametrize(
    "name",
    ["", *(pytest.param(n, marks=UNMEASURED) for n in ("  ", '"   "', "\u00a0"))],
)
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
    monkeypatch.setattr(beside_count, "_MOST_VALUES", 3_000)
    page = {"items": [{"userName": "a1"}], "groups": [[[[]], [[]]]] * 10}
    path = export(f"{json.dumps(page)}\n" * 600, "export.json")

    said = refusal(path)

    assert "more than 3,000 values are beside the lists of resources" in said
    assert "line 97: " in said  # 31 values a line


MANY = 5_001
LIST = '"items":[{"userName":"a1"}]'
GROUPS = ",".join(f'"z{at}":[{{"q":1}}]' for at in range(MANY))


@pytest.mark.parametrize(
    "text",
    [
        f"{{{LIST},{GROUPS}}}",
        f"{{{GROUPS},{LIST}}}",
        f'{{{LIST},"more":{{{GROUPS}}}}}',
        f'{{"of":{{"rows":[{{"userName":"a1"}}]}},{GROUPS}}}',
        "\n".join(f'{{{LIST},"z{at}":1}}' for at in range(MANY)),
    ],
    ids=["behind", "before", "inside", "beside an inner list", "in answers"],
)
def test_names_beside_the_resources_are_refused(export: Export, text: str) -> None:
    said = refusal(export(text, "export.json"))

    assert re.search("more than 5,?000 (different )?names", said)
    assert "Save " in said
