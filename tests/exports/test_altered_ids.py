"""Resource IDs that a spreadsheet altered are not taken as IDs, and that is said."""

import json
from pathlib import Path

import pytest

from apiuser.auditing import audit, compare
from apiuser.exports import read_resources
from tests.exports.export_reading import Reader, each_reader, names

HEADER = "Resource ID,Username,Status,License Type\n"
SAID = "that a spreadsheet seems to have changed, and that are not taken as IDs"


def _write(path: Path, *ids: str) -> Path:
    rows = (
        f'"{one}",n{at}x,{"Active" if at else "Inactive"},API User\n'
        for at, one in enumerate(ids)
    )
    path.write_text(HEADER + "".join(rows), "utf-8")
    return path


@each_reader
@pytest.mark.parametrize(
    "written", ["2.97E+07", "2,97E+07", "3E+07", "3e7", " 2.97e+07 ", "########"]
)
def test_an_id_that_a_spreadsheet_changed_is_named_with_its_line(
    tmp_path: Path, written: str, read: Reader
) -> None:
    path = _write(tmp_path / "a.csv", "29682885", written, "29682887", written)

    table = read(path)

    assert names(table) in ([], ["n0x", "n1x", "n2x", "n3x"])  # few of a huge export
    assert f"2 Resource IDs {SAID} (lines 3, 5)" in "".join(table.notices)


@each_reader
@pytest.mark.parametrize("written", ["29682886.0", "29,682,886", "", "E0107", "n/a"])
def test_nothing_is_said_of_an_id_that_is_whole_or_of_none(
    tmp_path: Path, written: str, read: Reader
) -> None:
    path = _write(tmp_path / "a.csv", "29682885", written, "29682887")

    assert SAID not in "".join(read(path).notices)


def test_a_number_with_an_exponent_in_json_is_no_id_but_one_with_a_point_is(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        '[{"id": 2.97e7, "userName": "a1"},\n {"id": 29682885.0, "userName": "b1"}]'
    )

    table = read_resources(path)

    assert f"1 Resource ID {SAID} (line 1)" in "".join(table.notices)
    assert table.columns["resource_id"][1] == "29682885"
    assert json.loads(path.read_text())[0]["id"] == 29_700_000  # it may be rounded


@each_reader
def test_the_same_changed_id_in_two_exports_hides_no_conflict(
    tmp_path: Path, read: Reader
) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    tables = [read(_write(path, "29682885", "2.97E+07")) for path in paths]

    report = audit(tables)

    assert [member.username for member in report.members] == ["n1x", "n1x"]


def test_a_comparison_says_that_it_lacks_ids_if_some_were_changed(
    tmp_path: Path,
) -> None:
    before = _write(tmp_path / "a.csv", "29682885", "29682886")
    after = _write(tmp_path / "b.csv", "29682885", "2.97E+07")

    assert "has a Resource ID, so a renamed resource may" in "".join(
        compare(before, after).notices
    )
    same = _write(tmp_path / "c.csv", "29682885", "29682886")
    assert "Resource ID" not in "".join(compare(before, same).notices)
