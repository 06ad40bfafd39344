"""What a comparison says about columns that it does not compare."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from apiuser.auditing import check_expected, compare
from apiuser.exports import read_resources
from apiuser.reports.comparison_report import comparison_as_json, render_comparison
from tests.exports.export_reading import Export, Reader, each_reader

HEADER = ["ID", "Username", "Status", "License Type", "Last Name", "Line of Business"]
OLD = [
    ["29682885", "amiller", "Active", "Professional", "Miller", "Sales"],
    ["29682886", "old1", "Inactive", "API User", "Old", "Sales"],
]
KEY = ["29682887", "key1", "Active", "API User", "Key", "Sales"]
NEW = [[*OLD[0][:4], "Stone", "Support"], OLD[1], KEY]
LEFT = ("Last Name", "Line of Business")


def write(path: Path, rows: list[list[str]], header: list[str] = HEADER) -> Path:
    if path.suffix == ".json":
        path.write_text(
            json.dumps([dict(zip(header, row, strict=True)) for row in rows])
        )
    elif path.suffix == ".xlsx":
        book = Workbook()
        for row in (header, *rows):
            book.active.append(row)
        book.save(path)
    else:
        path.write_text("".join(f"{','.join(row)}\n" for row in (header, *rows)))
    return path


@each_reader
@pytest.mark.parametrize("ending", [".csv", ".json", ".xlsx"])
def test_shared_columns_that_were_not_compared_are_named(
    tmp_path: Path, ending: str, read: Reader
) -> None:
    moments = ((f"before{ending}", OLD), (f"after{ending}", NEW))
    tables = [read(write(tmp_path / name, rows)) for name, rows in moments]

    comparison = compare(*tables)

    assert comparison.not_compared == LEFT
    assert comparison_as_json(comparison)["not_compared"] == [*LEFT]


def test_nothing_is_claimed_about_columns_that_were_not_compared(
    tmp_path: Path,
) -> None:
    before = write(tmp_path / "before.csv", OLD)
    comparison = compare(before, write(tmp_path / "after.csv", NEW))
    same = compare(before, write(tmp_path / "same.csv", [NEW[0], OLD[1]]))

    checks = check_expected(comparison, "key1")
    expected = render_comparison(comparison, checks, expected="key1")
    plain, unchanged = map(render_comparison, (comparison, same))

    assert (
        "yes        nothing else changed in what was compared: no other change; "
        "compared: username, status, licence type; not compared: Last Name, Line of "
        "Business"
    ) in expected
    assert "All is as expected" not in expected
    assert expected.endswith("All that was compared is as expected; see what was not.")
    assert plain.endswith("Not compared: Last Name, Line of Business.")
    assert unchanged.endswith(
        "Nothing changed in what was compared (not compared: Last Name, Line of "
        "Business)."
    )


def test_a_column_that_only_one_moment_has_is_none_of_those(export: Export) -> None:
    before = read_resources(export("Username,Status,Team\na1,Active,x\n", "b.csv"))
    after = read_resources(export("Username,Status,Hat\na1,Active,x\n", "a.csv"))

    assert compare(before, after).not_compared == ()


@pytest.mark.parametrize(
    ("word", "said"),
    [
        (
            "Perhaps",
            "the column Resource Status says Perhaps, a word not understood",
        ),
        ("Locked", "the column Resource Status says Locked, a word not understood"),
        ("", "the column Resource Status is blank"),
    ],
)
def test_a_status_that_is_not_understood_is_repeated(
    export: Export, word: str, said: str
) -> None:
    old = "Username,Resource Status\nold1,Inactive\n"
    before, after = export(old, "b.csv"), export(f"{old}key1,{word}\n", "a.csv")

    checks = {one.what: one for one in check_expected(compare(before, after), "key1")}

    active = checks["it is active"]
    assert (active.holds, active.said) == (False, said)
