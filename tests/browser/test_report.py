"""An auditor reads the HTML report on a desk and on a phone, in light and dark."""

import os
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from apiuser.auditing import audit, audit_tenants
from apiuser.auditing.report import AuditFinding, AuditReport
from apiuser.exports import read_resources
from apiuser.reports import plot_counts, write, write_tenants
from apiuser.rules.catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

DATA = Path(__file__).parents[2] / "notebooks" / "data"
FAULTY = [DATA / f"sample-faulty-{half}.csv" for half in ("active", "inactive")]
PROPOSED = ("aarcher", "fresh2name@sample.example.com")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    # By their names alone: a picture for the guide shows no folder of this machine.
    with chdir(DATA):
        tables = [read_resources(file.name) for file in FAULTY]
    write(audit(tables, proposed=PROPOSED), path)
    return path


@pytest.fixture(scope="module")
def tenants(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tenants") / "report.html"
    paths = {"north": FAULTY, "south": [DATA / "sample-active.csv"]}
    write_tenants(audit_tenants(paths, proposed=PROPOSED), path)
    return path


@contextmanager
def opened(
    browser: "Browser", report: Path, *, scheme: str = "light", width: int = 1280
) -> "Iterator[Page]":
    asked: list[str] = []
    complaints: list[str] = []
    page = browser.new_page(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
    )
    page.on("request", lambda request: asked.append(request.url))
    # What the policy of the page stops is said on the console.
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(report.as_uri())
    yield page
    page.close()
    assert {uri.partition("#")[0] for uri in asked} == {report.as_uri()}
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["report", "tenants"])
def test_the_report_fits_the_screen(
    browser: "Browser",
    request: pytest.FixtureRequest,
    name: str,
    scheme: str,
    width: int,
) -> None:
    path = request.getfixturevalue(name)
    with opened(browser, path, scheme=scheme, width=width) as page:
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        shoot(page, f"{name}-{scheme}-{width}")

        assert wide == width
        for region in page.get_by_role("region").all():
            assert region.get_attribute("tabindex") == "0"


def test_every_label_of_the_plot_fits_into_it(browser: "Browser") -> None:
    rules = list(RULES.values())
    longest = max(rules, key=lambda rule: len(rule.problem))
    found = [AuditFinding(-1, -1, rule) for rule in (*rules, *[longest] * 1_234)]
    report = AuditReport(tables=(), proposed=(), found=found, conflicts=())
    page = browser.new_page()
    page.set_content(plot_counts(report))

    cut = page.evaluate(
        """() => {
          const edge = document.querySelector("svg").viewBox.baseVal.width;
          return [...document.querySelectorAll("text")]
            .filter((text) => text.getBBox().x + text.getBBox().width > edge)
            .map((text) => text.textContent);
        }"""
    )

    page.close()
    assert cut == []


def test_the_report_is_searched_and_narrowed(browser: "Browser", report: Path) -> None:
    with opened(browser, report) as page:
        page.get_by_label("Severity").select_option("error")
        page.get_by_label("Search").fill("AARCHER")

        shown = page.locator(".findings tbody tr:visible").all_inner_texts()
        assert len(shown) == 4
        assert all("aarcher" in row and "error" in row for row in shown)


def test_a_search_over_tenants_leaves_those_with_a_finding(
    browser: "Browser", tenants: Path
) -> None:
    with opened(browser, tenants) as page:
        summary = page.get_by_role("region", name="Tenants").locator("tbody tr")
        sections = page.locator("section:visible h2")
        assert sections.all_inner_texts() == ["north", "south"]

        page.get_by_label("Search").fill("presh7k2m9x4q3w5")
        assert sections.all_inner_texts() == ["north", "south"]
        page.get_by_label("Search").fill("bbaker")
        assert sections.all_inner_texts() == ["north"]
        assert summary.locator("visible=true").count() == 1
        assert "in 1 of 2 tenants" in page.get_by_role("status").inner_text()
        page.get_by_label("Search").fill("")
        assert sections.all_inner_texts() == ["north", "south"]


def test_the_summary_leads_to_a_tenant_and_back(
    browser: "Browser", tenants: Path
) -> None:
    with opened(browser, tenants) as page:
        page.get_by_role("link", name="south").click()
        section = page.locator("section", has=page.get_by_role("heading", name="south"))
        box = section.bounding_box()
        assert box is not None
        assert box["y"] < 900

        section.get_by_role("link", name="All tenants").click()
        assert page.evaluate("() => window.scrollY") < 200


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_offers_other_names_beside_the_names(
    browser: "Browser", report: Path, scheme: str
) -> None:
    with opened(browser, report, scheme=scheme, width=1000) as page:
        depict(page, f"report-{scheme}")

        assert page.get_by_role("heading", name="Names not in the list").is_visible()


def test_the_report_prints_across_the_paper(browser: "Browser", report: Path) -> None:
    with opened(browser, report) as page:
        page.emulate_media(media="print")

        assert page.get_by_label("Search").is_hidden()
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def shoot(page: "Page", name: str) -> None:
    folder = os.environ.get("APIUSER_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def depict(page: "Page", name: str) -> None:
    folder = os.environ.get("APIUSER_PICTURES")
    if folder:
        page.set_viewport_size({"width": 1000, "height": 1500})
        page.screenshot(path=Path(folder) / f"{name}.png")
