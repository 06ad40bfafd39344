"""Where a browser lets no page look into the clipboard, a button clears it."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.browsers import chromium_only
from tests.browser.page_steps import open_anew
from tests.browser.pages import run_command
from tests.browser.sheet_steps import (
    generate,
    generate_secret,
    open_stage,
    prepare,
    press,
    read_clipboard,
    renew_sheet,
    wait_for_stage,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

# A browser that would ask first, and one that knows no such permission.
ASKS = "navigator.permissions.query = async () => ({ state: 'prompt' });"
UNKNOWN = "navigator.permissions.query = async () => { throw new TypeError(); };"
LOOKS_IN_VAIN = "navigator.clipboard.readText = async () => { throw new Error(); };"
REFUSES = (
    "navigator.clipboard.write = navigator.clipboard.writeText ="
    " async () => { throw new DOMException('', 'NotAllowedError'); };"
)
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


@chromium_only
def test_the_clipboard_is_cleared_after_the_form_was_taken_off_the_page(
    fresh_page: "Page",
) -> None:
    sheet = renew_sheet(fresh_page)
    prepare(sheet)
    generate(sheet)
    fresh_page.clock.install()
    press(sheet, "Copy Password (Secret)")
    sheet.get_by_text("Cleared in 30 seconds").first.wait_for()
    held = read_clipboard(fresh_page)

    run_command(fresh_page, "notebook:clear-all-cell-outputs")
    sheet.wait_for(state="detached")
    fresh_page.clock.fast_forward(31_000)

    fresh_page.wait_for_function(
        "async () => (await navigator.clipboard.readText()) === ''"
    )
    assert len(held) == 25


def test_a_passphrase_that_could_not_be_copied_ticks_nothing(
    fresh_page: "Page",
) -> None:
    sheet = renew_sheet(fresh_page)
    prepare(sheet)
    generate(sheet)
    press(sheet, "Check before saving")
    wait_for_stage(sheet, "Store and save")
    sheet.get_by_label("Encrypted file", exact=True).fill("uncopied.kdbx")
    press(sheet, "Write")
    sheet.get_by_text("KeePass database").first.wait_for()
    fresh_page.evaluate(f"() => {{ {REFUSES} }}")

    press(sheet, "Copy the passphrase")
    sheet.get_by_text("did not allow copying").first.wait_for()
    press(sheet, "I pressed Save & Close")
    sheet.get_by_text("Reveal or copy the passphrase").first.wait_for()

    assert not sheet.get_by_role("checkbox").is_checked()
