"""A new API user takes few clicks and few words, and no button has to be looked for.

`python -m tests.measure_walk` prints what is counted here and keeps the pictures.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.pages import Lab, run_command
from tests.browser.sheet_steps import (
    copy_next,
    generate,
    open_stage,
    prepare,
    press,
    renew_sheet,
    wait_for_next,
    wait_for_stage,
    write_and_save,
)
from tests.browser.walking import Walk, render, shoot_stage

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

FOLDER = os.environ.get("APIUSER_WALK", "")
MEASURED: list[Walk] = []
TYPED = {"Tenant": "Sample MSP", "Username ends with": "@sample.example.com"}


@pytest.fixture(scope="module", autouse=True)
def _table() -> Iterator[None]:
    """Keep the table where a folder for it is named."""
    yield
    if FOLDER:
        (Path(FOLDER) / "walk.md").write_text(render(MEASURED), encoding="utf-8")


def type_into(sheet: "Locator", label: str, text: str) -> None:
    """Click into a box and type, as somebody without a keyboard's habits does."""
    sheet.get_by_label(label, exact=True).click()
    sheet.page.keyboard.type(text)


def walk_through(
    walk: Walk, *, file: str, by_key: bool = True, typed: tuple[str, ...] = ()
) -> None:
    """Create an API user for Presh via Zapier, from the open form to the end."""
    page, sheet = walk.page, walk.sheet

    def copy_all() -> None:
        follow = sheet.locator("[data-press=next]")
        while follow.is_visible():
            if by_key:
                copy_next(sheet, page)
                continue
            label = follow.inner_text()
            follow.click()
            wait_for_next(page, label)

    walk.begin()
    sheet.get_by_role("radio", name="Presh via Zapier").click()
    for label in typed:
        type_into(sheet, label, TYPED[label])
    page.keyboard.press("Tab")
    sheet.locator('[role=radio][aria-checked="true"]').wait_for()
    sheet.locator(".aus-facts", has_text="Sample MSP").wait_for()
    # Until what was typed last has been taken, too.
    sheet.get_by_text("Not known. Generate Key").wait_for(state="hidden")
    walk.look("Prepare")
    press(sheet, "Start filling in")
    wait_for_stage(sheet, "Fill in")
    press(sheet, "Generate key and secret")
    sheet.get_by_text("characters, follows every rule").first.wait_for()
    copy_all()
    walk.look("Fill in")
    press(sheet, "Check before saving")
    wait_for_stage(sheet, "Store and save")
    # The name of the file is not typed by a person; several ways share one home here.
    sheet.get_by_label("Encrypted file", exact=True).evaluate(
        "(box, file) => { box.value = file; }", file
    )
    press(sheet, "Write")
    sheet.get_by_text("KeePass database").first.wait_for()
    press(sheet, "Copy the passphrase")
    sheet.get_by_text("Cleared in 30 seconds").first.wait_for()
    sheet.locator("input[type=checkbox]:checked").wait_for()
    walk.look("Store and save")
    press(sheet, "I pressed Save & Close")
    wait_for_stage(sheet, "Test")
    copy_all()
    walk.look("Test")
    press(sheet, "It works")
    wait_for_stage(sheet, "Hand over")
    walk.look("Hand over")
    press(sheet, re.compile("^Finish"))
    sheet.get_by_text("Finished. The secret is forgotten").first.wait_for()
    walk.end()
    MEASURED.append(walk)


@pytest.fixture
def sheet(page: "Page", lab: Lab) -> "Locator":
    for kept in (*lab.folder.glob("work/*"), *lab.folder.glob("tenants/*")):
        kept.unlink()
    return renew_sheet(page)


def test_a_new_user_takes_few_clicks_and_words_and_a_second_one_fewer(
    page: "Page", sheet: "Locator"
) -> None:
    first = Walk(name="create, Presh via Zapier", page=page, sheet=sheet)
    walk_through(first, file="first.kdbx", typed=tuple(TYPED))
    press(sheet, "Another one for Sample MSP")
    wait_for_stage(sheet, "Prepare")
    following = Walk(name="second user, right after the first", page=page, sheet=sheet)
    walk_through(following, file="following.kdbx")
    anew = Walk(name="second user, another day", page=page, sheet=renew_sheet(page))
    walk_through(anew, file="anew.kdbx", typed=("Tenant",))

    assert first.clicks <= 14
    assert first.new <= 350
    assert max(following.clicks, anew.clicks) <= 10
    assert [walk.typed for walk in (first, following, anew)] == [2, 0, 1]
    for walk in (first, following, anew):
        assert walk.hidden == []
        assert walk.wide == []


def test_copy_next_can_be_clicked_instead(page: "Page", sheet: "Locator") -> None:
    walk = Walk(name='the same, clicking "Copy next"', page=page, sheet=sheet)

    walk_through(walk, file="clicked.kdbx", by_key=False, typed=tuple(TYPED))

    assert walk.keys == 0
    assert walk.clicks <= 14 + 7  # a click for each value that is copied


@pytest.mark.skipif(not FOLDER, reason="APIUSER_WALK names no folder for pictures.")
@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_each_stage_is_pictured(page: "Page", sheet: "Locator", theme: str) -> None:
    run_command(page, "apputils:change-theme", {"theme": f"JupyterLab {theme}"})
    folder = Path(FOLDER)
    dark = theme.lower()

    def shoot(name: str) -> None:
        shoot_stage(page, sheet, f"{name}-{dark}", folder)

    press(sheet, "Start filling in")
    sheet.get_by_text("to look at").first.wait_for()
    shoot("1-prepare-findings")
    prepare(sheet)
    open_stage(sheet, "Prepare")
    shoot("1-prepare")
    open_stage(sheet, "Fill in")
    sheet.get_by_role("combobox", name="Email Address").fill("nobody")
    sheet.get_by_role("textbox", name="Username (Key)").fill("some body@example.com")
    press(sheet, "Check before saving")
    sheet.get_by_text("things to look at").first.wait_for()
    shoot("2-fill-in-findings")
    sheet.get_by_role("combobox", name="Email Address").fill("api@example.com")
    generate(sheet)
    copy_next(sheet, page)
    copy_next(sheet, page)
    shoot("2-fill-in")
    sheet.get_by_role("button", name="Why: Security Level").click()
    shoot("2-fill-in-why")
    press(sheet, "Check before saving")
    wait_for_stage(sheet, "Store and save")
    press(sheet, "I pressed Save & Close")
    sheet.get_by_text("to look at").first.wait_for()
    shoot("3-store-findings")
    write_and_save(sheet, f"pictured-{dark}.kdbx")
    open_stage(sheet, "Store and save")
    shoot("3-store")
    open_stage(sheet, "Test")
    shoot("4-test")
    answers = sheet.locator(".aus-answers button")
    for at in range(answers.count()):
        answers.nth(at).click()
        chosen = f".aus-answers button:nth-of-type({at + 1})[aria-pressed=true]"
        sheet.locator(chosen).wait_for()
        shoot(f"4-test-answer-{at + 1}")
    press(sheet, "It works")
    wait_for_stage(sheet, "Hand over")
    shoot("5-hand-over")
    press(sheet, re.compile("^Finish"))
    sheet.get_by_text("Finished. The secret is forgotten").first.wait_for()
    shoot("5-finished")
