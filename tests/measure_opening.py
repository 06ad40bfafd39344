"""Measure from the command to a form one can type in: `python -m tests.measure_opening`.

The browser runs already, as a person's does; its cache is empty each time.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from tests.browser.browsers import find_browser, open_browser
from tests.lab.lab_driver import start, wait_for_text

GOAL = 6
FIELD = ".apiuser-sheet input[type=text]:visible"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", nargs="?", choices=["lab", "form"], default="lab")
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    with (
        open_browser(find_browser()) as browser,
        tempfile.TemporaryDirectory() as folder,
    ):
        rooms = [Path(folder) / str(number) for number in range(options.times)]
        taken = [measure(browser, options.kind, room) for room in rooms]
    opened, ready = (median(column) for column in zip(*taken, strict=True))
    sys.stdout.write(
        f"apiuser {options.kind}: {opened:.1f} s until the browser opens, {ready:.1f} s "
        f"to a form one can type in (medians of {options.times}; goal {GOAL}; "
        f"load {os.getloadavg()[0]:.1f})\n"
    )
    return int(ready > GOAL)


def measure(browser: Browser, kind: str, room: Path) -> tuple[float, float]:
    """Return the seconds until the browser is told to open, and to the form."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    begin = time.perf_counter()
    with start(room, kind, browser=True):
        address = wait_for_text(room / "opened")
        opened = time.perf_counter() - begin
        page.goto(address)
        field = page.locator(FIELD).first
        field.fill("Sample MSP")
        assert field.input_value() == "Sample MSP"
        ready = time.perf_counter() - begin
        context.close()
    return opened, ready


if __name__ == "__main__":
    sys.exit(main())
