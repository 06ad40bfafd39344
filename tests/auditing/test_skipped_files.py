"""Files of a tenant that are no exports are named, and nothing is proved."""

import json
from pathlib import Path

import pytest

from apiuser.auditing import audit_tenants, find_tenants
from apiuser.cli import main


@pytest.mark.parametrize(
    "name", ["old.xls", "old.ods", "more.zip", "notes.md", "more.bak", "below/x.dat"]
)
def test_a_file_that_is_skipped_is_named(folder: Path, name: str) -> None:
    path = folder / "north" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 or anything else")

    (one,) = audit_tenants(find_tenants(folder), co_managed=False)

    assert one.report is not None
    assert (one.report.complete, one.report.proved) == (False, False)
    assert [str(path) in reason for reason in one.refused] == [True]


def test_an_ending_in_capitals_is_one(folder: Path) -> None:
    (folder / "north" / "MORE.CSV").write_text("Username,Status,License Type\nd1,1,3\n")

    (one,) = audit_tenants(find_tenants(folder))

    assert one.report is not None
    assert (one.report.records, one.report.proved) == (4, True)


def test_a_link_to_a_folder_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder / "north" / "more").symlink_to(tmp_path / "elsewhere")

    (one,) = audit_tenants(find_tenants(folder))

    assert "more: is a folder" in one.refused[0]


def test_what_programs_leave_behind_is_not_a_file_of_a_tenant(folder: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "~$all.xlsx", ".git/x.csv"):
        path = folder / "north" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")

    (one,) = audit_tenants(find_tenants(folder))

    assert one.refused == ()


def test_a_table_beside_the_folders_belongs_to_a_tenant(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "north_more.xls").write_text("x")
    (folder / "south.ods").write_bytes(b"PK\x03\x04 opendocument.spreadsheet")
    (folder / "readme.md").write_text("x")

    code = main(["audit", "--json", "--tenants", str(folder)])

    tenants = json.loads(capsys.readouterr().out)["tenants"]
    assert code == 3
    assert [(one["tenant"], len(one["refused"])) for one in tenants] == [
        ("north", 1),
        ("south", 1),
    ]
    assert "OpenDocument spreadsheet" in tenants[1]["refused"][0]
