"""The browsers of this machine: Chromium, or Firefox where APIUSER_BROWSER says so."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Playwright

FIREFOX = os.environ.get("APIUSER_BROWSER") == "firefox"
_CHROMIUM = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_NAMES = ("firefox-esr", "firefox") if FIREFOX else _CHROMIUM
_QUICK = () if FIREFOX else ("chromium-headless-shell",)
"""Without what only a window needs: a fifth less of the processor's time."""
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
_SIMPLE_WASM = "--js-flags=--liftoff-only"
"""Python in a page is compiled once and not optimised later: a third less time."""
_SETTINGS: dict[str, str | float | bool] = {
    "dom.events.testing.asyncClipboard": True,  # the tests read what was copied
    "widget.gtk.overlay-scrollbars.enabled": True,  # else widths are 12 px short
}

_PERMISSIONS: dict[str, Any] = (
    {} if FIREFOX else {"permissions": ["clipboard-read", "clipboard-write"]}
)

chromium_only = pytest.mark.skipif(
    FIREFOX,
    reason="Firefox tells of no download, and lets no page look into the clipboard.",
)


def find_browser(*, whole: bool = False) -> str | None:
    """Return the path of an installed browser.

    Args:
        whole: Whether one that people use comes first, since it keeps more on the disk.
    """
    names = (*_NAMES, *_QUICK) if whole else (*_QUICK, *_NAMES)
    found = (shutil.which(name) for name in names)
    places = (place for place in _PLACES if not FIREFOX and Path(place).is_file())
    return next((path for path in (*found, *places) if path), None)


_driver: "list[Playwright]" = []


@contextmanager
def open_driver() -> "Iterator[Playwright]":
    """Start Playwright, or go on with the one of this process: it bears only one."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # may be missing

    if _driver:
        yield _driver[0]
        return
    with sync_playwright() as driver:
        _driver.append(driver)
        try:
            yield driver
        finally:
            _driver.clear()


@contextmanager
def open_browser(path: str | None) -> "Iterator[Browser]":
    """Open a browser without a window."""
    with open_driver() as driver, tempfile.TemporaryDirectory() as downloads:
        kind = driver.firefox if FIREFOX else driver.chromium
        browser = kind.launch(**_choose_start(path, downloads))
        yield browser
        browser.close()


@contextmanager
def open_profile(
    path: str | None,
    profile: Path,
    **options: Any,  # noqa: ANN401  # as Playwright has them
) -> "Iterator[BrowserContext]":
    """Open windows that may use the clipboard, in a browser that keeps what it knows.

    What it compiled of JupyterLab's scripts spares each later page two seconds.
    """
    with open_driver() as driver, tempfile.TemporaryDirectory() as downloads:
        kind = driver.firefox if FIREFOX else driver.chromium
        context = kind.launch_persistent_context(
            profile, **_choose_start(path, downloads), **_PERMISSIONS, **options
        )
        yield context
        context.close()


def open_context(browser: "Browser", **options: Any) -> "BrowserContext":  # noqa: ANN401
    """Open windows that may use the clipboard."""
    return browser.new_context(**_PERMISSIONS, **options)


def _choose_start(path: str | None, downloads: str) -> dict[str, Any]:
    start: dict[str, Any] = {"executable_path": path, "downloads_path": downloads}
    if FIREFOX:
        return start | {"channel": "moz-firefox", "firefox_user_prefs": _SETTINGS}
    root = getattr(os, "geteuid", lambda: 1)() == 0
    return start | {"args": [_SIMPLE_WASM, *["--no-sandbox"] * root]}
