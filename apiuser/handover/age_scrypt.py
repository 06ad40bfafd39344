"""age files for a passphrase, at a fixed cost.

Written from the format's public description, since pyrage chooses the cost by the
speed of the machine, up to 1 GiB of memory; pyrage and age open what comes out.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator

from apiuser.credentials.credential import Secret

WORK_FACTOR = 18
"""The cost of scrypt as a power of two: age's own, 256 MiB and a second."""

_INTRO = b"age-encryption.org/v1\n"
_LABEL = b"age-encryption.org/v1/scrypt"
_BLOCK_SIZE = 8
_CHUNK = 64 * 1024


def encrypt_with_scrypt(text: Secret, passphrase: Secret) -> bytes:
    """Encrypt a text for whoever has the passphrase."""
    from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415  # late: optional
        ChaCha20Poly1305,
    )

    salt, file_key, nonce = (secrets.token_bytes(16) for _ in range(3))
    wrapped = ChaCha20Poly1305(_derive(passphrase, salt)).encrypt(
        bytes(12), file_key, None
    )
    header = b"".join(
        (
            _INTRO,
            b"-> scrypt %s %d\n" % (_encode(salt), WORK_FACTOR),
            _encode(wrapped),
            b"\n---",
        )
    )
    signature = hmac.digest(_expand(file_key, b"", b"header"), header, "sha256")
    cipher = ChaCha20Poly1305(_expand(file_key, nonce, b"payload"))
    chunks = (
        cipher.encrypt(counter, chunk.reveal().encode("latin-1"), None)
        for counter, chunk in _cut(text)
    )
    return b"".join((header, b" ", _encode(signature), b"\n", nonce, *chunks))


def _cut(text: Secret) -> Iterator[tuple[bytes, Secret]]:
    """Yield the nonces and the chunks; each character of a chunk is one byte."""
    size = len(text.reveal().encode())
    starts = range(0, max(size, 1), _CHUNK)
    for number, start in enumerate(starts):
        is_last = start == starts[-1]
        yield (
            number.to_bytes(11, "big") + bytes((is_last,)),
            Secret(text.reveal().encode()[start : start + _CHUNK].decode("latin-1")),
        )


def _derive(passphrase: Secret, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # noqa: PLC0415

    return Scrypt(
        salt=_LABEL + salt, length=32, n=2**WORK_FACTOR, r=_BLOCK_SIZE, p=1
    ).derive(passphrase.reveal().encode())


def _expand(key: bytes, salt: bytes, info: bytes) -> bytes:
    """Derive 32 bytes by HKDF with SHA-256."""
    drawn = hmac.digest(salt or bytes(hashlib.sha256().digest_size), key, "sha256")
    return hmac.digest(drawn, info + b"\x01", "sha256")


def _encode(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")
