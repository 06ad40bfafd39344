"""What to do about names in conflict is said once, and the same everywhere."""

from pathlib import Path

import pytest

from apiuser.auditing import AuditReport, audit
from apiuser.auditing.checkup.name_groups import describe_groups
from apiuser.reports import render_terminal

HEADER = "Resource ID,Username,Email Address,License Type,Status\n"


def read(folder: Path, active: str, inactive: str) -> AuditReport:
    paths = [folder / "active.csv", folder / "inactive.csv"]
    for path, rows in zip(paths, (active, inactive), strict=True):
        path.write_text(HEADER + rows, encoding="utf-8")
    return audit(paths)


def advise(report: AuditReport) -> str:
    (group,) = describe_groups(report)["rows"]
    advice: str = group["advice"]
    return advice


@pytest.mark.parametrize(
    ("active", "inactive"),
    [
        (
            "54502,b1,a@x.example,Professional,Active\n",
            "54604,b1,b@x.example,Professional,Inactive\n",
        ),
        (
            ",b1,a@x.example,Professional,Active\n",
            ",B1,b@x.example,API User,Inactive\n",
        ),
        (",b1,,API User,Active\n", ",b1,,API User,Inactive\n"),
        (",b1,,,Active\n", ",b1,,,Inactive\n"),
        (",c0de,,,Active\n", ",code,,API User,Inactive\n"),
        (",b1@x.example,,,Active\n", ",b1@y.example,,,Inactive\n"),
    ],
)
def test_form_and_reports_give_the_same_advice(
    tmp_path: Path, active: str, inactive: str
) -> None:
    report = read(tmp_path, active, inactive)
    advice = advise(report)

    told = {row.message for row in report.rows() if row.group}

    assert told == {advice}
    assert advice in render_terminal(report)
