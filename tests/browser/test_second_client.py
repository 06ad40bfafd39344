"""A second client of the kernel gets no secret by the sheet, and the person sees it try."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.second_client import (
    SecondClient,
    StrangeWindow,
    find_connection,
    join,
)
from tests.browser.sheet_steps import (
    choose,
    press,
    reveal,
    wait_for_sheet,
    wait_for_stage,
)
from tests.leaks.room import open_room
from tests.leaks.searching import find_files_with
from tests.leaks.server import kill_all, open_browser, start_server
from tests.planted import SECRETS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

READ_ALL = """
from apiuser.forms.work_sheet import WorkSheet
import gc
for found in gc.get_objects():
    if isinstance(found, WorkSheet) and found.session.checklist.secret is not None:
        print(found.session.checklist.secret.reveal())
"""
# What a page of this server can send to a kernel: code to be run, then a question that
# every kernel answers, so that the absence of an answer to the first means something.
RUN_CODE = """
([address, session]) => new Promise((resolve, reject) => {
  const socket = new WebSocket(address);
  const kinds = [];
  const send = (kind, content) => socket.send(JSON.stringify({
    channel: "shell", content, metadata: {}, parent_header: {}, buffers: [],
    header: { msg_id: crypto.randomUUID(), msg_type: kind, session, username: "",
      version: "5.3", date: new Date().toISOString() },
  }));
  socket.onerror = () => reject(new Error("no connection"));
  socket.onopen = () => {
    send("execute_request", { code: "1 + 1", silent: false, store_history: false,
      user_expressions: {}, allow_stdin: false, stop_on_error: true });
    send("kernel_info_request", {});
  };
  socket.onmessage = ({ data }) => {
    const { header } = JSON.parse(data);
    kinds.push(header.msg_type);
    if (header.msg_type === "kernel_info_reply") { socket.close(); resolve(kinds); }
  };
})
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The person's page with a secret in the sheet, and the second client."""

    page: "Page"
    sheet: "Locator"
    client: SecondClient
    base: Path
    app: bool
    secret: str = ""


@pytest.fixture(scope="module", params=["lab", "app"])
def place(request: pytest.FixtureRequest, browser_path: str) -> Iterator[Scene]:
    """JupyterLab or Voilà, each with a browser and folders of its own."""
    app = request.param == "app"
    with open_room() as room:
        server = start_server(room, app=app)
        try:
            with open_browser(room, server.url) as page:
                page.goto(server.url)
                sheet = wait_for_sheet(page)
                choose(sheet, "Presh via Zapier")
                press(sheet, "Start filling in")
                wait_for_stage(sheet, "Fill in")
                with join(room.base) as client:
                    yield Scene(
                        page=page, sheet=sheet, client=client, base=room.base, app=app
                    )
        finally:
            kill_all(room)
            server.process.wait(60)
            server.reader.join(60)
            os.close(server.terminal)


@pytest.fixture
def scene(place: Scene) -> Scene:
    """The sheet in the person's window alone, with a secret that is new.

    The tests of a place share the limit of secrets that are handed out in a minute.
    """
    StrangeWindow(place.client).greet("takeover")
    _take_over(place)
    sheet = place.sheet
    press(sheet, "Generate key and secret")
    asked = sheet.get_by_text("Warning: This replaces what you")
    sheet.get_by_role("button", name="Reveal Password").or_(asked).first.wait_for()
    if asked.count():  # what an earlier test read
        press(sheet, "Generate key and secret")
        asked.wait_for(state="hidden")  # it goes when the new ones are there
    return replace(place, secret=reveal(sheet))


def _take_over(scene: Scene) -> None:
    """Have the person come back, after which nobody else works on the sheet."""
    scene.page.get_by_role("button", name=re.compile("^take over here")).click()
    scene.sheet.locator("fieldset:enabled").wait_for()


def test_it_hears_nothing_and_changes_nothing(scene: Scene, tmp_path: Path) -> None:
    client, sheet = scene.client, scene.sheet
    before = client.read_state()
    window = StrangeWindow(client)

    client.update(
        key=window.point,
        shown={},
        owners=[window.point],
        waiting=[],
        _esm="document.title = 'taken'",
        _css="* { display: none }",
    )
    greeted = window.greet()
    asked = window.act(do="ask", what="secret")
    typed = window.type(SECRETS[0])
    admitted = window.act(do="admit", window=window.point)
    plain = client.ask({"kind": "ask", "what": "secret", "point": window.point})
    owner = before["owners"][0]
    posing = client.ask(
        {**window.prove({"do": "ask", "what": "secret"}), "point": owner}
    )
    replayed = _replay(client)
    # The person still reads the secret that is theirs.
    press(sheet, "Hide")
    press(sheet, "Reveal Password (Secret)")
    sheet.get_by_text(scene.secret).first.wait_for()
    client.write_heard(tmp_path / "heard.json")

    after = client.read_state()
    assert greeted == "waiting"
    refused = (asked, typed, admitted, plain)
    assert {answer["kind"] for answer in refused} == {"refused"}
    # The window would take an answer for one to a message of its own.
    assert posing == {}
    assert not [one for one in replayed if one and one["kind"] != "refused"]
    assert [after[name] for name in ("key", "owners", "_esm", "_css")] == [
        before[name] for name in ("key", "owners", "_esm", "_css")
    ]
    assert scene.page.title() != "taken"
    assert find_files_with(scene.secret, tmp_path) == []


