"""The low parts of the forms in a real JupyterLab."""

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.pages import (
    Lab,
    count_cells,
    open_notebook,
    prepare_page,
    run_all,
    run_command,
    save,
    shoot,
    write_notebook,
)
from tests.planted import SECRETS

if TYPE_CHECKING:
    from playwright.sync_api import Page, WebSocket

# The kernel puts the secret together, so that no notebook holds it as source.
HALVES = [SECRETS[0][:9], SECRETS[0][9:]]
# The kernel's log at debug keeps every message that reaches the kernel.
LOG_CELL = """
import logging
log = get_ipython().kernel.log
log.setLevel(logging.DEBUG)
log.addHandler(logging.FileHandler("kernel.log"))
"""
SECRET_CELL = f"""
from apiuser.credentials.credential import Secret
from apiuser.forms.widgets.guard import form_box
from apiuser.forms.widgets.secret_box import SecretBox
from apiuser.forms.widgets.copy_text import CopyText
from ipywidgets import Button
held = [Secret("".join({HALVES!r}))]
def receive(secret):
    held[0] = secret
    box.available = bool(secret)
box = SecretBox(supply=lambda: held[0], receive=receive, label="Password (Secret)")
box.available = True
change = Button(description="Change")
def replace(_button):
    held[0] = Secret(held[0].reveal()[::-1])
    box.refresh()
change.on_click(replace)
form_box(CopyText(label="First Name", text="Presh"), box, change)
"""


TRANSFER_CELL = """
import hashlib
from apiuser.forms.widgets.guard import form_box
from apiuser.forms.widgets.status_line import StatusLine
from apiuser.forms.widgets.transfer import Download, Upload
status = StatusLine()
def on_file(path):
    data = path.read_bytes()
    status.say(f"{path.name} {len(data)} {hashlib.sha256(data).hexdigest()[:12]}")
form_box(
    Upload(on_file=on_file, label="Exports", accept=".csv"),
    Download(label="Save the report", make=lambda: ("report.bin", b"0123456789" * 1_500_000)),
    status,
)
"""


FIELD_CELL = """
from apiuser.forms.widgets.fields import text_field
from apiuser.forms.widgets.guard import form_box
from apiuser.credentials.validation import check_last_name
field = text_field("Last Name", watch=None, value="Integration", advice="As in Autotask.")
def judge(change):
    field.show_findings(check_last_name(change["new"]))
field.input.observe(judge, "value")
form_box(field.view)
"""


@pytest.fixture(scope="module")
def opened_page(shared_page: "Page", lab: Lab) -> "Page":
    write_notebook(lab, "parts.ipynb", [SECRET_CELL, TRANSFER_CELL, FIELD_CELL])
    open_notebook(shared_page, "parts.ipynb")
    return shared_page


@pytest.fixture
def parts_page(opened_page: "Page") -> "Page":
    """The parts made anew, with nothing shown and nothing typed."""
    opened_page.bring_to_front()  # the clipboard is for the page in front only
    run_command(opened_page, "notebook:clear-all-cell-outputs")
    run_all(opened_page)
    opened_page.get_by_role("button", name="Reveal Password (Secret)").wait_for()
    opened_page.get_by_label("Exports").wait_for()
    opened_page.get_by_label("Last Name").wait_for()
    return opened_page


@pytest.fixture
def own_page(page: "Page", lab: Lab) -> "Page":
    """The same form in a page of its own, for tests that spoil it."""
    write_notebook(lab, "own.ipynb", [SECRET_CELL])
    open_notebook(page, "own.ipynb")
    run_all(page)
    page.get_by_role("button", name="Reveal Password (Secret)").wait_for()
    return page


def read_clipboard(page: "Page") -> str:
    return str(page.evaluate("() => navigator.clipboard.readText()"))


def test_a_secret_is_shown_on_request_and_hidden_again(parts_page: "Page") -> None:
    page = parts_page
    shown = page.get_by_text(SECRETS[0])
    before = shown.count()

    page.get_by_role("button", name="Reveal Password (Secret)").click()
    shown.wait_for()
    shoot(page, "secret-box")
    page.get_by_role("button", name="Hide Password (Secret)").click()
    page.get_by_role("button", name="Reveal Password (Secret)").wait_for()

    assert before == 0
    assert shown.count() == 0


