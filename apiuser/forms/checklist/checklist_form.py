"""The checklist as one form: steps, the current one, and the picture of the page."""

from html import escape
from pathlib import Path

from ipywidgets import HTML, HBox, VBox

from apiuser.checklist import (
    Checklist,
    Job,
    finish_step,
    is_done,
    resume,
    save,
)
from apiuser.checklist.showing import describe_blocks, describe_rest
from apiuser.errors import ApiuserError, InputError
from apiuser.forms.checklist.job_choice import JobChoice
from apiuser.forms.checklist.step_view import build_step
from apiuser.forms.widgets.fields import InputField, text_field
from apiuser.forms.widgets.guard import form_box
from apiuser.forms.widgets.misplaced import SecretWatch, walk
from apiuser.forms.widgets.parts import FormPart, make_button
from apiuser.forms.widgets.status_line import StatusLine
from apiuser.forms.widgets.stepper import Stepper
from apiuser.howto.page_sketch import draw_page

_WORK_FILE = "api-user.checklist.json"


def show_checklist(job: Job = Job.CREATE) -> "ChecklistForm":
    """Show the checklist for a job; other jobs can be chosen in the form."""
    return ChecklistForm(job)


class ChecklistForm:
    """The form over one checklist at a time.

    Attributes:
        checklist: The state that the form shows.
        view: The widgets.
    """

    def __init__(self, job: Job = Job.CREATE) -> None:
        self.checklist = Checklist(job)
        self._current = 0
        self._asked = ""
        self._own_files: set[str] = set()
        self._parts: dict[str, FormPart] = {}
        self._status = StatusLine()
        self._watch = SecretWatch(
            lambda text: self.checklist.holds_secret(text),  # noqa: PLW0108  # of then
            self._status,
        )
        self._stepper = Stepper(on_choose=self._show)
        self._heading, self._picture, self._stage = HTML(), HTML(), VBox()
        self._picture.add_class("apiuser-page")
        self._back = make_button("Back", self._go_back)
        self._next = make_button("", self._go_on, style="primary")
        moves = HBox([self._back, self._next])
        body = VBox([self._heading, self._stage, self._status, moves])
        body.add_class("apiuser-body")
        columns = HBox([self._stepper, body, self._picture])
        columns.add_class("apiuser-columns")
        self._choice = JobChoice(
            start=self._start_anew,
            confirm=self._confirm,
            status=self._status,
            watch=self._watch,
        )
        self.view = form_box(self._choice.view, columns, self._build_foot())
        self.view.add_class("apiuser-checklist")
        self.start(self.checklist)

    def start(self, checklist: Checklist) -> None:
        """Show another checklist, from its first open step on."""
        if self.checklist is not checklist:
            self.checklist.forget_secret()
        self.checklist = checklist
        self._choice.show(checklist)
        old, self._parts = self._parts, {}
        done = [is_done(checklist, step) for step in checklist.steps]
        self._show(done.index(False) if False in done else len(done) - 1)
        for part in old.values():
            # `close_all` would close every form there is.
            for widget in walk(part.view):
                widget.close()

    def _start_anew(self, checklist: Checklist) -> None:
        self._own_files = set()
        self.start(checklist)

    def _show(self, number: int) -> None:
        self._current, self._asked = number, ""
        step = self.checklist.steps[number]
        if step.code not in self._parts:
            self._parts[step.code] = build_step(
                self.checklist, step, changed=self._refresh, status=self._status
            )
        self._stage.children = [self._parts[step.code].view]
        self._status.say("")
        self._refresh()

    def _refresh(self) -> None:
        steps = self.checklist.steps
        step = steps[self._current]
        total = len(steps)
        self._stepper.show(
            [(other.title, is_done(self.checklist, other)) for other in steps],
            current=self._current,
        )
        self._heading.value = (
            f"<h3>Step {self._current + 1} of {total}: {escape(step.title)}</h3>"
        )
        self._back.disabled = self._current == 0
        last = self._current == total - 1
        self._next.description = "Done" if last else "Done, next step"
        self._picture.value = draw_page(self.checklist.job, current=step.code)
        self._parts[step.code].refresh()
        parts = self._parts.values()
        if self._watch.sweep(self.view, *(part.view for part in parts)):
            # Steps that are not shown may repeat in another place what was taken out.
            for part in parts:
                part.refresh()

    def _go_back(self) -> None:
        self._show(self._current - 1)

    def _go_on(self) -> None:
        step = self.checklist.steps[self._current]
        if finish_step(self.checklist, step):
            self._parts[step.code].insist()
            self._status.say(describe_blocks(self.checklist, step))
        elif self._current + 1 < len(self.checklist.steps):
            self._show(self._current + 1)
            return
        else:
            self._status.say(describe_rest(self.checklist))
        self._refresh()

    def _confirm(self, what: str, question: str) -> bool:
        """Ask by a sentence; the same press again is the answer."""
        if self._asked == what:
            self._asked = ""
            return True
        self._asked = what
        self._status.say(question)
        return False

    def _build_foot(self) -> VBox:
        name = text_field(
            label="File of this checklist",
            watch=self._watch,
            value=_WORK_FILE,
            advice="Saved without the secret, beside this notebook.",
        )

        def keep() -> None:
            try:
                path = _read_name(name)
                if path not in self._own_files and Path(path).exists():
                    question = f"{path} exists. Press Save again to overwrite it."
                    if not self._confirm(f"save {path}", question):
                        return
                save(self.checklist, path)
            except ApiuserError as error:
                self._status.say(str(error))
            else:
                self._own_files.add(path)
                self._status.say(f"Saved to {path}, without the secret.")

        def go_on() -> None:
            try:
                path = _read_name(name)
                checklist = resume(path)
            except ApiuserError as error:
                self._status.say(str(error))
                return
            self.start(checklist)
            self._own_files = {path}
            self._status.say("Resumed. The secret was not saved.")

        buttons = HBox([make_button("Save", keep), make_button("Resume", go_on)])
        foot = VBox([name.view, buttons])
        foot.add_class("apiuser-foot")
        return foot

    def __repr__(self) -> str:
        return "ChecklistForm()"

    def _repr_mimebundle_(self, **options: object) -> dict[str, object]:
        bundle: dict[str, object] = self.view._repr_mimebundle_(
            **options
        )  # IPython's own protocol
        return bundle | {"text/plain": repr(self)}


def _read_name(field: InputField) -> str:
    name: str = field.input.value.strip()
    if not name:
        message = "Enter a name for the file of this checklist."
        raise InputError(message)
    return name
