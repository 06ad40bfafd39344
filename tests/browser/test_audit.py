"""An auditor checks exports in a real JupyterLab."""

import csv
import io
import json
import os
import shutil
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from apiuser.auditing import audit
from benchmarks.exports import write_export
from tests.browser.pages import (
    Lab,
    count_cells,
    depict,
    open_notebook,
    run_all,
    run_command,
    save,
    shoot,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

NOTEBOOK = "audit-usernames.ipynb"
# Asks the kernel again and again, and keeps how long the slowest answer took.
ASK_KERNEL = """async () => {
  const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
  Object.assign(window, { asking: true, longest: 0 });
  const ask = async () => {
    while (window.asking) {
      const start = performance.now();
      await kernel.requestKernelInfo();
      window.longest = Math.max(window.longest, performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  ask();
}"""
FAULTY = ("sample-faulty-active.csv", "sample-faulty-inactive.csv")


@pytest.fixture(scope="module")
def opened_page(shared_page: "Page") -> "Page":
    open_notebook(shared_page, NOTEBOOK)
    return shared_page


@pytest.fixture
def audit_page(opened_page: "Page") -> "Page":
    """The form made anew."""
    run_command(opened_page, "notebook:clear-all-cell-outputs")
    run_all(opened_page)
    opened_page.get_by_role("button", name="Check", exact=True).wait_for()
    return opened_page


def tick(page: "Page", *names: str) -> None:
    for name in names:
        page.get_by_label(f"data/{name}").check()


def add(page: "Page", path: str) -> None:
    field = page.get_by_label("Another file or folder")
    field.fill(path)
    field.blur()
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_label(path).wait_for()


def check(page: "Page") -> None:
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("status").get_by_text("Checked ").wait_for()


def count_rows(page: "Page") -> int:
    return page.get_by_role("region", name="Findings").locator("tbody tr").count()


def test_the_counts_shown_are_those_of_the_audit(audit_page: "Page", lab: Lab) -> None:
    page = audit_page
    report = audit([lab.folder / "data" / name for name in FAULTY])
    expected = [[code, str(number)] for code, number in report.counts.items()]

    tick(page, *FAULTY)
    check(page)

    page.get_by_text(f"Showing {len(report)} of {len(report)} findings.").wait_for()
    page.get_by_text("What the codes mean").click()
    cells = page.locator(".apiuser-counts tbody tr").evaluate_all(
        "rows => rows.map(row => [row.cells[0].innerText, row.cells[2].innerText])"
    )
    assert cells == expected
    assert count_rows(page) == len(report)
    assert page.get_by_text("The audit is incomplete").is_visible()
    page.get_by_text("What the codes mean").click()
    depict(page, "audit-form")


def test_the_findings_can_be_narrowed(audit_page: "Page") -> None:
    page = audit_page
    tick(page, *FAULTY)
    check(page)
    page.get_by_text("Showing ").first.wait_for()

    page.get_by_label("Code", exact=True).select_option("USR007")
    page.get_by_text("Showing 8 of 8 findings that match").wait_for()
    by_code = count_rows(page)
    page.get_by_label("Search", exact=True).first.fill("AARCHER")
    page.get_by_text("Showing 2 of 2 findings that match").wait_for()
    by_name = count_rows(page)
    page.get_by_label("Severity", exact=True).select_option("notice")
    page.get_by_text("Showing 0 of 0 findings that match").wait_for()

    assert (by_code, by_name) == (8, 2)


@pytest.mark.parametrize("ending", ["csv", "json", "html", "xlsx"])
def test_the_report_can_be_downloaded(
    audit_page: "Page", lab: Lab, ending: str
) -> None:
    page = audit_page
    findings = len(audit([lab.folder / "data" / name for name in FAULTY]))
    tick(page, *FAULTY)
    check(page)

    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"Save as {ending.upper()}").click()
    assert waiting.value.suggested_filename == f"username-audit.{ending}"
    if ending == "xlsx":
        assert zipfile.is_zipfile(waiting.value.path())
        return
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    if ending == "csv":
        assert len(list(csv.DictReader(io.StringIO(text)))) == findings
    elif ending == "json":
        assert len(json.loads(text)["findings"]) == findings
    else:
        assert text.startswith("<!doctype html>")


