"""`apiuser lab` opens JupyterLab with the form in it, without a press."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from apiuser.lab.copies import AUDIT, FIRST
from tests.browser.pages import PATIENCE
from tests.lab.lab_driver import Settings, Started, start, wait_for_text

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FORM = ".apiuser-sheet"
# The page must show what is asked of it below, and lies below another address.
SETTINGS: Settings = {
    "jupyter_lab_config": {
        "LabApp": {"expose_app_in_browser": True},
        "ServerApp": {"base_url": "/x/", "port": 0},
    },
    "voila": {"Voila": {"base_url": "/x/"}},
}

# How far the notebook can be scrolled beyond its last cell.
READ_EMPTY = """() => {
  const panel = document.querySelector(".jp-WindowedPanel-outer");
  const last = [...panel.querySelectorAll(".jp-Cell")].at(-1);
  const end = last.getBoundingClientRect().bottom - panel.getBoundingClientRect().top;
  return panel.scrollHeight - Math.max(panel.clientHeight, panel.scrollTop + end);
}"""
MOST_EMPTY = 100
"""Pixels; beside them JupyterLab has padding, and a button that adds a cell."""


@pytest.fixture(scope="module")
def lab(
    browser: "Browser", tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Started]:
    room = tmp_path_factory.mktemp("lab")
    with start(room, browser=True, settings=SETTINGS) as lab:
        yield lab


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """All addresses that the page asks for."""
    return []


@pytest.fixture(scope="module")
def page(browser: "Browser", lab: Started, asked: list[str]) -> Iterator["Page"]:
    """The page to which the browser is led."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(wait_for_text(lab.room / "opened"))
    page.locator(FORM).first.wait_for()
    page.evaluate("() => window.jupyterapp.restored.then(() => null)")
    yield page
    page.close()


def test_the_form_is_there_and_its_kernel_hears_it(page: "Page", lab: Started) -> None:
    field = page.locator(f"{FORM} input[type=text]:visible").first
    kernel = lab.ask("api/sessions")[0]["kernel"]["id"]
    before = lab.ask(f"api/kernels/{kernel}")["last_activity"]

    field.fill("Sample MSP")
    field.blur()

    page.wait_for_function(
        "([path, before]) => fetch(path).then(answer => answer.json())"
        ".then(kernel => kernel.last_activity > before)",
        arg=[f"/x/api/kernels/{kernel}", before],
    )
    assert urlsplit(page.url).path == f"/x/doc/tree/{FIRST}"
    if folder := os.environ.get("APIUSER_SHOTS"):
        page.screenshot(path=Path(folder) / "lab-opened.png")


def test_the_notebook_scrolls_to_its_end_and_no_further(page: "Page") -> None:
    assert page.evaluate(READ_EMPTY) < MOST_EMPTY


def test_nothing_else_greets_the_person(page: "Page", asked: list[str]) -> None:
    greetings = page.locator(".Toastify__toast, .jp-Dialog, .jp-Launcher")
    panels = page.locator("#jp-left-stack:visible, #jp-right-stack:visible")

    assert greetings.count() == 0
    assert panels.count() == 0
    assert [url for url in asked if "/lab/api/news" in url or "/update" in url] == []


def test_the_page_asks_no_other_host(page: "Page", asked: list[str]) -> None:
    hosts = {urlsplit(url).hostname for url in asked if url.startswith(("http", "ws"))}

    assert hosts == {"localhost"}


def test_what_could_ask_other_hosts_is_no_part_of_the_page(page: "Page") -> None:
    config = json.loads(page.locator("#jupyter-config-data").inner_text())

    assert {
        "@jupyterlab/apputils-extension:announcements",
        "@jupyterlab/extensionmanager-extension",
    } <= set(config["disabledExtensions"])
    assert page.locator("[title^='Extension Manager']").count() == 0


def test_the_audit_is_where_the_terminal_says_and_needs_no_press_either(
    browser: "Browser", lab: Started
) -> None:
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)

    page.goto(lab.printed[1].split()[-1])
    page.locator(FORM).first.wait_for()

    assert urlsplit(page.url).path == f"/x/doc/tree/{AUDIT}"
    page.close()


def test_other_files_are_one_press_away(page: "Page") -> None:
    page.get_by_role("tab", name="File Browser").click()

    page.locator(".jp-DirListing-item", has_text="data").wait_for()
    page.get_by_role("tab", name="File Browser").click()


def test_a_saved_notebook_opens_with_its_form_the_next_time(
    browser: "Browser", tmp_path: Path
) -> None:
    for _ in range(2):
        with start(tmp_path, settings=SETTINGS) as lab:
            page = browser.new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(lab.address)
            page.locator(FORM).first.wait_for()
            page.evaluate(
                "() => window.jupyterapp.commands.execute('docmanager:save')"
                ".then(() => null)"
            )
            page.close()
            _, said = lab.end()

        # A kernel that ends may complain of its own sockets.
        assert "WebSocketClosedError" not in said
