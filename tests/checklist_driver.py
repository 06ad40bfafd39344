"""What the tests do with the checklist's form without a browser."""

import json

from ipywidgets import Widget

from apiuser.forms.checklist.checklist_form import ChecklistForm
from apiuser.forms.widgets.secret_box import SecretBox
from apiuser.forms.widgets.status_line import StatusLine
from apiuser.forms.widgets.transfer import Upload
from tests.form_driver import walk
from tests.views import View, deliver, type_into


def find(form: ChecklistForm, label: str) -> Widget:
    """Find a widget of the current step, or of the head and foot, by its label."""
    return next(
        widget
        for widget in walk(form.view)
        if getattr(widget, "description", None) == label
    )


def press(form: ChecklistForm, label: str) -> None:
    find(form, label).click()


def go_to(form: ChecklistForm, code: str) -> None:
    codes = [step.code for step in form.checklist.steps]
    stepper = next(w for w in walk(form.view) if type(w).__name__ == "Stepper")
    stepper._handle_custom_msg({"chosen": codes.index(code)}, [])  # noqa: SLF001


def read(form: ChecklistForm) -> str:
    """Read everything the form shows as text."""
    texts = (
        getattr(widget, name, "")
        for widget in walk(form.view)
        for name in ("value", "text")
    )
    return "\n".join(str(text) for text in texts)


def type_secret(form: ChecklistForm, text: str) -> None:
    box = next(widget for widget in walk(form.view) if isinstance(widget, SecretBox))
    type_into(box, text)


def find_status(form: ChecklistForm) -> StatusLine:
    return next(widget for widget in walk(form.view) if isinstance(widget, StatusLine))


def dump_models() -> str:
    """Everything a notebook would save of any widget there is."""
    return json.dumps(Widget.get_manager_state(), default=str)


def upload(form: ChecklistForm, name: str, data: bytes) -> None:
    part = next(widget for widget in walk(form.view) if isinstance(widget, Upload))
    start = {"kind": "start", "id": "1", "name": name, "size": len(data)}
    part._handle_custom_msg(start, [])  # noqa: SLF001  # as the browser's side does
    content = {"kind": "part", "id": "1", "at": 0}
    part._handle_custom_msg(content, [memoryview(data)])  # noqa: SLF001


def find_passphrase(form: ChecklistForm) -> str | None:
    box = next(
        widget
        for widget in walk(form.view)
        if isinstance(widget, SecretBox) and widget.label == "Passphrase of the file"
    )
    sent: list[dict[str, object]] = []
    box.send = sent.append
    view = View()
    deliver(box, {"kind": "ask", "nonce": "1", "key": view.key})
    return None if sent[0]["kind"] == "none" else view.open(sent[0])