def test_an_upload_of_eleven_megabytes_is_audited(
    audit_page: "Page", tmp_path: Path
) -> None:
    page = audit_page
    export = tmp_path / "big export.csv"
    lines = (f"user{n},user{n}@example.com,Active\n" for n in range(330_000))
    export.write_text("Username,Email Address,Status\n" + "".join(lines), "utf-8")
    assert export.stat().st_size > 11_000_000

    page.get_by_label("Upload exports").set_input_files(export)
    page.get_by_label("big export.csv, uploaded").wait_for()
    check(page)

    page.get_by_text("Checked 330000 records of 1 export").wait_for()


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    "rows", [20_000, *([1_000_000] if os.environ.get("APIUSER_BIG_AUDIT") else [])]
)
def test_a_large_export_given_by_its_path_leaves_the_form_alive(
    audit_page: "Page", tmp_path: Path, rows: int
) -> None:
    page = audit_page
    export, _ = write_export(tmp_path, rows)
    add(page, str(export))

    page.evaluate(ASK_KERNEL)
    start = time.perf_counter()
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("status").get_by_text(f"Checked {rows} records").wait_for()
    seconds = time.perf_counter() - start
    longest = page.evaluate("() => { window.asking = false; return window.longest }")

    page.get_by_text("Showing 1 to 100 of ").first.wait_for()
    said = f"{rows} rows: {seconds:.1f} s, longest wait {longest:.0f} ms"
    print(said)  # noqa: T201  # the measurement, seen with pytest -s
    shoot(page, f"audit-{rows}", widths=(1280,))
    assert longest < 1_000


def test_findings_are_shown_page_by_page(audit_page: "Page", tmp_path: Path) -> None:
    page = audit_page
    export = tmp_path / "twice.csv"
    names = (f"name{at % 125}x\n" for at in range(250))
    export.write_text("Username\n" + "".join(names), encoding="utf-8")
    add(page, str(export))
    check(page)
    findings = page.get_by_role("region", name="Findings")

    page.get_by_text("Showing 1 to 100 of 253 findings.").wait_for()
    first = count_rows(page)
    page.get_by_role("button", name="Last page").first.click()
    page.get_by_text("Showing 201 to 253 of 253 findings.").wait_for()
    last = count_rows(page)
    page.get_by_role("button", name="Previous page").first.click()
    page.get_by_text("Showing 101 to 200 of 253 findings.").wait_for()
    page.get_by_label("Search", exact=True).first.fill("name7x")
    page.get_by_text("Showing 2 of 2 findings that match, of 253 in all.").wait_for()

    assert (first, last) == (100, 53)
    assert findings.locator(
        "tbody tr td.apiuser-column-username"
    ).all_inner_texts() == [
        "name7x",
        "name7x",
    ]


def test_many_tenants_are_summed_up_and_shown_one_at_a_time(
    audit_page: "Page", tmp_path: Path, lab: Lab
) -> None:
    page = audit_page
    for tenant, name in (("acme", FAULTY[0]), ("bolt", FAULTY[1])):
        (tmp_path / tenant).mkdir()
        shutil.copy(lab.folder / "data" / name, tmp_path / tenant)
    (tmp_path / "cord_active.csv").write_text("", encoding="utf-8")
    page.get_by_label("Exports of").select_option("many tenants, each for itself")
    add(page, str(tmp_path))

    check(page)

    page.get_by_text("; 1 refused.").wait_for()
    rows = page.get_by_role("region", name="Tenants").locator("tbody tr")
    assert [row.split("\t")[0] for row in rows.all_inner_texts()] == [
        "acme",
        "bolt",
        "cord",
    ]
    chosen = page.get_by_label("Show the findings of")
    assert chosen.input_value() == "acme"
    page.get_by_text("24 records, names from").wait_for()
    chosen.select_option("bolt")
    page.get_by_text("8 records, names from").wait_for()
    shoot(page, "audit-tenants")


def test_an_unsuitable_file_is_refused_in_a_sentence(
    audit_page: "Page", tmp_path: Path
) -> None:
    page = audit_page
    export = tmp_path / "picture.csv"
    export.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))

    page.get_by_label("Upload exports").set_input_files(export)
    page.get_by_label("picture.csv, uploaded").wait_for()
    page.get_by_role("button", name="Check", exact=True).click()

    said = page.get_by_role("status").get_by_text("picture.csv: ")
    said.wait_for()
    assert "Traceback" not in page.locator(".jp-Notebook").inner_text()