def test_copy_hands_over_what_was_asked_for(parts_page: "Page") -> None:
    page = parts_page

    page.get_by_role("button", name="Copy Password (Secret)").click()
    page.get_by_role("status").get_by_text("Copied.").wait_for()
    secret = read_clipboard(page)
    page.get_by_role("button", name="Copy First Name").click()
    page.get_by_role("status").get_by_text("Copied.").nth(1).wait_for()

    assert secret == SECRETS[0]
    assert read_clipboard(page) == "Presh"


def test_the_clipboard_is_cleared_if_it_still_holds_the_secret(
    own_page: "Page",
) -> None:
    page = own_page
    page.clock.install()
    copy = page.get_by_role("button", name="Copy Password (Secret)")

    copy.click()
    page.get_by_role("status").get_by_text("Cleared from the clipboard").wait_for()
    page.clock.run_for(31_000)
    page.get_by_text("Clipboard cleared.").wait_for()
    cleared = read_clipboard(page)
    copy.click()
    page.get_by_role("status").get_by_text("Cleared from the clipboard").wait_for()
    page.evaluate("() => navigator.clipboard.writeText('something else')")
    page.clock.run_for(31_000)

    assert cleared == ""
    assert read_clipboard(page) == "something else"


def test_without_the_permission_a_button_clears_the_clipboard(
    own_page: "Page",
) -> None:
    page = own_page
    page.context.clear_permissions()

    page.get_by_role("button", name="Copy Password (Secret)").click()
    page.get_by_text("Press Clear after pasting").wait_for()
    page.get_by_role("button", name="Clear the clipboard").click()

    page.get_by_text("Clipboard cleared.").wait_for()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    assert read_clipboard(page) == ""


def test_without_a_clipboard_a_sentence_says_what_to_do(own_page: "Page") -> None:
    page = own_page
    page.evaluate(
        "() => Object.defineProperty(navigator, 'clipboard', {value: undefined})"
    )

    page.get_by_role("button", name="Copy Password (Secret)").click()
    page.get_by_text("Press Reveal, select the text and copy it.").wait_for()
    page.get_by_role("button", name="Copy First Name").click()
    page.get_by_text("The browser did not allow it; press Ctrl+C now.").wait_for()
    page.get_by_role("button", name="Reveal Password (Secret)").click()

    page.get_by_text(SECRETS[0]).wait_for()


def test_where_the_browser_cannot_encrypt_a_sentence_says_so(
    own_page: "Page",
) -> None:
    page = own_page
    # As on a page of another host without https, before the form is shown.
    page.evaluate("() => Object.defineProperty(crypto, 'subtle', {value: undefined})")
    run_command(page, "notebook:clear-all-cell-outputs")
    run_all(page)
    field = page.get_by_label("Type or paste: Password (Secret)")
    said = page.get_by_text("The browser encrypts on localhost and https only")

    field.fill(SECRETS[1])
    field.press("Enter")
    said.wait_for()
    field.fill("")
    page.get_by_role("button", name="Reveal Password (Secret)").click()
    said.wait_for()

    assert page.get_by_text(SECRETS[0]).count() == 0


def test_a_second_tab_hears_an_answer_that_it_cannot_read(
    own_page: "Page", lab: Lab
) -> None:
    heard: list[str] = []

    def listen(socket: "WebSocket") -> None:
        socket.on("framereceived", lambda frame: heard.append(str(frame)))

    other = own_page.context.new_page()
    other.on("websocket", listen)
    prepare_page(other, lab)
    open_notebook(other, "own.ipynb")
    own_page.get_by_role("button", name="Reveal Password (Secret)").click()
    own_page.get_by_text(SECRETS[0]).wait_for()
    other.wait_for_function("() => true")

    assert any("sealed" in frame for frame in heard)
    assert not any(SECRETS[0] in frame for frame in heard)


