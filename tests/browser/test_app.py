"""The form alone: `apiuser form` in a real browser."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import pytest

from tests.browser.pages import PATIENCE
from tests.browser.sheet_steps import generate, prepare, press, wait_for_sheet
from tests.lab.lab_driver import (
    Started,
    list_channels,
    start,
    wait_for_text,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FORM = ".apiuser-sheet"
ASK_ELSEWHERE = """async (address) => {
  const refused = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    refused.push(event.effectiveDirective);
  });
  await fetch(address, { mode: "no-cors" }).catch(() => null);
  for (const name of ["img", "script"]) {
    const part = document.createElement(name);
    part.src = address;
    document.body.append(part);
  }
  await new Promise((go) => setTimeout(go, 500));
  return refused.sort();
}"""
# How light the page, the form and its words are, from 0 to 255.
SHADES = """() => {
  const form = document.querySelector(".apiuser-sheet");
  const around = [document.body, document.getElementById("rendered_cells")];
  const shades = [...around, form].map((one) => getComputedStyle(one).backgroundColor);
  return [...shades, getComputedStyle(form).color].map(
    (shade) => Number(/[0-9]+/.exec(shade)[0]),
  );
}"""
BELOW = {"voila": {"Voila": {"base_url": "/x/"}}}


@pytest.fixture(scope="module")
def app(
    browser_path: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Started]:
    pytest.importorskip("voila")
    room = tmp_path_factory.mktemp("app")
    with start(room, "form", browser=True, settings=BELOW) as app:
        yield app


@pytest.fixture(scope="module")
def app_page(app: Started, browser: "Browser") -> Iterator["Page"]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE)
    yield page
    page.close()


@pytest.fixture
def app_form(app_page: "Page", app: Started) -> "Page":
    """The page at the form, which may have been there before."""
    if urlsplit(app_page.url).path != "/x/":
        app_page.goto(app.address)
    app_page.locator(FORM).first.wait_for()
    return app_page


def test_without_the_token_the_form_stays_closed(
    app_page: "Page", app: Started
) -> None:
    app_page.goto(app.address.split("?", maxsplit=1)[0])

    assert "/login" in app_page.url
    assert app_page.locator(FORM).count() == 0


def test_the_browser_is_led_to_the_form_with_nothing_of_a_notebook(
    app_page: "Page", app: Started
) -> None:
    asked: list[str] = []
    app_page.on("request", lambda request: asked.append(request.url))

    app_page.goto(wait_for_text(app.room / "opened"))
    app_page.locator(FORM).first.wait_for()

    assert urlsplit(app_page.url).path == "/x/"
    assert app_page.title() == "API user"
    assert app_page.get_by_text("Run All Cells").count() == 0
    assert app_page.get_by_text("import").count() == 0
    # Not even an address that the policy of the page then refuses.
    assert {urlsplit(url).hostname for url in asked if url[:4] == "http"} == {
        "localhost"
    }
    if folder := os.environ.get("APIUSER_SHOTS"):
        app_page.screenshot(path=Path(folder) / "form-opened.png")


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_form_is_dark_where_the_system_is(
    app_page: "Page", app: Started, scheme: Literal["dark", "light"]
) -> None:
    app_page.emulate_media(color_scheme=scheme)
    app_page.goto(app.address)
    app_page.locator(FORM).first.wait_for()

    shades = app_page.evaluate(SHADES)
    app_page.emulate_media(color_scheme="light")

    dark = [shade < 128 for shade in shades]
    assert dark == [scheme == "dark"] * 3 + [scheme == "light"]
    assert shades[1] == shades[2]


def test_the_page_may_ask_no_other_host(app_form: "Page") -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(1)
        address = f"http://127.0.0.1:{other.getsockname()[1]}/"

        refused = app_form.evaluate(ASK_ELSEWHERE, address)

        with pytest.raises(TimeoutError):
            other.accept()
    assert refused == ["connect-src", "img-src", "script-src-elem"]


def test_each_link_leads_to_a_form_and_leaves_this_one_as_it_is(
    app_form: "Page",
) -> None:
    links = app_form.get_by_role("navigation", name="Forms").get_by_role("link")

    with app_form.expect_popup() as opened:
        links.click()
    audit = opened.value
    audit.locator(FORM).first.wait_for()
    back = audit.get_by_role("navigation", name="Forms").get_by_role("link")

    assert app_form.locator(FORM).first.is_visible()
    assert (audit.title(), urlsplit(audit.url).path) == (
        "Audit of usernames",
        "/x/audit",
    )
    assert back.get_attribute("href") == "./"
    audit.close()


def test_the_form_makes_a_secret(app_form: "Page") -> None:
    sheet = wait_for_sheet(app_form)
    prepare(sheet)
    generate(sheet)
    press(sheet, "Reveal Password (Secret)")
    sheet.get_by_text("Shown for one minute").first.wait_for()
    shown = sheet.locator(".aus-kind-secret code")

    assert len(shown.inner_text()) == 25


def test_the_channel_to_each_kernel_is_encrypted(
    app_form: "Page", app: Started
) -> None:
    wait_for_sheet(app_form)

    assert {*list_channels(app.room)} == {("tcp", True, 0o600)}
