"""What a consultant does with a secret in the forms, up to the moment of the ending."""

import contextlib
import json
import os
import re
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.browser.pages import (
    Lab,
    open_notebook,
    prepare_page,
    run_all,
    run_command,
    save,
    write_notebook,
)
from tests.browser.sheet_steps import (
    open_sheet,
    open_stage,
    prepare,
    press,
    wait_for_sheet,
    wait_for_stage,
)
from tests.leaks.endings import Ending
from tests.leaks.processes import list_processes, watch
from tests.leaks.room import Room
from tests.leaks.server import Server, end_server, kill_all, open_browser, start_server
from tests.planted import SECRETS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

_CREATE = "create-api-user.ipynb"
_AUDIT = "audit-usernames.ipynb"
_FAILING = """%xmode Verbose
def look(form):
    checklist = form.session.checklist
    secret, values, passphrases = checklist.secret, checklist.values, form.desk.passphrases
    return 1 / 0
look(next(out for out in Out.values() if hasattr(out, "session")))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A way through a form.

    Attributes:
        name: What the table calls it.
        work: Works in the page, and returns the secrets that took part.
        app: Whether the form stands in Voilà instead of JupyterLab.
    """

    name: str
    work: "Callable[[Page, Room], list[str]]"
    app: bool = False

    @property
    def endings(self) -> tuple[Ending, ...]:
        """In Voilà the error is a kernel that is killed; no code runs there."""
        return tuple(e for e in Ending if e is not Ending.LOST or not self.app)


def run_session(session: Session, ending: Ending, room: Room) -> list[str]:
    """Work in a form, end as told, and return the secrets that took part."""
    with watch(room.sample):
        server = start_server(room, app=session.app)
        try:
            with open_browser(room, server.url) as page:
                _open(session, page, room, server)
                secrets = session.work(page, room)
                if not session.app:
                    save(page)
                if ending is Ending.ERROR:
                    fail = _lose_kernel if session.app else _fail_in_a_cell
                    fail(page, room)
                elif ending is Ending.LOST:
                    _kill_kernel(room)
                end_server(server, ending, room)
        except BaseException:
            kill_all(room)
            raise
    return secrets


def _open(session: Session, page: "Page", room: Room, server: Server) -> None:
    if session.app:
        page.goto(server.url)
        return
    address = urlsplit(server.url)
    (token,) = parse_qs(address.query)["token"]
    prepare_page(page, Lab(url=server.url, token=token, folder=room["work"]))


def create(page: "Page", room: Room) -> list[str]:
    """Work through every stage, from the tenant's data to the record."""
    open_notebook(page, _CREATE)
    return _create(open_sheet(page), room)


def create_in_app(page: "Page", room: Room) -> list[str]:
    """Do the same in the form without code."""
    return _create(wait_for_sheet(page), room)


def _create(sheet: "Locator", room: Room) -> list[str]:
    prepare(sheet)
    press(sheet, re.compile("^Generate: Username"))
    sheet.get_by_text("Not compared with any names").first.wait_for()
    secrets = meet_secrets(sheet)
    press(sheet, "Check before saving")
    wait_for_stage(sheet, "Store and save")
    passphrase = hand_over(sheet, room)
    press(sheet, "I pressed Save & Close")
    wait_for_stage(sheet, "Test")
    press(sheet, "It works")
    wait_for_stage(sheet, "Hand over")
    download(sheet, room, "Download draft")
    # All is done but the end, which forgets the secret: it is shown once more.
    open_stage(sheet, "Test")
    press(sheet, "Reveal Secret")
    sheet.get_by_text(secrets[-1]).wait_for()
    return [*secrets, passphrase]


def rotate(page: "Page", room: Room) -> list[str]:
    """Make a new secret for a user that exists, and hand it over."""
    open_notebook(page, _CREATE)
    sheet = open_sheet(page)
    press(sheet, "New secret")
    wait_for_stage(sheet, "New secret")
    sheet.get_by_role("textbox", name="Username (Key)").fill("sample1key")
    secrets = meet_secrets(sheet)
    open_stage(sheet, "Store and swap")
    return [*secrets, hand_over(sheet, room)]