def test_a_typed_secret_reaches_the_kernel(parts_page: "Page") -> None:
    page = parts_page
    field = page.get_by_label("Type or paste: Password (Secret)")

    field.fill(SECRETS[1])
    field.press("Enter")
    page.get_by_role("button", name="Reveal Password (Secret)").click()

    page.get_by_text(SECRETS[1]).wait_for()
    assert field.input_value() == SECRETS[1]
    assert field.get_attribute("type") == "password"
    assert field.get_attribute("autocomplete") == "off"
    assert field.get_attribute("name") is None


def test_a_typed_secret_is_in_no_frame_and_not_in_the_kernels_log(
    page: "Page", lab: Lab
) -> None:
    frames: list[str] = []

    def listen(socket: "WebSocket") -> None:
        socket.on("framesent", lambda frame: frames.append(str(frame)))
        socket.on("framereceived", lambda frame: frames.append(str(frame)))

    page.on("websocket", listen)
    write_notebook(lab, "typed.ipynb", [LOG_CELL, SECRET_CELL])
    open_notebook(page, "typed.ipynb")
    run_all(page)
    field = page.get_by_label("Type or paste: Password (Secret)")

    field.fill(SECRETS[1])
    field.press("Enter")
    page.get_by_role("button", name="Reveal Password (Secret)").click()
    page.get_by_text(SECRETS[1]).wait_for()

    log = (lab.folder / "kernel.log").read_text(encoding="utf-8")
    assert any("typed" in frame for frame in frames)
    assert "'kind': 'typed'" in log
    assert [text for text in (*frames, log) if SECRETS[1] in text] == []


def test_what_was_typed_last_is_what_is_revealed(parts_page: "Page") -> None:
    page = parts_page
    field = page.get_by_label("Type or paste: Password (Secret)")

    for secret in SECRETS[1:4]:
        field.fill(secret)
        page.get_by_role("button", name="Reveal Password (Secret)").click()
        page.get_by_text(secret).wait_for()


def test_a_new_secret_hides_the_old_one_and_empties_the_field(
    parts_page: "Page",
) -> None:
    page = parts_page
    field = page.get_by_label("Type or paste: Password (Secret)")
    field.fill(SECRETS[1])
    page.get_by_role("button", name="Reveal Password (Secret)").click()
    page.get_by_text(SECRETS[1]).wait_for()

    page.get_by_role("button", name="Change").click()
    page.get_by_role("button", name="Reveal Password (Secret)").wait_for()

    assert page.get_by_text(SECRETS[1]).count() == 0
    assert field.input_value() == ""


def test_a_shown_secret_hides_after_a_minute(own_page: "Page") -> None:
    page = own_page
    page.clock.install()
    page.get_by_role("button", name="Reveal Password (Secret)").click()
    page.get_by_text(SECRETS[0]).wait_for()

    page.clock.run_for(61_000)

    page.get_by_text("Hidden again.").wait_for()
    assert page.get_by_text(SECRETS[0]).count() == 0


def test_after_the_kernel_restarted_a_sentence_says_what_to_do(
    own_page: "Page",
) -> None:
    page = own_page
    page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
        ".restart()"
    )

    page.get_by_role("button", name="Reveal Password (Secret)").click()

    page.get_by_text("The kernel does not answer.").wait_for(timeout=5_000)


def test_a_busy_kernel_is_named_within_five_seconds(own_page: "Page") -> None:
    page = own_page
    page.evaluate(
        "() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
        ".requestExecute({code: 'import threading; threading.Event().wait()'}) }"
    )
    page.clock.install()

    page.get_by_role("button", name="Reveal Password (Secret)").click()
    page.clock.run_for(5_000)

    page.get_by_text("The kernel does not answer.").wait_for()
    assert page.get_by_text(SECRETS[0]).count() == 0


