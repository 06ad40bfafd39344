"""An auditor asks for names and checks exports in a real JupyterLab."""

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
from tests.browser.audit_steps import (
    ASK_KERNEL,
    FAULTY,
    NOTEBOOK,
    WATCH,
    add,
    check,
    find_card,
    list_overflowing,
    reach,
    renew_audit,
    tick,
)
from tests.browser.axe_steps import list_faults_of_sheet, prepare_axe
from tests.browser.browsers import chromium_only
from tests.browser.pages import (
    Lab,
    count_cells,
    depict,
    run_command,
    save,
    shoot,
)
from tests.browser.sheet_steps import read_clipboard

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def audit_page(page: "Page") -> "Page":
    return renew_audit(page)


def test_the_verdict_comes_first_and_takes_the_focus(
    audit_page: "Page", lab: Lab
) -> None:
    page = audit_page
    report = audit([lab.folder / "data" / name for name in FAULTY])
    page.get_by_label("Names, one per line").fill("presh2integration\naarcher")
    tick(page, *FAULTY)

    verdict = check(page)

    assert verdict.inner_text().startswith("4 usernames are in conflict: ")
    assert page.evaluate("document.activeElement.innerText").startswith("4 usernames")
    assert page.locator(".aus-group").count() == len(report.conflicts)
    numbers = page.locator(".aus-problem > :nth-child(3)").all_inner_texts()
    assert sum(map(int, numbers)) == sum(
        m.row >= 0 and not m.group for m in report.found
    )
    depict(page, "audit-form")


def test_a_good_name_is_free_and_can_be_copied(audit_page: "Page") -> None:
    page = audit_page
    tick(page, "sample-active.csv", "sample-inactive.csv")
    names = page.get_by_label("Names, one per line")
    names.fill("fresh4name@sample.example.com")

    names.press("Control+Enter")
    page.get_by_text("Free. It follows every rule").first.wait_for()
    page.get_by_role("button", name="Copy fresh4name@sample.example.com").click()
    page.get_by_role("button", name="Copy fresh4name").get_by_text("Copied").wait_for()

    assert read_clipboard(page) == "fresh4name@sample.example.com"


def test_what_was_found_is_greyed_until_it_is_checked_again(audit_page: "Page") -> None:
    page = audit_page
    tick(page, FAULTY[0])
    page.get_by_label("Names, one per line").fill("aarcher")
    check(page)
    page.get_by_text("Taken: aarcher, active person").wait_for()

    page.get_by_label("Names, one per line").fill("other2name")
    grey = page.locator(".aus-verdicts.aus-stale").count()
    tick(page, FAULTY[1])
    page.get_by_text("What you chose has changed since. Check again.").wait_for()
    waiting = page.get_by_role("button", name="JSON").is_disabled()
    labels = page.locator(".apiuser-sheet button").all_inner_texts()
    check(page)

    assert grey == 1
    assert waiting
    assert labels.count("Check") == 1
    assert page.get_by_text("What you chose has changed since").is_hidden()
    assert page.get_by_text("Taken: aarcher").count() == 0


def test_a_file_that_is_added_clears_what_was_found(
    audit_page: "Page", tmp_path: Path
) -> None:
    page = audit_page
    (tmp_path / "more.csv").write_text("Username\nmore1\n", encoding="utf-8")
    tick(page, FAULTY[0])
    check(page)

    add(page, str(tmp_path / "more.csv"))

    page.locator(".aus-results .aus-verdict").wait_for(state="detached")
    assert page.locator(".aus-results").inner_text() == ""
    assert page.get_by_role("button", name="JSON").is_hidden()


def test_each_open_point_can_be_closed_in_its_place(audit_page: "Page") -> None:
    page = audit_page
    tick(page, *FAULTY)
    check(page)
    points = find_card(page, "Is the list complete?")
    before = points.locator("li", has_text="Inactive resources").inner_text()

    asked = page.get_by_role("group", name="data/sample-faulty-inactive.csv")
    asked.get_by_label("Which half is it?").select_option("Inactive")
    points.locator("li", has_text="8 seen").wait_for()
    points.get_by_label("There are none").check()
    points.get_by_text("none, as you say").wait_for()

    assert "Say which half the file is" in before
    assert "8 seen" in points.locator("li", has_text="Inactive resources").inner_text()


