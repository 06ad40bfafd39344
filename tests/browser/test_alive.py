"""The sheet is alive or says that it is not: connection, kernel, tabs, own errors."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.browser.audit_steps import ASK_KERNEL
from tests.browser.pages import (
    Lab,
    end_kernel,
    leave_notebook,
    open_notebook,
    prepare_page,
    save,
    shoot,
)
from tests.browser.sheet_steps import (
    NOTEBOOK,
    choose,
    generate,
    hear_all,
    open_sheet,
    prepare,
    press,
    renew_sheet,
    reveal,
    wait_for_sheet,
    wait_for_stage,
)
from tests.planted import SECRETS

if TYPE_CHECKING:
    from playwright.sync_api import (
        BrowserContext,
        Dialog,
        Locator,
        Page,
        WebSocketRoute,
    )

LEFT_IN_STORAGE = (
    "() => Object.keys(sessionStorage).filter(k => k.startsWith('apiuser'))"
)
SILENT = "The kernel does not answer"
# The kernel stands still until it is told to go on. A cell that takes its time would not
# do: JupyterLab has another thread hear what the sheet sends.
STOP = """
import os, pathlib, signal
pathlib.Path("stopped").write_text(str(os.getpid()))
os.kill(os.getpid(), signal.SIGSTOP)
"""
FAULT = f"""
from apiuser.checklist import Session
act = Session.act
def fail(*_): raise ValueError("{SECRETS[0]}")
Session.act = fail
"""
MENDED = "Session.act = act"


def run_beside(page: "Page", code: str) -> None:
    """Have the kernel of the open notebook run code, without waiting for its end."""
    page.evaluate(
        "code => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
        ".requestExecute({ code }) }",
        code,
    )


def wait_until_stopped(page: "Page", lab: Lab) -> psutil.Process:
    """Wait until the kernel has written down its number, and stands still."""
    noted = lab.folder / "stopped"
    while not (noted.exists() and noted.read_text()):
        page.wait_for_timeout(50)
    kernel = psutil.Process(int(noted.read_text()))
    noted.unlink()
    while kernel.status() != psutil.STATUS_STOPPED:
        page.wait_for_timeout(50)
    return kernel


def test_a_lost_connection_is_said_and_the_sheet_goes_on_when_it_is_back(
    fresh_page: "Page",
) -> None:
    page, lost = fresh_page, False
    sockets: list[WebSocketRoute] = []

    def pass_on(socket: "WebSocketRoute") -> None:
        sockets.append(socket)
        if not lost:
            socket.connect_to_server()

    def cut() -> None:
        for socket in sockets[:]:
            socket.close()
            sockets.remove(socket)

    page.route_web_socket(re.compile("/channels"), pass_on)
    open_notebook(page, NOTEBOOK)
    sheet = open_sheet(page)
    prepare(sheet)
    key = generate(sheet)

    lost = True
    cut()
    sheet.locator("fieldset:disabled").wait_for()
    told = sheet.get_by_role("alert").inner_text()
    lost = False
    cut()
    wait_for_sheet(page)
    press(sheet, "Reveal Password (Secret)")
    sheet.get_by_text("Shown for one minute").first.wait_for()

    assert told.startswith(SILENT)
    assert "the form carries on by itself" in told
    assert sheet.get_by_role("textbox", name="Username (Key)").input_value() == key


def test_a_busy_kernel_is_said_and_what_was_clicked_meanwhile_is_done_once(
    page: "Page", lab: Lab
) -> None:
    sheet = renew_sheet(page)
    choose(sheet, "Presh via Zapier")
    primary = sheet.locator("[data-press=primary]")

    run_beside(page, STOP)
    # At once: soon the form notices the silence, and takes no more clicks.
    primary.evaluate("button => { for (const _ of [1, 2, 3]) button.click(); }")
    kernel = wait_until_stopped(page, lab)
    try:
        sheet.locator("fieldset:disabled").wait_for()
        told = sheet.get_by_role("alert").inner_text()
    finally:
        kernel.resume()
    wait_for_sheet(page)
    wait_for_stage(sheet, "Fill in")
    hear_all(sheet)

    assert told.startswith(SILENT)
    wait_for_stage(sheet, "Fill in")
    assert sheet.locator(".aus-faults:visible").count() == 0


def test_a_sheet_without_its_kernel_is_dead_also_when_saved_until_the_cell_runs(
    page: "Page",
) -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    save(page)
    end_kernel(page)

    sheet.get_by_text(SILENT).first.wait_for()
    sheet.locator("fieldset:disabled").wait_for()
    open_notebook(page, NOTEBOOK, mode="doc")
    sheet = page.locator(".apiuser-sheet").last
    sheet.locator("fieldset:disabled").wait_for()
    sheet.get_by_text(SILENT).wait_for()
    alive = page.locator(".apiuser-sheet fieldset:enabled").count()

    assert alive == 0
    sheet = open_sheet(page)
    choose(sheet, "Presh via Zapier")


READ_BORDER = """button => {
  const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(button);
  return `${borderTopWidth} ${borderTopStyle} ${borderTopColor}`;
}"""


@pytest.fixture(scope="module")
def second_tab(context: "BrowserContext", lab: Lab) -> Iterator["Page"]:
    page = context.new_page()
    prepare_page(page, lab)
    yield page
    page.close()


@pytest.fixture
def second(second_tab: "Page") -> Iterator["Page"]:
    """A tab with nothing open; afterwards it leaves the kernel to the first one."""
    yield second_tab
    leave_notebook(second_tab)


def open_beside(second: "Page") -> "Locator":
    """Open the saved notebook in another tab, whose sheet has to wait."""
    open_notebook(second, NOTEBOOK)
    other = second.locator(".apiuser-sheet").last
    other.get_by_text("Another window opened this form first").wait_for()
    return other


def test_a_tab_beside_has_to_wait_or_take_over_also_after_a_silence(
    page: "Page", second: "Page", lab: Lab
) -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    generate(sheet)
    save(page)
    other = open_beside(second)

    # A window that waits asks every four seconds only whether the kernel is there.
    run_beside(page, STOP)
    kernel = wait_until_stopped(page, lab)
    try:
        other.get_by_text(SILENT).wait_for()
    finally:
        kernel.resume()
    forgets = "take over here: that forgets the secret"
    other.get_by_role("button", name=forgets, exact=True).click()

    wait_for_sheet(second)
    other.get_by_text("The secret was forgotten").first.wait_for()


def test_a_second_tab_works_beside_the_first_once_it_is_let_in(
    page: "Page", second: "Page"
) -> None:
    sheet = renew_sheet(page)
    prepare(sheet)
    save(page)
    other = open_beside(second)
    plain = other.get_by_role("button", name="take over here", exact=True).count()
    shut = other.locator("fieldset:disabled").count()
    asked = sheet.get_by_role("group", name="Other windows")
    asked.get_by_text("asks to work").wait_for()
    codes = [
        re.findall(r"\(\d{4} \d{4}\)", told.inner_text())
        for told in (asked, other.get_by_role("alert"))
    ]
    page.get_by_role("button", name="Let it in").click()
    wait_for_sheet(second)
    other.get_by_role("textbox", name="First Name").fill("Second")
    other.get_by_role("textbox", name="Last Name").focus()

    page.wait_for_function(
        "box => box.value === 'Second'",
        arg=sheet.get_by_role("textbox", name="First Name").element_handle(),
    )
    for one in (page, second):
        one.get_by_text("2 windows may work on this form").wait_for()
    assert codes[0] == codes[1] != []
    assert (plain, shut) == (1, 1)  # there is no secret that taking over would forget

    press(sheet, "Shut all others out")

    other.get_by_text("Another window took over").wait_for()
    page.get_by_text("2 windows may work on this form").wait_for(state="hidden")
    assert other.locator("fieldset:disabled").count() == 1
    assert sheet.locator("fieldset:enabled").count() == 1


def test_a_tab_that_is_turned_away_is_told_how_to_ask_again(
    page: "Page", second: "Page"
) -> None:
    prepare(renew_sheet(page))
    save(page)
    other = open_beside(second)

    page.get_by_role("button", name="No", exact=True).click()
    other.get_by_text("did not let this one in. Load this page to ask").wait_for()
    told = other.get_by_role("alert").inner_text()

    assert "take over here" in told
    assert "Allow" not in told


def test_the_question_is_asked_in_the_form_and_goes_with_its_tab(
    page: "Page", second: "Page"
) -> None:
    sheet = renew_sheet(page, theme="Dark")
    prepare(sheet)
    save(page)
    open_beside(second)
    asked = sheet.get_by_role("group", name="Other windows")
    borders = [
        sheet.get_by_role("button", name=name).evaluate(READ_BORDER)
        for name in ("Let it in", "No", "Edit")
    ]
    shoot(page, "second-tab-dark")

    second.goto("about:blank")
    asked.get_by_text("asks to work").wait_for(state="detached")

    assert len(set(borders)) == 1


def test_an_error_that_nobody_foresaw_is_reported_by_kind_and_place(
    page: "Page",
) -> None:
    sheet = renew_sheet(page)
    choose(sheet, "Presh via Zapier")

    page.evaluate(ASK_KERNEL, FAULT)
    try:
        press(sheet, "Start filling in")
        told = sheet.get_by_role("alert").filter(has_text="This did not work")
        said = told.inner_text()  # which goes once the kernel answers again
    finally:
        page.evaluate(ASK_KERNEL, MENDED)
    assert re.search(r"\(ValueError in apiuser/.*, line \d+\)", said)
    assert SECRETS[0] not in page.content()
    wait_for_sheet(page)


def test_a_reload_loses_nothing_and_is_asked_if_a_secret_is_stored_nowhere(
    page: "Page",
) -> None:
    asked: list[str] = []

    def go_on(dialog: "Dialog") -> None:
        asked.append(dialog.type)
        dialog.accept()

    sheet = renew_sheet(page)
    page.on("dialog", go_on)
    page.evaluate("() => sessionStorage.clear()")  # of what other sheets left
    prepare(sheet)
    save(page)
    page.reload()
    before = list(asked)
    sheet = wait_for_sheet(page)
    key = generate(sheet)
    secret = reveal(sheet)
    save(page)

    for _ in range(2):
        page.reload()
        sheet = wait_for_sheet(page)

        name = sheet.get_by_role("textbox", name="Username (Key)")
        assert name.input_value() == key
        assert reveal(sheet) == secret
        assert page.evaluate(LEFT_IN_STORAGE) == []

    assert (before, asked) == ([], ["beforeunload"] * 2)
    page.remove_listener("dialog", go_on)