def test_the_saved_notebook_holds_widget_state_but_no_secret(
    parts_page: "Page", lab: Lab
) -> None:
    page = parts_page
    page.get_by_role("button", name="Reveal Password (Secret)").click()
    page.get_by_text(SECRETS[0]).wait_for()
    page.get_by_role("button", name="Copy Password (Secret)").click()
    page.get_by_text("Copied.").wait_for()
    field = page.get_by_label("Type or paste: Password (Secret)")
    field.fill(SECRETS[1])
    field.press("Enter")
    page.get_by_role("button", name="Reveal Password (Secret)").click()
    page.get_by_text(SECRETS[1]).wait_for()

    save(page)

    saved = json.loads((lab.folder / "parts.ipynb").read_text(encoding="utf-8"))
    assert "application/vnd.jupyter.widget-state+json" in saved["metadata"]["widgets"]
    files = [path for path in lab.folder.parent.rglob("*") if path.is_file()]
    data = {path: path.read_bytes() for path in files}
    assert [p for p, d in data.items() for s in SECRETS[:2] if s.encode() in d] == []


def test_notebook_shortcuts_do_not_reach_the_cell_from_a_button(
    parts_page: "Page",
) -> None:
    page = parts_page
    button = page.get_by_role("button", name="Change")
    before = count_cells(page)

    button.focus()
    for key in "ddbaxy":
        page.keyboard.press(key)
    page.keyboard.press("Shift+Enter")
    # A command through the same keyboard proves that the others were handled.
    run_command(page, "notebook:insert-cell-below")

    assert count_cells(page) == before + 1
    assert button.is_visible()


@pytest.mark.parametrize(
    "megabytes", [11, *([300] if os.environ.get("APIUSER_BIG_UPLOAD") else [])]
)
def test_files_above_the_message_limit_arrive_one_after_another(
    parts_page: "Page", tmp_path: Path, megabytes: int
) -> None:
    page = parts_page
    data = os.urandom(1024) * (megabytes * 1024)
    big, small = tmp_path / "big export.csv", tmp_path / "small.csv"
    big.write_bytes(data)
    small.write_bytes(b"Username\n")

    page.get_by_label("Exports").set_input_files([big, small])

    page.get_by_text("big export.csv is there. small.csv is there.").wait_for(
        timeout=120_000
    )
    page.get_by_text("small.csv 9 ").wait_for()
    page.get_by_label("Exports").set_input_files(big)
    mark = hashlib.sha256(data).hexdigest()[:12]
    page.get_by_text(f"big export.csv {len(data)} {mark}").wait_for(timeout=120_000)


def test_a_download_of_15_megabytes_is_saved_whole(
    parts_page: "Page", tmp_path: Path
) -> None:
    page = parts_page

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the report").click()
    waiting.value.save_as(tmp_path / "saved")

    assert waiting.value.suggested_filename == "report.bin"
    assert (tmp_path / "saved").read_bytes() == b"0123456789" * 1_500_000


def test_no_uploaded_byte_stays_in_the_notebook(
    parts_page: "Page", tmp_path: Path, lab: Lab
) -> None:
    page = parts_page
    export = tmp_path / "export.csv"
    export.write_text("Username\n" + "planted-name-1\n" * 1000, encoding="utf-8")

    page.get_by_label("Exports").set_input_files(export)
    page.get_by_text("export.csv is there.").wait_for()
    save(page)

    assert "planted-name" not in (lab.folder / "parts.ipynb").read_text("utf-8")


def test_advice_and_findings_are_said_with_their_input(parts_page: "Page") -> None:
    field = parts_page.get_by_label("Last Name")
    described = "e => e.getAttribute('aria-describedby').split(' ')"
    said = f"e => ({described})(e).map(id => document.getElementById(id).innerText)"

    parts_page.wait_for_function(
        "() => document.querySelectorAll('.apiuser-field [aria-describedby]').length"
    )
    before = field.evaluate(said)
    valid = field.get_attribute("aria-invalid")
    field.fill("")
    parts_page.locator("[aria-invalid=true]").wait_for()

    (advice, finding) = field.evaluate(said)
    assert before == ["As in Autotask."]
    assert valid == "false"
    assert advice == "As in Autotask."
    assert finding.startswith("Error: ")
    assert finding.endswith("(NAM002)")
