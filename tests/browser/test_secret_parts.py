"""A secret in the forms of a real JupyterLab: shown, copied, typed, hidden."""

import json
from typing import TYPE_CHECKING

from tests.browser.pages import (
    Lab,
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
from tests.browser.parts import SECRET_CELL

# The kernel's log at debug keeps every message that reaches the kernel.
LOG_CELL = """
import logging
log = get_ipython().kernel.log
log.setLevel(logging.DEBUG)
log.addHandler(logging.FileHandler("kernel.log"))
"""


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

    page.get_by_text("The kernel does not answer.").wait_for()


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
