"""The built site in a real browser: it asks its own host only, fits and is found."""

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.browser.axe_steps import list_faults, prepare_axe
from tests.browser.sheet_steps import SCREENS, open_in_page

if TYPE_CHECKING:
    from playwright import sync_api as playwright

ROOT = Path(__file__).parents[2]


def list_pages(site_folder: Path) -> list[Path]:
    """Return the address of each page, that of the unknown address too."""
    pages = [p.parent.relative_to(site_folder) for p in site_folder.rglob("index.html")]
    return [*pages, Path("404.html")]


# What is the same on all pages, and looked at on the first of them.
COMMON = [".md-header", ".md-sidebar--primary", ".md-footer"]


@pytest.mark.timeout(1800)  # all pages, on two screens
def test_every_page_fits_asks_nobody_else_and_has_no_serious_fault(
    browser: "playwright.Browser", address: str, site_folder: Path, site_parts: Path
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    too_wide: list[str] = []
    found: list[str] = []
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
    names = list_pages(site_folder)

    for name in names:
        page.goto(address + name.as_posix(), wait_until="networkidle")
        if name.as_posix() == "try":
            open_in_page(page)
        prepare_axe(page, site_parts)
        seen = COMMON if name in names[1:] else []
        for screen in SCREENS:
            page.set_viewport_size(screen["viewport"])
            page.emulate_media(color_scheme=screen["color_scheme"])
            width = screen["viewport"]["width"]
            if page.evaluate("() => document.documentElement.scrollWidth") > width:
                too_wide.append(f"{page.url} at {width}")
            faults = list_faults(page, seen=seen)
            found += [f"{name} at {width}: {fault}" for fault in faults]
    page.goto(f"{address}create/", wait_until="networkidle")
    sheets = page.pdf(format="A4", prefer_css_page_size=True)
    page.close()

    assert len(names) > 10
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 2
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}
    assert complaints == []
    assert too_wide == []
    assert found == []


# The cells that stick out, and the flags that are broken, as a person sees them.
CUT = """() => [...document.querySelectorAll("td, td .flag")].filter((part) =>
  part.getBoundingClientRect().right > innerWidth ||
  (part.matches(".flag") && part.getClientRects().length > 1)
).map((part) => part.textContent)"""


@pytest.mark.parametrize("name", ["", "troubleshooting/", "create/", "audit/"])
def test_a_table_on_a_phone_shows_every_cell(
    browser: "playwright.Browser", address: str, name: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(address + name)
    page.locator("td").last.wait_for()

    cut = page.evaluate(CUT)
    heads = page.locator("td[data-head]").evaluate_all(
        "cells => cells.map((cell) => cell.dataset.head)"
    )
    page.close()

    assert cut == []
    shown = {"": "Or do it", "troubleshooting/": "Fix"}
    assert shown.get(name, heads[0]) in heads


# What people type, and the place that must come first.
SEARCHES = {
    "Zone information could not be determined": "troubleshooting/",
    "secret": "rotate/",
    "unlock": "edit/#unlock",
    "taken": "audit/#taken",
    "uniqueness": "audit/#taken",
    "deactivate": "edit/#deactivate",
    "401": "troubleshooting/#answer-401",
    "zapier": "create/#fields",
    "secret rules": "rules/#secret-rules",
    "secret length": "rules/#secret-rules",
}

# The theme puts the words into the address, to mark them in the page.
FOUND_FIRST = """place => {
  const first = document.querySelector(".md-search-result__item");
  const links = [...(first?.querySelectorAll("a") ?? [])].map((a) => new URL(a.href));
  return links.some(({ pathname, hash }) => pathname + hash === `/${place}`);
}"""


def test_the_search_finds_the_right_page_first(
    browser: "playwright.Browser", address: str
) -> None:
    page = browser.new_page()
    page.goto(address)
    box = page.get_by_role("textbox", name="Search")

    for words, place in SEARCHES.items():
        box.fill("")
        box.press_sequentially(words)
        # While words are typed, others are found first.
        page.wait_for_function(FOUND_FIRST, arg=place)

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


def test_a_page_without_scripts_says_what_still_works(
    browser: "playwright.Browser", address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)

    page.get_by_role("link", name="Create an API user now").click()
    page.locator("#apiuser-form").get_by_role("link", name="create an API user").click()
    lines = page.locator("#short + ol > li").count()
    page.locator("summary").first.click()
    reasons = page.locator("details[open]").inner_text()
    page.goto(f"{address}notebooks/create-api-user/")
    pictured = page.locator(".form-picture img:visible").count()
    context.close()

    assert lines == 8
    assert "API users are made only on this page" in reasons
    assert pictured == 1


@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone"])
def test_the_form_begins_where_the_text_begins(
    browser: "playwright.Browser", address: str, screen: dict[str, Any]
) -> None:
    page = browser.new_page(**screen)
    page.goto(f"{address}try/")
    text = page.locator("h1").bounding_box()

    button = page.get_by_role("button", name="Open the form in this page")
    offered = button.bounding_box()
    opened = open_in_page(page).locator(".aus-jobs").bounding_box()
    page.close()

    assert text
    assert offered
    assert opened
    assert text["x"] == offered["x"] == opened["x"]


def test_a_browser_without_webassembly_shows_where_to_read(
    browser: "playwright.Browser", address: str
) -> None:
    page = browser.new_page()
    page.add_init_script("delete globalThis.WebAssembly")

    page.goto(f"{address}try/?job=create&open")
    said = page.locator("#apiuser-form").inner_text()
    page.close()

    assert "needs a browser with scripts and WebAssembly" in said
    assert "create an API user" in said


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

    offers, pictures = [], []
    for name in ("index", "create", "edit", "rotate"):
        page.goto((tmp_path / f"{name}.html").as_uri())
        offers.append(page.locator("article").inner_text())
        assert page.locator("article .md-button").count() == 0
        pictures.append(page.locator("article a:has(img)").count())
    page.goto((tmp_path / "try.html").as_uri())
    fallback = page.locator("#apiuser-form").inner_text()
    page.get_by_placeholder("Search").first.click()
    page.keyboard.type("locked")
    page.get_by_text("matching documents").wait_for()
    page.close()

    assert all("does not open from a folder" in text for text in offers)
    assert offers[0].count("in your browser, from a web server") == 2
    assert "The form runs in your browser" not in offers[0]
    assert "A picture of the form, which does not open from a folder." in offers[0]
    assert pictures == [0, 0, 0, 0]
    assert "use the notebook" in fallback
    assert not [url for url in asked if url.startswith(("http", "ws"))]
    assert complaints == []
