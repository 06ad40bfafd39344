"""The exports of a tenant are its own: none is overwritten, mixed up or used changed."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apiuser.cli import main
from apiuser.forms.work_sheet import WorkSheet
from tests.forms.windows import BrowserWindow, Sent

OpenSheet = Callable[..., BrowserWindow]
PRESH = "choose:presh-zapier"


def export(*names: str) -> bytes:
    rows = "".join(f"{name}@sample.example.com\n" for name in names)
    return f"Username\n{rows}".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


@pytest.fixture
def open_sheet(folder: Path, sent: Sent) -> OpenSheet:
    def open_one(tenant: str = "") -> BrowserWindow:
        window = BrowserWindow(WorkSheet(folder=folder), sent)
        window.greet()
        if tenant:
            window.act(do="set", key="tenant", value=tenant)
        return window

    return open_one


def drop(window: BrowserWindow, name: str, data: bytes) -> None:
    answer = window.act(data, do="upload", name=name, size=len(data), at=0)
    assert answer["kind"] != "refused", answer


def begin(window: BrowserWindow, tenant: str = "") -> BrowserWindow:
    """Press Start, with which the facts of the tenant are kept."""
    if tenant:
        window.act(do="set", key="tenant", value=tenant)
    window.press(PRESH)
    window.press("primary")
    assert window.widget.shown["stage"] == "fill"
    window.press("stage:prepare")
    return window


def list_files(window: BrowserWindow) -> list[dict[str, Any]]:
    rows = [row for card in window.widget.shown["cards"] for row in card["rows"]]
    files: list[dict[str, Any]] = next(r for r in rows if r["key"] == "names")["files"]
    return files


def names_in_use(window: BrowserWindow) -> set[str]:
    assert isinstance(window.widget, WorkSheet)
    exports = window.widget.session.checklist.exports
    return {name.partition("@")[0] for names in exports.values() for name in names}


def list_kept(folder: Path) -> dict[str, bytes]:
    exports = folder / "exports"
    return {
        path.relative_to(exports).as_posix(): path.read_bytes()
        for path in sorted(exports.rglob("*"))
        if path.is_file()
    }


def test_each_tenant_has_its_own_export_of_the_same_name(
    folder: Path, open_sheet: OpenSheet
) -> None:
    for tenant, name in (("Sample MSP", "a1"), ("Other MSP", "b1")):
        window = open_sheet(tenant)
        drop(window, "active.csv", export(name))
        begin(window)

    again = open_sheet("Sample MSP")

    assert list_kept(folder) == {
        "other-msp/active.csv": export("b1"),
        "sample-msp/active.csv": export("a1"),
    }
    assert names_in_use(again) == {"a1"}


def test_a_second_file_of_a_name_is_kept_beside_the_first(
    folder: Path, open_sheet: OpenSheet
) -> None:
    window = open_sheet("Sample MSP")
    drop(window, "active.csv", export("a1"))
    drop(window, "active.csv", export("a2"))
    drop(window, "active.csv", export("a1"))
    begin(window)
    later = open_sheet()
    drop(later, "active.csv", export("a3"))
    begin(later, "Sample MSP")

    assert [file["name"] for file in list_files(window)] == [
        "active.csv",
        "active-2.csv",
    ]
    assert list_kept(folder) == {
        "sample-msp/active.csv": export("a1"),
        "sample-msp/active-2.csv": export("a2"),
        "sample-msp/active-3.csv": export("a3"),
    }
    assert names_in_use(open_sheet("Sample MSP")) == {"a1", "a2", "a3"}


def test_a_file_that_is_kept_already_is_not_kept_twice(
    folder: Path, open_sheet: OpenSheet
) -> None:
    window = open_sheet("Sample MSP")
    drop(window, "active.csv", export("a1"))
    begin(window)
    later = open_sheet()
    drop(later, "again.csv", export("a1"))

    begin(later, "Sample MSP")

    assert list_kept(folder) == {"sample-msp/active.csv": export("a1")}
    assert [file["name"] for file in list_files(later)] == ["active.csv"]


def test_what_is_dropped_before_a_tenant_is_named_is_kept_with_it_then(
    folder: Path, open_sheet: OpenSheet
) -> None:
    window = open_sheet()
    drop(window, "active.csv", export("a1"))
    before = (folder / "exports").exists()

    begin(window, "Sample MSP")

    assert not before
    assert list_kept(folder) == {"sample-msp/active.csv": export("a1")}
    (path,) = (folder / "exports").rglob("*.csv")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("data", [export("a1", "a2"), b"", None])
def test_an_export_that_has_changed_is_reported_and_not_used(
    folder: Path, open_sheet: OpenSheet, data: bytes | None
) -> None:
    window = open_sheet("Sample MSP")
    drop(window, "active.csv", export("a1"))
    begin(window)
    path = folder / "exports" / "sample-msp" / "active.csv"
    path.unlink() if data is None else path.write_bytes(data)

    begin(open_sheet("Sample MSP"))  # it is forgotten by no later work
    again = open_sheet("Sample MSP")
    (file,) = list_files(again)

    assert file["refused"]
    assert ("has changed since" in file["text"]) is (data is not None)
    assert "ead it again" in file["text"]
    assert names_in_use(again) == set()


def test_a_changed_export_is_used_and_known_after_it_was_read_again(
    folder: Path, open_sheet: OpenSheet
) -> None:
    window = open_sheet("Sample MSP")
    drop(window, "active.csv", export("a1"))
    begin(window)
    path = folder / "exports" / "sample-msp" / "active.csv"
    path.write_bytes(export("a2"))
    again = open_sheet("Sample MSP")

    again.press("read:active.csv")

    assert names_in_use(again) == {"a2"}
    assert names_in_use(open_sheet("Sample MSP")) == {"a2"}


def test_another_tenant_is_not_shown_the_exports_of_the_one_before(
    folder: Path, open_sheet: OpenSheet
) -> None:
    window = open_sheet("Sample MSP")
    drop(window, "active.csv", export("a1"))
    begin(window)

    begin(window, "Other MSP")
    other = names_in_use(window)
    window.act(do="set", key="tenant", value="sample  msp")

    assert other == set()
    assert names_in_use(window) == {"a1"}
    assert list_kept(folder) == {"sample-msp/active.csv": export("a1")}


@pytest.mark.parametrize(
    ("one", "other"), [("A B", "A-B"), ("\u00e4", "\u00f6"), ("A" * 61, "A" * 62)]
)
def test_tenants_whose_files_would_have_one_name_are_distinguished(
    folder: Path, open_sheet: OpenSheet, one: str, other: str
) -> None:
    for tenant, name in ((one, "a1"), (other, "b1")):
        window = open_sheet(tenant)
        drop(window, "active.csv", export(name))
        begin(window)

    assert names_in_use(open_sheet(one)) == {"a1"}
    assert names_in_use(open_sheet(other)) == {"b1"}
    assert len(list(folder.glob("tenants/*.toml"))) == 2


def test_what_was_refused_or_removed_is_not_left_behind(
    folder: Path, open_sheet: OpenSheet
) -> None:
    window = open_sheet("Sample MSP")
    drop(window, "bad.csv", b"")
    drop(window, "active.csv", export("a1"))
    drop(window, "wrong.csv", export("b1"))
    begin(window)
    kept = set(list_kept(folder))
    sheet = window.widget
    assert isinstance(sheet, WorkSheet)
    held = Path(sheet.session.names.files["bad.csv"].path)

    window.press("remove:bad.csv")
    window.press("remove:wrong.csv")

    assert kept == {"sample-msp/active.csv", "sample-msp/wrong.csv"}
    assert not held.exists()
    assert set(list_kept(folder)) == {"sample-msp/active.csv"}
    assert names_in_use(open_sheet("Sample MSP")) == {"a1"}


def test_removing_leaves_what_is_not_a_copy_of_ours(
    folder: Path, open_sheet: OpenSheet, tmp_path: Path
) -> None:
    window = open_sheet("Sample MSP")
    drop(window, "active.csv", export("a1"))
    begin(window)
    own = tmp_path / "own.csv"
    own.write_bytes(export("a1"))
    facts = folder / "tenants" / "sample-msp.toml"
    text = facts.read_text("utf-8")
    facts.write_text(text.replace("exports/sample-msp/active.csv", str(own)), "utf-8")
    again = open_sheet("Sample MSP")

    again.press("remove:own.csv")

    assert own.exists()
    assert names_in_use(open_sheet("Sample MSP")) == set()


def test_a_corrected_file_takes_the_place_of_the_one_that_was_refused(
    open_sheet: OpenSheet,
) -> None:
    window = open_sheet("Sample MSP")
    drop(window, "active.csv", b"")

    drop(window, "active.csv", export("a1"))

    (file,) = list_files(window)
    assert not file["refused"]


def test_the_command_audits_what_the_sheet_kept(
    folder: Path, open_sheet: OpenSheet, capsys: pytest.CaptureFixture[str]
) -> None:
    for tenant in ("Sample MSP", "Other MSP"):
        window = open_sheet(tenant)
        drop(window, "bad.csv", b"")
        drop(window, "active.csv", export("a1"))
        begin(window)

    code = main(["audit", "--tenants", str(folder / "exports")])

    shown = capsys.readouterr()
    assert code in {0, 1}, shown.err
    assert "sample-msp" in shown.out
    assert "other-msp" in shown.out


def test_which_half_an_export_is_can_be_said_and_is_known_another_day(
    open_sheet: OpenSheet,
) -> None:
    window = open_sheet("Sample MSP")
    drop(window, "active.csv", export("a1"))
    drop(window, "inactive.csv", export("a2"))

    for half in ("active", "inactive"):
        window.press(f"read:{half}.csv", values={"half": half})
    begin(window)
    later = open_sheet("Sample MSP")

    for one in (window, later):
        asked = {file["name"]: file["asks"][0]["value"] for file in list_files(one)}
        assert asked == {"active.csv": "active", "inactive.csv": "inactive"}
        assert "resource was seen" not in str(one.widget.shown)


def test_the_half_is_not_asked_where_the_export_says_it(open_sheet: OpenSheet) -> None:
    window = open_sheet("Sample MSP")

    drop(window, "active.csv", b"Username,Status\na1,Active\n")

    assert list_files(window)[0]["asks"] == []


def test_how_an_export_was_read_is_known_another_day(open_sheet: OpenSheet) -> None:
    window = open_sheet("Sample MSP")
    drop(window, "a.csv", "Username,Name\nx1,J\xfcrgen\n".encode("cp1252"))
    window.press("read:a.csv", values={"encoding": "cp1252"})
    window.press("read:a.csv", values={"half": "active"})
    begin(window)

    later = open_sheet("Sample MSP")

    assert names_in_use(later) == {"x1"}
    assert "inactive resource was seen" in str(later.widget.shown)


def test_an_export_read_by_a_wrong_column_can_be_corrected(
    open_sheet: OpenSheet,
) -> None:
    window = open_sheet("Sample MSP")
    data = b"Who,Full name,Status\na1@sample.example.com,Ann B,Active\n"
    drop(window, "a.csv", data)
    window.press("read:a.csv", values={"column": "Full name"})
    begin(window)
    later = open_sheet("Sample MSP")
    (wrong,) = list_files(later)

    later.press("read:a.csv", values={"column": "Who"})

    assert [ask["value"] for ask in wrong["asks"]] == ["Full name"]
    assert names_in_use(later) == {"a1"}


def test_a_link_to_nothing_beside_kept_work_is_left_alone(
    folder: Path, open_sheet: OpenSheet
) -> None:
    open_sheet("Sample MSP").act(do="set", key="first_name", value="Sample")
    (folder / "work" / "gone.json").symlink_to(folder / "nothing")

    cards = open_sheet("Sample MSP").widget.shown["cards"]

    (offered,) = [card["kept"] for card in cards if card["code"] == "kept"]
    assert len(offered) == 1
