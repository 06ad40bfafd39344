"""The audit of usernames as one form: choose exports, check, read the results."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING

from ipywidgets import HTML, HBox, VBox

from apiuser.errors import ApiuserError, count_noun
from apiuser.forms.audit.export_choice import ExportChoice
from apiuser.forms.widgets.guard import form_box
from apiuser.forms.widgets.parts import make_button
from apiuser.forms.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from apiuser.auditing import AuditReport
    from apiuser.forms.audit.audit_found import Found
    from apiuser.forms.audit.audit_work import Outcome, Progress


def show_audit(folder: str | Path = ".") -> "AuditForm":
    """Show the audit of the exports in a folder, its own one if none is named."""
    return AuditForm(Path(folder).resolve())


class AuditForm:
    """The form over one audit at a time.

    Attributes:
        choice: The exports to audit.
        status: What is happening.
        found: What was found; None before the first audit.
        view: The widgets.
    """

    def __init__(self, folder: Path) -> None:
        self.status = StatusLine()
        self.choice = ExportChoice(folder, status=self.status)
        self.found: Found | None = None
        self._check = make_button("Check", self._start_checking, style="primary")
        self._place = VBox()
        self._task: asyncio.Task[None] | None = None
        self.view = form_box(
            HTML("<h2>Audit of usernames</h2>"),
            self.choice.view,
            HBox([self._check]),
            self.status,
            self._place,
        )
        self.view.add_class("apiuser-audit")

    async def check(self) -> None:
        """Read and audit what is ticked; the form stays usable meanwhile."""
        try:
            reading = self.choice.options.reading
        except ApiuserError as error:
            self.status.say(str(error))
            return
        chosen, many, names = self.choice.chosen, self.choice.many, self._names
        co_managed = self.choice.co_managed
        if not chosen:
            self.status.say("Tick at least one export, or upload or add one.")
            return

        def run(tell: "Progress") -> "Outcome":
            # Late, and in the thread: the libraries for tables take a while to load.
            from apiuser.forms.audit.audit_work import run_audit  # noqa: PLC0415

            return run_audit(
                chosen,
                many=many,
                reading=reading,
                proposed=names,
                co_managed=co_managed,
                progress=tell,
            )

        await self._work(run)

    async def recheck(self) -> None:
        """Judge the names proposed now by the exports already read."""
        if self.found is None:
            return
        outcome, names = self.found.outcome, self._names
        tenant = self.found.tenant

        def run(tell: "Progress") -> "Outcome":
            from apiuser.forms.audit.audit_work import judge_again  # noqa: PLC0415  # as above

            return judge_again(outcome, tenant=tenant, proposed=names, progress=tell)

        await self._work(run)

    async def show_tenant(self, report: "AuditReport") -> None:
        """Show the findings of one of the tenants."""
        from apiuser.forms.audit.audit_work import prepare  # noqa: PLC0415  # as above

        if self.found is None:
            return
        self.status.say("Preparing the tables.")
        self.found.show_report(await asyncio.to_thread(prepare, report))
        self.status.say("")

    @property
    def _names(self) -> tuple[str, ...]:
        return () if self.found is None else self.found.proposed.names

    async def _work(self, run: "Callable[[Progress], Outcome]") -> None:
        loop = asyncio.get_running_loop()

        def tell(done: int, total: int, text: str) -> None:
            if done < total:  # the end is said with what was found
                # Called in the thread; widgets are changed in the loop only.
                loop.call_soon_threadsafe(self._tell, done, total, text)

        self._enable(on=False)
        self.status.say("Getting ready.")
        try:
            outcome = await asyncio.to_thread(run, tell)
        except ApiuserError as error:
            self.status.say(str(error))
            self.choice.options.show_if_named(str(error))
        else:
            self._show(outcome)
            self.status.say(_sum_up(outcome))
        finally:
            self._enable(on=True)

    def _show(self, outcome: "Outcome") -> None:
        from apiuser.forms.audit.audit_found import Found  # noqa: PLC0415  # as above

        if self.found is None:
            self.found = Found(
                outcome,
                check=self._start_rechecking,
                choose=self._start_showing,
                status=self.status,
            )
            self._place.children = [self.found.view]
        else:
            self.found.show(outcome)

    def _tell(self, done: int, total: int, text: str) -> None:
        self.status.say(f"{text[:1].upper()}{text[1:]}.", done=done, total=total)

    def _enable(self, *, on: bool) -> None:
        others = () if self.found is None else self.found.proposed.buttons
        for button in (self._check, *others):
            button.disabled = not on

    def _start_checking(self) -> None:
        self._start(self.check())

    def _start_rechecking(self) -> None:
        self._start(self.recheck())

    def _start_showing(self, report: "AuditReport") -> None:
        self._start(self.show_tenant(report))

    def _start(self, work: Coroutine[object, object, None]) -> None:
        # The reference keeps the task from being collected while it runs.
        self._task = asyncio.get_running_loop().create_task(work)

    def __repr__(self) -> str:
        return "AuditForm()"

    def _repr_mimebundle_(self, **options: object) -> dict[str, object]:
        bundle: dict[str, object] = self.view._repr_mimebundle_(**options)
        return bundle | {"text/plain": repr(self)}


def _sum_up(outcome: "Outcome") -> str:
    reports = [one.report for one in outcome.audits if one.report is not None]
    files = sum(len(report.tables) for report in reports)
    refused = sum(len(one.refused) for one in outcome.audits)
    findings = sum(map(len, reports))
    exports = count_noun(files, "export")
    tenants = ""
    if outcome.many:
        tenants = f" of {count_noun(len(outcome.audits), 'tenant')}"
    others = f"; {refused} refused" if refused else ""
    records = sum(report.records for report in reports)
    return (
        f"Checked {count_noun(records, 'record')} of {exports}{tenants}: "
        f"{count_noun(findings, 'finding')}{others}."
    )
