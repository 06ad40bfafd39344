"""Each stage of the sheet as axe and a screen reader find it, in JupyterLab.

APIUSER_KEEP_ARIA=1 writes the kept trees anew.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe_steps import list_faults_of_sheet, prepare_axe
from tests.browser.pages import Lab, open_notebook
from tests.browser.sheet_steps import (
    NOTEBOOK,
    open_sheet,
    prepare,
    press,
    wait_for_stage,
    write_and_save,
)
from tests.planted import SECRETS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

KEPT = Path(__file__).parents[1] / "data" / "aria"
# What differs from run to run: places, times, digests.
_VARIES = (
    (r"(/[\w.-]+)+/(?=[\w.-]+\.kdbx)", "FOLDER/"),
    (r"\bin (/[\w.-]+)+", "in FOLDER"),
    (r"\brecords/[\w-]+", "records/RECORD"),
    (r"SHA-256 [0-9a-f]{64}", "SHA-256 DIGEST"),
    (r"(\d{4}-\d\d-\d\d )?\b\d\d:\d\d\b( [+-]\d{4})?", "TIME"),
    (r"should work in \d:\d\d", "should work in MINUTES"),
)
_FIND_NAMELESS = """sheet =>
  [...sheet.querySelectorAll('input, select, textarea, button')]
    .filter(e => e.checkVisibility())
    .filter(e => !(e.labels?.length || e.getAttribute('aria-label')
      || e.textContent.trim()))
    .map(e => e.outerHTML)"""


def go_through(sheet: "Locator") -> Iterator[str]:
    """Stop at each stage, with findings first where it can have some."""
    yield "prepare"
    press(sheet, "Start filling in")
    sheet.get_by_text("One thing to look at").wait_for()
    yield "prepare-findings"
    prepare(sheet)
    yield "fill"
    press(sheet, "Check before saving")
    sheet.get_by_text("2 things to look at").wait_for()
    yield "fill-findings"
    sheet.get_by_role("textbox", name="Username (Key)").fill("samplekey4")
    secret = sheet.get_by_label("Password (Secret)", exact=True)
    secret.fill(SECRETS[0])
    secret.press("Tab")
    sheet.get_by_role("button", name="Reveal Password (Secret)").wait_for()
    press(sheet, "Why: Security Level")
    sheet.locator(".aus-help p").first.wait_for()
    yield "fill-why"
    press(sheet, "Why: Security Level")
    press(sheet, "Check before saving")
    wait_for_stage(sheet, "Store and save")
    yield "store"
    press(sheet, "I pressed Save & Close")
    sheet.get_by_text("One thing to look at").wait_for()
    yield "store-findings"
    write_and_save(sheet, "aria.kdbx")
    yield "test"
    sheet.locator(".aus-answers button").first.click()
    sheet.locator(".aus-answers p").first.wait_for()
    yield "test-answer"
    press(sheet, "It works")
    wait_for_stage(sheet, "Hand over")
    yield "handover"
    press(sheet, re.compile("^Finish"))
    sheet.get_by_text("Finished. The secret is forgotten").first.wait_for()
    yield "finished"


@dataclass(slots=True, kw_only=True)
class Seen:
    """What was found at all stages on one way through the sheet.

    Attributes:
        faults: The serious faults, each with its stage and theme.
        trees: What a screen reader finds, by stage.
        nameless: The controls without a name.
    """

    faults: list[str] = field(default_factory=list)
    trees: dict[str, str] = field(default_factory=dict)
    nameless: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def seen(shared_page: "Page", lab: Lab, site_parts: Path) -> Seen:
    """Go through the sheet once, and look at each stage in every way."""
    page, seen = shared_page, Seen()
    for kept in (*lab.folder.glob("work/*"), *lab.folder.glob("tenants/*")):
        kept.unlink()
    open_notebook(page, NOTEBOOK, mode="doc")
    sheet = open_sheet(page)
    prepare_axe(page, site_parts)
    for stage in go_through(sheet):
        tree = sheet.aria_snapshot() + "\n"
        for pattern, name in _VARIES:
            tree = re.sub(pattern, name, tree)
        seen.trees[stage] = tree
        seen.nameless += sheet.evaluate(_FIND_NAMELESS)
        seen.faults += list_faults_of_sheet(page, stage)
    return seen


def test_axe_finds_nothing_serious_at_any_stage(seen: Seen) -> None:
    assert seen.faults == []


def test_a_screen_reader_finds_each_stage_as_it_was_kept(seen: Seen) -> None:
    if os.environ.get("APIUSER_KEEP_ARIA") == "1":
        for stage, tree in seen.trees.items():
            (KEPT / f"{stage}.yaml").write_text(tree, encoding="utf-8")

    kept = {path.stem: path.read_text(encoding="utf-8") for path in KEPT.glob("*.yaml")}
    assert seen.trees == kept


def test_every_control_of_every_stage_has_a_name(seen: Seen) -> None:
    assert seen.nameless == []
