"""Labelled inputs with their advice and their findings below them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from ipywidgets import HTML, Checkbox, Combobox, Dropdown, Text, Textarea, VBox, Widget

from apiuser.forms.widgets.boundary import shut_in
from apiuser.forms.widgets.misplaced import SecretWatch
from apiuser.rules.rule import Finding


@dataclass(slots=True, kw_only=True, eq=False)
class InputField:
    """An input with its label, its advice and its findings.

    Attributes:
        input: The stock widget; read and observe its `value`.
        advice: The text under the input.
        watch: What empties the input where the secret was typed into it.
        notes: Where the findings are shown.
        touched: Whether anything was entered yet; findings wait for it.
        view: All of it in a column.
    """

    input: Widget
    advice: str = ""
    watch: SecretWatch | None = None
    notes: HTML = field(init=False)
    touched: bool = field(init=False, default=False)
    view: VBox = field(init=False)
    _findings: tuple[Finding, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        self.notes = HTML()
        self.notes.add_class("apiuser-findings")
        hint = HTML(f"<p>{escape(self.advice)}</p>" if self.advice else "")
        hint.add_class("apiuser-advice")
        parts = (
            [self.input, hint, self.notes]
            if self.advice
            else [
                self.input,
                self.notes,
            ]
        )
        self.view = VBox(parts)
        self.view.add_class("apiuser-field")
        # Before anybody else observes: whoever reads the value finds it emptied.
        self.input.observe(shut_in(self._notice_change), "value")

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Show what was found, once something was entered."""
        self._findings = tuple(findings)
        self._draw()

    def touch(self) -> None:
        """Show findings from now on, entered or not; for a press of Next."""
        self.touched = True
        self._draw()

    def _notice_change(self, _change: object) -> None:
        if self.watch is not None:
            self.watch.check(self.input)
        self.touch()

    def _draw(self) -> None:
        self.notes.value = render_findings(self._findings) if self.touched else ""


def render_findings(findings: Iterable[Finding]) -> str:
    """Return findings as an HTML list in words; empty where there are none."""
    lines = "".join(
        f'<li class="apiuser-{finding.severity}">{escape(str(finding))}</li>'
        for finding in findings
    )
    return f"<ul>{lines}</ul>" if lines else ""


def text_field(
    label: str, *, watch: SecretWatch | None, value: str = "", advice: str = ""
) -> InputField:
    """Return a field for one line of text; a form without a secret has no watch."""
    return _make(Text(description=label, value=value), advice=advice, watch=watch)


def area_field(
    label: str, *, watch: SecretWatch | None, value: str = "", advice: str = ""
) -> InputField:
    """Return a field for several lines of text, watched likewise."""
    area = Textarea(description=label, value=value, rows=4)
    return _make(area, advice=advice, watch=watch)


def choice_field(
    label: str,
    options: Sequence[str] | Sequence[tuple[str, str]],
    *,
    value: str | None = None,
    advice: str = "",
) -> InputField:
    """Return a field for one of several options, or of (shown, value) pairs."""
    return _make(
        Dropdown(description=label, options=list(options), value=value), advice=advice
    )


def combo_field(
    label: str,
    options: Sequence[str],
    *,
    watch: SecretWatch | None,
    value: str = "",
    advice: str = "",
) -> InputField:
    """Return a field for text with suggestions, watched likewise."""
    combo = Combobox(description=label, options=tuple(options), value=value)
    return _make(combo, advice=advice, watch=watch)


def check_field(label: str, *, value: bool = False, advice: str = "") -> InputField:
    """Return a field to tick."""
    return _make(Checkbox(description=label, value=value, indent=False), advice=advice)


def _make(
    widget: Widget, *, advice: str, watch: SecretWatch | None = None
) -> InputField:
    widget.style.description_width = "initial"
    return InputField(input=widget, advice=advice, watch=watch)
