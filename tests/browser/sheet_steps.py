"""What the browser tests do on the work sheet."""

import re
import time
from typing import TYPE_CHECKING, Any

from tests.browser.pages import PATIENCE, Lab, renew_notebook, run_all

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NOTEBOOK = "create-api-user.ipynb"
SCREENS: list[dict[str, Any]] = [
    {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
]


def open_sheet(page: "Page") -> "Locator":
    """Run the notebook, and wait until its sheet is alive."""
    run_all(page)
    return wait_for_sheet(page)


def renew_sheet(page: "Page", *, theme: str = "Light", mode: str = "doc") -> "Locator":
    """Open the notebook, or make its sheet anew, and wait until the sheet is alive."""
    renew_notebook(page, NOTEBOOK, theme=theme, mode=mode)
    return wait_for_sheet(page)


def open_in_page(page: "Page") -> "Locator":
    """Open the sheet in the guide's page, and wait until it is alive."""
    page.get_by_role("button", name="Open the form in this page").click()
    return wait_for_sheet(page)


def wait_for_sheet(page: "Page") -> "Locator":
    sheet = page.locator(".apiuser-sheet").last
    sheet.locator("fieldset:enabled h2").wait_for()
    return sheet


def press(sheet: "Locator", name: str | re.Pattern[str]) -> None:
    sheet.get_by_role("button", name=name).first.click()


def open_stage(sheet: "Locator", title: str) -> None:
    """Look at another stage, by its button in the line of stages."""
    stages = sheet.get_by_role("navigation", name="Stages")
    stages.get_by_role("button", name=title).click()
    wait_for_stage(sheet, title)


def wait_for_stage(sheet: "Locator", title: str) -> None:
    sheet.locator(".aus-stages .aus-now", has_text=title).wait_for()


def hear_all(sheet: "Locator") -> None:
    """Wait until all that was pressed before is answered, in the stage Fill in."""
    press(sheet, "Generate: Username (Key)")
    sheet.get_by_text("Not compared with any names").first.wait_for()


def wait_until_kept(page: "Page", lab: "Lab", text: str) -> None:
    """Wait until the work that was kept holds a text."""
    deadline = time.monotonic() + PATIENCE / 1000
    # A draft, whose name begins with a dot, may be gone before it is read.
    while not any(text in file.read_text() for file in lab.folder.glob("work/[!.]*")):
        assert time.monotonic() < deadline
        page.wait_for_timeout(50)


def choose(sheet: "Locator", integration: str) -> None:
    sheet.get_by_role("radio", name=integration).click()
    sheet.locator('[role=radio][aria-checked="true"]').wait_for()


def prepare(sheet: "Locator", tenant: str = "Sample MSP") -> None:
    choose(sheet, "Presh via Zapier")
    sheet.get_by_label("Tenant", exact=True).fill(tenant)
    sheet.get_by_role("textbox", name="Username ends with").fill("@sample.example.com")
    press(sheet, "Start filling in")
    wait_for_stage(sheet, "Fill in")


def generate(sheet: "Locator") -> str:
    press(sheet, "Generate key and secret")
    sheet.get_by_text("characters, follows every rule").first.wait_for()
    return sheet.get_by_role("textbox", name="Username (Key)").input_value()


def copy_next(sheet: "Locator", page: "Page") -> str:
    """Copy the next value by its key, and return what the clipboard holds."""
    label = sheet.locator("[data-press=next]").inner_text()
    page.keyboard.press("Alt+c")
    wait_for_next(page, label)
    return read_clipboard(page)


def wait_for_next(page: "Page", label: str) -> None:
    """Wait until another value comes next, or none is left."""
    page.wait_for_function(
        "label => (next => next.hidden || next.innerText !== label)"
        "(document.querySelector('[data-press=next]'))",
        arg=label,
    )


def reveal(sheet: "Locator") -> str:
    press(sheet, "Reveal Password (Secret)")
    shown = sheet.locator(".aus-kind-secret code").filter(has_not_text="\u2022")
    return shown.inner_text()


def generate_secret(sheet: "Locator") -> None:
    sheet.get_by_role("button", name="Generate: ").click()
    sheet.get_by_text("characters, follows every rule").first.wait_for()


def read_clipboard(page: "Page") -> str:
    return str(page.evaluate("() => navigator.clipboard.readText()"))


def finish(sheet: "Locator") -> None:
    """Go from the filled page to the end, with the secret written down by hand."""
    press(sheet, "Reveal Password (Secret)")
    sheet.get_by_text("Shown for one minute").first.wait_for()
    press(sheet, "Check before saving")
    wait_for_stage(sheet, "Store and save")
    sheet.get_by_role("checkbox").check()
    press(sheet, "I pressed Save & Close")
    wait_for_stage(sheet, "Test")
    press(sheet, "It works")
    wait_for_stage(sheet, "Hand over")
    press(sheet, re.compile("^Finish"))
    sheet.get_by_text("Finished. The secret is forgotten").first.wait_for()


def store_and_save(sheet: "Locator", file: str) -> None:
    press(sheet, "Check before saving")
    wait_for_stage(sheet, "Store and save")
    write_and_save(sheet, file)


def write_and_save(sheet: "Locator", file: str) -> None:
    sheet.get_by_label("Encrypted file", exact=True).fill(file)
    press(sheet, "Write")
    sheet.get_by_text("KeePass database").first.wait_for()
    press(sheet, "Reveal the passphrase")
    sheet.locator("input[type=checkbox]:checked").wait_for()
    press(sheet, "I pressed Save & Close")
    wait_for_stage(sheet, "Test")
