"""A consultant creates an API user in a real JupyterLab, and nothing keeps the secret."""

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from apiuser.checklist import resume
from tests.browser.pages import Lab, count_cells, open_notebook, run_all, save
from tests.kdbx_reader import read_kdbx
from tests.planted import PASSPHRASES

if TYPE_CHECKING:
    from playwright.sync_api import Page
from tests.browser.create_steps import (
    NOTEBOOK,
    STEPS_TO_CREATE,
    enter_general,
    enter_rest_and_save,
    hand_over,
    make_credentials,
    prepare,
    wait_for_step,
)


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_a_consultant_works_through_to_the_record(
    page: "Page", lab: Lab, theme: str, tmp_path: Path
) -> None:
    record = tmp_path / "record.html"
    open_notebook(page, NOTEBOOK, theme=theme)
    run_all(page)

    prepare(page)
    enter_general(page)
    key, secret = make_credentials(page)
    enter_rest_and_save(page)
    hand_over(page, record, f"{theme}.json")
    save(page)

    assert re.fullmatch("[a-z0-9]{15}", key)
    assert len(secret) == 25
    assert f"{key}@example.com" in record.read_text(encoding="utf-8")
    work = resume(lab.folder / f"{theme}.json")
    written = lab.folder.parent / f"{key}-handover.kdbx"
    assert written.stat().st_mode & 0o777 == 0o600
    assert work.values["username"] == key
    notebook = (lab.folder / NOTEBOOK).read_text(encoding="utf-8")
    assert "widget-state+json" in notebook
    assert find_files_with(secret, lab.folder.parent) == []
    assert find_files_with(secret, tmp_path) == []


def test_another_job_is_started_and_saved_work_resumed(page: "Page") -> None:
    open_notebook(page, NOTEBOOK)
    run_all(page)
    wait_for_step(page, "prepare")
    page.get_by_label("Tenant").fill("Sample MSP")
    page.get_by_role("button", name="Done, next step").click()
    wait_for_step(page, "policy")
    page.get_by_label("File of this checklist").fill("resumed.json")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved to resumed.json").wait_for()

    page.get_by_label("Job").select_option("Rotate a secret")
    page.get_by_role("button", name="Start anew").click()
    page.get_by_role("button", name="Start anew").click()
    page.get_by_text("Step 1 of 9").wait_for()
    page.get_by_role("button", name="Resume").click()
    wait_for_step(page, "policy")
    page.get_by_role("button", name="Back").click()

    assert page.get_by_label("Tenant").input_value() == "Sample MSP"


@pytest.mark.parametrize(
    ("limit", "said"), [("abc", "Enter a whole number above 0."), ("8", "SEC002")]
)
def test_a_limit_that_cannot_be_blocks_its_step(
    page: "Page", limit: str, said: str
) -> None:
    open_notebook(page, NOTEBOOK)
    run_all(page)
    wait_for_step(page, "prepare")
    page.get_by_role("button", name="Done, next step").click()
    wait_for_step(page, "policy")

    page.get_by_label("Longest secret the application takes").fill(limit)
    page.get_by_role("button", name="Done, next step").click()

    page.get_by_role("status").get_by_text(said).wait_for()
    wait_for_step(page, "policy")


def test_keys_pressed_on_a_button_leave_the_notebook_alone(page: "Page") -> None:
    open_notebook(page, NOTEBOOK)
    run_all(page)
    wait_for_step(page, "prepare")
    cells = count_cells(page)

    for button in ("Done, next step", "Start anew"):
        page.get_by_role("button", name=button).focus()
        for key in ("d", "d", "b", "a", "x"):
            page.keyboard.press(key)

    assert count_cells(page) == cells
    wait_for_step(page, "prepare")


def test_the_form_can_be_worked_by_keyboard_alone(page: "Page") -> None:
    open_notebook(page, NOTEBOOK)
    run_all(page)
    wait_for_step(page, "prepare")

    page.get_by_label("Tenant").focus()
    page.keyboard.type("Sample MSP")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.innerText") == "Done, next step":
            break
    page.keyboard.press("Enter")

    wait_for_step(page, "policy")


