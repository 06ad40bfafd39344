"""The built site in a real browser: it asks its own host only, fits and is found."""

import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright import sync_api as playwright

SCREENS = [
    {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(site_folder: Path) -> Iterator[str]:
    handler = partial(Quiet, directory=str(site_folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser(browser_path: str) -> Iterator["playwright.Browser"]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # may be missing

    with sync_playwright() as driver:
        root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        browser = driver.chromium.launch(executable_path=browser_path, args=root)
        yield browser
        browser.close()


@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone"])
def test_every_page_fits_asks_nobody_else_and_complains_of_nothing(
    browser: "playwright.Browser",
    address: str,
    site_folder: Path,
    screen: dict[str, Any],
) -> None:
    page = browser.new_page(**screen)
    width = screen["viewport"]["width"]
    asked: list[str] = []
    complaints: list[str] = []
    too_wide: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(f"{page.url} {error}"))
    page.on(
        "console",
        lambda said: (
            complaints.append(f"{page.url} {said.text}")
            if said.type in {"error", "warning"}
            else None
        ),
    )
    names = [p.parent.relative_to(site_folder) for p in site_folder.rglob("index.html")]

    for name in names:
        page.goto(address + name.as_posix(), wait_until="networkidle")
        if page.evaluate("() => document.documentElement.scrollWidth") > width:
            too_wide.append(page.url)
    page.close()

    assert len(names) > 10
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}
    assert complaints == []
    assert too_wide == []


def test_the_search_finds_a_page_by_its_words(
    browser: "playwright.Browser", address: str
) -> None:
    page = browser.new_page()
    page.goto(address)

    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("Zone information could not be determined")
    found = page.locator(".md-search-result__link").first
    found.wait_for()

    assert "troubleshooting" in (found.get_attribute("href") or "")
    page.close()


def test_a_policy_stops_a_script_that_was_put_into_a_page(
    browser: "playwright.Browser", address: str
) -> None:
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    page.goto(address)

    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.planted = true";
          document.body.append(script);
        }"""
    )

    assert page.evaluate("() => window.planted") is None
    assert any("Content Security Policy" in text for text in refused)
    page.close()
