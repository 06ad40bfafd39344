"""What an audit found, on the screen: what is missing first, then the findings."""

from collections.abc import Callable, Iterator
from html import escape
from itertools import islice

from ipywidgets import HTML, HBox, VBox

from apiuser.auditing import AuditReport
from apiuser.auditing.conflicts import Level
from apiuser.exports import Status
from apiuser.forms.audit.audit_work import Outcome, Shown
from apiuser.forms.widgets.rows_table import RowsTable
from apiuser.forms.widgets.transfer import Download
from apiuser.reports import FORMATS, TENANT_FORMATS, plot_counts
from apiuser.reports.report_columns import LABELS, MemberRow
from apiuser.reports.wording import (
    conclude,
    describe_file,
    describe_unreadable,
    explain_levels,
)
from apiuser.rules.catalogue import RULES
from apiuser.rules.rule import Severity

_LISTED = 20
"""The most unreadable records listed for a file; the reports hold all of them."""
_LEVELS = [level.label for level in Level if level]
_FINDINGS = {
    name: LABELS[name]
    for name in (
        *("severity", "code", "username", "message"),
        *("file", "line", "record", "group", "level"),
    )
}
_MEMBERS = {name: LABELS[name] for name in MemberRow._fields}


class AuditResults:
    """The results for the exports of one tenant.

    Attributes:
        report: The report shown.
        view: The widgets.
    """

    report: AuditReport

    def __init__(self, shown: Shown) -> None:
        self._summary, self._counts = HTML(), HTML()
        self._findings = RowsTable(
            name="Findings",
            columns=_FINDINGS,
            filters={
                "severity": [severity.value for severity in Severity],
                "code": sorted(RULES),
                "level": _LEVELS,
            },
        )
        self._members = RowsTable(
            name="Names in conflict",
            columns=_MEMBERS,
            filters={
                "level": _LEVELS,
                "status": [status.name.lower() for status in Status if status],
            },
        )
        self._sections = (
            _build_section("Findings", self._findings),
            _build_section(
                "Names in conflict",
                HTML(f"<p>{escape(explain_levels())}</p>"),
                self._members,
            ),
        )
        self.view = VBox([self._summary, self._counts, *self._sections])
        self.view.add_class("apiuser-part")
        self.show(shown)

    def show(self, shown: Shown) -> None:
        """Show another report."""
        self.report = shown.report
        self._summary.value = "".join(_write_summary(shown))
        self._counts.value = "".join(_write_counts(shown.report))
        self._findings.show(shown.findings)
        self._members.show(shown.members)
        for section, rows in zip(
            self._sections, (shown.findings, shown.members), strict=True
        ):
            section.layout.display = "" if len(rows) else "none"


def build_downloads(find: Callable[[], Outcome]) -> VBox:
    """Build a button for each format of reports.

    Args:
        find: Gives what was found last, at each press anew.
    """

    def build(ending: str) -> Download:
        def make() -> tuple[str, bytes]:
            outcome = find()
            name = f"username-audit{ending}"
            if outcome.many:
                return name, TENANT_FORMATS[ending](outcome.audits)
            (one,) = outcome.audits
            if one.report is None:  # one tenant's audit ends in a report or an error
                raise AssertionError
            return name, FORMATS[ending](one.report)

        return Download(label=f"Save as {ending[1:].upper()}", make=make)

    downloads = HBox([build(ending) for ending in FORMATS])
    downloads.add_class("apiuser-downloads")
    return _build_section("Download the report", downloads)


def _build_section(title: str, *parts: object) -> VBox:
    section = VBox([HTML(f"<h3>{title}</h3>"), *parts])
    section.add_class("apiuser-part")
    return section


def _write_summary(shown: Shown) -> Iterator[str]:
    report = shown.report
    worst = report.worst or "notice"
    kind = worst if report.proved else "warning"
    if worst == "error":
        kind = worst
    yield "<h3>Result</h3>"
    yield f'<p class="apiuser-verdict apiuser-{kind}">{escape(conclude(report))}</p>'
    gaps = [_write_gap(*gap) for gap in _find_gaps(shown)]
    gaps += [f"<li>{escape(notice)}</li>" for notice in report.notices]
    if gaps:
        yield f'<ul class="apiuser-gaps">{"".join(gaps)}</ul>'
    yield "<h3>Files</h3><ul>"
    for table in report.tables:
        yield f"<li><b>{escape(str(table.path))}</b>: {escape(describe_file(table))}"
        if table.unreadable:
            yield "<ul>"
            for item in islice(table.unreadable, _LISTED):
                yield f"<li>{escape(describe_unreadable(item))}</li>"
            left = len(table.unreadable) - _LISTED
            if left > 0:
                yield f"<li>and {left} more, in the JSON report</li>"
            yield "</ul>"
        yield "</li>"
    yield "".join(f"<li>{escape(reason)}</li>" for reason in report.refused)
    yield "</ul>"


def _find_gaps(shown: Shown) -> list[tuple[str, str, str, str]]:
    frame = shown.findings.frame
    found = frame[frame["code"].str.startswith("AUD")]
    columns = (found[name] for name in ("severity", "file", "message", "code"))
    return list(zip(*columns, strict=True))


def _write_gap(severity: str, file: str, message: str, code: str) -> str:
    place = f"{file}: " if file else ""
    text = escape(f"{severity.capitalize()}: {place}{message} ({code})")
    return f'<li class="apiuser-{severity}">{text}</li>'


def _write_counts(report: AuditReport) -> Iterator[str]:
    yield "<h3>Counts</h3>"
    numbers = ", ".join(
        f"{number:,} {severity}{'' if number == 1 else 's'}"
        for severity, number in report.severities.items()
    )
    yield f'<p class="apiuser-numbers">{numbers} in {report.records:,} records.</p>'
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
    habits = {c: n for c, n in report.counts.items() if c.startswith("HYG")}
    if habits:
        yield '<h3>State of the API users</h3><ul class="apiuser-gaps">'
        for code, number in habits.items():
            records = "1 record" if number == 1 else f"{number:,} records"
            yield f"<li>{records}: {escape(RULES[code].message)} ({code})</li>"
        yield "</ul>"