def test_every_input_of_every_step_has_a_name(page: "Page") -> None:
    open_notebook(page, NOTEBOOK)
    run_all(page)
    for number, step in enumerate(STEPS_TO_CREATE, start=1):
        page.get_by_role("button", name=re.compile(f"^{number} ")).click()
        wait_for_step(page, step.code)

        nameless = page.evaluate(
            """() => [...document.querySelectorAll(
              '.apiuser-form :is(input, select, textarea, button)')]
              .filter(e => e.checkVisibility())
              .filter(e => !(e.labels?.length || e.getAttribute('aria-label')
                || e.textContent.trim()))
              .map(e => e.outerHTML)"""
        )
        assert nameless == []


def go_to(page: "Page", code: str) -> None:
    number = [step.code for step in STEPS_TO_CREATE].index(code) + 1
    page.get_by_role("button", name=re.compile(f"^{number} ")).click()
    wait_for_step(page, code)


def generate_both(page: "Page") -> str:
    """Generate key and secret, reveal the secret and return it."""
    open_notebook(page, NOTEBOOK)
    run_all(page)
    go_to(page, "key")
    page.get_by_role("button", name="Generate Key").click()
    page.get_by_text("A free key was generated").wait_for()
    go_to(page, "secret")
    page.get_by_role("button", name="Generate Secret").click()
    page.get_by_text("A secret was generated").wait_for()
    page.get_by_role("button", name="Reveal Password (Secret)").click()
    shown = page.locator("code.apiuser-shown")
    shown.wait_for()
    return shown.inner_text()


def test_after_a_reload_nothing_of_the_secret_is_left(page: "Page", lab: Lab) -> None:
    secret = generate_both(page)
    save(page)
    shown_before = secret in page.content()

    page.reload()
    wait_for_step(page, "secret")
    box = page.get_by_role("group", name="Password (Secret)")
    box.get_by_text("\u2022").wait_for()

    held = page.evaluate(
        """async () => JSON.stringify([
          document.documentElement.outerHTML,
          [...document.querySelectorAll("input, textarea")].map(e => e.value),
          localStorage, sessionStorage, history.state, location.href,
          (await indexedDB.databases()).map(database => database.name),
          await Promise.all((await indexedDB.databases()).map(({ name }) =>
            new Promise((resolve, reject) => {
              const opening = indexedDB.open(name);
              opening.onerror = () => reject(opening.error);
              opening.onsuccess = async () => {
                const database = opening.result;
                const stores = [...database.objectStoreNames].map(store =>
                  new Promise((done, fail) => {
                    const asked = database.transaction(store).objectStore(store)
                      .getAll();
                    asked.onsuccess = () => done(asked.result);
                    asked.onerror = () => fail(asked.error);
                  }));
                resolve(await Promise.all(stores));
                database.close();
              };
            })))])"""
    )
    save(page)
    assert shown_before
    assert len(held) > 10_000
    assert secret not in held
    assert secret not in (lab.folder / NOTEBOOK).read_text(encoding="utf-8")
    assert find_files_with(secret, lab.folder.parent) == []


def test_a_typed_passphrase_opens_the_file_and_stays_nowhere(
    page: "Page", lab: Lab, tmp_path: Path
) -> None:
    secret = generate_both(page)
    go_to(page, "handover")
    page.get_by_label("Passphrase", exact=True).select_option("my own, typed twice")
    page.get_by_label("File", exact=True).fill(str(tmp_path / "new.kdbx"))
    page.get_by_label("Type or paste: My passphrase", exact=True).fill(PASSPHRASES[0])
    again = page.get_by_label("Type or paste: My passphrase, again")
    again.fill(PASSPHRASES[1])

    page.get_by_role("button", name="Write the encrypted file").click()
    page.get_by_text("The two entries of the passphrase differ.").wait_for()
    again.fill(PASSPHRASES[0])
    page.get_by_role("button", name="Write the encrypted file").click()
    page.get_by_text("Written: ").wait_for()
    save(page)

    entry = read_kdbx((tmp_path / "new.kdbx").read_bytes(), PASSPHRASES[0])
    assert entry["Password"] == secret
    assert again.input_value() == ""
    assert find_files_with(PASSPHRASES[0], lab.folder.parent) == []


def find_files_with(secret: str, folder: Path) -> list[str]:
    """Find files that hold the secret as it is, as UTF-16 or inside base64."""
    needles = [secret.encode(), secret.encode("utf-16-le")]
    needles += [
        base64.b64encode(b"\0" * shift + secret.encode())[8:-8] for shift in range(3)
    ]
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]