def test_proposed_names_are_judged_and_a_free_key_is_suggested(
    audit_page: "Page",
) -> None:
    page = audit_page
    tick(page, *FAULTY)
    check(page)

    page.get_by_label("Proposed names").fill("fresh2name@sample.example.com\naarcher\n")
    page.get_by_label("Proposed names").blur()
    page.get_by_role("button", name="Check these names").click()
    page.get_by_text("fresh2name@sample.example.com: nothing found.").wait_for()
    page.get_by_role("button", name="Suggest a free key").click()
    page.get_by_text("A key was made").wait_for()

    verdict = page.locator("p:has(code:text-is('aarcher')) + ul").inner_text()
    assert "(USR007)" in verdict
    assert len(page.get_by_label("A free key", exact=True).input_value()) == 15


def test_keys_pressed_on_a_button_leave_the_notebook_alone(audit_page: "Page") -> None:
    page = audit_page
    cells = count_cells(page)

    page.get_by_role("button", name="Look again").focus()
    for key in "ddbaxy":
        page.keyboard.press(key)
    page.keyboard.press("Shift+Enter")
    # A command after the keys proves that they have been handled.
    run_command(page, "notebook:insert-cell-below")
    after = count_cells(page)
    run_command(page, "notebook:delete-cell")

    assert after == cells + 1


def test_no_username_of_an_export_stays_in_the_saved_notebook(
    audit_page: "Page", lab: Lab
) -> None:
    page = audit_page
    tick(page, *FAULTY)
    check(page)
    page.get_by_text("Showing ").first.wait_for()

    save(page)

    saved = (lab.folder / NOTEBOOK).read_text(encoding="utf-8")
    assert "widget-state+json" in saved
    assert "ticket5desk" not in saved.lower()


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_every_part_is_named_and_readable(audit_page: "Page", theme: str) -> None:
    page = audit_page
    run_command(page, "apputils:change-theme", {"theme": f"JupyterLab {theme}"})
    light = str(theme == "Light").lower()
    page.locator(f"body[data-jp-theme-light={light}]").wait_for(state="attached")
    page.get_by_label("Show options for unusual exports").check()
    tick(page, *FAULTY)
    shoot(page, f"audit-choice-{theme.lower()}")
    page.get_by_label("Show options for unusual exports").uncheck()
    check(page)
    page.get_by_text("Showing ").first.wait_for()
    page.get_by_label("Proposed names").fill("fresh2name@sample.example.com\naarcher\n")
    page.get_by_label("Proposed names").blur()
    page.get_by_role("button", name="Check these names").click()
    page.get_by_text("fresh2name@sample.example.com: nothing found.").wait_for()
    page.get_by_role("button", name="Suggest a free key").click()
    page.get_by_text("A key was made").wait_for()
    shoot(page, f"audit-results-{theme.lower()}")

    assert find_nameless(page) == []
    assert find_weak_contrast(page) == []


def find_nameless(page: "Page") -> list[str]:
    nameless: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(
          '.apiuser-form :is(input, select, textarea, button)')]
          .filter(e => e.checkVisibility())
          .filter(e => !(e.labels?.length || e.getAttribute('aria-label')
            || e.textContent.trim()))
          .map(e => e.outerHTML)"""
    )
    return nameless


def find_weak_contrast(page: "Page") -> list[str]:
    """Find texts of the form with less contrast than 4.5 to 1 to what is behind."""
    weak: list[str] = page.evaluate(
        """() => {
          const parse = (c) => (c.match(/[\\d.]+/g) ?? []).map(Number);
          const shine = ([r, g, b]) => [r, g, b]
            .map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = (e) => {
            for (; e; e = e.parentElement) {
              const c = parse(getComputedStyle(e).backgroundColor);
              if (c.length === 3 || c[3] === 1) return c;
            }
            return [255, 255, 255];
          };
          const weak = [];
          for (const e of document.querySelectorAll('.apiuser-form *')) {
            const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
            if (!own || !e.checkVisibility() || e.closest('svg, :disabled')) continue;
            const [r, g, bl, alpha = 1] = parse(getComputedStyle(e).color);
            const behind = ground(e);
            const seen = [r, g, bl].map((v, i) => v * alpha + behind[i] * (1 - alpha));
            const [a, b] = [shine(seen), shine(behind)];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) weak.push(`${ratio.toFixed(1)} ${e.outerHTML.slice(0, 99)}`);
          }
          return weak;
        }"""
    )
    return weak
