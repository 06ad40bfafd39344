"""Focus and view follow what was done, and what is said is seen."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.pages import end_kernel, open_notebook, resize, shoot
from tests.browser.sheet_steps import (
    NOTEBOOK,
    copy_next,
    generate,
    open_sheet,
    open_stage,
    prepare,
    press,
)

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PHONE = (464, 844)  # the form as wide as on a phone by itself
FOCUSED = "() => document.activeElement.dataset.press ?? document.activeElement.tagName"


@pytest.fixture
def sheet(page: "Page") -> "Locator":
    open_notebook(page, NOTEBOOK, mode="doc")
    sheet = open_sheet(page)
    prepare(sheet)
    generate(sheet)
    return sheet


def press_last_copy(sheet: "Locator", page: "Page") -> str:
    """Copy all values, the last one by its button and Enter; tell what has the focus."""
    following = sheet.locator("[data-press=next]")
    while (
        sheet.locator(".aus-tools [data-press^='copy:']:not(.aus-copied)").count() > 1
    ):
        copy_next(sheet, page)
    following.focus()
    page.keyboard.press("Enter")
    following.wait_for(state="hidden")
    return str(page.evaluate(FOCUSED))


def is_above_foot(sheet: "Locator", part: "Locator") -> bool:
    foot = sheet.locator(".aus-foot").bounding_box()
    box = part.bounding_box()
    assert foot
    assert box
    return box["y"] >= 0 and box["y"] + box["height"] <= foot["y"]


def test_the_focus_stays_where_the_work_goes_on(page: "Page", sheet: "Locator") -> None:
    filled = press_last_copy(sheet, page)
    open_stage(sheet, "Test")
    tested = press_last_copy(sheet, page)
    answer = sheet.get_by_role("button", name="401")
    answer.focus()
    page.keyboard.press("Enter")
    sheet.locator(".aus-answers ol > li").first.wait_for()

    assert (filled, tested) == ("primary", "primary")
    assert page.evaluate(FOCUSED) == "answer:401"


def test_the_causes_of_an_answer_come_into_view_on_a_phone(
    page: "Page", sheet: "Locator"
) -> None:
    resize(page, *PHONE)
    open_stage(sheet, "Test")

    sheet.get_by_role("button", name="401").click()
    cause = sheet.locator(".aus-answers ol > li").first
    cause.wait_for()
    page.wait_for_timeout(300)

    assert is_above_foot(sheet, cause)
    shoot(page, "causes", widths=(464,))


def test_an_answer_is_recorded_by_a_press_of_its_own(
    page: "Page", sheet: "Locator"
) -> None:
    tested = sheet.get_by_role("row", name="Tested")
    open_stage(sheet, "Test")
    press(sheet, "401")
    given = sheet.get_by_role("button", name="Record this answer")
    given.wait_for()
    shoot(page, "answer-read")
    open_stage(sheet, "Hand over")
    read = tested.inner_text()

    open_stage(sheet, "Test")
    given.focus()
    page.keyboard.press("Enter")
    sheet.locator('[data-press="answered:401"][aria-pressed=true]').wait_for()
    focused = page.evaluate(FOCUSED)
    shoot(page, "answer-given")
    open_stage(sheet, "Hand over")

    assert "not yet" in read
    assert focused == "answered:401"
    assert "401" in tested.inner_text()


def test_that_the_kernel_has_ended_is_seen_from_the_end_of_the_form(
    page: "Page", sheet: "Locator"
) -> None:
    resize(page, *PHONE)
    sheet.locator(".aus-card").last.scroll_into_view_if_needed()

    end_kernel(page)
    banner = sheet.locator(".aus-banner")
    banner.get_by_text("Your entries are kept; the secret is not.").wait_for()

    assert is_above_foot(sheet, banner)
    box = banner.bounding_box()
    assert box
    assert page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('.aus-banner') !== null",
        [box["x"] + 20, box["y"] + 4],
    )
    shoot(page, "ended", widths=(464,))
