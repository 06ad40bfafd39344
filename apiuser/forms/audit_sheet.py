"""The audit sheet of the notebook: one widget over one inquiry."""

import asyncio
import shutil
import tempfile
import weakref
from collections.abc import Coroutine, Mapping
from pathlib import Path
from typing import Any

from traitlets import Dict

from apiuser.checkup.describing import describe_answer, describe_inquiry, describe_page
from apiuser.checkup.export_files import ExportFile, name_tenant
from apiuser.checkup.inquiry import Inquiry, find_answer, suggest_key
from apiuser.errors import InputError
from apiuser.exports import ReadOptions
from apiuser.forms.widgets.arrivals import Arrivals
from apiuser.forms.widgets.paired_widget import Answer, PairedWidget
from apiuser.forms.widgets.scripts import WIDGETS, join_scripts


def show_audit(folder: str | Path = ".") -> "AuditSheet":
    """Show the audit of the exports in a folder, its own one if none is named."""
    return AuditSheet(Path(folder).resolve())


class AuditSheet(PairedWidget):
    """The sheet over one inquiry; what was found is in no trait, but asked for.

    Attributes:
        inquiry: What is asked, and what the last check found.
        work: How far a check is, as `done`, `total` and `text`; empty where none runs.
    """

    _esm = join_scripts(
        "paired.js",
        "copying.js",
        "drawing.js",
        "reading.js",
        "window.js",
        "audit_sheet.js",
    )
    _css = "".join(
        (WIDGETS / name).read_text("utf-8") for name in ("sheet.css", "audit_sheet.css")
    )
    work: "Dict[str, Any]" = Dict().tag(sync=True)

    def __init__(self, folder: Path) -> None:
        """Begin a sheet.

        Args:
            folder: Where exports are looked for.
        """
        self.inquiry = Inquiry(folder=folder)
        self._arrivals = Arrivals(self._place, most_bytes=ReadOptions().max_size)
        self._folder: Path | None = None
        super().__init__()
        self._show()

    def handle(
        self, event: Mapping[str, object], data: bytes | None
    ) -> Answer | Coroutine[object, object, Answer]:
        """Do what a window asks, and show what came of it."""
        match event.get("do"):
            case "check":
                if self.work:
                    message = "A check is running. Wait until it has ended."
                    raise InputError(message)
                self.inquiry.names = str(event.get("names", ""))
                return self._check()
            case "answer":
                return self._tell_answer()
            case "page":
                return self._turn(event)
            case "suggest":
                return self._suggest()
            case "report":
                return self._write(str(event.get("ending")))
            case "upload":
                path = self._arrivals.take(event, data or b"")
                if path is not None:
                    self.inquiry.take(
                        ExportFile(name=path.name, path=path, tenant=name_tenant(path))
                    )
            case _:
                self.inquiry.change(event)
        self._show()
        return {}

    def _show(self) -> None:
        self.shown = describe_inquiry(self.inquiry)

    async def _check(self) -> Answer:
        loop = asyncio.get_running_loop()
        inquiry = self.inquiry

        def tell(done: int, total: int, text: str) -> None:
            # Called in the thread; traits are changed in the loop only.
            loop.call_soon_threadsafe(self._tell_work, done, total, text)

        self._tell_work(0, 1, "getting ready")
        try:
            inquiry.keep(await asyncio.to_thread(find_answer, inquiry, tell))
        finally:
            self.work = {}
            self._show()
        return {}

    def _tell_work(self, done: int, total: int, text: str) -> None:
        self.work = {"done": done, "total": total, "text": text}

    async def _tell_answer(self) -> Answer:
        # To sum up the findings of large exports takes a while.
        return await asyncio.to_thread(describe_answer, self.inquiry)

    async def _turn(self, event: Mapping[str, object]) -> Answer:
        start = event.get("start")
        return await asyncio.to_thread(
            describe_page,
            self.inquiry,
            code=str(event.get("code", "")),
            text=str(event.get("text", "")),
            start=start if type(start) is int else 0,
        )

    async def _suggest(self) -> Answer:
        one = self.inquiry.shown
        report = None if one is None else one.report
        return {"key": await asyncio.to_thread(suggest_key, report)}

    async def _write(self, ending: str) -> Answer:
        from apiuser.reports import FORMATS, TENANT_FORMATS  # noqa: PLC0415  # late

        answer = self.inquiry.answer
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

    def _place(self, name: str) -> Path:
        """Return where an upload goes: a private folder, gone when the kernel ends."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="apiuser-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        # A folder for each file: the name stays as it was, twice the same or not.
        return Path(tempfile.mkdtemp(dir=self._folder)) / name
