"""Names somebody wants to use, and a key that is free."""

import asyncio
from collections.abc import Callable
from html import escape

from ipywidgets import HTML, HBox, VBox

from apiuser.auditing import PROPOSED, AuditReport
from apiuser.credentials.drawing import generate_username
from apiuser.errors import ApiuserError
from apiuser.forms.widgets.copy_text import CopyText
from apiuser.forms.widgets.fields import area_field
from apiuser.forms.widgets.parts import make_button
from apiuser.forms.widgets.status_line import StatusLine


class ProposedNames:
    """Check proposed names against a report, and suggest a free key.

    Attributes:
        report: What the names are judged against.
        buttons: The buttons.
        suggestion: The last key suggested.
        view: The widgets.
    """

    report: AuditReport

    def __init__(self, *, check: Callable[[], None], status: StatusLine) -> None:
        """Build the view.

        Args:
            check: Audits again, with the names proposed now.
            status: Where to say what happened.
        """
        self._status = status
        self._task: asyncio.Task[None] | None = None
        self._names = area_field(
            "Proposed names",
            watch=None,
            advice="One a line, such as presh2integration@example.com.",
        )
        self._verdicts = HTML()
        self.suggestion = CopyText(label="A free key", text="")
        self.suggestion.layout.display = "none"
        self.buttons = (
            make_button("Check these names", check),
            make_button("Suggest a free key", self._start_suggesting),
        )
        buttons = HBox(self.buttons)
        self.view = VBox(
            [
                HTML("<h3>New names</h3>"),
                self._names.view,
                buttons,
                self._verdicts,
                self.suggestion,
            ]
        )
        self.view.add_class("apiuser-part")

    @property
    def names(self) -> tuple[str, ...]:
        """The names as typed, without blank lines."""
        lines = self._names.input.value.split("\n")
        return tuple(line.strip(" \t\r") for line in lines if line.strip(" \t\r"))

    def show(self, report: AuditReport) -> None:
        """Show what a report says of the proposed names."""
        self.report = report
        found: dict[int, list[str]] = {}
        if report.proposed:
            for row in report.rows():
                if row.file == PROPOSED and row.record is not None:
                    text = f"{row.severity.capitalize()}: {row.message} ({row.code})"
                    if row.group:
                        text += (
                            f" It is in conflict {row.group}, {row.level}: {row.other}."
                        )
                    found.setdefault(row.record, []).append(
                        f'<li class="apiuser-{row.severity}">{escape(text)}</li>'
                    )
        self._verdicts.value = "".join(
            f"<p><code>{escape(name)}</code>: "
            + _judge(found.get(number, []), report.suggestions.get(name, ""))
            for number, name in enumerate(report.proposed, start=1)
        )

    async def suggest(self) -> None:
        """Make a key that is free in the report and show it for copying."""
        self._status.say("Looking for a free key.")
        self._enable(on=False)
        try:
            # To look through large exports takes a while.
            key = await asyncio.to_thread(_make_key, self.report)
        except ApiuserError as error:
            self._status.say(str(error))
        else:
            self.suggestion.text = key
            self.suggestion.layout.display = ""
            self._status.say(
                f"A key was made that none of the {self.report.records} records bears."
            )
        finally:
            self._enable(on=True)

    def _start_suggesting(self) -> None:
        # The reference keeps the task from being collected while it runs.
        self._task = asyncio.get_running_loop().create_task(self.suggest())

    def _enable(self, *, on: bool) -> None:
        for button in self.buttons:
            button.disabled = not on


def _make_key(report: AuditReport) -> str:
    while report.find_taken([key := generate_username().full]):
        pass
    return key


def _judge(findings: list[str], free: str) -> str:
    if not findings:
        return "nothing found.</p>"
    items = "".join(findings)
    if free:
        items += f"<li>Free instead: <code>{escape(free)}</code></li>"
    return f'</p><ul class="apiuser-findings-list">{items}</ul>'
