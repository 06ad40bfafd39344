"""Records of JSON that share a line are named by their numbers."""

import json

import pytest

from apiuser.auditing import audit
from apiuser.exports import read_resources
from tests.exports.export_reading import Export

NAMELESS = [0, 2, 3]


def write(export: Export, *, indent: int | None) -> str:
    users = [
        {
            "id": 29682885 + at,
            "userName": "" if at in NAMELESS else f"u{at}",
            "isActive": at % 2 == 0,
            "licenseType": 7 if at < 4 else 77,
        }
        for at in range(6)
    ]
    return str(export(json.dumps({"items": users}, indent=indent), name="a.json"))


@pytest.mark.parametrize(
    ("indent", "nameless", "unknown"),
    [
        (None, "(records 1, 3, 4)", "(records 5, 6)"),
        (0, "(lines 3, 15, 21)", "(lines 27, 33)"),
    ],
)
def test_records_in_one_line_are_named_by_number(
    export: Export, indent: int | None, nameless: str, unknown: str
) -> None:
    table = read_resources(write(export, indent=indent))

    report = audit([table], co_managed=False)

    assert nameless in "".join(table.notices)
    assert unknown in "".join(rule.template for rule in report.rules)


def test_the_only_one_of_a_shared_line_is_named_by_number(export: Export) -> None:
    users = [{"userName": name, "isActive": True} for name in ("a1", "", "b1")]

    table = read_resources(export(json.dumps(users), name="a.json"))

    assert "1 record without a username (record 2)" in "".join(table.notices)
