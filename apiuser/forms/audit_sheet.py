"""The audit form of the notebook: one widget over one inquiry."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from traitlets import Dict

from apiuser.auditing import Progress
from apiuser.auditing.checkup.differences import describe_changes, describe_outcome
from apiuser.auditing.checkup.export_files import ExportFile
from apiuser.auditing.checkup.inquiry import Inquiry, find_answer, suggest_key
from apiuser.auditing.checkup.moments import Moments, find_outcome
from apiuser.auditing.checkup.sheet_view import (
    describe_answer,
    describe_inquiry,
    describe_moments,
    describe_page,
)
from apiuser.auditing.checkup.study import Latest, Study
from apiuser.auditing.tenant_names import name_tenant
from apiuser.checklist.known_tenants import read_tenants
from apiuser.credentials.matching import TakenNames
from apiuser.credentials.secret_look import shows_secret
from apiuser.errors import ApiuserError, InputError, escape_invisible
from apiuser.exports import ReadOptions
from apiuser.forms.widgets.arrivals import Arrivals, PrivateFolder
from apiuser.forms.widgets.paired_widget import PairedWidget, WindowReply
from apiuser.forms.widgets.scripts import WIDGETS, join_scripts


def show_audit(folder: str | Path = ".") -> "AuditSheet":
    """Show the audit form for the exports in a folder, by default the notebook's."""
    return AuditSheet(Path(folder).resolve())