def _replay(client: SecondClient) -> list[dict[str, object]]:
    """Say again what the person's window said, as far as it can be heard."""
    client.hear()
    # What a front end sends is not told to others; its answers are, and name it.
    answered = [
        message["content"]["data"]["content"]
        for message in client.heard
        if message["msg_type"] == "comm_msg"
        and message["content"]["data"].get("method") == "custom"
    ]
    mine = [answer for answer in answered if answer.get("kind") == "secret"]
    return [client.ask({**answer, "kind": "act"}) for answer in (*mine, *answered[:1])]


def test_it_is_shown_while_it_waits_and_no_sends_it_away(scene: Scene) -> None:
    window = StrangeWindow(scene.client)

    window.greet()
    asks = scene.page.locator(".aus-asks")
    asks.get_by_text("asks to work on this form").wait_for()
    told = asks.inner_text()
    asks.get_by_role("button", name="No").click()
    asks.get_by_text("asks to work").wait_for(state="detached")

    assert re.search(r"Another window \(\d{4} \d{4}\)", told)
    assert window.act(do="ask", what="secret")["kind"] == "refused"
    assert scene.client.read_state()["waiting"] == []


def test_a_window_that_was_let_in_is_shown_and_its_asks_are_counted(
    scene: Scene,
) -> None:
    window = StrangeWindow(scene.client)
    window.greet()
    scene.page.locator(".aus-asks").get_by_role("button", name="Let it in").click()
    scene.page.get_by_text("2 windows may work on this form").wait_for()

    read = window.ask()

    assert read == scene.secret
    scene.page.get_by_text("Another window showed or copied a secret: 1.").wait_for()


def test_a_question_stays_where_it_is_when_others_go_and_come_back(
    scene: Scene,
) -> None:
    goes, comes, stays = (StrangeWindow(scene.client) for _ in range(3))
    asks = scene.page.locator(".aus-asks")
    questions = asks.get_by_text("asks to work on this form")
    button = asks.get_by_role("button", name="Let it in")
    for one in (goes, comes, stays):
        one.greet()
    questions.nth(2).wait_for()
    before = button.last.bounding_box()
    codes = re.findall(r"\d{4} \d{4}", asks.inner_text())

    goes.leave()
    questions.nth(2).wait_for(state="detached")
    button.first.click()
    questions.nth(1).wait_for(state="detached")
    after = button.bounding_box()
    goes.greet()
    questions.nth(1).wait_for()
    scene.page.get_by_text("2 windows may work on this form").wait_for()
    lines = asks.get_by_role("paragraph").all_inner_texts()
    for one in (goes, stays):
        one.leave()
    questions.first.wait_for(state="detached")

    assert before == after
    assert [re.sub(r"\.\s.*", ".", line, flags=re.DOTALL) for line in lines] == [
        f"The window ({codes[0]}) has gone.",
        f"The window ({codes[1]}) was let in.",
        f"Another window ({codes[2]}) asks to work on this form.",
        f"Another window ({codes[0]}) asks to work on this form.",
        "2 windows may work on this form.",
    ]
    assert "The window" not in asks.inner_text()


def test_a_takeover_is_said_at_once_and_finds_no_secret(
    scene: Scene, tmp_path: Path
) -> None:
    window = StrangeWindow(scene.client)

    taken = window.greet("takeover")
    scene.page.get_by_text("Another window took over").wait_for()
    scene.sheet.locator("fieldset:disabled").wait_for()
    shown = scene.sheet.inner_text()
    asked = window.act(do="ask", what="secret")
    scene.client.write_heard(tmp_path / "heard.json")

    assert taken == "paired"
    assert asked["kind"] == "refused"
    assert scene.secret not in shown
    assert find_files_with(scene.secret, tmp_path) == []


def test_what_it_typed_after_a_takeover_is_forgotten_when_the_person_comes_back(
    scene: Scene,
) -> None:
    window = StrangeWindow(scene.client)
    window.greet("takeover")
    window.type(SECRETS[0])

    _take_over(scene)

    scene.page.get_by_text("The secret was forgotten").first.wait_for()
    assert window.act(do="ask", what="secret")["kind"] == "refused"


def test_with_the_connection_file_it_may_run_code_and_read_everything(
    scene: Scene,
) -> None:
    """No form can prevent this; SECURITY.md says so, and this keeps it true."""
    assert scene.secret in scene.client.run(READ_ALL)


def test_a_page_may_have_code_run_in_jupyterlab_and_not_in_voila(scene: Scene) -> None:
    address = urlsplit(scene.page.url)
    number = find_connection(scene.base).stem.removeprefix("kernel-")
    channels = f"ws://{address.netloc}/api/kernels/{number}/channels"

    kinds = scene.page.evaluate(RUN_CODE, [channels, number])

    assert ("execute_reply" in kinds) is not scene.app
    assert "kernel_info_reply" in kinds
