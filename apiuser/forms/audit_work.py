"""The work behind the Check button; loaded when there is something to check."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apiuser.auditing import AuditReport, audit
from apiuser.forms.export_choice import Reading
from apiuser.forms.findings_table import make_texts
from apiuser.tables import ResourceTable, read_resources

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A report, and its findings made ready for the table.

    Attributes:
        report: The report.
        findings: Its findings as a frame.
        texts: What each finding is searched by.
    """

    report: AuditReport
    findings: "pd.DataFrame"
    texts: "pd.Series[str]"


def run_audit(
    sources: Sequence[Path | ResourceTable],
    *,
    reading: Reading,
    proposed: Sequence[str],
    progress: Progress,
) -> Outcome:
    """Read what is not read yet, audit all of it and prepare the findings.

    Args:
        sources: Paths of exports, or tables from an earlier run.
        reading: How to read the paths.
        proposed: Usernames to judge too.
        progress: Told how far the work is.

    Raises:
        ApiuserError: A file cannot be read or used.
    """
    total = len(sources) + 4  # files, the three steps of the audit, the findings
    tables = []
    for done, source in enumerate(sources):
        if isinstance(source, ResourceTable):
            tables.append(source)
            continue
        progress(done, total, f"reading {source.name}")
        table = read_resources(
            source,
            encoding=reading.encoding,
            column=reading.column,
            skip_lines=reading.skip_lines,
        )
        tables.append(table)
    report = audit(
        tables,
        proposed=proposed,
        progress=lambda done, _total, text: progress(done, total, text),
    )
    progress(total - 1, total, "preparing the table")
    findings = report.findings
    return Outcome(report=report, findings=findings, texts=make_texts(findings))
