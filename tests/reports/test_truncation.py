"""What does not fit into a report is counted, and the reader told where all of it is."""

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiuser.auditing import AuditReport, TenantAudit, audit
from apiuser.reports import (
    html_report,
    render_html,
    render_terminal,
    render_xlsx,
    xlsx_writer,
)
from apiuser.reports.html_report import render_tenants_html, share_room
from apiuser.reports.xlsx_report import render_tenants_xlsx

ALL = "a .json report contains all of them."


@pytest.fixture
def report(tmp_path: Path) -> AuditReport:
    """Four names in conflict, each with findings; 3 unreadable records."""
    path = tmp_path / "export.csv"
    path.write_text(
        "Username,License Type\nsame1,7\nSAME1,7\ntwice,7\nTWICE,7\nx\ny\nz\n"
    )
    return audit(path)


def make_tenants(report: AuditReport) -> list[TenantAudit]:
    return [TenantAudit(tenant=name, report=report) for name in ("north", "south")]


def test_the_page_counts_each_list_it_cuts(
    report: AuditReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "The first" not in render_html(report)
    monkeypatch.setattr(html_report, "ROWS_SHOWN", 2)

    page = render_html(report)

    assert len(report.members) == 4
    assert f"The first 2 of 4 names in conflict are shown; {ALL}" in page
    assert f"The first 2 of 3 unreadable records are shown; {ALL}" in page
    assert f"The first 2 of {len(report)} findings are shown; {ALL}" in page
    assert page.count("1 field where") == 2


def test_the_page_over_tenants_counts_each_list_it_cuts_of_each(
    report: AuditReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "The first" not in "".join(render_tenants_html(make_tenants(report)))
    monkeypatch.setattr(html_report, "ROWS_SHOWN", 4)

    page = "".join(render_tenants_html(make_tenants(report)))

    said = f"The first 2 of 4 names in conflict are shown; {ALL}"
    assert page.count(said) == 2
    assert page.count("The first 2 of 3 unreadable records are shown") == 2
    assert page.count(f"The first 2 of {len(report)} findings are shown") == 2
    assert page.count("<tr data-severity") == 4


@pytest.mark.parametrize("tenants", [0, 2])
def test_the_summary_of_a_workbook_counts_what_its_sheets_cut(
    tenants: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = "".join(f"same{n},7\nSAME{n},7\n" for n in range(15))
    path = tmp_path / "long.csv"
    path.write_text(f"Username,License Type\n{names}" + "x\n" * 40)
    report = audit(path)
    monkeypatch.setattr(xlsx_writer, "MOST_ROWS", 25)  # more than the summary has

    data = render_tenants_xlsx(make_tenants(report)) if tenants else render_xlsx(report)

    book = openpyxl.load_workbook(io.BytesIO(data))
    summary = [row[0] for row in book["Summary"].iter_rows(values_only=True)]
    for name, one in {
        "Findings": len(report),
        "Conflicts": 30,
        "Unreadable": 40,
    }.items():
        number = one * (tenants or 1)
        assert book[name].max_row == 26
        said = f"The first 25 of {number} rows of the sheet {name} are shown; {ALL}"
        assert said in summary


def test_the_terminal_says_where_all_unreadable_records_are(
    report: AuditReport,
) -> None:
    assert "and 1 more; a .json report contains all." in render_terminal(
        report, limit=2
    )


def test_the_terminal_cuts_a_conflict_of_many_names(tmp_path: Path) -> None:
    """With time that grew with the square of the names, this would not end."""
    number = 50_000
    path = tmp_path / "same.csv"
    path.write_text("Username,License Type,Status\n" + "same1,7,Active\n" * number)
    report = audit(path)
    alone = sum(not one.group for one in report.found)

    said = render_terminal(report, limit=3)

    assert said.count("USR007  ") == 1 + 3
    assert f"... and {number + alone - 3:,} more; a .json report contains all." in said
    assert f"1 username is in conflict: {number:,} records." in said


@given(st.integers(0, 60), st.lists(st.integers(0, 30), max_size=8))
def test_room_is_filled_and_no_list_cut_for_a_longer_one(
    room: int, sizes: list[int]
) -> None:
    shares = share_room(room, sizes)

    assert sum(shares) == min(room, sum(sizes))
    for size, share in zip(sizes, shares, strict=True):
        assert 0 <= share <= size
        assert share == size or share >= max(shares) - 1
