"""Resources that are under a name each, not in a list."""

import json
from typing import Any

import pytest

from apiuser.auditing import audit
from tests.exports.export_reading import Export, names, refusal

USERS: list[dict[str, Any]] = [
    {"id": 29682885, "userName": "amiller", "isActive": True, "licenseType": 1},
    {"id": 29682886, "userName": "key1", "isActive": False, "licenseType": 7},
]
KEYED = {str(user["id"]): user for user in USERS}


@pytest.mark.parametrize(
    ("answer", "where"),
    [
        (KEYED, ""),
        ({"items": KEYED}, " under items"),
        ([KEYED], ""),
        ({"data": {"users": KEYED}, "total": 2}, " under data.users"),
        ({"status": {"code": 200}, "value": KEYED}, " under value"),
        ({key: {"resource": user} for key, user in KEYED.items()}, ""),
        ({f"n{at}": USERS[0] for at in range(700)}, ""),
        ({f"n{at}": USERS[0] for at in range(3_000)}, ""),
        ({"items": {f"n{at}": USERS[0] for at in range(3_000)}}, " under items"),
    ],
)
def test_resources_under_a_key_each_are_refused_with_what_to_do(
    export: Export, answer: object, where: str
) -> None:
    said = refusal(export(json.dumps(answer), "export.json"))

    assert f"the resources{where} are under a name each" in said
    assert "Save them as a list, without these names" in said


@pytest.mark.parametrize(
    "answer",
    [
        {"29": USERS[0]},
        {"resource": USERS[0], "creator": USERS[1]},
        {"items": [USERS[0]], "creator": USERS[1], "owner": USERS[1]},
        {"data": [USERS[0]], "more": {"creator": USERS[1], "owner": USERS[1]}},
    ],
)
def test_one_resource_of_several_objects_is_read(
    export: Export, answer: dict[str, object]
) -> None:
    report = audit(export(json.dumps(answer), "export.json"), co_managed=False)

    assert names(report.tables[0]) == ["amiller"]
    assert len(answer) == 1 or "was not read: " in "".join(report.missing)
