"""What is named in one stage and entered in another is one press away."""

from typing import TYPE_CHECKING

from tests.browser.page_steps import open_anew
from tests.browser.sheet_steps import choose, open_stage, press, wait_for_stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOCUSED = "() => document.activeElement.labels?.[0]?.innerText"
LONGEST = "Longest secret the application accepts"


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
