"""What a person types and presses counts, however late the kernel's answer comes."""

from typing import TYPE_CHECKING

from tests.browser.browsers import chromium_only
from tests.browser.pages import Lab, count_cells, resize, shoot
from tests.browser.sheet_steps import (
    generate,
    open_stage,
    prepare,
    press,
    renew_sheet,
    wait_for_stage,
    wait_until_kept,
)
from tests.planted import SECRETS

if TYPE_CHECKING:
    from playwright.sync_api import Page

# An observer hears of a change as soon as the script that made it has ended.
SEE_FOCUS = """() => {
  const sheet = [...document.querySelectorAll(".apiuser-sheet")].at(-1);
  new MutationObserver((_, observer) => {
    if (!sheet.querySelector(".aus-card-general")) return;
    window.focused = document.activeElement.tagName;
    observer.disconnect();
  }).observe(sheet, { childList: true, subtree: true });
}"""
# Before the answer to the press can arrive somebody types on.
PRESS_AND_TYPE = """input => {
  const buttons = [...input.closest(".apiuser-sheet").querySelectorAll("button")];
  buttons.find(one => one.textContent.startsWith("Generate key")).click();
  input.value = "Late";
  input.dispatchEvent(new Event("input", { bubbles: true }));
}"""

# What the page sends to the kernel from now on.
LISTEN = """() => {
  const { send } = WebSocket.prototype;
  window.sent = [];
  WebSocket.prototype.send = function (data) {
    window.sent.push(typeof data === "string" ? data : new TextDecoder().decode(data));
    return send.call(this, data);
  };
  window.stopListening = () => {
    WebSocket.prototype.send = send;
    return window.sent.join();
  };
}"""
# Before the answer to the first click can come the box is as it was.
CLICK_TWICE = "box => { box.click(); box.click(); }"
PRESS_TWO = """stages => {
  const [first, second] = [...stages.querySelectorAll("button")];
  first.click();
  second.click();
}"""


def test_nothing_typed_while_an_answer_is_on_its_way_is_lost(
    page: "Page", lab: Lab
) -> None:
    sheet = renew_sheet(page)
    page.evaluate(SEE_FOCUS)
    prepare(sheet)
    assert page.evaluate("() => window.focused") == "H2"
    name = sheet.get_by_role("textbox", name="First Name")
    name.evaluate(PRESS_AND_TYPE)
    sheet.get_by_text("characters, follows every rule").first.wait_for()

    assert name.input_value() == "Late"


def test_a_press_counts_when_what_was_typed_is_answered_before_it_is_let_go(
    page: "Page", lab: Lab
) -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    sheet.get_by_role("textbox", name="First Name").fill("Sloth")
    stages = sheet.get_by_role("navigation", name="Stages")
    stages.get_by_role("button", name="Prepare").hover()

    page.mouse.down()
    wait_until_kept(page, lab, "Sloth")
    page.mouse.up()

    wait_for_stage(sheet, "Prepare")


def test_no_button_moves_when_a_box_is_left(page: "Page", lab: Lab) -> None:
    sheet = renew_sheet(page)
    button = sheet.get_by_role("button", name="Start filling in")
    box = sheet.get_by_role("textbox", name="Username ends with")
    notice = sheet.get_by_text("Not known. Generate Key")
    notice.wait_for()
    before = button.bounding_box()

    box.fill("@sample.example.com")
    box.press("Tab")
    notice.wait_for(state="detached")
    left = button.bounding_box()
    sheet.get_by_role("heading").first.click()
    after = button.bounding_box()

    assert left == before
    assert before
    assert after
    assert after["y"] < before["y"]


def test_a_refusal_goes_when_the_former_value_is_typed_again(
    page: "Page", lab: Lab
) -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    box = sheet.get_by_role("textbox", name="Last Name")
    refusal = sheet.locator(".aus-states", has_text="Not accepted")
    before = box.input_value()

    box.fill(SECRETS[0])
    refusal.wait_for()
    box.fill(before)
    refusal.wait_for(state="detached")

    assert box.input_value() == before


@chromium_only
def test_a_field_has_its_value_again_after_the_secret_was_pasted_over_it(
    page: "Page", lab: Lab
) -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    generate(sheet)
    box = sheet.get_by_role("textbox", name="Last Name")
    before = box.input_value()

    press(sheet, "Copy Password (Secret)")
    sheet.get_by_text("Cleared in 30 seconds").first.wait_for()
    box.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+V")
    sheet.get_by_text("Removed: that is").first.wait_for()

    # The words come a moment before the value, and no report may hold the secret.
    page.wait_for_function(
        "([box, before]) => box.value === before", arg=[box.element_handle(), before]
    )
    assert before


