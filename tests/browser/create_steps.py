"""How a consultant works through the steps to create an API user."""

from pathlib import Path
from typing import TYPE_CHECKING

from apiuser.howto import STEPS, Job
from tests.browser.pages import depict, shoot

if TYPE_CHECKING:
    from playwright.sync_api import Page


NOTEBOOK = "create-api-user.ipynb"
STEPS_TO_CREATE = STEPS[Job.CREATE]


def wait_for_step(page: "Page", code: str) -> None:
    number = [step.code for step in STEPS_TO_CREATE].index(code) + 1
    page.get_by_text(f"Step {number} of {len(STEPS_TO_CREATE)}").wait_for()


def finish_step(page: "Page", code: str) -> None:
    wait_for_step(page, code)
    theme = page.locator("body").get_attribute("data-jp-theme-light")
    shoot(page, f"create-{code}-{'light' if theme == 'true' else 'dark'}")
    page.get_by_role("button", name="Done, next step").click()


def prepare(page: "Page") -> None:
    finish_step(page, "prepare")
    finish_step(page, "policy")
    page.get_by_label("An existing API username").fill("abc123@example.com")
    finish_step(page, "names")


def enter_general(page: "Page") -> None:
    page.get_by_label("The New API User page is open").check()
    finish_step(page, "open")
    page.get_by_label("Active is ticked").check()
    finish_step(page, "general")
    page.get_by_label("Security Level").first.fill("API User (system) (API-only)")
    finish_step(page, "level")
    finish_step(page, "formats")


def make_credentials(page: "Page") -> tuple[str, str]:
    """Generate both, and return them as a person would see and copy them."""
    page.get_by_role("button", name="Generate Key").click()
    page.get_by_text("A free key was generated").wait_for()
    depict(page, "create-form")
    key = page.get_by_label("Username (Key)").first.input_value()
    finish_step(page, "key")
    page.get_by_role("button", name="Generate Secret").click()
    page.get_by_text("A secret was generated").wait_for()
    page.get_by_role("button", name="Copy Password (Secret)").click()
    page.get_by_text("Copied.").wait_for()
    secret = str(page.evaluate("() => navigator.clipboard.readText()"))
    page.get_by_role("button", name="Reveal Password (Secret)").click()
    page.get_by_text(secret).wait_for()
    finish_step(page, "secret")
    return key, secret


def enter_rest_and_save(page: "Page") -> None:
    finish_step(page, "identifier")
    finish_step(page, "lines")
    page.get_by_label("The key and the secret are copied and stored").check()
    finish_step(page, "store")
    page.get_by_label("Saved without a message").check()
    finish_step(page, "save")
    page.get_by_label("The target application's own test").check()
    finish_step(page, "test")


def hand_over(page: "Page", record: Path, work: str) -> None:
    wait_for_step(page, "handover")
    page.get_by_role("button", name="Write the encrypted file").click()
    page.get_by_text("Written: ").wait_for()
    shoot(page, "create-handover")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the record (HTML)").click()
    download.value.save_as(record)
    page.get_by_label("File of this checklist").fill(work)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text(f"Saved to {work}").wait_for()
    page.get_by_role("button", name="Done", exact=True).click()
    page.get_by_text("Every step is done.").wait_for()