def audit(page: "Page", room: Room) -> list[str]:
    """Audit exports in a kernel that generated a secret before."""
    cells = [
        "".join(cell["source"])
        for name in (_CREATE, _AUDIT)
        for cell in json.loads((room["work"] / name).read_text("utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    write_notebook(Lab(url="", token="", folder=room["work"]), "both.ipynb", cells)
    open_notebook(page, "both.ipynb")
    run_all(page)
    # Until then the kernel is busy, and answers nobody.
    page.get_by_label("data/sample-faulty-active.csv").wait_for()
    sheet = page.locator(".apiuser-sheet").first
    sheet.locator("fieldset:enabled h2").wait_for()
    open_stage(sheet, "Fill in")
    secrets = meet_secrets(sheet)
    for half in ("active", "inactive"):
        page.get_by_label(f"data/sample-faulty-{half}.csv").check()
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator(".aus-foot", has_text="Checked ").wait_for()
    for report in ("CSV", "JSON", "Report as a page"):
        download(page, room, report)
    return secrets


def meet_secrets(sheet: "Locator") -> list[str]:
    """Type a secret, have another one generated, copy both and leave one shown."""
    typed, page = SECRETS[0], sheet.page
    field = sheet.get_by_label("Password (Secret)", exact=True)
    field.fill(typed)
    field.press("Tab")
    press(sheet, "Reveal Password (Secret)")
    sheet.get_by_text(typed).wait_for()
    press(sheet, "Copy Password (Secret)")
    sheet.get_by_text("Copied.").first.wait_for()
    press(sheet, "Generate: Password (Secret)")
    sheet.get_by_text("Press again to go on").first.wait_for()
    press(sheet, "Generate: Password (Secret)")
    sheet.get_by_text(typed).wait_for(state="detached")
    sheet.locator('[data-press="copy:secret"]:not(.aus-copied)').wait_for()
    press(sheet, "Copy Password (Secret)")
    sheet.locator('[data-press="copy:secret"].aus-copied').wait_for()
    generated = str(page.evaluate("() => navigator.clipboard.readText()"))
    press(sheet, "Reveal Password (Secret)")
    sheet.get_by_text(generated).wait_for()
    return [typed, generated]


def hand_over(sheet: "Locator", room: Room) -> str:
    """Write the encrypted file and its sheet, and return the passphrase."""
    press(sheet, "Write")
    sheet.get_by_text("KeePass database").first.wait_for()
    download(sheet, room, "Handover sheet")
    press(sheet, "Reveal the passphrase")
    shown = sheet.locator(".aus-card-file p.aus-ok code").filter(has_not_text="\u2022")
    shown.wait_for()
    sheet.get_by_role("checkbox").first.check()
    return shown.inner_text()


def download(form: "Page | Locator", room: Room, button: str) -> None:
    page: Page = getattr(form, "page", None) or form  # type: ignore[assignment]  # a sheet has a page
    with page.expect_download() as waiting:
        form.get_by_role("button", name=button, exact=True).click()
    waiting.value.save_as(room["work"] / waiting.value.suggested_filename)


def _fail_in_a_cell(page: "Page", _room: Room) -> None:
    """Fail with the form at hand and the most talkative traceback, and save that."""
    run_command(page, "notebook:insert-cell-below")
    page.evaluate(
        "source => window.jupyterapp.shell.currentWidget.content.activeCell.model"
        ".sharedModel.setSource(source)",
        _FAILING,
    )
    run_command(page, "notebook:run-cell")
    page.get_by_text("ZeroDivisionError").first.wait_for()
    save(page)


def _lose_kernel(page: "Page", room: Room) -> None:
    """Kill the kernel under the form, which then says so."""
    _kill_kernel(room)
    page.get_by_text("The kernel does not answer").first.wait_for()


def _kill_kernel(room: Room) -> None:
    """Kill the kernel while it holds the secret."""
    killed = []
    for process in list_processes(room["home"]):
        if b"ipykernel_launcher" in process.command:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.number, signal.SIGKILL)
                killed.append(process)
    if not killed:
        message = "No kernel ran."
        raise RuntimeError(message)


SESSIONS = (
    Session(name="Create in JupyterLab, every step", work=create),
    Session(name="Rotate in JupyterLab", work=rotate),
    Session(name="Create in Voilà (`apiuser form`)", work=create_in_app, app=True),
    Session(name="Audit in JupyterLab, after a secret in the same kernel", work=audit),
)
