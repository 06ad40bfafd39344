"""After the save a consultant copies the command that compares the exports."""

from typing import TYPE_CHECKING

from tests.browser.pages import Lab, choose_theme, shoot
from tests.browser.sheet_steps import (
    generate,
    prepare,
    press,
    read_clipboard,
    renew_sheet,
    wait_for_stage,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_the_command_is_copied_with_the_new_username(page: "Page", lab: Lab) -> None:
    for kept in (*lab.folder.glob("work/*"), *lab.folder.glob("tenants/*")):
        kept.unlink()
    sheet = renew_sheet(page)
    prepare(sheet)
    key = generate(sheet)
    press(sheet, "Reveal Password (Secret)")
    sheet.get_by_text("Shown for one minute").first.wait_for()
    press(sheet, "Check before saving")
    wait_for_stage(sheet, "Store and save")
    sheet.get_by_role("checkbox").check()
    press(sheet, "I pressed Save & Close")
    wait_for_stage(sheet, "Test")

    sheet.get_by_text("Compare exports").click()
    press(sheet, "Copy the command")
    sheet.get_by_text("Copied.").first.wait_for()

    command = read_clipboard(page)
    assert command.startswith(f"apiuser compare BEFORE AFTER --expect {key}")
    shoot(page, "compare-card-light", widths=(1280, 390))
    choose_theme(page, "Dark")
    shoot(page, "compare-card-dark", widths=(1280, 390))
