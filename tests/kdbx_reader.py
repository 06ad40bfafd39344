"""Read the one entry of a KDBX 4 file, written apart from what writes them."""

import base64
import gzip
import hashlib
import hmac
import io
import struct
from xml.etree import ElementTree as ET

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20


def read_kdbx(data: bytes, passphrase: str) -> dict[str, str]:
    """Return the strings of the entry, and check every signature on the way."""
    file = io.BytesIO(data)
    assert file.read(12) == bytes.fromhex("03d9a29a67fb4bb500000400")
    header = _read_fields(file)
    length = file.tell()
    assert file.read(32) == hashlib.sha256(data[:length]).digest()
    kdf = _read_dictionary(header[11])
    composite = hashlib.sha256(hashlib.sha256(passphrase.encode()).digest()).digest()
    transformed = hash_secret_raw(
        composite,
        kdf["S"],
        time_cost=int.from_bytes(kdf["I"], "little"),
        memory_cost=int.from_bytes(kdf["M"], "little") // 1024,
        parallelism=int.from_bytes(kdf["P"], "little"),
        hash_len=32,
        type=Type.ID,
        version=int.from_bytes(kdf["V"], "little"),
    )
    base = hashlib.sha512(header[4] + transformed + b"\x01").digest()
    signature = file.read(32)
    assert signature == _sign(2**64 - 1, base, data[:length])
    sealed = b""
    for number in range(2**32):
        signature = file.read(32)
        (size,) = struct.unpack("<I", file.read(4))
        block = file.read(size)
        signed = struct.pack("<QI", number, size) + block
        assert signature == _sign(number, base, signed)
        if not size:
            break
        sealed += block
    assert file.read() == b""
    key = hashlib.sha256(header[4] + transformed).digest()
    payload = io.BytesIO(gzip.decompress(_chacha(key, header[7], sealed)))
    inner = _read_fields(payload)
    document = ET.fromstring(payload.read())  # noqa: S314  # our own
    return _read_strings(document, hashlib.sha512(inner[2]).digest())


def _read_strings(document: ET.Element, stream: bytes) -> dict[str, str]:
    values = document.findall(".//Entry/String/Value")
    hidden = [v for v in values if v.get("Protected") == "True"]
    pieces = [base64.b64decode(value.text or "") for value in hidden]
    plain = _chacha(stream[:32], stream[32:44], b"".join(pieces))
    for value, piece in zip(hidden, pieces, strict=True):
        value.text, plain = plain[: len(piece)].decode(), plain[len(piece) :]
    return {
        string.findtext("Key", ""): string.findtext("Value", "")
        for string in document.findall(".//Entry/String")
    }


def _sign(number: int, base: bytes, signed: bytes) -> bytes:
    key = hashlib.sha512(struct.pack("<Q", number) + base).digest()
    return hmac.digest(key, signed, "sha256")


def _chacha(key: bytes, nonce: bytes, data: bytes) -> bytes:
    return Cipher(ChaCha20(key, bytes(4) + nonce), mode=None).decryptor().update(data)


def _read_fields(file: io.BytesIO) -> dict[int, bytes]:
    fields = {}
    while True:
        kind, size = struct.unpack("<BI", file.read(5))
        fields[kind] = file.read(size)
        if kind == 0:
            return fields


def _read_dictionary(data: bytes) -> dict[str, bytes]:
    file = io.BytesIO(data)
    assert file.read(2) == b"\x00\x01"
    items = {}
    while (kind := file.read(1)) != b"\x00":
        assert kind
        name = file.read(*struct.unpack("<I", file.read(4))).decode()
        items[name] = file.read(*struct.unpack("<I", file.read(4)))
    return items
