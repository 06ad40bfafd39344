"""Kept work is named, and the record of finished work stays, without the secret."""

import shutil
import stat
from pathlib import Path

import pytest

from apiuser.checklist import Job
from apiuser.forms.work_sheet import WorkSheet
from tests.forms.windows import BrowserWindow, Sent
from tests.planted import SECRETS


@pytest.fixture
def window(tmp_path: Path, sent: Sent) -> BrowserWindow:
    """Open a sheet in which only Finish is left to press."""
    window = BrowserWindow(WorkSheet(Job.ROTATE, folder=tmp_path), sent)
    assert window.greet() == "paired"
    values = {
        "tenant": "Sample MSP",
        "applications": "Sample app",
        "username": "sample4key@example.com",
    }
    for key, value in values.items():
        window.act(do="set", key=key, value=value)
    window.type(SECRETS[4])
    window.press("primary")
    for key in ("stored", "pasted"):
        window.act(do="set", key=key, value=True)
    window.press("primary")
    window.act(do="set", key="tested", value=True)
    return window


def test_the_record_is_kept_for_its_owner_and_said_where(
    tmp_path: Path, window: BrowserWindow
) -> None:
    window.press("primary")

    said = window.widget.shown["said"]["text"]
    path = tmp_path / "records" / "sample-msp-sample4key.html"
    record = path.read_text("utf-8")
    assert said.endswith(f"The record is in {path.resolve()}.")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "sample4key@example.com" in record
    assert "not finished" not in record
    assert SECRETS[4] not in record
    window.press("again")
    assert not window.widget.shown["finished"]
    assert path.read_text("utf-8") == record


def test_a_record_that_cannot_be_kept_is_said_and_asked_for(
    tmp_path: Path, window: BrowserWindow
) -> None:
    (tmp_path / "records").write_text("a file stands where the folder should be")

    window.press("primary")
    said = window.widget.shown["said"]
    window.press("again")

    assert said["failed"]
    assert "Download the record, it is not kept" in said["text"]
    assert window.widget.shown["finished"]
    window.act(do="record", kind="text")
    window.press("again")
    assert not window.widget.shown["finished"]


def test_a_record_replaces_no_other(tmp_path: Path, window: BrowserWindow) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "sample-msp-sample4key.html").write_text("former")

    window.press("primary")

    names = {
        path.name: path.stat().st_size for path in (tmp_path / "records").iterdir()
    }
    assert names["sample-msp-sample4key.html"] == len("former")
    assert len(names) == 2


def test_kept_work_is_offered_by_its_job_its_tenant_and_its_user(
    tmp_path: Path, sent: Sent
) -> None:
    first = BrowserWindow(WorkSheet(Job.EDIT, folder=tmp_path), sent)
    first.greet()
    first.act(do="set", key="tenant", value="Sample MSP")
    first.act(do="set", key="username", value="sample4key@example.com")

    second = WorkSheet(folder=tmp_path)

    (card,) = [card for card in second.shown["cards"] if card["code"] == "kept"]
    label = card["kept"][0]["label"]
    assert label.startswith("Go on with Edit, Sample MSP, sample4key@example.com, kept")


def test_finish_ends_the_work_though_what_was_kept_cannot_be_deleted(
    tmp_path: Path, window: BrowserWindow
) -> None:
    (kept,) = (tmp_path / "work").glob("*.json")
    kept.unlink()
    (kept / "stands in the way").mkdir(parents=True)

    answer = window.press("primary")
    said = window.widget.shown["said"]

    assert answer["kind"] == "done"
    assert window.widget.shown["finished"]
    assert said["failed"]
    assert f"{kept}: cannot be deleted" in said["text"]
    assert (tmp_path / "records" / "sample-msp-sample4key.html").exists()
    assert window.act(do="ask", what="secret")["kind"] == "refused"


def test_finish_ends_the_work_though_the_tenant_cannot_be_kept(
    tmp_path: Path, window: BrowserWindow
) -> None:
    shutil.rmtree(tmp_path / "tenants")
    (tmp_path / "tenants").write_text("a file stands where the folder should be")

    window.press("primary")

    assert window.widget.shown["finished"]
    assert "tenants: cannot be made" in window.widget.shown["said"]["text"]
    assert (tmp_path / "records" / "sample-msp-sample4key.html").exists()
