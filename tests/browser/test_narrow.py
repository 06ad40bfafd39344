"""On a phone the forms cut nothing, hide nothing and keep what belongs together."""

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser import audit_steps, sheet_steps
from tests.browser.pages import open_notebook, resize, run_all
from tests.browser.sheet_steps import open_sheet, prepare, press, wait_for_stage

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PHONE = (464, 844)  # the form as wide as on a phone by itself
# Scrolls so that only the first line of the verdict is above the foot.
SCROLL = """verdict => {
  let place = verdict;
  while (!["auto", "scroll"].includes(getComputedStyle(place).overflowY)) {
    place = place.parentElement;
  }
  const [verdictAt, footAt] = [verdict, document.querySelector(".aus-foot")].map(
    (part) => part.getBoundingClientRect().top,
  );
  place.scrollTop += verdictAt - footAt + 40;
}"""

OVERFLOW = "input => input.scrollWidth - input.clientWidth"


def find_middles(parts: "Locator") -> list[int]:
    boxes = parts.evaluate_all(
        "all => all.map((e) => e.getBoundingClientRect().toJSON())"
    )
    return [round((box["top"] + box["bottom"]) / 2) for box in boxes]


def find_lefts(parts: "Locator") -> set[float]:
    lefts = parts.evaluate_all("all => all.map((e) => e.getBoundingClientRect().left)")
    return {round(left) for left in lefts}


def find_tops(parts: "Locator") -> set[float]:
    tops = parts.evaluate_all("all => all.map((e) => e.getBoundingClientRect().top)")
    return {round(top) for top in tops}


@pytest.fixture
def audit_sheet(page: "Page") -> "Locator":
    open_notebook(page, audit_steps.NOTEBOOK, mode="doc")
    resize(page, *PHONE)
    run_all(page)
    return audit_steps.wait_for_sheet(page)


def test_the_verdict_is_seen_whole_after_a_check(
    page: "Page", audit_sheet: "Locator"
) -> None:
    audit_steps.tick(page, *audit_steps.FAULTY)
    page.get_by_label("Names, one per line").fill("aarcher")

    verdict = audit_steps.check(page)
    verdict.evaluate(SCROLL)
    audit_steps.check(page)
    page.wait_for_function("() => document.activeElement.tagName === 'H2'")

    shown, foot = (
        verdict.bounding_box(),
        audit_sheet.locator(".aus-foot").bounding_box(),
    )
    assert shown
    assert foot
    assert shown["y"] + shown["height"] <= foot["y"]


def test_what_a_press_brings_is_above_the_bar(page: "Page") -> None:
    resize(page, *PHONE)
    sheet = sheet_steps.renew_sheet(page)
    prepare(sheet)
    foot = sheet.locator(".aus-foot")
    question = sheet.get_by_role("button", name="Why: The rest")

    sheet_steps.generate(sheet)
    filled = sheet.locator(".aus-kind-key .aus-states")
    seen = [(filled.bounding_box(), foot.bounding_box())]
    question.evaluate(
        "node => { node.scrollIntoView({ block: 'end' }); node.click(); }"
    )
    told = sheet.locator(".aus-help:visible")
    seen.append((told.bounding_box(), foot.bounding_box()))

    for box, bar in seen:
        assert box
        assert bar
        assert box["height"] > 0
        assert box["y"] + box["height"] <= bar["y"]


def test_what_belongs_together_stays_together(
    page: "Page", audit_sheet: "Locator"
) -> None:
    page.get_by_role("button", name="Many tenants").click()
    page.get_by_text("tenant sample-faulty").first.wait_for()

    names = audit_sheet.locator(".aus-exports label span")
    assert find_lefts(audit_sheet.locator(".aus-exports li > small")) == find_lefts(
        names
    )
    assert len(find_tops(audit_sheet.locator(".aus-jobs button"))) == 1


def test_rows_are_in_line_and_choices_whole(page: "Page") -> None:
    open_notebook(page, sheet_steps.NOTEBOOK, mode="doc")
    sheet = open_sheet(page)
    resize(page, *PHONE)
    prepare(sheet)
    level = sheet.get_by_label("Security Level", exact=True)
    boxes = [level, sheet.get_by_label("Email Address", exact=True)]
    hidden = [box.evaluate(OVERFLOW) for box in boxes]
    questions = find_lefts(sheet.locator(".aus-q"))
    press(sheet, "Generate key and secret")
    sheet.get_by_text("characters, follows every rule").first.wait_for()
    press(sheet, "Check before saving")
    wait_for_stage(sheet, "Store and save")
    questions |= find_lefts(sheet.locator(".aus-q"))
    field = sheet.get_by_label("Encrypted file", exact=True)
    write = sheet.get_by_role("button", name="Write", exact=True)

    hidden.append(field.evaluate(OVERFLOW))

    assert max(hidden) <= 0
    assert len(questions) == 1
    assert find_middles(write) == find_middles(
        sheet.locator("label", has_text=re.compile("^Encrypted file$"))
    )