def test_what_another_job_clears_is_asked_below_the_bar(page: "Page", lab: Lab) -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    sheet.get_by_role("textbox", name="First Name").fill("Sloth")
    bar = sheet.locator(".aus-jobs")
    asked = sheet.get_by_text("Press again to go on")

    for width in (1280, 390):
        resize(page, width)
        before = bar.bounding_box()
        assert before
        bar.get_by_role("button", name="Edit").click()
        asked.first.wait_for()
        said = sheet.locator(".aus-top").get_by_text("Press again to go on")
        place = said.bounding_box()
        assert place
        assert bar.bounding_box() == before
        assert 0 <= place["y"] - before["y"] - before["height"] < 16
        assert "Press again" in sheet.get_by_role("status").last.inner_text()
        sheet.get_by_role("textbox", name="Last Name").fill(f"At {width}")
        sheet.get_by_role("navigation", name="Stages").get_by_text("Fill in").click()
        asked.first.wait_for(state="detached")


def test_another_press_before_the_first_is_answered_counts_too(
    page: "Page", lab: Lab
) -> None:
    sheet = renew_sheet(page)

    sheet.get_by_role("navigation", name="Stages").evaluate(PRESS_TWO)

    wait_for_stage(sheet, "Fill in")


def test_a_fix_leads_to_the_row_where_it_is_made(page: "Page", lab: Lab) -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    open_stage(sheet, "Test")
    sheet.get_by_role("button", name="401", exact=True).click()
    causes = sheet.locator(".aus-answers ol li")
    causes.first.wait_for()
    first = sheet.locator(".aus-answers > :not(.aus-buttons)").first
    assert first.evaluate("node => node.tagName") == "OL"

    sheet.get_by_text("more causes").click()
    sheet.get_by_role("button", name="Go to Integration Vendor").click()

    wait_for_stage(sheet, "Fill in")
    focused = "() => document.activeElement.labels?.[0]?.innerText"
    page.wait_for_function(f"() => ({focused})() === 'Integration Vendor'")

    open_stage(sheet, "Test")
    sheet.get_by_role("button", name="Go to Integration Vendor").wait_for()


def test_what_is_typed_beside_a_box_is_no_command_of_the_notebook(
    page: "Page",
) -> None:
    sheet = renew_sheet(page, mode="lab")
    prepare(sheet)
    cells = count_cells(page)

    for place in (".aus-lead", ".aus-row small:visible", ".aus-grow"):
        sheet.locator(place).first.click(position={"x": 2, "y": 2})
        for key in ("r", "a", "x", "d", "d", "0", "0", "Delete"):
            page.keyboard.press(key)

    assert sheet.get_by_role("textbox", name="Last Name").is_editable()
    assert count_cells(page) == cells
    assert page.locator(".jp-RawCell").count() == 0


def test_no_key_of_the_notebook_takes_the_form_away(page: "Page") -> None:
    sheet = renew_sheet(page, mode="lab")
    prepare(sheet)
    page.locator(".jp-InputPrompt, .jp-OutputPrompt").last.click()

    for key in ("x", "d", "d", "Delete", "r"):
        page.keyboard.press(key)
    page.get_by_role("dialog").get_by_text("read-only").first.wait_for()
    page.keyboard.press("Escape")

    assert sheet.get_by_role("textbox", name="Last Name").is_editable()


def test_what_an_application_said_is_looked_up_and_sent_sealed(page: "Page") -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    open_stage(sheet, "Test")
    press(sheet, "Something else")
    said = sheet.get_by_role("textbox", name="What it said")

    said.fill("blue elephants")
    said.press("Enter")
    sheet.get_by_text("No answer known here").first.wait_for()
    shoot(page, "something-else")
    page.evaluate(LISTEN)
    said.fill(f"Unauthorized for {SECRETS[0]}")
    press(sheet, "Find")

    sheet.get_by_role("button", name="401", pressed=True).wait_for()
    said.wait_for(state="detached")
    sent = page.evaluate("() => window.stopListening()")
    assert "typed" in sent
    assert SECRETS[0] not in sent
    assert "Unauthorized" not in sent


def test_a_tick_that_is_taken_back_before_it_is_answered_is_none(
    page: "Page",
) -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    open_stage(sheet, "Store and save")
    stored = sheet.get_by_role("checkbox")

    stored.evaluate(CLICK_TWICE)
    open_stage(sheet, "Fill in")
    open_stage(sheet, "Store and save")

    assert not stored.is_checked()
