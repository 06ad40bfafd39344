"""Where a browser lets no page look into the clipboard, a button clears it."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.browsers import chromium_only
from tests.browser.page_steps import open_anew
from tests.browser.sheet_steps import (
    generate_secret,
    open_stage,
    press,
    read_clipboard,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

# A browser that would ask first, and one that knows no such permission.
ASKS = "navigator.permissions.query = async () => ({ state: 'prompt' });"
UNKNOWN = "navigator.permissions.query = async () => { throw new TypeError(); };"
LOOKS_IN_VAIN = "navigator.clipboard.readText = async () => { throw new Error(); };"
KEEPS = "navigator.clipboard.writeText = async () => { throw new Error(); };"


@chromium_only
@pytest.mark.parametrize("stand", [ASKS, UNKNOWN], ids=["asks", "unknown"])
def test_a_clear_button_empties_a_clipboard_that_the_page_cannot_read(
    form_page: "Page", stand: str
) -> None:
    sheet = open_anew(form_page, "?job=rotate")
    generate_secret(sheet)
    form_page.evaluate(f"() => {{ {stand} }}")
    form_page.clock.install()
    press(sheet, "Copy Password (Secret)")
    sheet.get_by_text("Press Clear clipboard after pasting").first.wait_for()
    form_page.clock.fast_forward(31_000)
    held = read_clipboard(form_page)
    press(sheet, "Clear clipboard")
    sheet.get_by_text("Clipboard cleared").first.wait_for()
    left = read_clipboard(form_page)
    buttons = sheet.get_by_role("button", name="Clear clipboard").count()

    assert len(held) == 25
    assert (left, buttons) == ("", 0)


@chromium_only
def test_a_clear_button_is_offered_if_the_clipboard_cannot_be_read(
    form_page: "Page",
) -> None:
    sheet = open_anew(form_page, "?job=rotate")
    generate_secret(sheet)
    form_page.clock.install()
    press(sheet, "Copy Password (Secret)")
    sheet.get_by_text("Cleared in 30 seconds").first.wait_for()
    form_page.evaluate(f"() => {{ {LOOKS_IN_VAIN} }}")
    form_page.clock.fast_forward(31_000)
    sheet.get_by_text("could not be read; press Clear clipboard").first.wait_for()
    press(sheet, "Clear clipboard")
    sheet.get_by_text("Clipboard cleared").first.wait_for()


@chromium_only
def test_a_clear_button_goes_along_to_a_stage_that_shows_no_secret(
    form_page: "Page",
) -> None:
    sheet = open_anew(form_page, "?job=rotate")
    generate_secret(sheet)
    form_page.evaluate(f"() => {{ {LOOKS_IN_VAIN} }}")
    form_page.clock.install()
    press(sheet, "Copy Password (Secret)")
    sheet.get_by_text("Cleared in 30 seconds").first.wait_for()
    open_stage(sheet, "Store and swap")
    form_page.clock.fast_forward(31_000)
    clear = sheet.get_by_role("button", name="Clear clipboard")
    clear.wait_for()
    open_stage(sheet, "Test and hand over")
    clear.click()
    sheet.get_by_text("Clipboard cleared").first.wait_for(state="attached")
    buttons = clear.count()

    assert buttons == 0


@chromium_only
def test_a_clear_button_stays_if_the_browser_refuses_to_clear(
    form_page: "Page",
) -> None:
    sheet = open_anew(form_page, "?job=rotate")
    generate_secret(sheet)
    form_page.evaluate(f"() => {{ {ASKS} {KEEPS} }}")
    press(sheet, "Copy Password (Secret)")
    sheet.get_by_text("Press Clear clipboard after pasting").first.wait_for()
    press(sheet, "Clear clipboard")
    sheet.get_by_text("did not allow clearing; press Clear clipboard").first.wait_for()
    buttons = sheet.get_by_role("button", name="Clear clipboard").count()

    assert buttons == 1