class AuditSheet(PairedWidget):
    """The sheet over one inquiry; findings are in no trait, and windows ask for them.

    Attributes:
        inquiry: What is asked, and what the last check found.
        moments: What is compared, and what the last comparison showed.
        comparing: Whether a window shows the comparison instead of the audit.
        work: How far a check has got, as `done`, `total` and `text`; empty if none
            runs.
    """

    _esm = join_scripts("audit_sheet.js")
    _css = "".join(
        (WIDGETS / name).read_text("utf-8") for name in ("sheet.css", "audit_sheet.css")
    )
    work: "Dict[str, Any]" = Dict().tag(sync=True)

    def __init__(self, folder: Path) -> None:
        """Begin a sheet.

        Args:
            folder: Where exports are searched for.
        """
        self.inquiry = Inquiry(folder=folder)
        self.moments, self.comparing = Moments(folder=folder), False
        self._arrivals = Arrivals(
            PrivateFolder().place, most_bytes=ReadOptions().max_size
        )
        # Which parts of the findings a window may ask for.
        self._answers = {
            "answer": self._tell_answer,
            "page": self._turn,
            "outcome": self._tell_outcome,
            "changes": self._turn_changes,
            "suggest": self._suggest,
            "report": self._write,
        }
        super().__init__()
        self._show()

    def handle(
        self, event: Mapping[str, object], data: bytes | None
    ) -> WindowReply | Coroutine[object, object, WindowReply]:
        """Do what a window asks, and show the result."""
        do = str(event.get("do"))
        if do in {"check", "compare"}:
            return self._begin(event)
        if do in self._answers:
            return self._answers[do](event)
        reply: WindowReply = {}
        match do:
            case "upload":
                reply = self._keep_part(event, data or b"")
            case "comparing":
                self.comparing = bool(event.get("on"))
            case _ if "moment" in event:
                self.moments.change(event)
            case _:
                self.inquiry.change(event)
        self._show()
        return reply

    def _begin(
        self, event: Mapping[str, object]
    ) -> WindowReply | Coroutine[object, object, WindowReply]:
        """Begin a check or a comparison, unless one is running, or say what is wrong."""
        if self.work:
            message = "A check is running. Wait until it ends."
            raise InputError(message)
        if event.get("do") == "check":
            names = str(event.get("names", ""))
            if fault := _find_secret(names, "checked"):
                return {"fault": fault}
            self.inquiry.names = names
            self.inquiry.kept = {
                tenant.name: TakenNames(tenant.taken_names)
                for tenant in read_tenants(self.inquiry.folder / "tenants")
            }
            return self._work(partial(find_answer, self.inquiry), self.inquiry)
        expected = str(event.get("expected", ""))
        if fault := _find_secret(expected, "compared"):
            return {"fault": fault}
        self.moments.expected = expected
        return self._work(partial(find_outcome, self.moments), self.moments)

    def _keep_part(self, event: Mapping[str, object], part: bytes) -> WindowReply:
        """Take a part of an upload and, once it is whole, the file; return its name."""
        path = self._arrivals.take(event, part)
        if path is None:
            return {}
        file = ExportFile(name=path.name, path=path, tenant=name_tenant(path))
        if "moment" in event:
            self.moments.take(str(event["moment"]), file)
        else:
            self.inquiry.take(file)
        return {"name": file.name}

    def _show(self) -> None:
        self.shown = describe_inquiry(self.inquiry) | {
            "comparing": self.comparing,
            "moments": describe_moments(self.moments),
        }

    async def _work(
        self, find: Callable[[Progress], Latest], study: Study[Latest]
    ) -> WindowReply:
        """Find something outside the kernel's thread, telling how far it has got."""
        loop = asyncio.get_running_loop()

        def tell(done: int, total: int, text: str) -> None:
            # Called in the thread; traits are changed in the loop only.
            loop.call_soon_threadsafe(self._tell_work, done, total, text)

        self._tell_work(0, 1, "getting ready")
        try:
            study.keep(await asyncio.to_thread(find, tell))
        except ApiuserError:
            study.forget()
            raise
        finally:
            self.work = {}
            self._show()
        return {}

    def _tell_work(self, done: int, total: int, text: str) -> None:
        self.work = {"done": done, "total": total, "text": escape_invisible(text)}

    async def _tell_answer(self, _event: Mapping[str, object]) -> WindowReply:
        # Summing up the findings of large exports takes a while.
        return await asyncio.to_thread(describe_answer, self.inquiry)

    async def _turn(self, event: Mapping[str, object]) -> WindowReply:
        return await asyncio.to_thread(
            describe_page,
            self.inquiry,
            code=str(event.get("code", "")),
            text=str(event.get("text", "")),
            start=_take_start(event),
        )

    async def _tell_outcome(self, _event: Mapping[str, object]) -> WindowReply:
        return await asyncio.to_thread(describe_outcome, self.moments)

    async def _turn_changes(self, event: Mapping[str, object]) -> WindowReply:
        return await asyncio.to_thread(
            describe_changes,
            self.moments,
            str(event.get("title", "")),
            text=str(event.get("text", "")),
            start=_take_start(event),
        )

    async def _suggest(self, _event: Mapping[str, object]) -> WindowReply:
        one = self.inquiry.shown
        report = None if one is None else one.report
        return {"key": await asyncio.to_thread(suggest_key, report)}

    async def _write(self, event: Mapping[str, object]) -> WindowReply:
        from apiuser.reports import FORMATS, TENANT_FORMATS  # noqa: PLC0415  # late

        answer, ending = self.inquiry.result, str(event.get("ending"))
        if answer is None or ending not in FORMATS:
            message = "Check first; there is no report yet."
            raise InputError(message)
        if answer.many:
            data = await asyncio.to_thread(TENANT_FORMATS[ending], answer.audits)
        else:
            (report,) = (one.report for one in answer.audits)
            if report is None:
                message = "No file could be read; there is nothing to report."
                raise InputError(message)
            data = await asyncio.to_thread(FORMATS[ending], report)
        return {"name": f"username-audit{ending}", "data": data}


def _find_secret(names: str, done: str) -> str:
    """Say which of some names looks like a secret; blank if none does."""
    lines = names.rstrip().splitlines()
    for number, line in enumerate(lines, start=1):
        if shows_secret(line):
            which = f"Line {number}" if len(lines) > 1 else "This"
            return (
                f"{which} looks like a secret, not like a username, so nothing was "
                f"{done}. Delete it: only the fields for a secret keep what is in them "
                "hidden."
            )
    return ""


def _take_start(event: Mapping[str, object]) -> int:
    start = event.get("start")
    return start if type(start) is int else 0
