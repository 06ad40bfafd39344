"""What the browser tests do on the audit sheet."""

from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.pages import renew_notebook, resize

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NOTEBOOK = "audit-usernames.ipynb"
# Asks the kernel again and again, and keeps how long the slowest answer took.
# The longest time that a thread of the kernel worked before it heard anything again, since
# JupyterLab has several hear; what other programs do meanwhile is not in it.
WATCH = """
import asyncio, gc, time
_longest, _watching = 0.0, True
async def _watch():
    global _longest
    last = time.thread_time()
    while _watching:
        await asyncio.sleep(0.02)
        _longest = max(_longest, time.thread_time() - last)
        last = time.thread_time()
for _loop in gc.get_objects():
    if isinstance(_loop, asyncio.AbstractEventLoop) and _loop.is_running():
        asyncio.run_coroutine_threadsafe(_watch(), _loop)
"""
ASK_KERNEL = """async (code) => {
  const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
  const future = kernel.requestExecute({ code, user_expressions: { longest: "_longest" } });
  const { content } = await future.done;
  return Number(content.user_expressions?.longest?.data?.["text/plain"]);
}"""
# A list as wide as it likes is as wide as its longest choice.
FIND_CUT = """lists => lists.filter((list) => {
  const given = list.getBoundingClientRect().width;
  const { cssText } = list.style;
  list.style.width = "max-content";
  const wanted = list.getBoundingClientRect().width;
  list.style.cssText = cssText;
  return given < wanted;
}).map((list) => [...list.options].map(({ text }) => text).join(", "))"""
FOCUSED = """() => {
  const { activeElement } = document;
  return (activeElement.labels?.[0] ?? activeElement).innerText.trim();
}"""
FAULTY = ("sample-faulty-active.csv", "sample-faulty-inactive.csv")


def renew_audit(page: "Page") -> "Page":
    """Open the notebook, or make its sheet anew, and wait until the sheet is alive."""
    renew_notebook(page, NOTEBOOK, mode="doc")
    wait_for_sheet(page)
    return page


def wait_for_sheet(page: "Page") -> "Locator":
    sheet = page.locator(".apiuser-sheet").last
    sheet.locator("fieldset:enabled h2").first.wait_for()
    return sheet


def tick(page: "Page", *names: str) -> None:
    for name in names:
        page.get_by_label(f"data/{name}").check()


def add(page: "Page", path: str) -> None:
    page.get_by_text("Add by path").click()
    page.get_by_label("File or folder here").fill(path)
    page.get_by_label("File or folder here").press("Enter")
    page.locator(".aus-exports li", has_text=Path(path).name).first.wait_for()


def check(page: "Page") -> "Locator":
    """Check, and return the verdict, over all tenants if there may be many."""
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator(".aus-foot", has_text="Checked ").wait_for()
    verdict = page.locator(".aus-results:not(.aus-stale) .aus-verdict").first
    verdict.wait_for()
    return verdict


def find_card(page: "Page", title: str) -> "Locator":
    return page.locator(".aus-card", has=page.locator("h3", has_text=title))


def reach(page: "Page", name: str) -> None:
    """Press Tab until a control of this name has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            return
    message = f"Tab does not lead to {name}"
    raise AssertionError(message)


def list_overflowing(page: "Page") -> list[int]:
    """Return the widths of a window at which something sticks out of the sheet."""
    widths = []
    for width in (390, 800, 1280):
        resize(page, width)
        sheet = page.locator(".apiuser-sheet").last
        if sheet.evaluate("e => e.scrollWidth - e.clientWidth") > 0:
            widths.append(width)
    return widths


def list_cut(page: "Page") -> list[str]:
    """Return what is cut off in a list of choices, with the width of the window."""
    cut = []
    for width in (390, 800, 1000, 1280):
        resize(page, width)
        choices = page.locator(".aus-reading select")
        cut += [f"{width}: {one}" for one in choices.evaluate_all(FIND_CUT)]
    return cut
