"""Sealing a text for one view, so that other clients of the kernel cannot read it."""

import os
from base64 import b64decode, b64encode

from apiuser.errors import InputError

_PURPOSE = b"apiuser secret for one view"


def seal(text: str, *, public_key: str) -> dict[str, str]:
    """Encrypt a text for the view that made a key pair for this one answer.

    Every client of a kernel hears its messages. The view sends the public half of
    a new P-256 key pair; a key of our own, as new, agrees with it (ECDH, HKDF with
    SHA-256), and AES-256-GCM encrypts the text. Both keys serve once.

    Args:
        text: What to encrypt.
        public_key: The view's key as an uncompressed point in base64.

    Returns:
        Our own public key, the nonce and the encrypted text, each in base64.

    Raises:
        InputError: The key is not a point of the curve.
    """
    # Late: only a press of Reveal or Copy needs it.
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        Encoding,
        PublicFormat,
    )

    curve = ec.SECP256R1()
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(
            curve, b64decode(public_key, validate=True)
        )
    except (ValueError, TypeError):
        message = "The view sent no usable key; run the cell again."
        raise InputError(message) from None
    ours = ec.generate_private_key(curve)
    point = ours.public_key().public_bytes(
        Encoding.X962, PublicFormat.UncompressedPoint
    )
    shared = ours.exchange(ec.ECDH(), theirs)
    key = HKDF(SHA256(), 32, salt=point, info=_PURPOSE).derive(shared)
    nonce = os.urandom(12)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), None)
    return {
        "key": b64encode(point).decode(),
        "iv": b64encode(nonce).decode(),
        "sealed": b64encode(sealed).decode(),
    }
