"""An auditor compares the exports of two moments in a real JupyterLab."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.audit_steps import (
    NOTEBOOK,
    find_card,
    list_overflowing,
    reach,
    renew_audit,
)
from tests.browser.axe_steps import list_faults_of_sheet, prepare_axe
from tests.browser.pages import save

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.pages import Lab

NAMED = re.compile(r"^resources(-2)?\.csv")  # the other one may be named so
HEADER = "ID,Username,Status,License Type,Security Level,Integration Vendor\n"
OLD = (
    "5001,amiller,Active,Professional,Manager,\n"
    "5002,key1@sample.example.com,Active,API User,API User (system),Zapier\n"
    "5003,old1@sample.example.com,Inactive,API User,API User (system),\n"
)
NEW = "5004,key2@sample.example.com,Active,API User,Own level (API-only),Zapier\n"
MORE = OLD.replace("amiller", "amuller").replace("Manager", "Admin").replace(
    "5003", "5007"
) + NEW.replace("Active", "Inactive")


@pytest.fixture
def compared_page(page: "Page") -> "Page":
    """The sheet made anew, at the comparison."""
    renew_audit(page)
    page.get_by_role("button", name="Before and after").click()
    page.get_by_role("button", name="Compare").wait_for()
    return page


def drop(page: "Page", title: str, folder: Path, rows: str) -> None:
    """Put an export into a place; both have the name that Autotask gives them."""
    path = folder / title / "resources.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEADER + rows, encoding="utf-8")
    find_card(page, title).locator("input[type=file]").set_input_files(path)
    find_card(page, title).locator("li", has_text=NAMED).first.wait_for()


def compare(page: "Page") -> "Locator":
    """Compare, and return the verdict."""
    page.get_by_role("button", name="Compare", exact=True).click()
    verdict = page.locator(".aus-results:not(.aus-stale) .aus-verdict")
    verdict.wait_for()
    return verdict


def test_a_new_user_is_proved_in_one_sentence(
    compared_page: "Page", tmp_path: Path
) -> None:
    page = compared_page
    drop(page, "Before", tmp_path, OLD)
    drop(page, "After", tmp_path, OLD + NEW)
    page.get_by_label("New API user").fill("key2")

    text = compare(page).inner_text()

    assert text.startswith("key2 was added as expected, and nothing else")
    assert page.evaluate("document.activeElement.innerText").startswith("key2 was")
    assert find_card(page, "Added (1)").locator("code").all_inner_texts() == [
        "key2@sample.example.com"
    ]
    assert page.get_by_text("Is this name free?").is_hidden()
    page.get_by_text("Compared 3 records with 4").wait_for()


def test_what_changed_is_under_the_verdict(
    compared_page: "Page", tmp_path: Path
) -> None:
    page = compared_page
    drop(page, "Before", tmp_path, OLD)
    drop(page, "After", tmp_path, MORE)

    compare(page)

    titles = page.locator(".aus-results:visible h3").all_inner_texts()
    assert [title.lower() for title in titles] == [
        "added (2)",
        "renamed (1)",
        "changed (1)",
        "not seen after (1)",
        "what the exports do not show",
    ]
    changed = find_card(page, "Changed (1)").inner_text()
    assert "security level: Manager, now Admin" in changed


def test_a_change_of_the_exports_greys_what_was_found(
    compared_page: "Page", tmp_path: Path
) -> None:
    page = compared_page
    drop(page, "Before", tmp_path, OLD)
    drop(page, "After", tmp_path, OLD)
    compare(page)

    page.get_by_role("button", name="Remove resources-2.csv").click()
    page.get_by_text("What you chose has changed since.").wait_for()
    page.get_by_role("button", name="Compare", exact=True).click()

    page.locator(".aus-foot", has_text="Add an export under After.").wait_for()


def test_what_is_said_of_a_file_goes_with_it(
    compared_page: "Page", tmp_path: Path
) -> None:
    page = compared_page
    drop(page, "Before", tmp_path, OLD)
    for name in ("broken.xlsx", "other.csv"):
        (tmp_path / name).write_text(HEADER + OLD, encoding="utf-8")
    files = [tmp_path / "Before" / "resources.csv", *sorted(tmp_path.glob("*.*"))]
    place = find_card(page, "After")
    place.locator("input[type=file]").set_input_files(files)
    said = place.locator(".aus-said")
    for name in ("resources.csv", "broken.xlsx", "other.csv"):
        said.get_by_text(f"{name} added.").wait_for()

    left = []
    for name in ("broken.xlsx", "resources-2.csv", "other.csv"):
        place.get_by_role("button", name=f"Remove {name}").click()
        place.locator("li", has_text=name).wait_for(state="detached")
        left.append(said.inner_text())

    other = "other.csv added."
    assert left == [f"resources.csv added. {other}", other, ""]
    before = find_card(page, "Before").locator(".aus-said")
    assert before.inner_text() == "resources.csv added."


def test_what_a_file_needs_is_asked_at_its_place(
    compared_page: "Page", tmp_path: Path
) -> None:
    page = compared_page
    rows = OLD.replace("Manager", "Éditeur")  # whose level tells no two names apart
    drop(page, "Before", tmp_path, rows)
    export = tmp_path / "after.csv"
    export.write_bytes((HEADER + rows.replace("old1", "old2")).encode("cp1252"))
    place = find_card(page, "After")
    place.get_by_text("Add by path").click()
    place.get_by_label("After: file or folder here").fill(str(export))
    place.get_by_role("button", name="Add", exact=True).click()
    place.locator("li", has_text="after.csv").wait_for()

    refused = compare(page).inner_text()
    place.get_by_label("Encoding").select_option("Western European (cp1252)")
    place.get_by_role("button", name="Read again").click()
    page.locator(".aus-verdict", has_text="1 change (renamed 1).").wait_for()

    assert "1 file could not be read, so nothing was compared." in refused


def test_the_audit_is_as_it_was_behind_the_other_switch(
    compared_page: "Page", tmp_path: Path
) -> None:
    page = compared_page
    drop(page, "Before", tmp_path, OLD)

    page.get_by_role("button", name="One tenant").click()
    page.get_by_text("Is this name free?").wait_for()

    assert page.get_by_role("button", name="Compare", exact=True).count() == 0
    assert page.get_by_label("data/sample-active.csv").is_visible()
    assert page.locator(".aus-exports:visible", has_text="resources.csv").count() == 0


def test_exports_are_compared_by_keyboard(
    compared_page: "Page", tmp_path: Path
) -> None:
    page = compared_page
    for name, rows in (("old.csv", OLD), ("new.csv", OLD + NEW)):
        (tmp_path / name).write_text(HEADER + rows, encoding="utf-8")
    page.get_by_role("button", name="One tenant").focus()
    reach(page, "Before and after")
    for name in ("old.csv", "new.csv"):
        reach(page, "Add by path")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.type(str(tmp_path / name))
        page.keyboard.press("Enter")
        page.locator(".aus-exports:visible li", has_text=name).wait_for()
    reach(page, "New API user")
    page.keyboard.type("key2")
    page.keyboard.press("Enter")

    page.locator(".aus-verdict", has_text="key2 was added as expected").wait_for()


def test_no_username_that_was_compared_stays_in_the_notebook(
    compared_page: "Page", tmp_path: Path, lab: "Lab"
) -> None:
    page = compared_page
    drop(page, "Before", tmp_path, OLD)
    drop(page, "After", tmp_path, OLD + NEW)
    page.get_by_label("New API user").fill("key2")
    compare(page)

    save(page)

    assert "key2" not in (lab.folder / NOTEBOOK).read_text(encoding="utf-8")


def test_axe_finds_nothing_serious_and_nothing_sticks_out(
    compared_page: "Page", site_parts: Path, tmp_path: Path
) -> None:
    page = compared_page
    prepare_axe(page, site_parts)
    faults = list_faults_of_sheet(page, "moments-empty")
    drop(page, "Before", tmp_path, OLD)
    drop(page, "After", tmp_path, OLD + NEW)
    page.get_by_label("New API user").fill("key2")
    compare(page)
    faults += list_faults_of_sheet(page, "moments")
    page.get_by_role("button", name="Remove resources-2.csv").click()
    drop(page, "After", tmp_path, MORE)
    page.get_by_label("New API user").fill("key2@sample.example.com")
    compare(page)
    faults += list_faults_of_sheet(page, "moments-other")

    assert faults == []
    assert list_overflowing(page) == []
