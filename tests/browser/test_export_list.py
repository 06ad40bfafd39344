"""The list of exports in the audit form shows what was added, and what a file needs."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.exports import write_export
from tests.browser.audit_steps import (
    FAULTY,
    add,
    check,
    list_cut,
    list_overflowing,
    renew_audit,
    tick,
)
from tests.browser.pages import shoot

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

HEADER = "Username,Status,License Type\n"
IN_SIGHT = """item => {
  const inner = item.getBoundingClientRect();
  const outer = item.closest(".aus-exports").getBoundingClientRect();
  return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
}"""

# Every tick is changed before the first answer can come; then whatever else is shown in
# them is noted.
ENTER = """list => {
  window.undone = [];
  const { prototype } = HTMLInputElement;
  const { get, set } = Object.getOwnPropertyDescriptor(prototype, "checked");
  for (const box of list.querySelectorAll("[type=checkbox]")) {
    const entered = !box.checked;
    box.checked = entered;
    box.dispatchEvent(new Event("change"));
    Object.defineProperty(box, "checked", {
      get,
      set(shown) {
        if (shown !== entered) window.undone.push(shown);
        set.call(this, shown);
      },
    });
  }
}"""
TICK_WHILE_IT_WORKS = """box => new Promise((resolve) => {
  const progress = document.querySelector(".apiuser-sheet progress");
  new MutationObserver((_, observer) => {
    if (progress.hidden) return;
    observer.disconnect();
    box.click();
    resolve();
  }).observe(progress, { attributes: true });
  box.click();
})"""

# Before the check can have ended.
CHECK_AND_CLEAR = """(button, names) => {
  button.click();
  names.value = "";
  names.dispatchEvent(new Event("input", { bubbles: true }));
}"""


@pytest.fixture
def audit_page(page: "Page") -> "Page":
    return renew_audit(page)


def write_exports(folder: Path, number: int) -> None:
    for at in range(number):
        name = f"tenant{at:02}-active.csv"
        (folder / name).write_text(f"{HEADER}key{at}a,Active,API User\n", "utf-8")


def find_item(page: "Page", name: str) -> "Locator":
    return page.locator(".aus-exports > li", has_text=name)


@pytest.mark.parametrize("number", [8, 30])
def test_what_a_refused_file_needs_comes_in_sight(
    audit_page: "Page", tmp_path: Path, number: int
) -> None:
    page = audit_page
    write_exports(tmp_path, number)
    bad = tmp_path / f"tenant{number - 2:02}-inactive.csv"
    bad.write_text(f"A title line\n\n{HEADER}key9z,Inactive,API User\n", "utf-8")
    (tmp_path / "tenant99-active.csv").write_text("Logon;State\na1;Active\n", "utf-8")
    add(page, str(tmp_path))

    check(page)
    item = find_item(page, bad.name)
    item.get_by_label("Lines before the header").wait_for()

    assert item.evaluate(IN_SIGHT)
    shoot(page, f"audit-refused-{number}")
    assert list_overflowing(page) == []


def test_what_a_file_needs_goes_with_its_tick(
    audit_page: "Page", tmp_path: Path
) -> None:
    page = audit_page
    write_exports(tmp_path, 20)
    bad = tmp_path / "tenant19-inactive.csv"
    bad.write_text("Logon,State\na1,Active\n", "utf-8")
    add(page, str(tmp_path))
    check(page)
    item = find_item(page, bad.name)
    item.get_by_label("First line").wait_for()
    files = page.locator(".aus-exports").first
    cut = list_cut(page)
    shoot(page, "audit-asked")

    files.evaluate("list => { list.scrollTop = list.scrollHeight; }")
    item.get_by_role("checkbox").uncheck()
    item.get_by_label("First line").wait_for(state="detached")

    assert cut == []
    assert item.locator(".aus-error").count() == 0
    assert item.evaluate(IN_SIGHT)
    item.get_by_role("checkbox").check()
    item.get_by_label("First line").wait_for()


def test_a_new_file_comes_in_sight(audit_page: "Page", tmp_path: Path) -> None:
    page = audit_page
    write_exports(tmp_path, 30)
    add(page, str(tmp_path))
    later = tmp_path / "later-active.csv"
    later.write_text(HEADER, "utf-8")

    page.locator("input[type=file]").first.set_input_files(later)
    find_item(page, later.name).wait_for()

    assert find_item(page, later.name).evaluate(IN_SIGHT)


def test_what_was_to_be_done_is_said_no_longer_once_it_is(audit_page: "Page") -> None:
    page = audit_page
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_text("Type a name, or tick an export.").first.wait_for()

    page.locator(".aus-exports input").first.check()

    page.locator(".aus-foot", has_text="Type a name").wait_for(
        state="detached", timeout=20_000
    )


def test_nothing_entered_is_undone_by_the_answer_to_what_was_entered_before(
    audit_page: "Page",
) -> None:
    page = audit_page
    tick(page, *FAULTY)
    check(page)
    files = page.locator(".aus-exports").first
    files.get_by_label("Which half is it?").first.wait_for()
    boxes = files.get_by_role("checkbox")
    before = [box.is_checked() for box in boxes.all()]

    files.evaluate(ENTER)
    check(page)

    assert page.evaluate("() => window.undone") == []
    assert [box.is_checked() for box in boxes.all()] == [not on for on in before]


def test_a_tick_that_is_taken_back_during_a_check_stays_so(
    audit_page: "Page", tmp_path: Path
) -> None:
    page = audit_page
    export, _ = write_export(tmp_path, 20_000)
    add(page, str(export))
    check(page)
    none = page.get_by_label("There are none")
    before = none.is_checked()

    none.evaluate(TICK_WHILE_IT_WORKS)
    # The answer to the first tick, unless the check was over before the second one.
    first = page.get_by_text("none, as you say")
    first.or_(page.locator(".aus-results:not(.aus-stale)")).first.wait_for()
    after = none.is_checked()
    check(page)

    assert (before, after, none.is_checked()) == (False, False, False)


def test_what_was_cleared_during_a_check_stays_clear(audit_page: "Page") -> None:
    page = audit_page
    names = page.get_by_label("Names, one per line")
    names.fill("aarcher")

    button = page.get_by_role("button", name="Check", exact=True)
    button.evaluate(CHECK_AND_CLEAR, names.element_handle())
    page.get_by_text("aarcher").first.wait_for()

    assert names.input_value() == ""
