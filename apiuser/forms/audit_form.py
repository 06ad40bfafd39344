"""The audit of usernames as one form: choose exports, check, read the results."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ipywidgets import HTML, HBox, VBox

from apiuser.errors import ApiuserError
from apiuser.forms.export_choice import ExportChoice, Reading
from apiuser.forms.guard import form_box
from apiuser.forms.parts import make_button
from apiuser.forms.status import Status

if TYPE_CHECKING:
    from apiuser.auditing import AuditReport
    from apiuser.forms.audit_results import AuditResults
    from apiuser.forms.audit_work import Outcome, Progress
    from apiuser.forms.proposed_names import ProposedNames
    from apiuser.tables import ResourceTable


def show_audit(folder: str | Path = ".") -> "AuditForm":
    """Show the audit of the exports in a folder, its own one if none is named."""
    return AuditForm(Path(folder).resolve())


class AuditForm:
    """The form over one audit at a time.

    Attributes:
        choice: The exports to audit.
        status: What is happening.
        results: What was found; None before the first audit.
        proposed: The names proposed; None before the first audit.
        view: The widgets.
    """

    def __init__(self, folder: Path) -> None:
        self.choice = ExportChoice(folder)
        self.status = Status()
        self.results: AuditResults | None = None
        self.proposed: ProposedNames | None = None
        self._check = make_button("Check", self._start_checking, style="primary")
        self._found = VBox()
        self._task: asyncio.Task[None] | None = None
        self.view = form_box(
            HTML("<h2>Audit of usernames</h2>"),
            self.choice.view,
            HBox([self._check]),
            self.status,
            self._found,
        )
        self.view.add_class("apiuser-audit")

    async def check(self) -> None:
        """Read and audit what is ticked; the form stays usable meanwhile."""
        try:
            reading = self.choice.reading
        except ApiuserError as error:
            self.status.say(str(error))
            return
        if self.choice.paths:
            await self._work(self.choice.paths, reading)
        else:
            self.status.say("Tick at least one export, or upload one.")

    async def recheck(self) -> None:
        """Audit the exports already read again, with the names proposed now."""
        if self.results is not None:
            await self._work(self.results.report.tables, Reading())

    async def _work(
        self, sources: "Sequence[Path | ResourceTable]", reading: Reading
    ) -> None:
        loop = asyncio.get_running_loop()

        def tell(done: int, total: int, text: str) -> None:
            # Called in the thread; widgets are changed in the loop only.
            loop.call_soon_threadsafe(self._tell, done, total, text)

        names = () if self.proposed is None else self.proposed.names
        self._enable(on=False)
        self.status.say("Getting ready.")
        try:
            outcome = await asyncio.to_thread(_run, sources, reading, names, tell)
        except ApiuserError as error:
            self.status.say(str(error))
        else:
            self._show(outcome)
            self.status.say(_sum_up(outcome.report))
        finally:
            self._enable(on=True)

    def _show(self, outcome: "Outcome") -> None:
        from apiuser.forms.audit_results import AuditResults  # noqa: PLC0415  # as below
        from apiuser.forms.proposed_names import ProposedNames  # noqa: PLC0415

        if self.results is None or self.proposed is None:
            self.results = AuditResults(outcome)
            self.proposed = ProposedNames(
                outcome.report, check=self._start_rechecking, status=self.status
            )
            self._found.children = [self.results.view, self.proposed.view]
        else:
            self.results.show(outcome)
            self.proposed.show(outcome.report)

    def _tell(self, done: int, total: int, text: str) -> None:
        self.status.say(f"{text[:1].upper()}{text[1:]}.", done=done, total=total)

    def _enable(self, *, on: bool) -> None:
        others = () if self.proposed is None else self.proposed.buttons
        for button in (self._check, *others):
            button.disabled = not on

    def _start_checking(self) -> None:
        # The reference keeps the task from being collected while it runs.
        self._task = asyncio.get_running_loop().create_task(self.check())

    def _start_rechecking(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self.recheck())

    def __repr__(self) -> str:
        return "AuditForm()"

    def _repr_mimebundle_(self, **options: object) -> dict[str, object]:
        bundle: dict[str, object] = self.view._repr_mimebundle_(**options)
        return bundle | {"text/plain": repr(self)}


def _run(
    sources: "Sequence[Path | ResourceTable]",
    reading: Reading,
    names: Sequence[str],
    tell: "Progress",
) -> "Outcome":
    # Late, and in the thread: the libraries for tables take a while to load.
    from apiuser.forms.audit_work import run_audit  # noqa: PLC0415

    return run_audit(sources, reading=reading, proposed=names, progress=tell)


def _sum_up(report: "AuditReport") -> str:
    files = len(report.tables)
    exports = "1 export" if files == 1 else f"{files} exports"
    return f"Checked {report.records} records of {exports}: {len(report)} findings."