def test_an_unreadable_file_is_asked_at_its_place_what_it_needs(
    audit_page: "Page", tmp_path: Path
) -> None:
    page = audit_page
    export = tmp_path / "names.csv"
    export.write_bytes("Username\ncafé2go\n".encode("cp1252"))
    tick(page, FAULTY[0])
    page.locator("input[type=file]").set_input_files(export)
    place = page.locator(".aus-exports li", has_text="names.csv")
    place.wait_for()

    verdict = check(page).inner_text()
    place.get_by_text("is not UTF-8").wait_for()
    place.get_by_label("Encoding").select_option("Western European (cp1252)")
    place.get_by_role("button", name="Read again").click()
    place.get_by_text("1 record").wait_for()

    assert "1 file could not be read" in verdict
    assert "Traceback" not in page.locator(".jp-Notebook").inner_text()


def test_problems_are_named_and_show_their_records(audit_page: "Page") -> None:
    page = audit_page
    tick(page, *FAULTY)
    check(page)
    problem = page.locator(".aus-problem", has_text="Full system level")

    problem.get_by_role("button", name="Full system level").press("Enter")
    problem.locator(".aus-records li").first.wait_for()

    assert problem.locator(".aus-records li").count() == 19
    assert "Give this API user a level of its own" in problem.inner_text()
    problem.get_by_role("button", name="Full system level").press("Enter")
    assert problem.locator(".aus-records").is_hidden()


@chromium_only
@pytest.mark.parametrize(
    ("label", "ending"),
    [("CSV", "csv"), ("JSON", "json"), ("Report as a page", "html"), ("XLSX", "xlsx")],
)
def test_the_report_can_be_downloaded(
    audit_page: "Page", lab: Lab, label: str, ending: str
) -> None:
    page = audit_page
    findings = len(audit([lab.folder / "data" / name for name in FAULTY]))
    tick(page, *FAULTY)
    check(page)

    with page.expect_download() as waiting:
        page.get_by_role("button", name=label, exact=True).click()
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


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    "megabytes", [11, *([300] if os.environ.get("APIUSER_BIG_UPLOAD") else [])]
)
def test_a_file_above_the_message_limit_arrives_and_is_audited(
    audit_page: "Page", tmp_path: Path, megabytes: int
) -> None:
    page = audit_page
    export = tmp_path / "big export.csv"
    rows = megabytes * 30_000
    lines = (f"user{n},user{n}@example.com,Active\n" for n in range(rows))
    export.write_text("Username,Email Address,Status\n" + "".join(lines), "utf-8")
    assert export.stat().st_size > megabytes * 1_000_000

    page.locator("input[type=file]").set_input_files(export)
    page.get_by_text("big export.csv added.").first.wait_for(timeout=120_000)
    page.get_by_role("button", name="Check", exact=True).click()

    page.get_by_text(f"Checked {rows:,} records").wait_for(timeout=600_000)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    "rows", [20_000, *([1_000_000] if os.environ.get("APIUSER_BIG_AUDIT") else [])]
)
def test_a_large_export_given_by_its_path_leaves_the_sheet_alive(
    audit_page: "Page", tmp_path: Path, rows: int
) -> None:
    page = audit_page
    export, _ = write_export(tmp_path, rows)
    add(page, str(export))

    page.evaluate(ASK_KERNEL, WATCH)
    start = time.perf_counter()
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_text(f"Checked {rows:,} records").wait_for(timeout=120_000)
    seconds = time.perf_counter() - start
    page.locator(".aus-group").first.wait_for()
    longest = page.evaluate(ASK_KERNEL, "_watching = False")

    said = f"{rows} rows: {seconds:.1f} s, longest work {longest:.3f} s"
    print(said)  # noqa: T201  # the measurement, seen with pytest -s
    shoot(page, f"audit-{rows}", widths=(1280,))
    assert 0 < longest < 1


def test_groups_are_shown_page_by_page_and_searched(
    audit_page: "Page", tmp_path: Path
) -> None:
    page = audit_page
    export = tmp_path / "twice.csv"
    names = (f"name{at % 45}x\n" for at in range(90))
    export.write_text("Username\n" + "".join(names), encoding="utf-8")
    add(page, str(export))
    check(page)
    card = find_card(page, "Conflicts and look-alikes (45)")

    card.get_by_text("1 to 20 of 45").wait_for()
    card.get_by_role("button", name="Next").click()
    card.get_by_text("21 to 40 of 45").wait_for()
    card.get_by_role("button", name="Next").click()
    card.get_by_text("41 to 45 of 45").wait_for()
    last = card.locator(".aus-group").count()
    card.get_by_role("searchbox").fill("name7x")
    card.get_by_text("1 to 1 of 1, 45 in all").wait_for()

    assert last == 5
    assert card.locator(".aus-group h4 code").all_inner_texts() == ["name7x"]


