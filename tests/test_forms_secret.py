"""The widgets of the checklist's form never hold the secret."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from ipywidgets import Text, Textarea

from apiuser.checklist import Job
from apiuser.forms import show_checklist
from apiuser.forms.checklist.checklist_form import ChecklistForm
from apiuser.forms.widgets.transfer import Download
from tests.checklist_driver import (
    dump_models,
    find,
    find_status,
    go_to,
    press,
    read,
    type_secret,
)
from tests.form_driver import walk
from tests.planted import SECRETS

pytestmark = pytest.mark.usefixtures("no_widgets_of_other_tests")


@pytest.mark.parametrize("job", Job)
def test_no_widget_of_any_step_ever_holds_the_secret(job: Job) -> None:
    form = show_checklist(job)
    form.checklist.take_secret(SECRETS[0])

    for step in form.checklist.steps:
        go_to(form, step.code)

    states = [
        json.dumps(widget.get_state(), default=str) + repr(widget)
        for widget in walk(form.view)
    ]
    bundle = form._repr_mimebundle_()  # IPython's own protocol
    assert not [state for state in states if SECRETS[0] in state]
    assert SECRETS[0] not in json.dumps(bundle)
    assert bundle["text/plain"] == repr(form) == "ChecklistForm()"


def test_the_record_is_withheld_while_a_field_holds_the_secret() -> None:
    form = show_checklist()
    form.checklist.set("first_name", SECRETS[2])  # in a step not shown yet
    form.checklist.take_secret(SECRETS[2])

    go_to(form, "handover")

    assert "Take the secret out of First Name" in read(form)
    hidden = [w for w in walk(form.view) if w.layout.display == "none"]
    assert all(
        any(download in walk(widget) for widget in hidden)
        for download in walk(form.view)
        if isinstance(download, Download)
    )
    press(form, "Finish: forget the secret")
    assert form.checklist.secret is not None


def list_inputs(form: ChecklistForm) -> Iterator[Text | Textarea]:
    """List every input for text of every step, each step shown while it is listed."""
    for step in form.checklist.steps:
        go_to(form, step.code)
        for widget in walk(form.view):
            if isinstance(widget, Text | Textarea):
                yield widget


@pytest.mark.parametrize("job", Job)
def test_a_secret_pasted_into_any_other_input_is_taken_out_at_once(job: Job) -> None:
    form = show_checklist(job)
    form.checklist.take_secret(SECRETS[0])
    status = find_status(form)
    labels = []

    for widget in list_inputs(form):
        labels.append(widget.description)
        status.say("")
        widget.value = f"at {SECRETS[0]} "
        assert widget.value == "", widget.description
        assert SECRETS[0] not in read(form), widget.description
        assert "Taken out again" in status.text, widget.description

    assert {"File", "Address", "File of my preset", "File of this checklist"} <= {
        *labels
    }
    assert SECRETS[0] not in dump_models()
    go_to(form, "handover")
    press(form, "Finish: forget the secret")
    assert form.checklist.secret is None
    assert SECRETS[0] not in dump_models()


def test_a_secret_pasted_wrongly_first_is_taken_out_once_it_is_known() -> None:
    form = show_checklist()
    for widget in list_inputs(form):
        widget.value = SECRETS[0]

    go_to(form, "secret")
    type_secret(form, SECRETS[0])

    assert SECRETS[0] not in dump_models()
    assert "Taken out again" in read(form)
    assert form.checklist.find_secret_in_fields() == ()


def test_a_secret_pasted_as_a_file_name_names_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    form = show_checklist()
    form.checklist.take_secret(SECRETS[0])
    find(form, "File of this checklist").value = SECRETS[0]

    press(form, "Save")

    assert list(tmp_path.iterdir()) == []
    assert find(form, "File of this checklist").value == ""
    assert "Enter a name for the file of this checklist." in read(form)


def test_finishing_forgets_the_secret_and_says_so() -> None:
    form = show_checklist()
    form.checklist.take_secret(SECRETS[2])
    go_to(form, "handover")

    press(form, "Finish: forget the secret")

    assert form.checklist.secret is None
    assert "The secret is forgotten" in read(form)


def test_a_secret_pasted_into_an_option_is_taken_out_at_once() -> None:
    form = show_checklist()
    go_to(form, "names")
    form.checklist.take_secret(SECRETS[0])

    find(form, "Username column").value = SECRETS[0]

    assert find(form, "Username column").value == ""
    assert SECRETS[0] not in read(form)
