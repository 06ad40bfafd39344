"""The form in the guide's page, whose Python runs in the browser, ended in every way."""

import contextlib
import logging
import os
import re
import signal
import tempfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.sheet_steps import (
    open_in_page,
    open_stage,
    prepare,
    press,
    wait_for_stage,
)
from tests.guide.served_site import build_site, serve_site
from tests.leaks.endings import Ending
from tests.leaks.processes import list_processes, watch
from tests.leaks.room import Room
from tests.leaks.server import kill_all, open_browser
from tests.leaks.sessions import download, meet_secrets

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
NAME = "Create in the guide's page"
ENDINGS = tuple(ending for ending in Ending if ending is not Ending.LOST)
_LOG = logging.getLogger(__name__)
_FAIL = "() => { setTimeout(() => { throw new Error('no Python any more'); }); }"


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site, and logs what the browser asks for."""

    def log_message(self, form: str, *parts: object) -> None:
        _LOG.info(form, *parts)


@contextlib.contextmanager
def build() -> Iterator[Path]:
    """Build the guide's site."""
    with tempfile.TemporaryDirectory() as folder:
        build_site(Path(folder))
        yield Path(folder)


def run_page(site: Path, ending: Ending, room: Room) -> list[str]:
    """Create a user in the page, end as told, and return the secrets that took part."""
    with _serve(site, room) as url, watch(room.sample):
        try:
            with open_browser(room, url) as page:
                secrets = _create(page, room)
                _end(page, ending, room)
        except BaseException:
            kill_all(room)
            raise
    return secrets


def _create(page: "Page", room: Room) -> list[str]:
    page.goto("/try/")
    sheet = open_in_page(page)
    prepare(sheet)
    press(sheet, re.compile("^Generate: Username"))
    sheet.get_by_text("Not compared with any names").first.wait_for()
    secrets = meet_secrets(sheet)
    press(sheet, "Check before saving")
    wait_for_stage(sheet, "Store and save")
    open_stage(sheet, "Hand over")
    download(sheet, room, "Download draft")
    open_stage(sheet, "Test")
    press(sheet, "Reveal Secret")
    sheet.get_by_text(secrets[-1]).wait_for()
    return secrets


def _end(page: "Page", ending: Ending, room: Room) -> None:
    if ending is Ending.NORMAL:
        page.on("dialog", lambda dialog: dialog.accept())  # it asks before it forgets
        page.goto("/")
    elif ending is Ending.ERROR:
        page.workers[-1].evaluate(_FAIL)
        page.get_by_text("The form stopped working").first.wait_for()
    elif ending is Ending.INTERRUPT:
        _interrupt_browser(room)
        page.context.wait_for_event("close")
    else:
        kill_all(room)


def _interrupt_browser(room: Room) -> None:
    (browser,) = (
        process
        for process in list_processes(room["home"])
        if bytes(room["browser"]) in process.command
        and b"--type=" not in process.command
    )
    os.kill(browser.number, signal.SIGINT)


@contextlib.contextmanager
def _serve(site: Path, room: Room) -> Iterator[str]:
    log = logging.FileHandler(room["logs"] / "site.log", encoding="utf-8")
    _LOG.addHandler(log)
    _LOG.setLevel(logging.INFO)
    try:
        with serve_site(site, _Handler) as address:
            yield address
    finally:
        _LOG.removeHandler(log)
        log.close()
