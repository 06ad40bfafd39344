"""The job and the integration of a checklist, and when a choice takes effect."""

from collections.abc import Callable
from html import escape

from ipywidgets import HTML, HBox, VBox

from apiuser.checklist import Checklist, Job
from apiuser.errors import ApiuserError
from apiuser.forms.widgets.fields import choice_field, text_field
from apiuser.forms.widgets.misplaced import SecretWatch
from apiuser.forms.widgets.parts import make_button
from apiuser.forms.widgets.status_line import StatusLine
from apiuser.howto.integrations import Integration, load_integrations, read_integration

_JOBS = {job.task: job for job in Job}
_OWN_PRESET = "a preset file of my own"


class JobChoice:
    """The choices above a checklist.

    A checklist in which nothing was entered yet gives way at once. Another one stays
    until Start anew is pressed, and a line says so.

    Attributes:
        view: The widgets.
    """

    def __init__(
        self,
        *,
        start: Callable[[Checklist], None],
        confirm: Callable[[str, str], bool],
        status: StatusLine,
        watch: SecretWatch,
    ) -> None:
        """Build the view.

        Args:
            start: Shows another checklist.
            confirm: Asks what is asked for by a name and a sentence.
            status: Where to say what happened.
            watch: What empties a field of the secret.
        """
        self._start, self._confirm, self._status = start, confirm, status
        self._presets = {one.title: one for one in load_integrations().values()}
        self._job = choice_field("Job", tuple(_JOBS), value=next(iter(_JOBS)))
        self._integration = choice_field(
            "Integration",
            (*self._presets, _OWN_PRESET),
            value=next(iter(self._presets)),
        )
        self._own = text_field("File of my preset", watch=watch, advice="A TOML file.")
        self._pending = HTML()
        self._checklist: Checklist | None = None
        for field in (self._job, self._integration):
            field.input.observe(self._notice, "value")
        head = HBox(
            [
                self._job.view,
                self._integration.view,
                self._own.view,
                make_button("Start anew", self._start_anew),
            ]
        )
        head.add_class("apiuser-head")
        self.view = VBox([head, self._pending])

    def show(self, checklist: Checklist) -> None:
        """Show the choices of a checklist."""
        self._checklist = None  # no choice of a person's is noticed below
        self._job.input.value = _name(checklist.job)
        if checklist.integration.title in self._presets:
            self._integration.input.value = checklist.integration.title
        self._checklist = checklist
        self._say_pending()

    def _notice(self, _change: object) -> None:
        if self._checklist is None:
            return
        differs = self._say_pending()
        own = self._integration.input.value == _OWN_PRESET
        if differs and not own and _is_untouched(self._checklist):
            self._start_anew()

    def _say_pending(self) -> bool:
        """Say what is chosen and not in effect yet; tell whether there is such."""
        own = self._integration.input.value == _OWN_PRESET
        self._own.view.layout.display = "" if own else "none"
        if self._checklist is None:
            return False
        shown = (_name(self._checklist.job), self._checklist.integration.title)
        chosen = (self._job.input.value, self._integration.input.value)
        self._pending.value = (
            ""
            if shown == chosen
            else "<p class='apiuser-pending'>The steps below are still those of "
            f"“{escape(shown[0])}” for “{escape(shown[1])}”. Press Start anew to take "
            "what is chosen here; the values entered below are dropped then.</p>"
        )
        return shown != chosen

    def _start_anew(self) -> None:
        if self._checklist is None:
            return
        if self._checklist.done and not self._confirm(
            "start", "Press Start anew again to drop the work shown here."
        ):
            return
        try:
            preset = self._find_preset()
        except ApiuserError as error:
            self._status.say(str(error))
            return
        job = _JOBS[self._job.input.value]
        self._start(Checklist(job, integration=preset))
        self._status.say("A new checklist was started.")

    def _find_preset(self) -> Integration:
        if self._integration.input.value == _OWN_PRESET:
            return read_integration(self._own.input.value.strip())
        return self._presets[self._integration.input.value]


def _name(job: Job) -> str:
    return next(name for name, known in _JOBS.items() if known is job)


def _is_untouched(checklist: Checklist) -> bool:
    fresh = Checklist(checklist.job, integration=checklist.integration)
    return (
        not checklist.done
        and not checklist.exports
        and checklist.secret_facts is None
        and checklist.values == fresh.values
    )
