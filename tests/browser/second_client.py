"""A second client of a kernel: it hears what all hear, and says what it likes."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Any, cast

from jupyter_client.blocking.client import BlockingKernelClient

from tests.browser.pages import PATIENCE as MILLISECONDS
from tests.forms.windows import BrowserWindow

if TYPE_CHECKING:
    from apiuser.forms.widgets.paired_widget import PairedWidget

PATIENCE = MILLISECONDS / 1000


class SecondClient:
    """A client with the connection file of a kernel.

    Attributes:
        heard: Every message that it heard, as it came.
        comm: The number of the sheet.
        state: What the sheet shows to whoever asks for it.
    """

    def __init__(self, client: BlockingKernelClient) -> None:
        self.client = client
        self.heard: list[dict[str, Any]] = []
        self.comm, self.state = self._find_sheet()

    def hear(self, seconds: float = 0.2) -> list[dict[str, Any]]:
        """Hear all that comes until nothing came for a while."""
        new: list[dict[str, Any]] = []
        while True:
            try:
                new.append(self.client.get_iopub_msg(timeout=seconds))
            except Empty:
                self.heard += new
                return new

    def write_heard(self, path: Path) -> None:
        """Write all that was heard into a file, to be searched."""
        self.hear()
        path.write_text(json.dumps(self.heard, default=_show_bytes), encoding="utf-8")

    def say(self, data: dict[str, object], comm: str = "") -> str:
        """Send a message to a widget, and return the number of the message."""
        content = {"comm_id": comm or self.comm, "data": data}
        message = self.client.session.msg("comm_msg", content)
        self.client.shell_channel.send(message)
        return str(message["header"]["msg_id"])

    def update(self, **state: object) -> None:
        """Send new values of traits, as a front end does."""
        self.say({"method": "update", "state": state, "buffer_paths": []})
        self.hear()

    def read_state(self, comm: str = "") -> dict[str, Any]:
        """Ask a widget for its state."""
        number = self.say({"method": "request_state"}, comm)
        return dict(self._wait(lambda m: _answers(m, number, "update"))["state"])

    def ask(self, content: dict[str, object]) -> dict[str, Any]:
        """Send a custom message; return what the widget answered, {} if nothing."""
        number = self.say({"method": "custom", "content": content})
        data = self._wait(lambda m: _answers(m, number, "custom") or _ends(m, number))
        return dict(data.get("content", {}))

    def run(self, code: str) -> str:
        """Have code executed, and return what it printed."""
        number = self.client.execute(code)
        text = ""
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            self.heard.append(message)
            if message["parent_header"].get("msg_id") != number:
                continue
            if message["msg_type"] == "stream":
                text += message["content"]["text"]
            elif message["content"].get("execution_state") == "idle":
                return text

    def _find_sheet(self) -> tuple[str, dict[str, Any]]:
        infos = self.client.comm_info(reply=True, timeout=PATIENCE)["content"]["comms"]
        # A cell that ran again has made another sheet: the page shows the newest.
        for comm, info in reversed(infos.items()):
            if info["target_name"] == "jupyter.widget":
                state = self.read_state(comm)
                if "owners" in state and state["shown"].get("stages"):
                    return comm, state
        message = "The kernel has no sheet."
        raise LookupError(message)

    def _wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for message in self.hear(0.1):
                if wanted(message):
                    return dict(message["content"].get("data", {}))
        message_ = "The widget did not answer."
        raise TimeoutError(message_)


class StrangeWindow(BrowserWindow):
    """A window of the second client, which speaks as the script of the page does."""

    def __init__(self, client: SecondClient) -> None:
        self.client = client
        # It knows of the widget what is sent to everybody.
        super().__init__(cast("PairedWidget", _Public(client.state["key"])), [])

    def _send(
        self, message: dict[str, object], _buffers: object = ()
    ) -> dict[str, Any]:
        return self.client.ask({**message, "point": self.point, "number": self.number})


class _Public:
    def __init__(self, key: str) -> None:
        self.key = key


def find_connection(base: Path) -> Path:
    """Return the connection file of the newest kernel below a folder."""
    return max(base.rglob("kernel-*.json"), key=lambda path: path.stat().st_mtime)


@contextmanager
def join(base: Path) -> Iterator[SecondClient]:
    """Join the newest kernel below a folder by its connection file."""
    client = BlockingKernelClient()
    client.load_connection_file(str(find_connection(base)))
    client.start_channels()
    try:
        client.wait_for_ready(timeout=PATIENCE)
        yield SecondClient(client)
    finally:
        client.stop_channels()


def _ends(message: dict[str, Any], number: str) -> bool:
    """Tell whether the kernel has ended its work on a message."""
    parent = message["parent_header"].get("msg_id")
    return bool(
        parent == number and message["content"].get("execution_state") == "idle"
    )


def _answers(message: dict[str, Any], number: str, method: str) -> bool:
    return bool(
        message["msg_type"] == "comm_msg"
        and message["parent_header"].get("msg_id") == number
        and message["content"]["data"].get("method") == method
    )


def _show_bytes(value: object) -> str:
    return bytes(value).hex() if isinstance(value, (bytes, memoryview)) else str(value)
