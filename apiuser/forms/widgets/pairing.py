"""Which window may work on a widget: one that paired first, and those it admits.

Every client of a kernel can send messages to a widget and hears what it sends. So a
window makes a key pair, agrees on a key with the widget (ECDH on P-256, HKDF with
SHA-256), and proves with each message that it is the one that paired (HMAC-SHA-256,
numbers that only rise). Secrets travel encrypted under a second key of the same
agreement (AES-256-GCM), bound to the number of their message.

A page that is reloaded loses its keys. While it closes, it leaves a ticket for the same
tab: a third key of the agreement, which opens nothing. It only proves, once and within
a minute after the window said goodbye, that the next window is the same one.
"""

import hashlib
import hmac
import json
import os
import time
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apiuser.credentials.credential import Secret
from apiuser.errors import UNKNOWN_EVENT, InputError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

_PROOF = b"apiuser: messages of a window"
_SECRETS = b"apiuser: secrets of a window"
_RETURN = b"apiuser: return of a window"
_RETURN_SPAN = 60.0
"""Seconds in which a page must be back; JupyterLab took 20 on a slow machine."""
_MOST_ASKS = 20
"""Times a secret is given within `_ASK_SPAN` seconds: a person needs far fewer."""
_ASK_SPAN = 60.0
_MOST_WAITING = 3
_CODE_ROUNDS = 100_000
"""How often the hash of a window's code is repeated; `paired.js` has the same number."""
_SILENT_SPAN = 90.0
"""Seconds after which a window that waits counts as closed: what it said last may have
got lost, and browsers run the timers of a hidden page only once a minute."""


@dataclass(slots=True, repr=False)
class Window:
    """A window that may send messages.

    Attributes:
        number: The number of its last message.
        asks: How often it asked for a secret that it may have.
        left: When it said goodbye; None while it is open.
        heard: When it was heard of last, while it waits.
        code: What a person tells it by while it waits.
    """

    number: int = 0
    asks: int = 0
    left: float | None = None
    heard: float = 0.0
    code: str = ""
    _proof: bytes = b""
    _secrets: bytes = b""
    _ticket: bytes = b""

    def check(self, number: object, text: object, proof: object) -> bool:
        """Tell whether a message is this window's and new; its number is then used."""
        if type(number) is not int or number <= self.number:
            return False
        if not _is_proof(self._proof, f"{number}\n{text}", proof):
            return False
        self.number = number
        self.left = None
        return True

    def shows_ticket(self, text: str, proof: object) -> bool:
        """Tell whether a proof was made by the window's ticket."""
        return _is_proof(self._ticket, text, proof)

    def seal(self, secret: Secret, number: int) -> dict[str, str]:
        """Encrypt a secret for this window, as the answer to one of its messages."""
        from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415
            AESGCM,  # late: only a press of Reveal or Copy needs it
        )

        nonce = os.urandom(12)
        sealed = AESGCM(self._secrets).encrypt(
            nonce, secret.reveal().encode(), f"to window {number}".encode()
        )
        return {"iv": b64encode(nonce).decode(), "sealed": b64encode(sealed).decode()}

    def open(self, sealed: Mapping[str, object], number: int) -> Secret:
        """Decrypt what was typed in this window.

        Raises:
            InputError: It was not sealed by this window for this message.
        """
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415
        from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415
            AESGCM,
        )

        try:
            return Secret(
                AESGCM(self._secrets)
                .decrypt(
                    b64decode(str(sealed.get("iv"))),
                    b64decode(str(sealed.get("sealed"))),
                    f"from window {number}".encode(),
                )
                .decode()
            )
        except (InvalidTag, ValueError):
            pass
        message = "What was typed did not arrive as it was sent; type it again."
        raise InputError(message)


