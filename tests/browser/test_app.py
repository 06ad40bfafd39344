"""The form without code: `apiuser lab --app` in a real browser."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

PATIENCE = 60_000


@pytest.fixture(scope="module")
def app_url(
    browser_path: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where the form is served, with the token that opens it."""
    pytest.importorskip("voila")
    folder = tmp_path_factory.mktemp("app")
    with subprocess.Popen(
        [sys.executable, "-m", "apiuser", "lab", str(folder), "--app", "--no-browser"],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stderr is not None
            said = ""
            while not (found := re.search(r"http://localhost:\S+", said)):
                line = server.stderr.readline()
                assert line, f"Voilà did not start: {said}"
                said += line
            yield found[0]
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def app_page(app_url: str, browser_path: str) -> Iterator["Page"]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # may be missing

    root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path, args=root)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        yield page
        browser.close()


def test_without_the_token_the_form_stays_closed(
    app_page: "Page", app_url: str
) -> None:
    app_page.goto(app_url.split("?", maxsplit=1)[0])

    assert "/login" in app_page.url
    assert app_page.get_by_text("Step 1 of").count() == 0


def test_the_form_makes_a_secret_and_reaches_no_other_host(
    app_page: "Page", app_url: str
) -> None:
    asked: list[str] = []
    refused: list[str] = []

    def note_refused(request: "Request") -> None:
        if request.failure == "csp":
            refused.append(request.url)

    app_page.on("request", lambda request: asked.append(request.url))
    app_page.on("requestfailed", note_refused)

    app_page.goto(app_url)
    app_page.get_by_text("Step 1 of").wait_for()
    app_page.get_by_role("button", name="Make the password").click()
    app_page.get_by_role("button", name="Generate Secret").click()
    app_page.get_by_role("button", name="Reveal Password (Secret)").click()
    app_page.get_by_text("Shown for one minute").wait_for()

    shown = app_page.locator("code.apiuser-shown").inner_text()
    others = {url for url in asked if urlsplit(url).hostname != "localhost"}
    assert len(shown) == 25
    assert {url for url in others if url.startswith("http")} <= set(refused)
