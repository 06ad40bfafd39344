"""What the script of a secret's view does, with another implementation."""

import base64
import os
from collections.abc import Mapping, Sequence

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from ipywidgets import Widget

from apiuser.forms.widgets.secret_box import SecretBox

_CURVE = ec.SECP256R1()


def deliver(
    part: Widget, content: Mapping[str, object], buffers: Sequence[memoryview] = ()
) -> None:
    """Deliver a message as the browser's side of the channel does."""
    data = {"method": "custom", "content": content}
    part._handle_msg({"content": {"data": data}, "buffers": buffers})  # noqa: SLF001


class View:
    """A view with a key pair."""

    def __init__(self) -> None:
        self._pair = ec.generate_private_key(_CURVE)
        self.point = self._pair.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )

    @property
    def key(self) -> str:
        return base64.b64encode(self.point).decode()

    def open(self, message: Mapping[str, object]) -> str:
        """Decrypt an answer."""
        point, nonce, sealed = (
            base64.b64decode(str(message[part])) for part in ("key", "iv", "sealed")
        )
        aes = self._agree(point, salt=point, purpose=b"apiuser secret for one view")
        return aes.decrypt(nonce, sealed, None).decode()

    def seal(self, text: str, *, key: str, nonce: str = "typed") -> dict[str, str]:
        """Encrypt what was typed, for the key of a box."""
        number = os.urandom(12)
        aes = self._agree(
            base64.b64decode(key),
            salt=self.point,
            purpose=b"apiuser secret for the kernel",
        )
        sealed = aes.encrypt(number, text.encode(), nonce.encode())
        parts = {"key": self.point, "iv": number, "sealed": sealed}
        coded = {name: base64.b64encode(data).decode() for name, data in parts.items()}
        return {"kind": "typed", "nonce": nonce} | coded

    def _agree(self, point: bytes, *, salt: bytes, purpose: bytes) -> AESGCM:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
        shared = self._pair.exchange(ec.ECDH(), theirs)
        return AESGCM(HKDF(SHA256(), 32, salt, purpose).derive(shared))


def type_into(box: SecretBox, text: str) -> dict[str, str]:
    """Type a text as a view does, and return the message that was sent."""
    message = View().seal(text, key=box.typing)
    deliver(box, message)
    return message
