"""Uploads, downloads and fields of the forms in a real JupyterLab."""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.pages import Lab, count_cells, run_command, save

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_notebook_shortcuts_do_not_reach_the_cell_from_a_button(
    parts_page: "Page",
) -> None:
    page = parts_page
    button = page.get_by_role("button", name="Save the report")
    before = count_cells(page)

    button.focus()
    for key in "ddbaxy":
        page.keyboard.press(key)
    page.keyboard.press("Shift+Enter")
    # A command through the same keyboard proves that the others were handled.
    run_command(page, "notebook:insert-cell-below")

    assert count_cells(page) == before + 1
    assert button.is_visible()


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    "megabytes", [11, *([300] if os.environ.get("APIUSER_BIG_UPLOAD") else [])]
)
def test_files_above_the_message_limit_arrive_one_after_another(
    parts_page: "Page", tmp_path: Path, megabytes: int
) -> None:
    page = parts_page
    data = os.urandom(1024) * (megabytes * 1024)
    big, small = tmp_path / "big export.csv", tmp_path / "small.csv"
    big.write_bytes(data)
    small.write_bytes(b"Username\n")

    page.get_by_label("Exports").set_input_files([big, small])

    page.get_by_text("big export.csv is there. small.csv is there.").wait_for(
        timeout=120_000
    )
    page.get_by_text("small.csv 9 ").wait_for()
    page.get_by_label("Exports").set_input_files(big)
    mark = hashlib.sha256(data).hexdigest()[:12]
    page.get_by_text(f"big export.csv {len(data)} {mark}").wait_for(timeout=120_000)


def test_a_download_of_15_megabytes_is_saved_whole(
    parts_page: "Page", tmp_path: Path
) -> None:
    page = parts_page

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the report").click()
    waiting.value.save_as(tmp_path / "saved")

    assert waiting.value.suggested_filename == "report.bin"
    assert (tmp_path / "saved").read_bytes() == b"0123456789" * 1_500_000


def test_no_uploaded_byte_stays_in_the_notebook(
    parts_page: "Page", tmp_path: Path, lab: Lab
) -> None:
    page = parts_page
    export = tmp_path / "export.csv"
    export.write_text("Username\n" + "planted-name-1\n" * 1000, encoding="utf-8")

    page.get_by_label("Exports").set_input_files(export)
    page.get_by_text("export.csv is there.").wait_for()
    save(page)

    assert "planted-name" not in (lab.folder / "parts.ipynb").read_text("utf-8")


def test_advice_and_findings_are_said_with_their_input(parts_page: "Page") -> None:
    field = parts_page.get_by_label("Last Name")
    described = "e => e.getAttribute('aria-describedby').split(' ')"
    said = f"e => ({described})(e).map(id => document.getElementById(id).innerText)"

    parts_page.wait_for_function(
        "() => document.querySelectorAll('.apiuser-field [aria-describedby]').length"
    )
    before = field.evaluate(said)
    valid = field.get_attribute("aria-invalid")
    field.fill("")
    parts_page.locator("[aria-invalid=true]").wait_for()

    (advice, finding) = field.evaluate(said)
    assert before == ["As in Autotask."]
    assert valid == "false"
    assert advice == "As in Autotask."
    assert finding.startswith("Error: ")
    assert finding.endswith("(NAM002)")
