"""What is named in one stage and entered in another is one press away."""

from typing import TYPE_CHECKING

from tests.browser.page_steps import open_anew
from tests.browser.sheet_steps import choose, open_stage, press, wait_for_stage

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

FOCUSED = "() => document.activeElement.labels?.[0]?.innerText"
LONGEST = "Longest secret the application accepts"


def find_top(part: "Locator") -> float:
    return float(part.evaluate("part => part.getBoundingClientRect().top"))


def find_bottom(part: "Locator") -> float:
    return float(part.evaluate("part => part.getBoundingClientRect().bottom"))


def test_a_finding_about_the_suffix_leads_to_the_row_where_it_is_entered(
    form_page: "Page",
) -> None:
    sheet = open_anew(form_page)
    choose(sheet, "Presh via Zapier")
    press(sheet, "Start filling in")
    wait_for_stage(sheet, "Fill in")
    sheet.get_by_role("textbox", name="Username (Key)").fill("sample4key")

    press(sheet, "Go to Username ends with")

    wait_for_stage(sheet, "Prepare")
    form_page.wait_for_function(f"() => ({FOCUSED})() === 'Username ends with'")


def test_the_fix_of_an_answer_leads_to_the_stage_where_it_is_made(
    form_page: "Page",
) -> None:
    sheet = open_anew(form_page)
    choose(sheet, "Presh via Zapier")
    open_stage(sheet, "Test")
    press(sheet, "401")

    press(sheet, "Go to Password (Secret)")

    wait_for_stage(sheet, "Fill in")


def test_an_open_point_of_a_stage_before_leads_there(form_page: "Page") -> None:
    sheet = open_anew(form_page)
    choose(sheet, "Presh via Zapier")
    press(sheet, "Change: Password rules")
    sheet.get_by_role("textbox", name=LONGEST).fill("none")
    press(sheet, "Close: Password rules")
    open_stage(sheet, "Hand over")
    press(sheet, "Finish: forget the secret")
    points = sheet.get_by_role("group", name="Open points")

    points.get_by_role("button", name="Username (Key)").click()
    wait_for_stage(sheet, "Fill in")
    form_page.wait_for_function(f"() => ({FOCUSED})() === 'Username (Key)'")

    open_stage(sheet, "Hand over")
    press(sheet, "Finish: forget the secret")
    points.get_by_role("button", name=LONGEST).click()
    wait_for_stage(sheet, "Prepare")
    form_page.wait_for_function(f"() => ({FOCUSED})() === '{LONGEST}'")


def test_what_an_edit_asks_is_beside_what_it_is_about(form_page: "Page") -> None:
    sheet = open_anew(form_page, "?job=edit")
    form_page.set_viewport_size({"width": 1280, "height": 900})
    foot = sheet.locator(".aus-foot")
    first = sheet.get_by_role("checkbox").first
    opened = sheet.get_by_text("and the API user in Edit mode")

    sheet.get_by_role(
        "heading", name="What needs to change?"
    ).scroll_into_view_if_needed()
    in_view = find_bottom(opened) <= find_top(foot)
    press(sheet, "Start filling in")
    asked = sheet.locator(".aus-states", has_text="Tick at least one change.")
    asked.wait_for()

    assert in_view
    assert 0 <= find_top(first) - find_bottom(asked) < 16
    assert 0 <= find_top(asked) - find_bottom(sheet.locator(".aus-faults")) < 32
