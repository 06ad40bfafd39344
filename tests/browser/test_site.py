"""The built site in a real browser: it asks its own host only, fits and is found."""

import os
import re
import subprocess
import sys
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

ROOT = Path(__file__).parents[2]
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


@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone"])
def test_the_form_in_the_page_runs_here_and_sends_nothing(
    browser: "playwright.Browser", address: str, screen: dict[str, Any]
) -> None:
    page = browser.new_page(**screen)
    requests: list[playwright.Request] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request))  # noqa: PLW0108
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}try/", wait_until="networkidle")
    before = [request.url for request in requests]

    page.get_by_role("button", name="Open the form in this page").click()
    page.get_by_text("Step 1 of 15").wait_for()
    page.get_by_role("button", name=re.compile("^3")).click()
    page.get_by_label("An existing API username").fill("abc123@example.com")
    page.get_by_label("Names in use").fill("sample4key\nsample5key")
    page.get_by_role("button", name=re.compile("^8")).click()
    page.get_by_label("Username (Key)", exact=True).first.fill("Sample4Key")
    rule = page.get_by_role("link", name="USR007")
    rule.wait_for()
    address_of_rule = rule.get_attribute("href")
    page.get_by_role("button", name="Generate Key").click()
    page.get_by_text("A free key was generated").wait_for()
    page.get_by_role("button", name=re.compile("^9")).click()
    page.get_by_role("button", name="Generate Secret").click()
    page.get_by_text("A secret was generated").wait_for()
    page.get_by_role("button", name="Reveal Password (Secret)").click()
    page.locator("code.apiuser-shown").wait_for()
    secret = page.locator("code.apiuser-shown").inner_text()
    field = page.get_by_label("Type or paste: Password (Secret)")
    name = field.get_attribute("name")
    field.fill("Short.1")
    page.get_by_role("link", name="SEC002").wait_for()
    stored = page.evaluate("() => JSON.stringify([localStorage, sessionStorage])")
    page.close()

    assert address_of_rule == f"{address}rules/#usr007"
    assert len(secret) == 25
    assert name is None
    assert not any("pyodide" in url for url in before)
    assert {request.method for request in requests} == {"GET"}
    web = [r.url for r in requests if not r.url.startswith("blob:")]
    assert {urlsplit(url).netloc for url in web} == {urlsplit(address).netloc}
    assert not any(secret in request.url for request in requests)
    assert secret not in stored
    assert complaints == []


def test_another_job_in_the_page_waits_for_start_anew_and_keeps_to_its_choice(
    browser: "playwright.Browser", address: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}try/", wait_until="networkidle")
    page.get_by_role("button", name="Open the form in this page").click()
    page.get_by_text("Step 1 of 15").wait_for()

    page.get_by_label("Job").select_option("edit")
    page.get_by_text("Press Start anew to take this choice").wait_for()
    page.get_by_role("button", name="Start anew").click()
    page.get_by_text("Step 1 of 13").wait_for()
    page.get_by_role("button", name=re.compile("^7")).click()
    page.get_by_label("What changes").wait_for()
    kept = page.get_by_text("Press Generate Secret").count()
    page.get_by_label("What changes").select_option("A new secret")
    page.get_by_text("Press Generate Secret").wait_for()
    page.close()

    assert kept == 0


@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone"])
def test_axe_finds_nothing_serious_on_any_page(
    browser: "playwright.Browser",
    address: str,
    site_folder: Path,
    site_parts: Path,
    screen: dict[str, Any],
) -> None:
    # The policy of the site refuses foreign scripts, so the tester comes in beside it.
    page = browser.new_page(**screen, bypass_csp=True)
    found: list[str] = []
    names = [p.parent.relative_to(site_folder) for p in site_folder.rglob("index.html")]
    for name in names:
        page.goto(address + name.as_posix(), wait_until="networkidle")
        if name.as_posix() == "try":
            page.get_by_role("button", name="Open the form in this page").click()
            page.get_by_text("Step 1 of 15").wait_for()
        page.add_script_tag(path=site_parts / "axe-core" / "axe.min.js")
        result = page.evaluate("() => axe.run(document)")
        found += [
            f"{name}: {fault['id']} {[node['html'][:200] for node in fault['nodes'][:3]]}"
            for fault in result["violations"]
            if fault["impact"] in {"serious", "critical"}
        ]
    page.close()

    assert found == []


def test_the_guide_is_read_and_searched_from_a_folder(
    browser: "playwright.Browser", site_parts: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    built = subprocess.run(
        [*command, "-f", "mkdocs-folder.yml", "-d", tmp_path],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    page = browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" else None,
    )

    page.goto((tmp_path / "try.html").as_uri())
    fallback = page.locator("#apiuser-form").inner_text()
    page.get_by_placeholder("Search").first.click()
    page.keyboard.type("locked")
    page.get_by_text("matching documents").wait_for()
    page.close()

    assert "use the notebook" in fallback
    assert not [url for url in asked if url.startswith(("http", "ws"))]
    assert complaints == []