@dataclass(slots=True, repr=False)
class Pairing:
    """The windows of a widget.

    Attributes:
        key: The widget's public key as an uncompressed point in base64.
        windows: The admitted ones, by their keys.
        waiting: Those that asked to be admitted and wait for an answer.
        spent: The last numbers that windows used before they were shut out; their
            messages are taken no second time if they are let in again.
        clock: Returns the time in seconds.
    """

    key: str = ""
    windows: dict[str, Window] = field(default_factory=dict)
    waiting: dict[str, Window] = field(default_factory=dict)
    spent: dict[str, int] = field(default_factory=dict)
    clock: Callable[[], float] = time.monotonic
    _pair: "EllipticCurvePrivateKey | None" = None
    _asks: deque[float] = field(default_factory=lambda: deque(maxlen=_MOST_ASKS))

    def __post_init__(self) -> None:
        from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
        from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
            Encoding,
            PublicFormat,
        )

        self._pair = ec.generate_private_key(ec.SECP256R1())
        point = self._pair.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        self.key = b64encode(point).decode()

    def greet(self, point: str) -> bool:
        """Let a window in if it is the first; else it waits.

        Raises:
            InputError: Its key is not a point of the curve, or it cannot wait now.
        """
        if point in self.windows:
            return True
        if point not in self.waiting:
            window = self._agree(point)
            if not self.windows:
                self.windows[point] = window
                return True
            self._make_room()
            window.code = name_window(point, self.key)
            if window.code in {one.code for one in self.waiting.values()}:
                message = (
                    "Another window waits with the same code; load this page again."
                )
                raise InputError(message)
            self.waiting[point] = window
        self.hear(point)
        return False

    def _make_room(self) -> None:
        """Drop a window that fell silent if too many wait, and never another one."""
        if len(self.waiting) < _MOST_WAITING:
            return
        for point, window in self.waiting.items():
            if self._is_silent(window):
                del self.waiting[point]
                return
        message = (
            "Three windows wait already. Answer them in the first window, then load "
            "this page again."
        )
        raise InputError(message)

    def hear(self, point: str) -> None:
        """Note that a window that waits is still there; after a silence it is last."""
        window = self.waiting.get(point)
        if window is None:
            return
        if self._is_silent(window):
            self.waiting[point] = self.waiting.pop(point)
        window.heard = self.clock()

    def list_waiting(self) -> list[list[str]]:
        """List the windows that wait, as pairs of key and code, without the silent."""
        return [
            [point, one.code]
            for point, one in self.waiting.items()
            if not self._is_silent(one)
        ]

    def _is_silent(self, window: Window) -> bool:
        return self.clock() - window.heard > _SILENT_SPAN

    def leave(self, point: str, proof: object) -> None:
        """Note that a window says goodbye; one that waits asks for nothing any more."""
        window = self.windows.get(point) or self.waiting.get(point)
        if window is not None and window.shows_ticket("goodbye", proof):
            window.left = self.clock()
            self.waiting.pop(point, None)

    def come_back(self, point: str, former: str, proof: object) -> bool:
        """Let a window in that takes the place of the former one in the same tab.

        Args:
            point: The key of the window.
            former: The key of the window that left a moment ago.
            proof: The proof made with that window's ticket.

        Raises:
            InputError: Its key is not a point of the curve.
        """
        window = self.windows.get(former)
        if (
            window is None
            or window.left is None
            or self.clock() - window.left > _RETURN_SPAN
            or not window.shows_ticket(f"return {point}", proof)
        ):
            return False
        following = self._agree(point)
        following.asks = window.asks
        self._leave_only([one for one in self.windows if one != former])
        self.waiting.pop(point, None)
        self.windows[point] = following
        return True

    def admit(self, point: str) -> bool:
        """Let a waiting window in; False if no window with this key is waiting."""
        window = self.waiting.pop(point, None)
        if window is not None:
            self.windows[point] = window
        return window is not None

    def refuse(self, point: str) -> None:
        """Turn a waiting window away."""
        self.waiting.pop(point, None)

    def shut_others(self, point: str) -> None:
        """Make a window that may work the only one that may."""
        self._leave_only([point])

    def _leave_only(self, points: Iterable[str]) -> None:
        self.spent |= {point: window.number for point, window in self.windows.items()}
        self.windows = {point: self.windows[point] for point in points}

    def take_over(self, point: str, *, forget: Callable[[], None]) -> None:
        """Make a window the only one, after the secret was forgotten.

        One that may work already has nothing to take over; anybody can send its key.

        Args:
            point: The key of the window.
            forget: Forgets every secret; called before the window may work.

        Raises:
            InputError: Its key is not a point of the curve.
        """
        if point in self.windows:
            return
        window = self._agree(point)
        forget()
        self._leave_only([])
        self.windows[point] = window
        self.waiting = {}

    def find(self, point: object) -> Window | None:
        """Return the window with a key, if it may work."""
        return self.windows.get(str(point))

    def count_ask(self, window: Window) -> None:
        """Count that a window is given a secret.

        Raises:
            InputError: Too many were given in a short time.
        """
        window.asks += 1
        now = self.clock()
        if len(self._asks) == _MOST_ASKS and now - self._asks[0] < _ASK_SPAN:
            message = "The secret was asked for too often. Wait a minute."
            raise InputError(message)
        self._asks.append(now)

    def _agree(self, point: str) -> Window:
        from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

        try:
            data = b64decode(point, validate=True)
            theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data)
        except (ValueError, TypeError):
            message = "The window sent no usable key; load the page again."
            raise InputError(message) from None
        assert self._pair is not None  # noqa: S101  # made in __post_init__
        shared = self._pair.exchange(ec.ECDH(), theirs)
        proof, secrets, ticket = (
            HKDF(SHA256(), 32, salt=data, info=purpose).derive(shared)
            for purpose in (_PROOF, _SECRETS, _RETURN)
        )
        number = self.spent.get(point, 0)
        return Window(number=number, _proof=proof, _secrets=secrets, _ticket=ticket)


def _is_proof(key: bytes, text: str, proof: object) -> bool:
    try:
        given = b64decode(str(proof), validate=True)
    except ValueError:
        return False
    return hmac.compare_digest(hmac.digest(key, text.encode(), "sha256"), given)


def name_window(point: str, key: str) -> str:
    """Return eight digits by which a person tells windows apart.

    Every client hears them, and can look for a key pair with the same ones: in 100
    million tries on average. A try takes 22 ms on one core of 2026, all of them 25 days;
    graphics cards are faster. So no window waits with the code of another either.

    Args:
        point: The key of the window.
        key: The key of the widget, without which no search can begin.
    """
    number = int.from_bytes(
        hashlib.pbkdf2_hmac("sha256", point.encode(), key.encode(), _CODE_ROUNDS, 4)
    )
    return f"{number // 10_000 % 10_000:04d} {number % 10_000:04d}"


def read_event(text: object) -> Mapping[str, object]:
    """Read the event of a message.

    Raises:
        InputError: It is not an event.
    """
    try:
        event = json.loads(str(text))
    except (ValueError, RecursionError):
        event = None
    if not isinstance(event, dict):
        raise InputError(UNKNOWN_EVENT)
    return event
