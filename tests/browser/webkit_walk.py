"""Create an API user in WebKit, in a real JupyterLab, from the open form to the record.

`xvfb-run -a uv run --group webkit --group test python -m tests.browser.webkit_walk`, with
Debian's packages webkit2gtk-driver, xvfb and xauth.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.handover.kdbx_reader import read_kdbx
from tests.lab.lab_driver import PATIENCE, start, wait_for_text
from tests.leaks.searching import find_files_with

DRIVER = Path("/usr/bin/WebKitWebDriver")
BROWSERS = "*/webkit2gtk-4.*/MiniBrowser"
SHEET = "//*[contains(@class, 'apiuser-sheet')]"
COPIED = ["First Name", "Last Name", "Email Address", "Username (Key)"]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with start(home, browser=True), open_webkit(home) as driver:
            driver.get(wait_for_text(home / "opened"))
            try:
                walk(Sheet(driver), home)
            except TimeoutException as error:
                shown = driver.execute_script("return document.body.innerText")
                sys.exit(f"{error.msg}\n\nThe page shows:\n{shown}")
            agent = driver.execute_script("return navigator.userAgent")
    sys.stdout.write(f"Finished, with file and record, in {agent}\n")
    return 0


@contextmanager
def open_webkit(home: Path) -> Iterator[WebKitGTK]:
    """Open the browser of WebKitGTK, which keeps what it downloads at home."""
    found = sorted(Path("/usr/lib").glob(BROWSERS))
    if not found or not DRIVER.exists():
        sys.exit("WebKitGTK is missing: apt-get install webkit2gtk-driver xvfb xauth")
    options = Options()
    options.binary_location = str(found[-1])
    options.add_argument("--automation")
    environment = {**os.environ, "GDK_BACKEND": "x11", "HOME": str(home)}
    driver = WebKitGTK(options, Service(str(DRIVER), env=environment))
    try:
        driver.set_window_size(1280, 900)
        yield driver
    finally:
        driver.quit()


class Sheet:
    """What a person does on the sheet, with mouse and keyboard."""

    def __init__(self, driver: WebKitGTK) -> None:
        """Wait until the sheet is alive."""
        self.driver = driver
        # What is looked at may just be drawn anew.
        self.wait = WebDriverWait(
            driver, PATIENCE, ignored_exceptions=[WebDriverException]
        )
        self.find("//fieldset[not(@disabled)]//h2")

    def find(self, path: str) -> WebElement:
        """Wait until something on the sheet is seen."""

        def look(driver: WebKitGTK) -> WebElement | None:
            found = driver.find_elements(By.XPATH, f"{SHEET}{path}")
            return next((one for one in found if one.is_displayed()), None)

        seen = self.wait.until(look, f"Not on the sheet: {path}")
        assert seen is not None
        return seen

    def find_box(self, label: str) -> WebElement:
        own = f"//label[normalize-space() = '{label}']/@for"
        return self.find(f"//input[@aria-label = '{label}' or @id = {own}]")

    def fill(self, label: str, text: str) -> None:
        box = self.find_box(label)
        box.clear()
        box.send_keys(text, Keys.TAB)

    def press(self, name: str) -> None:
        """Press the button whose name begins so."""
        own = f"starts-with(normalize-space(), '{name}')"
        path = f"//button[{own} or starts-with(@aria-label, '{name}')]"
        places = [self.find(path).rect]

        def rests(_: WebKitGTK) -> bool:
            places.append(self.find(path).rect)
            return bool(places[-1] == places[-2])

        # The driver presses a place, which a sheet that is drawn anew may leave.
        self.wait.until(rests)
        self.find(path).click()

    def copy_next(self) -> str:
        """Copy the next value, wait for the one after it, and return its name."""
        follow = self.find("//*[@data-press = 'next']")
        label = str(follow.text)
        follow.click()
        self.wait.until(lambda _: follow.text != label)
        return label

    def wait_for_stage(self, title: str) -> None:
        """Wait until the sheet shows a stage, and tell it."""
        self.find(f"//*[contains(@class, 'aus-now')][contains(., '{title}')]")
        sys.stdout.write(f"{title}\n")


def walk(sheet: Sheet, home: Path) -> None:
    """Create an API user for Presh via Zapier, and check what is left of it."""
    sheet.wait_for_stage("Prepare")
    sheet.find("//*[@role = 'radio'][contains(., 'Presh via Zapier')]").click()
    sheet.find("//*[@role = 'radio'][@aria-checked = 'true']")
    sheet.fill("Tenant", "Sample MSP")
    sheet.fill("Username ends with", "@sample.example.com")
    sheet.press("Start filling in")
    sheet.wait_for_stage("Fill in")
    sheet.press("Generate key and secret")
    sheet.find(f"//*[{_having('characters, follows every rule')}]")
    key = str(sheet.find_box("Username (Key)").get_property("value"))
    copied = [sheet.copy_next() for _ in COPIED]
    sheet.press("Copy Password (Secret)")
    # WebKit lets no page look into the clipboard, so a button clears it.
    sheet.find(f"//button[{_having('Clear')}]")
    sheet.press("Check before saving")
    sheet.wait_for_stage("Store and save")
    sheet.fill("Encrypted file", "webkit.kdbx")
    sheet.press("Write")
    sheet.find(f"//*[{_having('KeePass database')}]")
    sheet.press("Reveal the passphrase")
    sheet.find(f"//*[{_having('Shown for one minute')}]")
    passphrase = sheet.find("//p[contains(@class, 'aus-ok')]/code").text
    sheet.press("I pressed Save & Close")
    sheet.wait_for_stage("Test")
    sheet.press("It works")
    sheet.wait_for_stage("Hand over")
    sheet.press("Finish")
    sheet.find(f"//*[{_having('Finished. The secret is forgotten')}]")
    sheet.press("Download record")
    record = wait_for_text(home / f"{key}-record.html")

    assert copied == [f"Copy next: {label}" for label in COPIED]
    assert f"{key}@sample.example.com" in record
    assert "not finished" not in record
    entry = read_kdbx(next(home.rglob("webkit.kdbx")).read_bytes(), passphrase)
    assert f"{key}@sample.example.com" in entry.values()
    assert not find_files_with(entry["Password"], home)


def _having(text: str) -> str:
    return f"contains(normalize-space(), '{text}')"


if __name__ == "__main__":
    sys.exit(main())
