"""What the browser tests do with the guide's page, and the form in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.browser.browsers import open_context
from tests.browser.sheet_steps import SCREENS, open_in_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

# As a theme does that swaps pages without loading them.
EXCHANGE = """() => {
  const fresh = document.createElement("div");
  fresh.id = "apiuser-form";
  document.getElementById("apiuser-form").replaceWith(fresh);
  document$.next(document);
}"""
# Undoes what a test put in place of the browser's own.
AS_NEW = """query => {
  for (const part of [navigator.clipboard, navigator.permissions])
    for (const name of Object.keys(part)) delete part[name];
  history.replaceState(null, "", `/try/${query}`);
}"""
# A worker that was ended is given again: Python takes long to start.
KEEP_WORKERS = """
  const kept = new Map();
  const Real = Worker;
  window.Worker = function (url, options) {
    const name = String(url);
    if (!kept.has(name)) kept.set(name, new Real(url, options));
    return Object.assign(kept.get(name), { terminate() {} });
  };
"""


@contextmanager
def open_page(
    browser: "Browser",
    address: str,
    screen: dict[str, Any] = SCREENS[0],
    script: str = "",
) -> Iterator["Page"]:
    """Open a page that may use the clipboard, and in which nothing may go wrong."""
    context = open_context(browser, **screen)
    page = context.new_page()
    page.add_init_script(script)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: (
            complaints.append(said.text) if said.type in {"error", "warning"} else None
        ),
    )
    page.goto(address, wait_until="networkidle")
    yield page
    context.close()
    assert complaints == []


def open_anew(
    form_page: "Page", query: str = "", screen: dict[str, Any] = SCREENS[0]
) -> "Locator":
    """Open the form as if its page were new, and came by another address."""
    form_page.set_viewport_size(screen["viewport"])
    form_page.emulate_media(color_scheme=screen["color_scheme"])
    form_page.evaluate(AS_NEW, query)
    form_page.evaluate(EXCHANGE)
    return open_in_page(form_page)


def read_job(sheet: "Locator") -> list[str]:
    return sheet.locator('.aus-jobs [aria-pressed="true"]').all_inner_texts()
