"""A widget that takes from the front end only what a paired window sends."""

from collections.abc import Coroutine, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import anywidget
from ipywidgets import Layout
from traitlets import Dict, List, Unicode

from apiuser.credentials.credential import Secret
from apiuser.errors import (
    UNKNOWN_EVENT,
    ApiuserError,
    InputError,
    escape_invisible,
    explain_unforeseen,
)
from apiuser.forms.widgets.pairing import Pairing, Window, read_event

if TYPE_CHECKING:
    import asyncio

WindowReply = Mapping[str, object]
"""The answer to a window; bytes under `data` are sent as they are."""


class _OwnLayout(Layout):  # type: ignore[misc]  # ipywidgets has no types
    """A layout by which no other client of the kernel hides or moves the form."""

    def set_state(self, sync_data: Mapping[str, object]) -> None:
        """Take nothing, as the form itself."""


class PairedWidget(anywidget.AnyWidget):
    """The base of our own forms: no synced value is taken from a front end.

    A form puts what it shows into `shown`, and gets events in `handle`. The secret is
    in no trait: it travels encrypted for one window, in answer to one message.

    Attributes:
        key: The public key with which windows agree on keys of their own.
        shown: What every window shows.
        owners: The keys of the windows that may work.
        waiting: The windows that wait to be let in, as pairs of key and code.
        asks: How often each window asked for a secret that it may have, by its key.
    """

    key = Unicode().tag(sync=True)
    shown: "Dict[str, Any]" = Dict().tag(sync=True)
    owners: "List[str]" = List().tag(sync=True)
    waiting: "List[list[str]]" = List().tag(sync=True)
    asks: "Dict[str, int]" = Dict().tag(sync=True)

    def __init__(self) -> None:
        """Make the key of the widget."""
        self._pairing = Pairing()
        self._tasks: set[asyncio.Task[None]] = set()
        super().__init__(key=self._pairing.key, layout=_OwnLayout())
        self.on_msg(self._receive)

    def set_state(self, sync_data: Mapping[str, object]) -> None:
        """Take nothing: a front end may change no trait of this widget."""

    def handle(
        self, event: Mapping[str, object], data: bytes | None
    ) -> WindowReply | Coroutine[object, object, WindowReply] | Secret | None:
        """Do what a window asks.

        Args:
            event: What a person did there.
            data: Bytes that came with it.

        Returns:
            The answer to that window alone, at once or when work outside the kernel's
            own thread has ended; a secret in it is sealed for the window.
        """
        raise NotImplementedError

    def take(self, event: Mapping[str, object], secret: Secret) -> None:  # noqa: ARG002  # of forms with one
        """Take a secret that was typed in a window; a form that needs none refuses it.

        Raises:
            InputError: No secret is asked for.
        """
        message = "No secret is asked for here."
        raise InputError(message)

    def forget(self) -> None:
        """Forget every secret, if there is one, before another window takes over."""

    # Any: IPython's own protocol.
    def _repr_mimebundle_(
        self,
        **options: Any,  # noqa: ANN401
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**options) or ({}, {})
        return {**data, "text/plain": repr(self)}, metadata

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def _receive(
        self,
        _widget: object,
        content: Mapping[str, Any],
        buffers: Sequence[memoryview],
    ) -> None:
        point, number = str(content.get("point")), content.get("number")
        if content.get("kind") != "act":
            number = str(number)  # else it could answer what a window has proved
        answer: WindowReply | Coroutine[object, object, WindowReply] | None
        try:
            answer = self._answer(content, point, buffers)
        except Exception as error:  # noqa: BLE001  # its traceback could show the secret
            answer = _refuse(error)
        if answer is None:
            return
        if isinstance(answer, Coroutine):
            import asyncio  # noqa: PLC0415  # late: most answers come at once

            self.send({"kind": "working", "point": point, "number": number})
            finish = self._finish(answer, point, number)
            # The reference stops the task from being garbage-collected while it runs.
            task = asyncio.get_running_loop().create_task(finish)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            self._reply(answer, point, number)

    async def _finish(
        self, work: Coroutine[object, object, WindowReply], point: str, number: object
    ) -> None:
        try:
            answer = await work
        except Exception as error:  # noqa: BLE001  # as above; nobody awaits the task
            answer = _refuse(error)
        self._reply(answer, point, number)

    def _reply(self, answer: WindowReply, point: str, number: object) -> None:
        self._tell()
        data = answer.get("data")
        content = {key: value for key, value in answer.items() if key != "data"}
        buffers = [data] if isinstance(data, bytes) else None
        self.send(
            {"kind": "done", **content, "point": point, "number": number}, buffers
        )

    def _answer(
        self, content: Mapping[str, Any], point: str, buffers: Sequence[memoryview]
    ) -> WindowReply | Coroutine[object, object, WindowReply] | None:
        match content.get("kind"):
            case "hello":
                let_in = self._pairing.greet(point)
                return {"kind": "paired" if let_in else "waiting"}
            case "return":
                former, proof = str(content.get("former")), content.get("proof")
                back = self._pairing.come_back(point, former, proof)
                let_in = back or self._pairing.greet(point)
                return {"kind": "paired" if let_in else "waiting"}
            case "goodbye":
                self._pairing.leave(point, content.get("proof"))
                return {}
            case "takeover":
                self._pairing.take_over(point, forget=self.forget)
                return {"kind": "paired"}
            case "ping":
                self._pairing.hear(point)
                return {"kind": "pong"}
            case "act":
                return self._act(content, point, buffers)
        raise InputError(UNKNOWN_EVENT)

    def _act(
        self, content: Mapping[str, Any], point: str, buffers: Sequence[memoryview]
    ) -> WindowReply | Coroutine[object, object, WindowReply] | None:
        """Do what a window asks; None if it was another client that sent its key.

        An answer to that client would be taken for one to the window's own message.
        """
        window = self._pairing.find(point)
        number, text = content.get("number"), content.get("event")
        if window is None:
            message = "This window may not work on the form; load the page again."
            raise InputError(message)
        if not window.check(number, text, content.get("proof")):
            return None
        event = read_event(text)
        match event.get("do"):
            case "stay":
                pass
            case "admit":
                self._pairing.admit(str(event.get("window")))
            case "refuse":
                self._pairing.refuse(str(event.get("window")))
            case "alone":
                self._pairing.shut_others(point)
            case "typed":
                self.take(event, window.open(event, int(str(number))))
            case _:
                data = _read_data(event, buffers)
                return self._seal(self.handle(event, data), window, int(str(number)))
        return {}

    def _seal(
        self,
        answer: WindowReply | Coroutine[object, object, WindowReply] | Secret | None,
        window: Window,
        number: int,
    ) -> WindowReply | Coroutine[object, object, WindowReply]:
        if isinstance(answer, Secret):
            self._pairing.count_ask(window)
            return {"kind": "secret", **window.seal(answer, number)}
        return answer or {}

    def _tell(self) -> None:
        self.owners = list(self._pairing.windows)
        self.asks = {
            point: window.asks for point, window in self._pairing.windows.items()
        }
        self.waiting = self._pairing.list_waiting()


def _refuse(error: Exception) -> WindowReply:
    """Say what went wrong; of an unforeseen error only where, and no values."""
    message = escape_invisible(str(error))
    if not isinstance(error, ApiuserError):
        advice = "Run the cell again; if it happens again, report this text."
        message = explain_unforeseen(error, advice)
    return {"kind": "refused", "message": message}


def _read_data(
    event: Mapping[str, object], buffers: Sequence[memoryview]
) -> bytes | None:
    """Return the bytes of a message, whose digest is in the event.

    Raises:
        InputError: The digest is that of other bytes.
    """
    if "digest" not in event:
        return None
    data = bytes(buffers[0]) if buffers else b""
    if sha256(data).hexdigest() != event["digest"]:
        message = "A part of the file did not arrive as it was sent; choose it again."
        raise InputError(message)
    return data
