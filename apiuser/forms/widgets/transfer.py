"""Files into the kernel and out of it, past the size limits of the stock widgets."""

import shutil
import tempfile
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

import anywidget
from traitlets import Unicode

from apiuser.errors import AccessError, ApiuserError
from apiuser.forms.widgets.boundary import describe_error, shut_in
from apiuser.forms.widgets.guard import WIDGETS

if TYPE_CHECKING:
    import asyncio


@dataclass(slots=True, kw_only=True)
class _Arrival:
    path: Path
    size: int
    got: int = 0


class Upload(anywidget.AnyWidget):
    """A file input that sends files in parts, each after the kernel's word.

    The stock one sends a file as one message, which JupyterLab drops without a
    word above 10 MB, and keeps the bytes in the notebook. Here the parts are written
    to a private temporary folder, which is removed when the kernel ends.

    Attributes:
        label: The label of the input.
        accept: Endings the browser offers, such as `.csv`.
    """

    _esm = WIDGETS / "upload.js"
    label = Unicode().tag(sync=True)
    accept = Unicode().tag(sync=True)

    def __init__(
        self, *, on_file: Callable[[Path], None], label: str, accept: str = ""
    ) -> None:
        self._on_file = on_file
        self._arrivals: dict[str, _Arrival] = {}
        self._folder: Path | None = None
        super().__init__(label=label, accept=accept)
        self.on_msg(self._receive)

    @shut_in
    def _receive(
        self,
        _widget: object,
        content: dict[str, str | int],
        buffers: Sequence[memoryview],
    ) -> None:
        number = str(content.get("id"))
        try:
            if content.get("kind") == "start":
                self._start(number, str(content["name"]), int(content["size"]))
            elif content.get("kind") == "part":
                self._take(number, int(content["at"]), buffers[0])
            else:
                return
            arrival = self._arrivals[number]
            if arrival.got == arrival.size:
                del self._arrivals[number]
                self._on_file(arrival.path)
                self.send({"kind": "done", "id": number})
            else:
                self.send({"kind": "next", "id": number})
        except ApiuserError as error:
            self._arrivals.pop(number, None)
            self.send({"kind": "refused", "id": number, "message": str(error)})

    def _start(self, number: str, name: str, size: int) -> None:
        try:
            # A folder for each file: the name stays as it was, twice the same or not.
            folder = Path(tempfile.mkdtemp(dir=self._make_folder()))
            path = folder / _base_name(name)
            path.touch(mode=0o600)
        except OSError as error:
            raise AccessError(_explain(name, error)) from None
        self._arrivals[number] = _Arrival(path=path, size=size)

    def _take(self, number: str, at: int, part: memoryview) -> None:
        arrival = self._arrivals.get(number)
        if arrival is None or at != arrival.got:
            message = "The upload was interrupted; choose the file again."
            raise AccessError(message)
        try:
            with arrival.path.open("ab") as file:
                arrival.got += file.write(part)
        except OSError as error:
            raise AccessError(_explain(arrival.path.name, error)) from None

    def _make_folder(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="apiuser-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder

    def __repr__(self) -> str:
        return "Upload()"


class Download(anywidget.AnyWidget):
    """A button that saves a file made by the kernel on the person's machine.

    Attributes:
        label: The text of the button.
    """

    _esm = WIDGETS / "download.js"
    label = Unicode().tag(sync=True)

    def __init__(self, *, label: str, make: Callable[[], tuple[str, bytes]]) -> None:
        """Keep the function.

        Args:
            label: The text of the button.
            make: Gives the file's name and content, at each press anew; called in
                a thread, as large reports take a while.
        """
        self._make = make
        self._tasks: set[asyncio.Task[None]] = set()
        super().__init__(label=label)
        self.on_msg(self._answer)

    @shut_in
    def _answer(
        self, _widget: object, content: dict[str, str], _buffers: object
    ) -> None:
        import asyncio  # noqa: PLC0415  # late: the form is shown sooner

        if content.get("kind") == "ask":
            # The reference keeps the task from being collected while it runs.
            task = asyncio.get_running_loop().create_task(self._hand_over(content))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _hand_over(self, content: dict[str, str]) -> None:
        import asyncio  # noqa: PLC0415  # as above

        nonce = content.get("nonce")
        self.send({"kind": "working", "nonce": nonce})
        try:
            name, data = await asyncio.to_thread(self._make)
        except Exception as error:  # noqa: BLE001  # nobody awaits the task
            known = isinstance(error, ApiuserError)
            message = str(error) if known else describe_error(error)
            self.send({"kind": "refused", "nonce": nonce, "message": message})
        else:
            self.send({"kind": "file", "nonce": nonce, "name": name}, [data])

    def __repr__(self) -> str:
        return "Download()"


def _base_name(name: str) -> str:
    # The name comes from outside: no folder in it may lead out of ours.
    base = PureWindowsPath(name).name  # it splits at both kinds of slash
    return "upload" if base in {"", ".", ".."} else base


def _explain(name: str, error: OSError) -> str:
    reason = error.strerror or "the system gives no reason"
    return f"{name} could not be stored: {reason}. Free some space or rename the file."
