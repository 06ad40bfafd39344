"""KeePass files: KDBX 4.0 with Argon2id and ChaCha20, holding one entry.

Written from the format's public description; KeePassXC opens what comes out, and
the tests prove it. Nothing here reads such files.
"""

import gzip
import hashlib
import hmac
import secrets
import struct
from collections.abc import Iterator

from apiuser.credentials.credential import Secret
from apiuser.handover.entry import Entry
from apiuser.handover.kdbx_document import Stream, refuse_placeholders, write_document

MEMORY_KIB = 64 * 1024
"""The memory of Argon2id; with much more, phones may be unable to open the file."""
ROUNDS = 10
LANES = 2

_SIGNATURE = struct.pack("<III", 0x9AA2D903, 0xB54BFB67, 0x00040000)
_CHACHA20 = bytes.fromhex("d6038a2b8b6f4cb5a524339a31dbb59a")
_ARGON2ID = bytes.fromhex("9e298b1956db4773b23dfc3ec6f0a1e6")
_ARGON2_VERSION = 0x13
_GZIP = 1
_CIPHER, _COMPRESSION, _SEED, _NONCE, _KDF, _END = 2, 3, 4, 7, 11, 0
_INNER_STREAM, _INNER_KEY, _INNER_CHACHA20 = 1, 2, 3
_UINT32, _UINT64, _BYTES = 0x04, 0x05, 0x42
_BLOCK = 1024 * 1024


def seal_kdbx(entry: Entry, passphrase: Secret) -> bytes:
    """Encrypt an entry as the only one of a new KeePass database.

    Raises:
        InputError: Programs for such files would replace a text.
    """
    refuse_placeholders(entry)
    salt, seed, nonce = (secrets.token_bytes(size) for size in (32, 32, 12))
    # The slow step comes first: an interrupt finds no plain text anywhere.
    transformed = _derive(passphrase, salt)
    header = _write_header(salt, seed, nonce)
    keys = hashlib.sha512(seed + transformed + b"\x01").digest()
    sealed = _encrypt(
        hashlib.sha256(seed + transformed).digest(),
        nonce,
        gzip.compress(_write_payload(entry), mtime=0),
    )
    return b"".join(
        (
            header,
            hashlib.sha256(header).digest(),
            hmac.digest(_block_key(2**64 - 1, keys), header, "sha256"),
            *_write_blocks(sealed, keys),
        )
    )


def _derive(passphrase: Secret, salt: bytes) -> bytes:
    from argon2.exceptions import HashingError  # noqa: PLC0415  # late: optional
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415

    part = hashlib.sha256(passphrase.reveal().encode()).digest()
    try:
        return hash_secret_raw(
            hashlib.sha256(part).digest(),
            salt,
            time_cost=ROUNDS,
            memory_cost=MEMORY_KIB,
            parallelism=LANES,
            hash_len=32,
            type=Type.ID,
            version=_ARGON2_VERSION,
        )
    except HashingError:  # with sound parameters it can only lack memory
        raise MemoryError from None


def _write_header(salt: bytes, seed: bytes, nonce: bytes) -> bytes:
    parameters = b"".join(
        (
            struct.pack("<H", 0x0100),
            _write_item(_BYTES, b"$UUID", _ARGON2ID),
            _write_item(_BYTES, b"S", salt),
            _write_item(_UINT32, b"P", struct.pack("<I", LANES)),
            _write_item(_UINT64, b"M", struct.pack("<Q", MEMORY_KIB * 1024)),
            _write_item(_UINT64, b"I", struct.pack("<Q", ROUNDS)),
            _write_item(_UINT32, b"V", struct.pack("<I", _ARGON2_VERSION)),
            b"\x00",
        )
    )
    return b"".join(
        (
            _SIGNATURE,
            _write_field(_CIPHER, _CHACHA20),
            _write_field(_COMPRESSION, struct.pack("<I", _GZIP)),
            _write_field(_SEED, seed),
            _write_field(_NONCE, nonce),
            _write_field(_KDF, parameters),
            _write_field(_END, b"\r\n\r\n"),
        )
    )


def _write_payload(entry: Entry) -> bytes:
    inner_key = secrets.token_bytes(64)
    digest = hashlib.sha512(inner_key).digest()
    return b"".join(
        (
            _write_field(_INNER_STREAM, struct.pack("<I", _INNER_CHACHA20)),
            _write_field(_INNER_KEY, inner_key),
            _write_field(_END, b""),
            write_document(entry, _make_stream(digest[:32], digest[32:44])),
        )
    )


def _make_stream(key: bytes, nonce: bytes) -> Stream:
    from cryptography.hazmat.primitives.ciphers import Cipher  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.algorithms import (  # noqa: PLC0415
        ChaCha20,
    )

    # The library takes the block counter, zero here, before the nonce.
    return Cipher(ChaCha20(key, bytes(4) + nonce), mode=None).encryptor()


def _encrypt(key: bytes, nonce: bytes, data: bytes) -> bytes:
    return _make_stream(key, nonce).update(data)


def _write_blocks(data: bytes, keys: bytes) -> Iterator[bytes]:
    pieces = [data[start : start + _BLOCK] for start in range(0, len(data), _BLOCK)]
    for number, piece in enumerate((*pieces, b"")):
        size = struct.pack("<I", len(piece))
        signed = struct.pack("<Q", number) + size + piece
        yield hmac.digest(_block_key(number, keys), signed, "sha256")
        yield size + piece


def _block_key(number: int, keys: bytes) -> bytes:
    return hashlib.sha512(struct.pack("<Q", number) + keys).digest()


def _write_field(kind: int, data: bytes) -> bytes:
    return struct.pack("<BI", kind, len(data)) + data


def _write_item(kind: int, name: bytes, value: bytes) -> bytes:
    return (
        struct.pack("<BI", kind, len(name))
        + name
        + struct.pack("<I", len(value))
        + value
    )
