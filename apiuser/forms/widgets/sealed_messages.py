"""Sealing a secret on its way between a view and the kernel.

Every client of a kernel hears its messages, and a log at debug level keeps them. So
each secret is encrypted for the one side that is to have it: both sides agree on a key
(ECDH on P-256, HKDF with SHA-256), and AES-256-GCM encrypts. The pair of the sending
side is new for each secret, and so is that of a view that asks. No variable here holds
a plain text, so no traceback shows one.
"""

import contextlib
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING

from apiuser.credentials.credential import Secret
from apiuser.errors import InputError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import (
        EllipticCurvePrivateKey,
        EllipticCurvePublicKey,
    )

_TO_VIEW = b"apiuser secret for one view"
_TO_KERNEL = b"apiuser secret for the kernel"


def seal(secret: Secret, *, public_key: str) -> dict[str, str]:
    """Encrypt a secret for the view that made a key pair for this one answer.

    Args:
        secret: What to encrypt.
        public_key: The view's key as an uncompressed point in base64.

    Returns:
        Our own public key, the nonce and the encrypted text, each in base64.

    Raises:
        InputError: The key is not a point of the curve.
    """
    # Late: only a press of Reveal or Copy needs it.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    theirs = _read_point(public_key)
    ours = _make_private_key()
    point = _write_point(ours)
    nonce = os.urandom(12)
    sealed = AESGCM(_agree(ours, theirs, salt=point, purpose=_TO_VIEW)).encrypt(
        nonce, secret.reveal().encode(), None
    )
    return {
        "key": b64encode(point).decode(),
        "iv": b64encode(nonce).decode(),
        "sealed": b64encode(sealed).decode(),
    }


class Opener:
    """A key pair of the kernel, for which views seal what is typed.

    Attributes:
        key: The public half as an uncompressed point in base64.
    """

    __slots__ = ("_opened", "_pair", "key")

    def __init__(self) -> None:
        self._pair = _make_private_key()
        self._opened: set[bytes] = set()
        self.key = b64encode(_write_point(self._pair)).decode()

    def open(self, message: Mapping[str, object]) -> Secret:
        """Decrypt what a view has sealed for this key; each message opens once.

        Args:
            message: The view's public key, the nonce of AES, the encrypted text, and
                the nonce of the message, with which it was sealed.

        Raises:
            InputError: It was sealed for another key, changed since, or opened before.
        """
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # late, as above
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

        theirs = _read_point(message.get("key"))
        point = b64decode(str(message.get("key")))
        # A view makes a pair for each message, so one seen again is a repetition.
        if point not in self._opened:
            with contextlib.suppress(InvalidTag, ValueError):
                aes = AESGCM(_agree(self._pair, theirs, salt=point, purpose=_TO_KERNEL))
                secret = Secret(
                    aes.decrypt(
                        b64decode(str(message.get("iv"))),
                        b64decode(str(message.get("sealed"))),
                        str(message.get("nonce")).encode(),
                    ).decode()
                )
                self._opened.add(point)
                return secret
        refusal = "What was typed did not arrive as it was sent; type it again."
        raise InputError(refusal)

    def __repr__(self) -> str:
        return "Opener(hidden)"


def _make_private_key() -> "EllipticCurvePrivateKey":
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    return ec.generate_private_key(ec.SECP256R1())


def _write_point(pair: "EllipticCurvePrivateKey") -> bytes:
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        Encoding,
        PublicFormat,
    )

    return pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _read_point(public_key: object) -> "EllipticCurvePublicKey":
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(
            ec.SECP256R1(), b64decode(str(public_key), validate=True)
        )
    except (ValueError, TypeError):
        message = "The view sent no usable key; run the cell again."
        raise InputError(message) from None


def _agree(
    ours: "EllipticCurvePrivateKey",
    theirs: "EllipticCurvePublicKey",
    *,
    salt: bytes,
    purpose: bytes,
) -> bytes:
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    return HKDF(SHA256(), 32, salt=salt, info=purpose).derive(
        ours.exchange(ec.ECDH(), theirs)
    )
