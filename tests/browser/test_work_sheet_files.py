"""The work sheet says where files go and what went wrong, at the row concerned."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.pages import Lab
from tests.browser.sheet_steps import (
    choose,
    generate,
    prepare,
    press,
    renew_sheet,
    wait_for_stage,
)
from tests.browser.test_clearing import ASKS
from tests.handover.kdbx_reader import read_kdbx
from tests.planted import PASSPHRASES

if TYPE_CHECKING:
    from playwright.sync_api import Page

# What a hand does: it drops a file wherever the pointer is.
DROP = """(place, text) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], "dropped.csv"));
  place.scrollIntoView({ block: "center" });
  const { left, top, width, height } = place.getBoundingClientRect();
  document.elementFromPoint(left + width / 2, top + height / 2).dispatchEvent(
    new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }),
  );
}"""

NOTE_SAID = """(card) => {
  window.noted = [];
  const note = () => window.noted.push(card.innerText);
  new MutationObserver(note).observe(card, { childList: true, subtree: true });
}"""


def test_a_name_that_is_taken_is_an_error_at_the_row_of_the_file(
    page: "Page", lab: Lab
) -> None:
    home = lab.folder.parent
    (home / "taken.kdbx").touch()
    sheet = renew_sheet(page)
    prepare(sheet)
    generate(sheet)
    press(sheet, "Check before saving")
    file = sheet.get_by_label("Encrypted file", exact=True)
    sheet.get_by_text(f"in {home}", exact=True).wait_for()
    file.fill("taken.kdbx")
    sheet.locator(".aus-card-file").evaluate(NOTE_SAID)

    press(sheet, "Write")

    error = sheet.locator(".aus-card-file .aus-error", has_text="already exists")
    error.wait_for()
    assert error.inner_text().endswith("such as taken-2.kdbx.")
    assert file.get_attribute("aria-invalid") == "true"
    described = str(file.get_attribute("aria-describedby"))
    assert "already exists" in page.locator(f"[id='{described}']").inner_text()
    assert any("Writing." in text for text in page.evaluate("() => window.noted"))
    assert file.evaluate("input => input === document.activeElement")
    left = [box["x"] for box in (error.bounding_box(), file.bounding_box()) if box]
    assert abs(left[0] - left[1]) < 2
    file.fill(str(home / "whole.kdbx"))
    sheet.get_by_text(f"in {home}", exact=True).wait_for(state="detached")
    press(sheet, "Write")
    press(sheet, "Reveal the passphrase of whole.kdbx")
    assert error.count() == 0
    assert file.get_attribute("aria-invalid") == "false"


def test_each_file_that_was_written_is_named_and_shows_its_own_passphrase(
    page: "Page", tmp_path: Path
) -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    key = generate(sheet)
    press(sheet, "Check before saving")
    file = sheet.get_by_label("Encrypted file", exact=True)
    write = sheet.get_by_role("button", name="Write", exact=True)
    names = ["first.kdbx", "second.kdbx"]
    looks = [write.get_attribute("class")]
    codes = sheet.locator(".aus-card-file p.aus-ok code")
    alone = ""
    for name in names:
        if looks[1:]:  # the first one is still alone
            press(sheet, "Reveal the passphrase")
            sheet.get_by_role("button", name="Hide the passphrase").wait_for()
            alone = codes.inner_text()
        file.fill(str(tmp_path / name))
        looks.append(write.get_attribute("class"))
        write.click()
        sheet.get_by_text(
            f"{name}: KeePass database (KDBX 4), checked."
        ).first.wait_for()
        # What is written already is no longer the first thing to do.
        sheet.locator(
            ".aus-card-file button:not(.aus-soft)", has_text="Write"
        ).wait_for()
        assert file.input_value() == str(tmp_path / name)

    shown = []
    for at, name in enumerate(names):
        press(sheet, f"Reveal the passphrase of {name}")
        sheet.get_by_role("button", name=f"Hide the passphrase of {name}").wait_for()
        shown.append(codes.nth(at).inner_text())

    assert all("aus-soft" in str(look) for look in looks)
    assert alone == shown[0]
    for name, passphrase in zip(names, shown, strict=True):
        data = (tmp_path / name).read_bytes()
        assert f"{key}@sample.example.com" in str(read_kdbx(data, passphrase))


def test_a_file_with_a_username_without_its_suffix_is_warned_of(
    page: "Page", lab: Lab
) -> None:
    for kept in lab.folder.glob("tenants/*"):  # which knows the suffix
        kept.unlink()
    sheet = renew_sheet(page)
    choose(sheet, "Presh via Zapier")
    press(sheet, "Start filling in")
    wait_for_stage(sheet, "Fill in")
    generate(sheet)
    press(sheet, "Check before saving")
    warning = sheet.locator(".aus-card-file .aus-warning")
    warning.wait_for()
    before = warning.inner_text()
    sheet.get_by_label("Encrypted file", exact=True).fill("half.kdbx")

    press(sheet, "Write")

    sheet.get_by_text("then write the file again.").wait_for()
    assert "lacks its suffix" in before
    assert before.endswith("then write the file.")


def test_clear_is_beside_the_passphrase_that_was_copied(
    page: "Page", tmp_path: Path
) -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    generate(sheet)
    press(sheet, "Check before saving")
    sheet.get_by_label("Encrypted file", exact=True).fill(str(tmp_path / "first.kdbx"))
    press(sheet, "Write")
    line = sheet.locator(".aus-card-file p.aus-ok", has_text="Passphrase: ")
    line.wait_for()
    page.evaluate(f"() => {{ {ASKS} }}")

    press(sheet, "Copy the passphrase")

    line.get_by_text("Press Clear clipboard after pasting").wait_for()
    line.get_by_role("button", name="Clear clipboard").click()
    line.get_by_text("Clipboard cleared").wait_for()
    assert sheet.get_by_role("button", name="Clear clipboard").count() == 0


def test_what_a_refused_export_needs_is_asked_by_the_name_that_the_refusal_says(
    page: "Page", tmp_path: Path
) -> None:
    export = tmp_path / "odd.csv"
    export.write_text("Kennung,Name\nx1,Sample\n")
    sheet = renew_sheet(page)
    choose(sheet, "Presh via Zapier")

    sheet.get_by_label("Choose exports").set_input_files(export)

    sheet.get_by_text("the field \u201cUsername column\u201d").wait_for()
    sheet.get_by_label("Username column", exact=True).fill("Kennung")
    press(sheet, "Read again")
    sheet.get_by_text("1 name from 1 export").first.wait_for()


def test_what_one_export_needs_stays_typed_while_another_is_read(
    page: "Page", tmp_path: Path
) -> None:
    exports = [tmp_path / name for name in ("odd.csv", "other.csv")]
    for export in exports:
        export.write_text(f"Kennung,Name\n{export.stem}1,Sample\n")
    sheet = renew_sheet(page)
    choose(sheet, "Presh via Zapier")
    sheet.get_by_label("Choose exports").set_input_files(exports)
    columns = sheet.get_by_label("Username column", exact=True)
    columns.nth(1).wait_for()

    for column in columns.all():
        column.fill("Kennung")
    press(sheet, "Read again")
    sheet.get_by_text("1 name from 1 export").first.wait_for()

    assert columns.all() != []
    assert columns.last.input_value() == "Kennung"


@pytest.mark.parametrize("words", ["drop exports here", "Names in use"])
def test_an_export_can_be_dropped_anywhere_on_its_row(page: "Page", words: str) -> None:
    sheet = renew_sheet(page)

    sheet.get_by_text(words, exact=True).evaluate(DROP, "Username\nsample1\n")

    sheet.get_by_text("1 name from 1 export").first.wait_for()


def test_a_passphrase_of_ones_own_can_be_typed_for_a_second_file(
    page: "Page", tmp_path: Path
) -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    generate(sheet)
    press(sheet, "Check before saving")
    sheet.get_by_text("More options").click()
    sheet.get_by_label("Opened with", exact=True).select_option("own")

    for name in ("own-1.kdbx", "own-2.kdbx"):
        for label in ("My passphrase", "My passphrase, again"):
            sheet.get_by_label(label, exact=True).fill(PASSPHRASES[0])
        sheet.get_by_label("Encrypted file", exact=True).fill(str(tmp_path / name))
        press(sheet, "Write")
        sheet.locator(".aus-ok", has_text=name).wait_for()

    for name in ("own-1.kdbx", "own-2.kdbx"):
        assert read_kdbx((tmp_path / name).read_bytes(), PASSPHRASES[0])
