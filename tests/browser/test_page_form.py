"""The work sheet in the guide's page, in a real browser: all but a file is done there."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.browser.browsers import FIREFOX, chromium_only
from tests.browser.page_steps import EXCHANGE, open_anew, open_page, read_job
from tests.browser.sheet_steps import (
    SCREENS,
    choose,
    copy_next,
    finish,
    generate,
    generate_secret,
    open_in_page,
    open_stage,
    prepare,
    press,
    read_clipboard,
    wait_for_sheet,
    wait_for_stage,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Locator, Page, Request, Route

OPEN = "Open the form in this page"
NO_COPY = """() => {
  const refuse = () => Promise.reject(new DOMException("", "NotAllowedError"));
  navigator.clipboard.write = navigator.clipboard.writeText = refuse;
}"""
NOTE_PRINT = "window.print = () => { top.printed = document.body.innerText; }"
DROP = """([name, bytes]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(bytes)], name));
  return transfer;
}"""


def refuse(route: "Route") -> None:
    route.abort()


def send_damaged(route: "Route") -> None:
    route.fulfill(body="cut", content_type="application/wasm")


# How everything that folds is drawn.
READ_FOLDS = """form => {
  const seen =
    /^(background-color|border-.*-(style|width)|box-shadow|color|font|margin|padding)/;
  const read = (node) => {
    const style = getComputedStyle(node);
    const names = [...style].filter((name) => seen.test(name));
    const parts = ["::before", "::after"].map(
      (part) => getComputedStyle(node, part).content);
    return [...parts, ...names.map((name) => name + ": " + style.getPropertyValue(name))];
  };
  return [...form.querySelectorAll("details, summary")].map(read);
}"""


FAILURES = [
    ("worker.mjs", refuse),
    ("pyodide.asm.wasm", refuse),
    ("pyodide.asm.wasm", send_damaged),
    ("apiuser.zip", refuse),
]


def drop(sheet: "Locator", name: str, content: bytes) -> None:
    """Drop a file where the names in use stand."""
    transfer = sheet.page.evaluate_handle(DROP, [name, list(content)])
    sheet.locator(".aus-drop").dispatch_event("drop", {"dataTransfer": transfer})


@chromium_only
@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone"])
def test_an_api_user_is_made_in_the_page_to_the_record(
    browser: "Browser", address: str, screen: dict[str, Any], tmp_path: Path
) -> None:
    record = tmp_path / "record.html"
    with open_page(browser, address, screen) as page:
        page.add_init_script(NOTE_PRINT)
        page.get_by_role("link", name="Create an API user now").click()
        sheet = wait_for_sheet(page)
        page.context.set_offline(True)
        prepare(sheet)
        key = generate(sheet)
        copied = [copy_next(sheet, page) for _ in range(4)]
        finish(sheet)
        with page.expect_download() as download:
            press(sheet, "Download record")
        download.value.save_as(record)
        press(sheet, "Copy all")
        sheet.get_by_text("Copied.", exact=True).first.wait_for()
        lines = read_clipboard(page)
        press(sheet, "Print")
        page.wait_for_function("() => window.printed")
        printed = page.evaluate("() => window.printed")

    login = f"{key}@sample.example.com"
    assert copied == ["Presh", "Integration", "info@preshmarketingsolutions.com", key]
    assert f"Full username: {login} (made here)" in lines
    assert login in record.read_text(encoding="utf-8")
    assert login in printed
    assert "not finished" not in lines + printed


@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone"])
def test_no_stage_is_wider_than_the_screen(
    form_page: "Page", screen: dict[str, Any]
) -> None:
    sheet = open_anew(form_page, screen=screen)
    drop(sheet, f"{'active-' * 9}.csv", b"no table of names")
    sheet.get_by_role("button", name="Remove").wait_for()
    choose(sheet, "Presh via Zapier")

    too_wide = []
    for title in ("Prepare", "Fill in", "Store and save", "Test", "Hand over"):
        press(sheet, title)
        wait_for_stage(sheet, title)
        width = form_page.evaluate("() => document.documentElement.scrollWidth")
        too_wide += [title] * (width > screen["viewport"]["width"])

    assert too_wide == []


@chromium_only
def test_the_secret_is_shown_and_copied_and_goes_nowhere_else(
    browser: "Browser", address: str, tmp_path: Path
) -> None:
    requests: list[Request] = []
    record = tmp_path / "record.html"
    with open_page(browser, f"{address}try/") as page:
        page.context.on("request", lambda request: requests.append(request))  # noqa: PLW0108
        page.reload(wait_until="networkidle")
        before = [request.url for request in requests]
        sheet = open_in_page(page)
        prepare(sheet)
        generate(sheet)
        press(sheet, "Reveal Password (Secret)")
        sheet.get_by_text("Shown for one minute").first.wait_for()
        secret = sheet.locator(".aus-kind-secret code").inner_text()
        press(sheet, "Check before saving")
        sheet.get_by_text("The notebook can").wait_for()
        press(sheet, "Copy username")
        sheet.get_by_text("Full username copied.").first.wait_for()
        press(sheet, "Copy secret")
        sheet.get_by_text("Cleared in 30 seconds").first.wait_for()
        held = read_clipboard(page)
        press(sheet, re.compile("^5"))
        wait_for_stage(sheet, "Hand over")
        with page.expect_download() as download:
            press(sheet, "Download draft")
        download.value.save_as(record)
        stored = page.evaluate("() => JSON.stringify([localStorage, sessionStorage])")
        kept = page.context.cookies()

    assert len(secret) == 25
    assert held == secret
    assert secret not in stored + record.read_text(encoding="utf-8")
    assert kept == []
    assert not any("pyodide" in url for url in before)
    assert {request.method for request in requests} == {"GET"}
    web = [r.url for r in requests if not r.url.startswith("blob:")]
    assert {urlsplit(url).netloc for url in web} == {urlsplit(address).netloc}
    assert not any(secret in request.url for request in requests)


def test_an_export_that_is_dropped_makes_its_names_known(
    form_page: "Page", address: str
) -> None:
    sheet = open_anew(form_page)
    drop(sheet, "book.xlsx", b"PK")
    sheet.get_by_text("Export it as CSV").wait_for()
    drop(sheet, "active.csv", b"Username\nsample4key@sample.example.com\n")
    sheet.get_by_text("1 name from 1 export").wait_for()
    sheet.get_by_text("@sample.example.com, as the exports show").wait_for()
    choose(sheet, "Presh via Zapier")
    press(sheet, "Start filling in")
    sheet.get_by_role("textbox", name="Username (Key)").fill("Sample4Key")
    rule = sheet.get_by_role("link", name="USR007")
    rule.wait_for()

    assert rule.get_attribute("href") == f"{address}rules/#usr007"


def test_a_revealed_secret_hides_after_a_minute(form_page: "Page") -> None:
    sheet = open_anew(form_page, "?job=rotate")
    generate_secret(sheet)
    form_page.clock.install()
    press(sheet, "Reveal Password (Secret)")
    sheet.get_by_text("Shown for one minute").first.wait_for()
    shown = sheet.locator(".aus-kind-secret code").inner_text()
    form_page.clock.fast_forward(61_000)
    sheet.get_by_text("Hidden again").first.wait_for()
    left = sheet.locator(".aus-kind-secret code").inner_text()

    assert len(shown) == 25
    assert set(left) == {"\u2022"}


@chromium_only
def test_a_username_without_its_suffix_is_not_called_the_full_one(
    form_page: "Page",
) -> None:
    sheet = open_anew(form_page, "?job=rotate")
    sheet.get_by_role("textbox", name="Username (Key)").fill("sample4key")
    generate_secret(sheet)
    open_stage(sheet, "Store")
    press(sheet, "Copy username")
    sheet.get_by_text("Username copied, without its suffix").first.wait_for()

    assert read_clipboard(form_page) == "sample4key"


@chromium_only
def test_a_copied_secret_is_cleared_from_the_clipboard(form_page: "Page") -> None:
    sheet = open_anew(form_page, "?job=rotate")
    generate_secret(sheet)
    form_page.clock.install()
    press(sheet, "Copy Password (Secret)")
    sheet.get_by_text("Cleared in 30 seconds").first.wait_for()
    held = read_clipboard(form_page)
    form_page.clock.fast_forward(31_000)
    sheet.get_by_text("Clipboard cleared").first.wait_for()

    assert len(held) == 25
    assert read_clipboard(form_page) == ""


def test_nothing_is_called_copied_if_the_browser_refused(form_page: "Page") -> None:
    sheet = open_anew(form_page)
    prepare(sheet)
    form_page.evaluate(NO_COPY)
    press(sheet, "Copy First Name")
    sheet.get_by_text("did not allow copying").first.wait_for()
    counted = sheet.locator(".aus-foot .aus-grow").inner_text()
    open_stage(sheet, "Store and save")
    press(sheet, "Copy username")
    sheet.get_by_text("Copy it at its row in Fill in.").first.wait_for()

    assert counted == "0 of 5 copied"


@pytest.mark.parametrize(
    ("query", "job"),
    [("?job=edit", "Edit"), ("?job=other", "Create")],  # other tests rotate and create
)
def test_the_address_says_at_which_job_the_form_opens(
    form_page: "Page", query: str, job: str
) -> None:
    sheet = open_anew(form_page, query)

    assert read_job(sheet) == [job]


def test_leaving_is_warned_of_while_work_would_be_lost_and_not_after(
    browser: "Browser", address: str
) -> None:
    warnings: list[str] = []

    def stay(dialog: "Dialog") -> None:
        warnings.append(dialog.type)
        dialog.dismiss()

    with open_page(browser, f"{address}try/") as page:
        page.on("dialog", stay)
        sheet = open_in_page(page)
        prepare(sheet)
        key = generate(sheet)
        with page.expect_event("dialog"):
            page.evaluate("() => void setTimeout(() => location.reload())")
        kept = sheet.get_by_role("textbox", name="Username (Key)").input_value()
        finish(sheet)
        with page.expect_event("dialog"):
            page.evaluate("() => void setTimeout(() => location.reload())")
        if FIREFOX:  # as it is driven here, it reports no download after a dialog
            press(sheet, "Copy all")
            sheet.get_by_text("Copied.", exact=True).first.wait_for()
        else:
            with page.expect_download():
                press(sheet, "Download record")
        page.reload(wait_until="networkidle")
        page.get_by_role("button", name=OPEN).wait_for()

    assert kept == key
    assert warnings == ["beforeunload", "beforeunload"]


def test_a_page_that_was_left_forgets_what_was_entered(
    browser: "Browser", address: str
) -> None:
    with open_page(browser, f"{address}try/") as page:
        sheet = open_in_page(page)
        prepare(sheet)
        generate(sheet)
        press(sheet, "Reveal Password (Secret)")
        sheet.get_by_text("Shown for one minute").first.wait_for()
        secret = sheet.locator(".aus-kind-secret code").inner_text()
        page.evaluate("() => dispatchEvent(new PageTransitionEvent('pagehide'))")
        page.get_by_role("button", name=OPEN).wait_for()
        left = page.get_by_text("Sample MSP").count()
        text = page.content()
        open_in_page(page)
        anew = page.content()

    assert len(secret) == 25
    assert left == 0
    assert secret not in text + anew


def test_a_theme_that_exchanges_pages_keeps_the_form_or_offers_it_again(
    form_page: "Page",
) -> None:
    sheet = open_anew(form_page)
    prepare(sheet)
    form_page.evaluate("() => document$.next(document)")
    key = generate(sheet)
    form_page.evaluate(EXCHANGE)
    fresh = open_in_page(form_page)

    assert key
    assert fresh.get_by_role("textbox", name="Tenant").input_value() == ""


def test_a_form_that_cannot_be_loaded_says_so_and_can_be_tried_again(
    browser: "Browser", address: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}try/?job=edit", wait_until="networkidle")
    button = page.get_by_role("button", name=OPEN)
    for file, fail in FAILURES:
        page.route(f"**/{file}", fail)
        button.click()
        page.get_by_role("alert").get_by_text("The form could not be loaded").wait_for()
        page.unroute(f"**/{file}")
        button = page.get_by_role("button", name="Try again")

    button.click()

    assert read_job(wait_for_sheet(page)) == ["Edit"]
    page.close()


def test_a_form_that_does_not_load_in_time_says_so(
    browser: "Browser", address: str
) -> None:
    page = browser.new_page()
    page.route("**/pyodide.asm.wasm", lambda _: None)  # no answer ever comes
    page.goto(f"{address}try/", wait_until="networkidle")
    page.clock.install()
    page.get_by_role("button", name=OPEN).click()
    page.get_by_text("Loading").wait_for()

    page.clock.fast_forward(31_000)

    page.get_by_text("not loaded within half a minute").wait_for()
    page.get_by_role("button", name="Try again").wait_for()
    page.close()


def test_what_folds_looks_as_in_the_notebook(form_page: "Page") -> None:
    sheet = open_anew(form_page)
    choose(sheet, "Presh via Zapier")
    open_stage(sheet, "Test")
    press(sheet, "401")
    sheet.get_by_text("more causes").click()
    sheet.get_by_text("Compare exports").click()

    in_guide = sheet.evaluate(READ_FOLDS)
    form_page.evaluate("() => document.querySelector('.md-typeset').className = ''")

    assert in_guide == sheet.evaluate(READ_FOLDS)
    assert len(in_guide) > 2
