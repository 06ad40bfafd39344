"""Hidden files of a tenant that a person would take for an export are named."""

import os
from pathlib import Path

import pytest

from apiuser.auditing import audit_tenants, find_tenants
from apiuser.errors import InputError
from tests.auditing.audit_samples import WHOLE


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

    assert reason.startswith(f"{path}: is hidden, and was not read. Take the dot off")


APPLE_DOUBLE = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + 4064 * b"\0\n"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + 504 * b"\0"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        *((".more.xls", OLD_WORKBOOK), (".MORE.ODS", b"PK\x03\x04"), (".a.zip", b"PK")),
        *((".csv", WHOLE.encode()), ("._all.csv", WHOLE.encode())),
        *((".a.html", b"<table><tr><td>Username"), ("._all.xls", OLD_WORKBOOK)),
        ("__MACOSX/._all.csv", WHOLE.encode()),
        (".a.csv", "\ufeff".encode("utf-16") + WHOLE.encode("utf-16-le")),
    ],
)
def test_a_hidden_file_of_any_kind_that_may_hold_a_list_is_named(
    folder: Path, name: str, data: bytes
) -> None:
    path = folder / "north" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)

    (reason,) = list_refused(folder)

    assert reason.startswith(f"{path}: is hidden, and was not read. Take the dot off")


def test_a_table_named_like_a_file_of_excel_is_named(folder: Path) -> None:
    path = folder / "north" / "~$more.csv"
    path.write_text(WHOLE * 9)

    (reason,) = list_refused(folder)

    assert reason.startswith(f"{path}: is hidden, and was not read. Take the ~$ off")


@pytest.mark.parametrize("inner", ["more.csv", "below/.more.xlsx", "more.xls"])
@pytest.mark.parametrize("name", [".old", "below/.old"])
def test_a_hidden_folder_that_may_hold_a_list_is_named(
    folder: Path, name: str, inner: str
) -> None:
    path = folder / "north" / name
    (path / inner).parent.mkdir(parents=True)
    (path / inner).write_text(WHOLE)

    (reason,) = list_refused(folder)

    assert reason.startswith(
        f"{path}: is a hidden folder that may contain exports, and"
    )


@pytest.mark.parametrize("name", [".north", ".north_old"])
def test_a_hidden_folder_beside_the_tenants_belongs_to_one(
    folder: Path, name: str
) -> None:
    (folder / name).mkdir()
    (folder / name / "more.csv").write_text(WHOLE)

    assert len(list_refused(folder)) == 1


def test_a_hidden_folder_that_is_a_tenant_of_its_own_is_named(folder: Path) -> None:
    (folder / ".south").mkdir()
    (folder / ".south" / "all.csv").write_text(WHOLE)

    one, two = audit_tenants(find_tenants(folder), co_managed=False)

    assert (one.tenant, one.refused) == ("north", ())
    assert (two.tenant, two.report, len(two.refused)) == ("south", None, 1)


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


@pytest.mark.parametrize(
    ("name", "data"),
    [
        *(("._all.csv", APPLE_DOUBLE), ("._gone.xls", APPLE_DOUBLE), (".a.csv", b"")),
        *(("__MACOSX/._all.csv", APPLE_DOUBLE), (".DS_Store", b"\0\0\0\1Bud1\n\n")),
        *(("~$gone.xlsx", b"\x03Ada" + 80 * b" \0"), ("Thumbs.db", OLD_WORKBOOK)),
        *((".git/a.csv", WHOLE.encode()), (".Trash-1000/a.csv", WHOLE.encode())),
        *((".idea/a.xml", b"<a>\n</a>"), (".ipynb_checkpoints/a.ipynb", b"{}\n")),
        *((".config/._a.csv", APPLE_DOUBLE), ("$RECYCLE.BIN/a.csv", WHOLE.encode())),
        *((".stfolder/a.txt", b"a\nb\n"), ("@eaDir/a.csv", WHOLE.encode())),
    ],
)
def test_what_is_certainly_no_list_is_not_named(
    folder: Path, name: str, data: bytes
) -> None:
    path = folder / "north" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)

    assert list_refused(folder) == []


def test_hidden_exports_alone_are_none(tmp_path: Path) -> None:
    (tmp_path / "north").mkdir()
    (tmp_path / "north" / ".all.csv").write_text(WHOLE)

    with pytest.raises(InputError, match="contains no exports"):
        find_tenants(tmp_path)


def test_a_hidden_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "north" / ".more.csv")

    assert list_refused(folder) == []


@pytest.mark.parametrize("name", ["$RECYCLE.BIN", "System Volume Information", ".sync"])
def test_a_folder_of_a_program_is_no_tenant(folder: Path, name: str) -> None:
    (folder / name).mkdir()
    (folder / name / "a.csv").write_text(WHOLE)

    assert [*find_tenants(folder)] == ["north"]


@pytest.mark.parametrize("name", [".more.csv", "~$more.csv"])
def test_a_hidden_link_to_nowhere_may_be_an_export(folder: Path, name: str) -> None:
    (folder / "north" / name).symlink_to(folder / "gone.csv")

    (reason,) = list_refused(folder)

    assert "is hidden, and was not read" in reason
