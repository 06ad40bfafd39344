"""The form of the notebook: one widget over one session."""

from collections.abc import Mapping
from pathlib import Path

from apiuser.checklist import Checklist, Job, Session, describe, write_html
from apiuser.checklist.autotask_calls import Question
from apiuser.checklist.press_results import Said
from apiuser.checklist.record import name_files, offer_record
from apiuser.credentials.credential import Secret
from apiuser.errors import ApiuserError, InputError
from apiuser.forms.notebook_desk import NotebookDesk
from apiuser.forms.widgets.arrivals import Arrivals
from apiuser.forms.widgets.paired_widget import PairedWidget
from apiuser.forms.widgets.scripts import WIDGETS, join_scripts

_MOST_BYTES = 512 << 20
"""A dropped export with more bytes is not a list of one tenant's resources."""


def show_checklist(job: Job = Job.CREATE) -> "WorkSheet":
    """Show the form for a job; other jobs can be chosen in it."""
    return WorkSheet(job)


class WorkSheet(PairedWidget):
    """The sheet over one session at a time.

    Attributes:
        session: The work that the sheet shows.
        desk: The folder that it is kept in.
    """

    _esm = join_scripts("work_sheet.js")
    _css = WIDGETS / "sheet.css"

    def __init__(self, job: Job = Job.CREATE, *, folder: Path | None = None) -> None:
        """Begin a sheet.

        Args:
            job: What the consultant came to do.
            folder: Where work, tenants and exports are kept; the notebook's if None.
        """
        self.desk = NotebookDesk(Path.cwd() if folder is None else folder)
        self.session = Session(checklist=Checklist(job), desk=self.desk)
        self._pending: Question | None = None
        self._arrivals = Arrivals(self.desk.dropped.place, most_bytes=_MOST_BYTES)
        super().__init__()
        self._show()

    def handle(
        self, event: Mapping[str, object], data: bytes | None
    ) -> Mapping[str, object] | Secret | None:
        """Do what a window asks, and show the result."""
        try:
            match event.get("do"):
                case "ask":
                    return self._give(str(event.get("what")))
                case "upload":
                    return self._receive_part(event, data or b"")
                case "record":
                    return self._write(str(event.get("kind")))
            self.session.act(event)
            if event.get("name") == "primary":
                self._keep_record()
            self._ask_autotask()
            return None
        finally:
            self._show()

    def _ask_autotask(self) -> None:
        """Start to find an answer in a thread, while the sheet goes on working.

        The press itself is answered at once, since only then does a window send
        another.
        """
        question = self.session.calls.question
        if question is not None and question is not self._pending:
            import asyncio  # noqa: PLC0415  # late: few forms ask Autotask

            self._pending = question
            task = asyncio.get_running_loop().create_task(self._find(question))
            # The reference stops the task from being garbage-collected while it runs.
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _find(self, question: Question) -> None:
        if self._pending is not question:
            return  # another window took over before it began
        import asyncio  # noqa: PLC0415  # as above

        told = await asyncio.to_thread(question.find_answer)
        if self._pending is question:
            self._pending = None  # it may hold the secret
        self.session.take_told(question, told)
        self._show()

    def take(self, event: Mapping[str, object], secret: Secret) -> None:
        """Take the secret, words that may hold it, or a passphrase for a file."""
        what = str(event.get("what"))
        if what == "secret":
            self.session.take_secret(secret)
        elif what == "answer":
            self.session.take_words(secret)
        elif what in {"passphrase", "passphrase again"}:
            self.desk.typed[what] = secret
        self._show()

    def forget(self) -> None:
        """Forget the secret and the passphrases, before another window takes over."""
        self.session.lose_secret()
        self._pending = None
        self.desk.forget()
        self._show()

    def _show(self) -> None:
        checklist = self.session.checklist
        holds = checklist.secret is not None
        loses = holds and not checklist.values.get("stored")
        self.shown = describe(self.session) | {"holds": holds, "loses": loses}

    def _give(self, what: str) -> Secret:
        if what == "secret" and self.session.checklist.secret is not None:
            return self.session.checklist.secret
        path = what.removeprefix("passphrase:")
        if path in self.desk.passphrases:
            return self.desk.passphrases[path]
        message = "There is no secret to show."
        raise InputError(message)

    def _keep_record(self) -> None:
        """Keep the record of work that was just finished, and say where it is."""
        session = self.session
        if not session.finished or session.record:
            return
        checklist = session.checklist
        name = f"{checklist.text('tenant')} {checklist.username.local}"
        said, failed = session.said, session.said.failed
        try:
            session.record = self.desk.keep_record(name, write_html(session))
            more = f"The record is in {session.record}."
        except ApiuserError as error:
            more, failed = f"Download the record, it is not kept: {error}", True
        session.said = Said(said.at, f"{said.text} {more}", failed=failed)

    def _write(self, kind: str) -> Mapping[str, object]:
        from apiuser.handover import render_html  # noqa: PLC0415  # late: shown sooner

        name = name_files(self.session)
        if kind != "sheet" and self.session.finished:
            self.session.record = self.session.record or name
        if kind == "sheet" and self.desk.sheet is not None:
            page = render_html(self.desk.sheet)
            return {"text": page, "name": f"{name}-handover-sheet.html"}
        return offer_record(self.session, kind)

    def _receive_part(
        self, event: Mapping[str, object], part: bytes
    ) -> Mapping[str, object]:
        """Take a part of a dropped export; the last one is read with the others."""
        path = self._arrivals.take(event, part)
        if path is not None:
            self.session.add_file(str(path))
        return {}
