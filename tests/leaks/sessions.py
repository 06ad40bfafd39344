"""What a consultant does with a secret in the forms, up to the moment of the ending."""

import contextlib
import json
import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.browser.create_steps import (
    enter_general,
    enter_rest_and_save,
    finish_step,
    prepare,
)
from tests.browser.pages import (
    Lab,
    open_notebook,
    prepare_page,
    run_all,
    run_command,
    save,
    write_notebook,
)
from tests.leaks.endings import Ending
from tests.leaks.processes import list_processes, watch
from tests.leaks.room import Room
from tests.leaks.server import Server, end_server, kill_all, open_browser, start_server
from tests.planted import SECRETS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

_CREATE = "create-api-user.ipynb"
_AUDIT = "audit-usernames.ipynb"
_FAILING = """%xmode Verbose
def look(form):
    checklist = form.checklist
    secret, values = checklist.secret, checklist.values
    return 1 / 0
look(next(out for out in Out.values() if hasattr(out, "checklist")))
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


def run_session(session: Session, ending: Ending, room: Room) -> list[str]:
    """Work in a form, end as told, and return the secrets that took part."""
    with watch(room.sample):
        server = start_server(room, app=session.app)
        try:
            with open_browser(room, server) as page:
                _open(session, page, room, server)
                secrets = session.work(page, room)
                if not session.app:
                    save(page)
                if ending is Ending.ERROR:
                    fail = _lose_kernel if session.app else _fail_in_a_cell
                    fail(page, room)
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
    """Work through every step, from the tenant's data to the record."""
    open_notebook(page, _CREATE)
    run_all(page)
    prepare(page)
    enter_general(page)
    page.get_by_role("button", name="Generate Key").click()
    page.get_by_text("A free key was generated").wait_for()
    finish_step(page, "key")
    secrets = meet_secrets(page)
    finish_step(page, "secret")
    enter_rest_and_save(page)
    return [*secrets, hand_over(page, room)]


def rotate(page: "Page", room: Room) -> list[str]:
    """Make a new secret for a user that exists, and hand it over."""
    open_notebook(page, _CREATE)
    run_all(page)
    page.get_by_label("Job").select_option("Rotate a secret")
    page.get_by_role("button", name="Start anew").click()
    page.get_by_text("Step 1 of 9").wait_for()
    choose_step(page, "Make the new secret, without saving")
    page.get_by_label("Username (Key)").first.fill("sample1key")
    secrets = meet_secrets(page)
    choose_step(page, "Hand over")
    return [*secrets, hand_over(page, room)]


def create_in_app(page: "Page", room: Room) -> list[str]:
    """Make a secret and hand it over, in the form without code."""
    choose_step(page, "Make the username (key)")
    page.get_by_role("button", name="Generate Key").click()
    page.get_by_text("A free key was generated").wait_for()
    choose_step(page, "Make the password (secret)")
    secrets = meet_secrets(page)
    choose_step(page, "Hand over")
    return [*secrets, hand_over(page, room)]


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
    choose_step(page, "Make the password (secret)")
    secrets = meet_secrets(page)
    for half in ("active", "inactive"):
        page.get_by_label(f"data/sample-faulty-{half}.csv").check()
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("status").get_by_text("Checked ").wait_for()
    for ending in ("CSV", "JSON", "HTML"):
        _download(page, room, f"Save as {ending}")
    return secrets


def choose_step(page: "Page", title: str) -> None:
    """Go to a step by its button."""
    page.get_by_role("navigation", name="Steps").get_by_role(
        "button", name=title
    ).click()
    page.get_by_role("heading", name=title).wait_for()


def meet_secrets(page: "Page") -> list[str]:
    """Type a secret, have another one generated, copy both and leave one shown."""
    typed = SECRETS[0]
    field = page.get_by_label("Type or paste: Password (Secret)")
    field.fill(typed)
    field.press("Enter")
    page.get_by_role("button", name="Reveal Password (Secret)").click()
    page.get_by_text(typed).wait_for()
    page.get_by_role("button", name="Generate Secret").click()
    page.get_by_text("A secret was generated").wait_for()
    page.get_by_role("button", name="Copy Password (Secret)").click()
    page.get_by_text("Copied.").wait_for()
    generated = str(page.evaluate("() => navigator.clipboard.readText()"))
    page.get_by_role("button", name="Reveal Password (Secret)").click()
    page.get_by_text(generated).wait_for()
    return [typed, generated]


def hand_over(page: "Page", room: Room) -> str:
    """Write the encrypted file, the sheet and the record; return the passphrase."""
    page.get_by_role("button", name="Write the encrypted file").click()
    page.get_by_text("Written: ").wait_for()
    for file in ("record", "handover sheet"):
        for kind in ("HTML", "Markdown"):
            _download(page, room, f"Download the {file} ({kind})")
    page.get_by_label("File of this checklist").fill("leaks.json")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved to leaks.json").wait_for()
    page.get_by_role("button", name="Reveal Passphrase of the file").click()
    shown = page.locator("code.apiuser-shown")
    shown.wait_for()
    return shown.inner_text()


def _download(page: "Page", room: Room, button: str) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
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
    for process in list_processes(room["home"]):
        if b"ipykernel_launcher" in process.command:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.number, signal.SIGKILL)
    page.get_by_role("button", name="Hide Passphrase of the file").click()
    page.get_by_role("button", name="Reveal Passphrase of the file").click()
    page.get_by_text("The kernel does not answer.").wait_for()


SESSIONS = (
    Session(name="Create in JupyterLab, every step", work=create),
    Session(name="Rotate in JupyterLab", work=rotate),
    Session(name="Create in Voilà (`apiuser form`)", work=create_in_app, app=True),
    Session(name="Audit in JupyterLab, after a secret in the same kernel", work=audit),
)