def test_many_tenants_are_summed_up_and_shown_one_at_a_time(
    audit_page: "Page", tmp_path: Path, lab: Lab
) -> None:
    page = audit_page
    for tenant, name in (("acme", FAULTY[0]), ("bolt", FAULTY[1])):
        (tmp_path / tenant).mkdir()
        shutil.copy(lab.folder / "data" / name, tmp_path / tenant)
    (tmp_path / "cord_active.csv").write_text("", encoding="utf-8")
    page.get_by_role("button", name="Many tenants").click()
    add(page, str(tmp_path))

    verdict = check(page).inner_text()
    tenants = find_card(page, "Tenants (3)")
    texts = tenants.locator("li").all_inner_texts()
    first, second = page.locator(".aus-verdict h2").all_inner_texts()
    tenants.get_by_role("button", name="cord").click()
    page.locator(".aus-verdict", has_text="1 file could not be read.").wait_for()

    assert [text.split("\n")[1] for text in texts] == ["acme", "cord", "bolt"]
    assert verdict.startswith("1 of 3 tenants has conflicts: acme. ")
    assert verdict.startswith(first)
    assert second.startswith("Tenant acme. ")
    assert "in conflict" in second
    shoot(page, "audit-tenants")


def test_a_free_key_is_suggested(audit_page: "Page") -> None:
    page = audit_page

    page.get_by_role("button", name="Suggest a free key").click()
    page.locator(".aus-verdicts", has_text="New key:").wait_for()

    assert len(page.locator(".aus-verdicts code").inner_text()) == 15


def test_keys_pressed_on_a_button_leave_the_notebook_alone(audit_page: "Page") -> None:
    page = audit_page
    cells = count_cells(page)

    page.get_by_role("button", name="Look for new files").focus()
    for key in "ddbaxy":
        page.keyboard.press(key)
    page.keyboard.press("Shift+Enter")
    # A command after the keys proves that they have been handled.
    run_command(page, "notebook:insert-cell-below")
    after = count_cells(page)
    run_command(page, "notebook:delete-cell")

    assert after == cells + 1


def test_all_of_it_works_by_keyboard(audit_page: "Page") -> None:
    page = audit_page
    page.get_by_label("Names, one per line").focus()
    page.keyboard.type("aarcher")
    reach(page, "data/sample-faulty-active.csv")
    page.keyboard.press("Space")
    reach(page, "data/sample-faulty-inactive.csv")
    page.keyboard.press("Space")
    reach(page, "Check")
    page.keyboard.press("Enter")
    page.locator(".aus-verdict").wait_for()
    reach(page, "There are none")
    page.keyboard.press("Space")
    page.get_by_text("none, as you say").wait_for()
    reach(page, "No digit in the name")
    page.keyboard.press("Space")

    page.locator(".aus-records li", has_text="backupuser").wait_for()
    assert "Taken: aarcher" in page.locator(".aus-verdicts").inner_text()


def test_no_username_of_an_export_stays_in_the_saved_notebook(
    audit_page: "Page", lab: Lab
) -> None:
    page = audit_page
    tick(page, *FAULTY)
    check(page)
    page.locator(".aus-group", has_text="ticket5desk").wait_for()

    save(page)

    saved = (lab.folder / NOTEBOOK).read_text(encoding="utf-8")
    assert "widget-state+json" in saved
    assert "ticket5desk" not in saved.lower()


def test_axe_finds_nothing_serious_and_nothing_sticks_out(
    audit_page: "Page", site_parts: Path
) -> None:
    page = audit_page
    prepare_axe(page, site_parts)
    faults = list_faults_of_sheet(page, "audit-empty")
    page.get_by_label("Names, one per line").fill("fresh2name\naarcher\nnodigit")
    tick(page, *FAULTY)
    check(page)
    page.get_by_role("button", name="Full system level").click()
    page.locator(".aus-records li").first.wait_for()
    faults += list_faults_of_sheet(page, "audit", widths=(1280, 800, 390))
    tick(page, "sample-active.csv")
    page.get_by_text("What you chose has changed since").wait_for()
    faults += list_faults_of_sheet(page, "audit-stale", widths=(1280,))

    assert faults == []
    assert list_overflowing(page) == []
