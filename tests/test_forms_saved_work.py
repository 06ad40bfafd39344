"""The checklist's form saves, resumes and drops work only as it says."""

from pathlib import Path

import pytest

from apiuser.checklist import Job
from apiuser.forms import show_checklist
from tests.checklist_driver import find, go_to, press, read, type_secret
from tests.form_driver import walk
from tests.planted import SECRETS


def test_work_is_saved_and_resumed_in_the_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    form = show_checklist()
    find(form, "Tenant").value = "Sample MSP"
    press(form, "Done, next step")
    go_to(form, "secret")
    type_secret(form, SECRETS[1])
    press(form, "Save")

    again = show_checklist()
    press(again, "Resume")

    (path,) = tmp_path.iterdir()
    assert SECRETS[1] not in path.read_text(encoding="utf-8")
    assert again.checklist.values["tenant"] == "Sample MSP"
    assert "Step 2 of 15" in read(again)


def test_trouble_with_files_is_one_sentence_in_the_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    form = show_checklist()

    press(form, "Resume")
    missing = read(form)
    find(form, "File of this checklist").value = "no folder/work.json"
    press(form, "Save")

    assert "api-user.checklist.json: cannot be read" in missing
    assert "no folder/work.json: cannot be written" in read(form)


def test_another_job_starts_anew_and_forgets_the_secret() -> None:
    form = show_checklist()
    old = form.checklist
    old.take_secret(SECRETS[0])
    find(form, "Job").value = "Rotate a secret"

    press(form, "Start anew")

    assert form.checklist.job is Job.ROTATE
    assert old.secret is None
    assert "Step 1 of 9" in read(form)


def test_another_integration_takes_effect_at_once_while_nothing_is_entered() -> None:
    form = show_checklist()

    find(form, "Integration").value = "Custom (internal integration)"

    assert form.checklist.integration.custom
    assert "A new checklist was started." in read(form)
    assert "still those of" not in read(form)


def test_a_choice_that_would_drop_work_waits_for_start_anew_and_says_so() -> None:
    form = show_checklist()
    before = form.checklist
    before.set("tenant", "Sample MSP")

    find(form, "Job").value = "Edit an API user"
    waiting = read(form)
    find(form, "Job").value = "Create an API user"
    taken_back = read(form)
    find(form, "Job").value = "Edit an API user"
    kept = form.checklist is before
    press(form, "Start anew")

    assert "still those of “Create an API user” for “Presh via Zapier”" in waiting
    assert "still those of" not in taken_back
    assert kept
    assert form.checklist.job is Job.EDIT
    assert "still those of" not in read(form)


def test_resuming_shows_the_job_that_was_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    press(show_checklist(Job.ROTATE), "Save")
    form = show_checklist()

    press(form, "Resume")

    assert find(form, "Job").value == "Rotate a secret"
    assert "still those of" not in read(form)


def test_starting_anew_leaves_the_form_itself_open() -> None:
    form = show_checklist()
    other = show_checklist()

    press(form, "Start anew")

    assert form.view.comm is not None
    assert all(widget.comm is not None for widget in walk(form.view))
    assert all(widget.comm is not None for widget in walk(other.view))


def test_a_bad_preset_file_is_named_and_nothing_starts(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text("name = 3", encoding="utf-8")
    form = show_checklist()
    before = form.checklist
    find(form, "Integration").value = "a preset file of my own"
    find(form, "File of my preset").value = str(path)

    press(form, "Start anew")

    assert form.checklist is before
    assert "name must be text in quotes" in read(form)


def test_work_is_dropped_or_overwritten_on_the_second_press_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    other = tmp_path / "api-user.checklist.json"
    other.write_text("other work", encoding="utf-8")
    form = show_checklist()
    press(form, "Done, next step")
    before = form.checklist

    press(form, "Save")
    kept = other.read_text(encoding="utf-8")
    press(form, "Start anew")

    assert kept == "other work"
    assert "Press Start anew again" in read(form)
    assert form.checklist is before
    press(form, "Start anew")
    assert form.checklist is not before
