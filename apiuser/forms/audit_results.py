"""What an audit found, on the screen: what is missing first, then the findings."""

from collections.abc import Iterator
from html import escape
from itertools import islice
from pathlib import Path

from ipywidgets import HTML, HBox, VBox

from apiuser.auditing import AuditReport
from apiuser.catalogue import RULES
from apiuser.forms.audit_work import Outcome
from apiuser.forms.findings_table import FindingsTable
from apiuser.forms.transfer import Download
from apiuser.reports import FORMATS, plot_counts
from apiuser.reports.wording import conclude, describe_file

_LISTED = 20
"""The most unreadable records listed for a file; the reports hold all of them."""


class AuditResults:
    """The results of the last audit.

    Attributes:
        report: The report shown.
        view: The widgets.
    """

    report: AuditReport

    def __init__(self, outcome: Outcome) -> None:
        self._summary, self._counts = HTML(), HTML()
        self._table = FindingsTable()
        self._findings = VBox([HTML("<h3>Findings</h3>"), self._table])
        downloads = HBox([self._make_download(ending) for ending in FORMATS])
        downloads.add_class("apiuser-downloads")
        saving = VBox([HTML("<h3>Download the report</h3>"), downloads])
        self.view = VBox([self._summary, self._counts, self._findings, saving])
        self.view.add_class("apiuser-part")
        self.show(outcome)

    def show(self, outcome: Outcome) -> None:
        """Show what another audit found."""
        self.report = outcome.report
        self._summary.value = "".join(_write_summary(outcome))
        self._counts.value = "".join(_write_counts(outcome.report))
        self._table.show(outcome.findings, outcome.texts)
        self._findings.layout.display = "" if len(outcome.findings) else "none"

    def _make_download(self, ending: str) -> Download:
        def make() -> tuple[str, bytes]:
            return f"username-audit{ending}", FORMATS[ending](self.report)

        return Download(label=f"Save as {ending[1:].upper()}", make=make)


def _write_summary(outcome: Outcome) -> Iterator[str]:
    report = outcome.report
    worst = report.worst or "notice"
    kind = worst if report.complete else "warning"
    yield "<h3>Result</h3>"
    yield f'<p class="apiuser-verdict apiuser-{kind}">{escape(conclude(report))}</p>'
    gaps = [_write_gap(*gap) for gap in _find_gaps(outcome)]
    gaps += [f"<li>{escape(notice)}</li>" for notice in report.notices]
    if gaps:
        yield f'<ul class="apiuser-gaps">{"".join(gaps)}</ul>'
    yield "<h3>Files</h3><ul>"
    for table in report.tables:
        name = escape(Path(table.path).name)
        yield f"<li><b>{name}</b>: {escape(describe_file(table))}"
        if table.unreadable:
            yield "<ul>"
            for item in islice(table.unreadable, _LISTED):
                place = f"line {item.line}, record {item.record}: {item.reason}"
                yield f"<li>{escape(place)}</li>"
            left = len(table.unreadable) - _LISTED
            if left > 0:
                yield f"<li>and {left} more, in the report</li>"
            yield "</ul>"
        yield "</li>"
    yield "</ul>"


def _find_gaps(outcome: Outcome) -> list[tuple[str, str, str, str]]:
    found = outcome.findings[outcome.findings["code"].str.startswith("AUD")]
    columns = (found[name] for name in ("severity", "file", "message", "code"))
    return list(zip(*columns, strict=True))


def _write_gap(severity: str, file: str, message: str, code: str) -> str:
    place = f"{Path(file).name}: " if file else ""
    text = escape(f"{severity.capitalize()}: {place}{message} ({code})")
    return f'<li class="apiuser-{severity}">{text}</li>'


def _write_counts(report: AuditReport) -> Iterator[str]:
    yield "<h3>Counts</h3>"
    numbers = ", ".join(
        f"{number} {severity}{'' if number == 1 else 's'}"
        for severity, number in report.severities.items()
    )
    yield f'<p class="apiuser-numbers">{numbers} in {report.records} records.</p>'
    if not report.counts:
        return
    severities = {rule.code: rule.severity for rule in report.rules}
    yield plot_counts(report)
    yield (
        "<details><summary>What the codes mean</summary>"
        '<table class="apiuser-counts"><thead><tr><th scope="col">Code</th>'
        '<th scope="col">Severity</th><th scope="col">Count</th>'
        '<th scope="col">What to do</th></tr></thead><tbody>'
    )
    for code, number in report.counts.items():
        yield (
            f"<tr><td>{code}</td><td>{severities[code]}</td><td>{number}</td>"
            f"<td>{escape(RULES[code].message)}</td></tr>"
        )
    yield "</tbody></table></details>"
