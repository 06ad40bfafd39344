"""Hidden files of a tenant that a person would take for an export are named."""

from pathlib import Path

import pytest

from apiuser.auditing import audit_tenants, find_tenants
from apiuser.errors import InputError

WHOLE = "Username,Status,License Type\na1,Active,7\nb1,Inactive,3\nc1,Active,9\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    (folder / "north").mkdir(parents=True)
    (folder / "north" / "all.csv").write_text(WHOLE)
    return folder


def list_refused(folder: Path) -> list[str]:
    (one,) = audit_tenants(find_tenants(folder), co_managed=False)
    assert one.report is not None
    assert one.report.proved == (not one.refused)
    return list(one.refused)


@pytest.mark.parametrize("name", [".more.csv", ".MORE.XLSX", "below/.more.json"])
def test_a_hidden_export_is_named(folder: Path, name: str) -> None:
    path = folder / "north" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(WHOLE)

    (reason,) = list_refused(folder)

    assert reason.startswith(f"{path}: is hidden, and was skipped. Take the dot off")


@pytest.mark.parametrize("lock", ["~$all.csv", ".~lock.all.csv#"])
def test_an_export_that_is_open_elsewhere_is_named(folder: Path, lock: str) -> None:
    (folder / "north" / lock).write_text("ada")

    (reason,) = list_refused(folder)

    assert reason.startswith(f"{folder / 'north' / 'all.csv'}: is open in another")
    assert reason.endswith(lock)


@pytest.mark.parametrize(
    "name",
    ["~$gone.xlsx", ".~lock.gone.csv#", "._all.csv", ".x/more.csv", ".notes", ".a.md"],
)
def test_what_programs_leave_behind_is_not_named(folder: Path, name: str) -> None:
    path = folder / "north" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")

    assert list_refused(folder) == []


@pytest.mark.parametrize("name", [".north_more.csv", "~$north_more.csv"])
def test_a_hidden_file_beside_the_folders_belongs_to_a_tenant(
    folder: Path, name: str
) -> None:
    (folder / "north_more.csv").write_text(WHOLE.replace("1,", "2,"))
    (folder / name).write_text(WHOLE)

    assert len(list_refused(folder)) == 1


def test_hidden_exports_alone_are_none(tmp_path: Path) -> None:
    (tmp_path / "north").mkdir()
    (tmp_path / "north" / ".all.csv").write_text(WHOLE)

    with pytest.raises(InputError, match="holds no exports"):
        find_tenants(tmp_path)
