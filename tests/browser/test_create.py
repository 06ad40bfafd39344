"""A consultant creates an API user in a real JupyterLab, and nothing keeps the secret."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from apiuser.checklist import Checklist
from apiuser.checklist import save as save_work
from tests.browser.browsers import chromium_only
from tests.browser.pages import (
    Lab,
    count_cells,
    depict,
    resize,
    save,
)
from tests.browser.sheet_steps import (
    NOTEBOOK,
    choose,
    copy_next,
    generate,
    hear_all,
    open_stage,
    prepare,
    press,
    renew_sheet,
    store_and_save,
    wait_for_stage,
    wait_until_kept,
)
from tests.browser.walking import find_wide
from tests.guide.pictured_forms import SAMPLES
from tests.leaks.searching import find_files_with
from tests.planted import SECRETS

if TYPE_CHECKING:
    from playwright.sync_api import Page

UNCOVERED = """button => {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  return button.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}"""


@chromium_only
@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_a_consultant_works_through_to_the_record(
    page: "Page", lab: Lab, theme: str, tmp_path: Path
) -> None:
    record = tmp_path / "record.html"
    sheet = renew_sheet(page, theme=theme, mode="lab")

    for export in SAMPLES:
        sheet.get_by_label("Choose exports").set_input_files(export)
        sheet.get_by_text(export.name).first.wait_for()
    prepare(sheet)
    key = generate(sheet)
    sheet.get_by_text(re.compile(r"^.*Free among \d+ names\.")).wait_for()
    depict(page, "create-form")
    copied = [copy_next(sheet, page) for _ in range(4)]
    press(sheet, "Copy Password (Secret)")
    sheet.get_by_text("Cleared in 30 seconds").first.wait_for()
    secret = str(page.evaluate("() => navigator.clipboard.readText()"))
    store_and_save(sheet, f"{theme}.kdbx")
    press(sheet, "It works")
    wait_for_stage(sheet, "Hand over")
    press(sheet, re.compile("^Finish"))
    sheet.get_by_text("Finished. The secret is forgotten").first.wait_for()
    with page.expect_download() as download:
        press(sheet, "Download record")
    name = download.value.suggested_filename
    sheet.get_by_text(f"Sent to your downloads: {name}").first.wait_for()
    download.value.save_as(record)
    save(page)

    assert copied == ["Presh", "Integration", "info@preshmarketingsolutions.com", key]
    assert re.fullmatch("[a-z0-9]{15}", key)
    assert len(secret) == 25
    assert f"{key}@sample.example.com" in record.read_text(encoding="utf-8")
    assert "not finished" not in record.read_text(encoding="utf-8")
    written = lab.folder.parent / f"{theme}.kdbx"
    assert written.stat().st_mode & 0o777 == 0o600
    notebook = (lab.folder / NOTEBOOK).read_text(encoding="utf-8")
    assert "widget-state+json" in notebook
    assert find_files_with(secret, lab.folder.parent) == []
    assert find_files_with(secret, tmp_path) == []


def test_keys_pressed_on_a_button_leave_the_notebook_alone(page: "Page") -> None:
    sheet = renew_sheet(page)
    cells = count_cells(page)

    for name in ("Start filling in", "Edit"):
        sheet.get_by_role("button", name=name, exact=True).focus()
        for key in ("d", "d", "b", "a", "x"):
            page.keyboard.press(key)

    assert count_cells(page) == cells
    wait_for_stage(sheet, "Prepare")


def test_the_sheet_is_worked_by_keyboard_from_open_to_finish(page: "Page") -> None:
    sheet = renew_sheet(page)

    def tab_to(label: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            found = page.evaluate(
                "() => (({ ariaLabel, labels, innerText }) => ariaLabel"
                " ?? labels?.[0]?.innerText ?? innerText ?? '')"
                "(document.activeElement).trim()"
            )
            if found.startswith(label):
                return
        pytest.fail(f"{label} is not reached by Tab")

    def press_by_key(label: str, following: str) -> None:
        tab_to(label)
        page.keyboard.press("Enter")
        wait_for_stage(sheet, following)

    sheet.get_by_role("button", name="Create", exact=True).focus()
    tab_to("Presh via Zapier")
    page.keyboard.press("Enter")
    sheet.locator('[role=radio][aria-checked="true"]').wait_for()
    tab_to("Tenant")
    page.keyboard.type("Sample MSP")
    tab_to("Username ends with")
    page.keyboard.type("@sample.example.com")
    press_by_key("Start filling in", "Fill in")
    tab_to("Generate key and secret")
    page.keyboard.press("Space")
    # Reveal is drawn with the answer; Tab would go past it, and on out of the page.
    sheet.get_by_text("characters, follows every rule").first.wait_for()
    tab_to("Reveal Password (Secret)")
    page.keyboard.press("Space")
    sheet.locator(".aus-kind-secret code").wait_for()
    press_by_key("Check before saving", "Store and save")
    tab_to("Key and secret are stored")
    page.keyboard.press("Space")
    press_by_key("I pressed Save & Close", "Test")
    press_by_key("It works", "Hand over")
    tab_to("Finish")
    page.keyboard.press("Enter")

    sheet.get_by_text("Finished. The secret is forgotten").first.wait_for()


def test_a_double_click_does_it_once(page: "Page") -> None:
    sheet = renew_sheet(page)
    choose(sheet, "Presh via Zapier")

    sheet.get_by_role("button", name="Start filling in").dblclick()
    wait_for_stage(sheet, "Fill in")
    hear_all(sheet)

    wait_for_stage(sheet, "Fill in")
    assert sheet.locator(".aus-faults:visible").count() == 0


def test_findings_are_under_their_fields_and_the_first_has_the_focus(
    page: "Page",
) -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    email = sheet.get_by_role("combobox", name="Email Address")
    email.fill("nobody")

    press(sheet, "Check before saving")

    sheet.get_by_text("3 things to look at").first.wait_for()
    assert email.get_attribute("aria-invalid") == "true"
    assert page.evaluate("() => document.activeElement.value") == "nobody"
    described = email.get_attribute("aria-describedby")
    assert (
        "Write the e-mail address" in page.locator(f"[id='{described}']").inner_text()
    )
    email.fill("somebody@example.com")
    sheet.get_by_text("2 things to look at").first.wait_for()


def test_a_secret_is_typed_slowly_and_taken_whole(page: "Page") -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    box = sheet.get_by_label("Password (Secret)", exact=True)

    box.press_sequentially(SECRETS[0][:6])
    page.wait_for_timeout(700)  # somebody looks at the paper that it stands on
    box.press_sequentially(SECRETS[0][6:])
    box.press("Tab")
    press(sheet, "Reveal Password (Secret)")

    sheet.get_by_text(SECRETS[0]).wait_for()


def test_a_revealed_secret_is_hidden_when_another_one_takes_its_place(
    page: "Page",
) -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    generate(sheet)
    press(sheet, "Reveal Password (Secret)")
    sheet.get_by_role("button", name="Hide Password (Secret)").wait_for()
    former = sheet.locator(".aus-kind-secret code").inner_text()

    press(sheet, "Generate: Password (Secret)")
    sheet.get_by_text("Warning: This replaces what you").wait_for()
    press(sheet, "Generate: Password (Secret)")

    sheet.get_by_text(former).wait_for(state="detached")
    press(sheet, "Reveal Password (Secret)")
    sheet.get_by_text("Shown for one minute").first.wait_for()
    assert sheet.locator(".aus-kind-secret code").inner_text() != former


def test_a_restarted_kernel_is_said_and_the_sheet_is_dead(page: "Page") -> None:
    sheet = renew_sheet(page)
    choose(sheet, "Presh via Zapier")

    page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
        ".then(() => null)"
    )

    sheet.locator("fieldset:disabled").wait_for()
    sheet.get_by_text("The kernel does not answer").first.wait_for()


def test_work_is_offered_again_in_a_new_sheet(page: "Page", lab: Lab) -> None:
    sheet = renew_sheet(page)
    prepare(sheet, "Sample Two")
    sheet.get_by_role("textbox", name="First Name").fill("Resumed")
    sheet.get_by_role("textbox", name="Last Name").focus()
    wait_until_kept(page, lab, "Resumed")

    sheet = renew_sheet(page)
    press(sheet, re.compile("^Go on with Create, Sample Two"))
    open_stage(sheet, "Fill in")

    assert sheet.get_by_role("textbox", name="First Name").input_value() == "Resumed"


def test_a_dropped_export_makes_a_taken_name_known(
    page: "Page", tmp_path: Path
) -> None:
    export = tmp_path / "inactive.csv"
    export.write_text("Username\nsample4key@sample.example.com\n")
    sheet = renew_sheet(page)
    choose(sheet, "Presh via Zapier")
    sheet.get_by_label("Choose exports").set_input_files(export)
    sheet.get_by_text("1 name from 1 export").first.wait_for()
    sheet.get_by_text("@sample.example.com, as the exports show").first.wait_for()
    ending = sheet.get_by_role("textbox", name="Username ends with")
    assert ending.get_attribute("placeholder") == "@sample.example.com"
    press(sheet, "Start filling in")

    sheet.get_by_role("textbox", name="Username (Key)").fill("Sample4Key")

    sheet.get_by_text("Choose another username").first.wait_for()


def test_the_buttons_of_the_finished_record_are_in_view_at_once(page: "Page") -> None:
    resize(page, 1280, 800)
    sheet = renew_sheet(page)
    prepare(sheet)
    generate(sheet)
    store_and_save(sheet, "in-view.kdbx")
    press(sheet, "It works")
    wait_for_stage(sheet, "Hand over")
    remarks = sheet.get_by_role("textbox", name="Remarks")
    remarks.fill("\n".join(["The secret is in the vault of the customer."] * 6))

    press(sheet, re.compile("^Finish"))
    sheet.get_by_text("Finished. The secret is forgotten").first.wait_for()

    for name in ("Download record", "Print", "Copy all"):
        button = sheet.get_by_role("button", name=name, exact=True)
        assert button.evaluate(UNCOVERED), name


@pytest.mark.parametrize("width", [1280, 800, 390])
def test_no_stage_overflows_and_the_primary_button_is_in_view(
    page: "Page", lab: Lab, width: int
) -> None:
    kept = Checklist()
    kept.set("username", "sample4key" * 3 + "@" + "sample." * 6 + "example.com")
    (lab.folder / "work").mkdir(exist_ok=True)
    save_work(kept, lab.folder / "work" / "long.json")
    resize(page, width)
    sheet = renew_sheet(page)
    choose(sheet, "Presh via Zapier")

    for title in ("Prepare", "Fill in", "Store and save", "Test", "Hand over"):
        open_stage(sheet, title)
        if title == "Test":
            sheet.locator(".aus-answers button").last.click()
            sheet.get_by_role("button", name="A seat is charged").wait_for()
        wide = find_wide(sheet)
        assert wide == [], title
        if width == 1280:
            primary = sheet.locator("[data-press=primary]")
            box = primary.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= 900, title
