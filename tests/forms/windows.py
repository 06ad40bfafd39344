"""What the script of a window does, with another implementation."""

import asyncio
import base64
import hashlib
import hmac
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from apiuser.forms.widgets.paired_widget import PairedWidget
from apiuser.forms.work_sheet import WorkSheet

Sent = list[tuple[dict[str, Any], list[bytes] | None]]
"""What was sent to the views: contents with their buffers."""
_CURVE = ec.SECP256R1()


class BrowserWindow:
    """A window of a widget; what it is answered is taken from what was sent."""

    def __init__(self, widget: PairedWidget, sent: Sent) -> None:
        self.widget, self._sent, self.number = widget, sent, 0
        pair = ec.generate_private_key(_CURVE)
        point = pair.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        self.point = base64.b64encode(point).decode()
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(
            _CURVE, base64.b64decode(widget.key)
        )
        shared = pair.exchange(ec.ECDH(), theirs)
        self._proof, self._secrets, self.ticket = (
            HKDF(SHA256(), 32, point, purpose).derive(shared)
            for purpose in (
                b"apiuser: messages of a window",
                b"apiuser: secrets of a window",
                b"apiuser: return of a window",
            )
        )

    def greet(self, kind: str = "hello") -> str:
        return str(self._send({"kind": kind})["kind"])

    def leave(self) -> None:
        self._send({"kind": "goodbye", "proof": sign(self.ticket, "goodbye")})

    def come_back(self, former: str, ticket: bytes, point: str = "") -> str:
        proof = sign(ticket, f"return {point or self.point}")
        answer = self._send({"kind": "return", "former": former, "proof": proof})
        return str(answer["kind"])

    def act(self, part: bytes | None = None, **event: Any) -> dict[str, Any]:  # noqa: ANN401
        self.number += 1
        if part is not None:
            event["digest"] = hashlib.sha256(part).hexdigest()
        return self._send(self.prove(event), [] if part is None else [memoryview(part)])

    def work(self, **event: Any) -> dict[str, Any]:  # noqa: ANN401
        """Ask for what takes a while, and wait until it was answered."""

        async def run() -> None:
            self.act(**event)
            await wait_for_tasks()

        asyncio.run(run())
        content, buffers = self._sent[-1]
        return content | ({"data": buffers[0]} if buffers else {})

    def prove(self, event: dict[str, object]) -> dict[str, object]:
        text = json.dumps(event)
        signed = hmac.digest(self._proof, f"{self.number}\n{text}".encode(), "sha256")
        return {
            "kind": "act",
            "event": text,
            "proof": base64.b64encode(signed).decode(),
        }

    def press(self, name: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
        drawn = self.widget.shown["drawn"]
        return self.act(do="press", name=name, drawn=drawn, **more)

    def ask(self, what: str = "secret") -> str:
        return self.open(self.act(do="ask", what=what))

    def show(self, what: str = "secret") -> str:
        """Do what the script does for Show: ask, and tell that it is seen."""
        text = self.ask(what)
        self.act(do="given", what=what)
        return text

    def open(self, answer: dict[str, Any]) -> str:
        iv, sealed = (base64.b64decode(answer[name]) for name in ("iv", "sealed"))
        bound = f"to window {answer['number']}".encode()
        return AESGCM(self._secrets).decrypt(iv, sealed, bound).decode()

    def type(self, text: str, what: str = "secret") -> dict[str, Any]:
        iv = os.urandom(12)
        bound = f"from window {self.number + 1}".encode()
        sealed = AESGCM(self._secrets).encrypt(iv, text.encode(), bound)
        coded: dict[str, Any] = {
            name: base64.b64encode(data).decode()
            for name, data in {"iv": iv, "sealed": sealed}.items()
        }
        return self.act(do="typed", what=what, **coded)

    def _send(
        self, message: dict[str, object], buffers: Sequence[memoryview] = ()
    ) -> dict[str, Any]:
        content = {**message, "point": self.point, "number": self.number}
        send_raw(self.widget, content, buffers)
        return dict(self._sent[-1][0])


def open_test_stage(folder: Path, sent: Sent) -> BrowserWindow:
    """Open a sheet at the stage Test of a user for an integration of its own."""
    window = BrowserWindow(WorkSheet(folder=folder), sent)
    window.greet()
    window.press("choose:custom")
    for key, value in {
        "existing_username": "x@sample.example.com",
        "username": "sample4key",
        "custom_name": "Sample app",
    }.items():
        window.act(do="set", key=key, value=value)
    window.press("stage:test")
    return window


async def wait_for_tasks() -> None:
    """Wait for all that was begun meanwhile."""
    await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))


def sign(key: bytes, text: str) -> str:
    return base64.b64encode(hmac.digest(key, text.encode(), "sha256")).decode()


def send_raw(
    widget: PairedWidget, content: object, buffers: Sequence[memoryview] = ()
) -> None:
    """Deliver a message as any client of the kernel can send it."""
    data = {"method": "custom", "content": content}
    widget._handle_msg({"content": {"data": data}, "buffers": buffers})  # noqa: SLF001


def update(widget: PairedWidget, **state: object) -> None:
    """Deliver new values of traits as any client of the kernel can send them."""
    data = {"method": "update", "state": state, "buffer_paths": []}
    widget._handle_msg({"content": {"data": data}, "buffers": []})  # noqa: SLF001
