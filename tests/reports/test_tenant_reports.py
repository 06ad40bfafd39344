"""A report over tenants shows of each one what its own report shows."""

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from apiuser.auditing import TenantAudit, audit_tenants, find_tenants
from apiuser.cli import main
from apiuser.credentials.confusables import UNICODE_VERSION
from apiuser.reports import (
    TENANT_FORMATS,
    plot_counts,
    render_html,
    render_tenants_xlsx,
    write_tenants,
)
from apiuser.reports.html_report import render_tenants_html

HEADER = "Username;Active;License Type\n"
PROPOSED = ("north1x", "fresh2name")
KINDS = {"api user": "API user", "other": "person"}


@pytest.fixture
def audits(tmp_path: Path) -> tuple[TenantAudit, ...]:
    """Conflicts, a taken name and short records; nothing at all; a refused file."""
    for path, text in {
        "north/active.csv": f"{HEADER}north1x;Yes;7\nshort\n",
        "north/inactive.csv": f"{HEADER}NORTH1X;No;3\n",
        "north/page.csv": "<!doctype html><table>",
        "south/all.csv": f"{HEADER}south1x;Yes;7\nleft1x;No;3\n",
        "west/empty.csv": "",
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    return audit_tenants(find_tenants(tmp_path), proposed=PROPOSED, co_managed=False)


def cut_sections(audits: tuple[TenantAudit, ...]) -> dict[str, str]:
    page = "".join(render_tenants_html(audits)).replace("\n", "")
    return dict(
        re.findall(r'<section id="tenant-\d+"><h2>(.*?)</h2>(.*?)</section>', page)
    )


def find_body(page: str) -> str:
    """Return what stands between the heading and the end of a page of one audit."""
    return page.partition("</h1>")[2].partition("<p>Written by")[0]


def test_the_page_shows_of_each_tenant_what_its_own_page_shows(
    audits: tuple[TenantAudit, ...],
) -> None:
    sections = cut_sections(audits)

    assert list(sections) == ["north", "south", "west"]
    for one in audits:
        if one.report is None:
            continue
        single = find_body(render_html(one.report)).replace("\n", "")
        for cell in re.findall(r"<(?:td|li|rect|p)[^>]*>[^<]+", single):
            assert cell in sections[one.tenant]
        assert plot_counts(one.report).replace("\n", "") in sections[one.tenant]


def test_a_section_holds_names_files_free_names_and_what_was_noticed(
    audits: tuple[TenantAudit, ...],
) -> None:
    north = cut_sections(audits)["north"]

    (report,) = [one.report for one in audits if one.tenant == "north"]
    assert report is not None
    assert re.search(
        r'<td class="name">NORTH1X<td>inactive<td>.*?<td>2<td>1</tr>', north
    )
    assert "UTF-8, semicolon, 1 record, 1 more could not be read" in north
    assert "line 3, record 2: 1 field where the header has 3" in north
    assert f'<td class="name">{report.suggestions["north1x"]}' in north
    assert all(notice in north for notice in report.notices)
    assert report.notices
    assert "is an HTML page" in north
    assert f"Unicode {UNICODE_VERSION}" in north


def test_the_page_links_from_the_summary_to_each_tenant_and_asks_for_nothing(
    audits: tuple[TenantAudit, ...],
) -> None:
    page = "".join(render_tenants_html(audits))

    reader = Reader()
    reader.feed(page)
    assert reader.asked == ["#tenant-0", "#tenant-1", "#tenant-2", *["#tenants"] * 3]
    assert all(link.removeprefix("#") in reader.ids for link in reader.asked)
    assert len(reader.ids) == len(set(reader.ids))
    assert len(reader.labels) == len(set(reader.labels))


class Reader(HTMLParser):
    """Collects the links of a page, what it would ask for, its ids and regions."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.ids: list[str] = []
        self.labels: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.asked += [v or "" for k, v in attrs if k in {"src", "href", "action"}]
        self.ids += [v or "" for k, v in attrs if k == "id"]
        if tag == "div":
            self.labels += [v or "" for k, v in attrs if k == "aria-label"]


def test_the_name_of_a_folder_is_text_on_the_page(tmp_path: Path) -> None:
    for name in ("<b>bold", "\u202eturned", 'quoted" onfocus="x'):
        (tmp_path / name).mkdir()
        (tmp_path / name / "all.csv").write_text("Username\na1\n")

    page = "".join(render_tenants_html(audit_tenants(find_tenants(tmp_path))))

    assert "<b>" not in page
    assert "&lt;b&gt;bold" in page
    assert "\u202e" not in page
    assert 'onfocus="' not in page


def test_the_workbook_holds_each_list_with_the_tenant_first(
    audits: tuple[TenantAudit, ...],
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_tenants_xlsx(audits)))

    lists = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    reports = {one.tenant: one.report for one in audits if one.report is not None}
    north = reports["north"]
    assert all(rows[0][0] == "Tenant" for rows in lists.values())
    assert {row[0] for row in lists["Summary"][1:4]} == {"north", "south", "west"}
    assert f"Unicode {UNICODE_VERSION}" in str(lists["Summary"][-1][0])
    assert len(lists["Findings"]) == 1 + sum(map(len, reports.values()))
    assert [(row[0], *row[3:6], row[7:]) for row in lists["Conflicts"][1:]] == [
        ("north", m.username, m.status or None, KINDS.get(m.kind), (m.line, m.record))
        for m in north.members
    ]
    assert [(row[0], *row[2:]) for row in lists["Unreadable"][1:]] == [
        ("north", 3, 2, "1 field where the header has 3")
    ]
    assert lists["Not in the list"][1:] == [
        ("north", "north1x", north.suggestions["north1x"])
    ]
    assert lists["Counts"][1:] == [
        (tenant, code, number)
        for tenant, report in reports.items()
        for code, number in report.counts.items()
    ]
    assert [(row[0], *row[2:]) for row in lists["Files"][1:]] == [
        ("north", "UTF-8", "semicolon", 1, 1, "Username"),
        ("north", "UTF-8", "semicolon", 1, 0, "Username"),
        ("south", "UTF-8", "semicolon", 2, 0, "Username"),
    ]
    assert lists["Notices"][1:] == [
        (tenant, text) for tenant, report in reports.items() for text in report.notices
    ]
    assert [row[0] for row in lists["Refused"][1:]] == ["north", "west"]


def test_the_same_audits_give_the_same_bytes(
    audits: tuple[TenantAudit, ...], tmp_path: Path
) -> None:
    again = audit_tenants(find_tenants(tmp_path), proposed=PROPOSED, co_managed=False)

    for ending in TENANT_FORMATS:
        write_tenants(audits, tmp_path / f"one{ending}")
        write_tenants(again, tmp_path / f"two{ending}")
        one, two = (tmp_path / f"{name}{ending}" for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_the_command_writes_who_has_a_proposed_name(
    audits: tuple[TenantAudit, ...], tmp_path: Path
) -> None:
    assert audits
    names = tmp_path / "north" / "names.list"
    names.write_text("north1x\n")
    report = tmp_path / "report.html"

    main(
        ["audit", f"--tenants={tmp_path}", f"--proposed={names}", f"--report={report}"]
    )

    assert "Names not in the list" in report.read_text("utf-8")
