"""Measure from the command to a form one can type in: `python -m tests.measure_opening`.

In the guide's page the time runs from the click. The browser runs already, as a
person's does; its cache is empty each time.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from tests.browser.browsers import find_browser, open_browser
from tests.guide.served_site import build_site, serve_site
from tests.lab.lab_driver import start, wait_for_text

GOALS = {"lab": 6, "form": 6, "page": 2.5}
"""The most seconds."""
FIELD = ".apiuser-sheet input[type=text]:visible"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", nargs="?", choices=GOALS, default="lab")
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    goal, times = GOALS[options.kind], options.times
    with (
        open_browser(find_browser()) as browser,
        tempfile.TemporaryDirectory() as folder,
    ):
        if options.kind == "page":
            ready = median(measure_page(browser, Path(folder), times))
            told = "the guide's page: "
        else:
            rooms = [Path(folder) / str(number) for number in range(times)]
            taken = [measure(browser, options.kind, room) for room in rooms]
            opened, ready = (median(column) for column in zip(*taken, strict=True))
            told = f"apiuser {options.kind}: {opened:.1f} s until the browser opens, "
    sys.stdout.write(
        f"{told}{ready:.1f} s to a form one can type in (medians of {times}; "
        f"goal {goal}; load {os.getloadavg()[0]:.1f})\n"
    )
    return int(ready > goal)


def measure(browser: Browser, kind: str, room: Path) -> tuple[float, float]:
    """Return the seconds until the browser is told to open, and to the form."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    begin = time.perf_counter()
    with start(room, kind, browser=True):
        address = wait_for_text(room / "opened")
        opened = time.perf_counter() - begin
        page.goto(address)
        type_in(page)
        ready = time.perf_counter() - begin
        context.close()
    return opened, ready


def measure_page(browser: Browser, folder: Path, times: int) -> Iterator[float]:
    """Yield the seconds from the click to the form, in a page with an empty cache."""
    build_site(folder)
    with serve_site(folder) as address:
        for _ in range(times):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            page.goto(f"{address}try/", wait_until="networkidle")
            begin = time.perf_counter()
            page.get_by_role("button", name="Open the form in this page").click()
            type_in(page)
            yield time.perf_counter() - begin
            context.close()


def type_in(page: Page) -> None:
    """Wait for the form and type into its first field."""
    field = page.locator(FIELD).first
    field.fill("Sample MSP")
    assert field.input_value() == "Sample MSP"


if __name__ == "__main__":
    sys.exit(main())
