"""After the save a consultant copies the command that compares the exports."""

from typing import TYPE_CHECKING

from tests.browser.pages import Lab, open_notebook, run_command, shoot
from tests.browser.sheet_steps import (
    NOTEBOOK,
    generate,
    open_sheet,
    prepare,
    press,
    read_clipboard,
    wait_for_stage,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_the_command_is_copied_with_the_new_username(page: "Page", lab: Lab) -> None:
    for kept in (*lab.folder.glob("work/*"), *lab.folder.glob("tenants/*")):
        kept.unlink()
    open_notebook(page, NOTEBOOK, mode="doc")
    sheet = open_sheet(page)
    prepare(sheet)
    key = generate(sheet)
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
    run_command(page, "apputils:change-theme", {"theme": "JupyterLab Dark"})
    page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
    shoot(page, "compare-card-dark", widths=(1280, 390))
