"""Open what was just encrypted, by code that shares none of ours with what wrote it."""

import base64
import gzip
import hashlib
import hmac
import io
import re
import struct
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Protocol
from xml.etree import ElementTree as ET

from apiuser.credentials.credential import Secret

_INTRO = bytes.fromhex("03d9a29a67fb4bb500000400")
_HASH = 32
_LAST = 2**64 - 1
_STANZA = re.compile(rb"-> (\S+)[^\n]*\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n")
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n((?:%s)+)--- [A-Za-z0-9+/]{43}\n" % _STANZA.pattern,
)
_GREASE = b"-grease"
_SCRYPT = re.compile(
    rb"age-encryption\.org/v1\n"
    rb"-> scrypt (\S{22}) ([1-9]|[12]\d)\n(\S{43})\n--- (\S{43})\n"
)
_LABEL = b"age-encryption.org/v1/scrypt"
_NONCE = 16
_TAG = 16
_PART = (64 << 10) + _TAG
"""Bytes of a part of an age file's text, encrypted, with the tag behind it."""


class _Decryptor(Protocol):
    def update(self, data: bytes, /) -> bytes: ...


def read_kdbx(sealed: bytes, passphrase: Secret) -> dict[str, Secret | str]:
    """Return the strings of the one entry, those that are protected as secrets.

    Every signature is checked on the way.

    Raises:
        ValueError: It is not a KeePass file of this kind, or the passphrase is wrong.
    """
    try:
        return _read_kdbx(io.BytesIO(sealed), passphrase)
    except (ArithmeticError, EOFError, KeyError, OSError, struct.error) as error:
        raise ValueError(str(error)) from None
    except ET.ParseError as error:  # a SyntaxError
        raise ValueError(str(error)) from None


def read_age(sealed: bytes, passphrase: Secret) -> Secret:
    """Return the text of an age file for a passphrase.

    pyrage would open it too, but refuses a cost that seems high to a busy machine.

    Raises:
        ValueError: It is not such a file, or the passphrase is wrong.
    """
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # late: optional

    header = _SCRYPT.match(sealed)
    if header is None:
        message = "there is no age header for a passphrase"
        raise ValueError(message)
    try:
        return _read_age(header, sealed, passphrase)
    except InvalidTag:
        message = "a part does not open"
        raise ValueError(message) from None


def _read_age(header: re.Match[bytes], sealed: bytes, passphrase: Secret) -> Secret:
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415
        ChaCha20Poly1305,
    )
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    def expand(salt: bytes | None, info: bytes) -> bytes:
        return HKDF(hashes.SHA256(), _HASH, salt, info).derive(file_key)

    salt, wrapped, signature = (_decode(header[n]) for n in (1, 3, 4))
    count = 1 << int(header[2])
    key = hashlib.scrypt(
        passphrase.reveal().encode(),
        salt=_LABEL + salt,
        n=count,
        r=8,
        p=1,
        maxmem=2 * 128 * 8 * count,
        dklen=_HASH,
    )
    file_key = ChaCha20Poly1305(key).decrypt(bytes(12), wrapped, None)
    signed = sealed[: header.start(4) - 1]
    _expect(signature, hmac.digest(expand(None, b"header"), signed, "sha256"))
    start = header.end() + _NONCE
    cipher = ChaCha20Poly1305(expand(sealed[header.end() : start], b"payload"))
    parts = range(start, len(sealed), _PART)
    if not parts or (len(parts) > 1 and len(sealed) - parts[-1] <= _TAG):
        message = "the last part is missing or empty"
        raise ValueError(message)
    return Secret(
        b"".join(
            cipher.decrypt(
                number.to_bytes(11, "big") + bytes([at == parts[-1]]),
                sealed[at : at + _PART],
                None,
            )
            for number, at in enumerate(parts)
        ).decode()
    )


def _decode(text: bytes) -> bytes:
    data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    # Bits that stand for nothing have to be 0.
    _expect(base64.b64encode(data).rstrip(b"="), text)
    return data


def count_age_recipients(sealed: bytes) -> Counter[str]:
    """Count the recipients in the header of an age file by their kinds.

    Raises:
        ValueError: It has no such header.
    """
    header = _HEADER.match(sealed)
    if header is None:
        message = "there is no age header"
        raise ValueError(message)
    kinds = (stanza[1] for stanza in _STANZA.finditer(header[1]))
    return Counter(kind.decode() for kind in kinds if not kind.endswith(_GREASE))


def _read_kdbx(file: io.BytesIO, passphrase: Secret) -> dict[str, Secret | str]:
    _expect(file.read(len(_INTRO)), _INTRO)
    fields = dict(_read_fields(file))
    header = file.getvalue()[: file.tell()]
    _expect(file.read(_HASH), hashlib.sha256(header).digest())
    transformed = _derive(_read_dictionary(fields[11]), passphrase)
    base = hashlib.sha512(fields[4] + transformed + b"\x01").digest()
    _expect(file.read(_HASH), _sign(_LAST, base, header))
    sealed = b"".join(_read_blocks(file, base))
    _expect(file.read(), b"")
    key = hashlib.sha256(fields[4] + transformed).digest()
    # What is read here holds the secret encrypted once more.
    payload = io.BytesIO(gzip.decompress(_decrypt(key, fields[7]).update(sealed)))
    inner = dict(_read_fields(payload))
    stream = hashlib.sha512(inner[2]).digest()
    document = ET.fromstring(payload.read())  # noqa: S314  # our own
    return dict(_read_strings(document, _decrypt(stream[:32], stream[32:44])))


def _derive(costs: Mapping[str, bytes], passphrase: Secret) -> bytes:
    from argon2.exceptions import HashingError  # noqa: PLC0415  # late: optional
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415

    numbers = {name: int.from_bytes(costs[name], "little") for name in "IMPV"}
    part = hashlib.sha256(passphrase.reveal().encode()).digest()
    try:
        return hash_secret_raw(
            hashlib.sha256(part).digest(),
            costs["S"],
            time_cost=numbers["I"],
            memory_cost=numbers["M"] // 1024,
            parallelism=numbers["P"],
            hash_len=32,
            type=Type.ID,
            version=numbers["V"],
        )
    except HashingError:
        raise MemoryError from None


def _read_blocks(file: io.BytesIO, base: bytes) -> Iterator[bytes]:
    size = -1
    number = 0
    while size:
        signature, counted = file.read(_HASH), file.read(4)
        (size,) = struct.unpack("<I", counted)
        block = file.read(size)
        signed = struct.pack("<Q", number) + counted + block
        _expect(signature, _sign(number, base, signed))
        yield block
        number += 1


def _read_strings(
    document: ET.Element, stream: _Decryptor
) -> Iterator[tuple[str, Secret | str]]:
    for string in document.iterfind(".//Entry/String"):
        value = string.find("Value")
        if value is None:
            message = "a string without a value"
            raise ValueError(message)
        name, text = string.findtext("Key", ""), value.text or ""
        if value.get("Protected") == "True":
            yield name, Secret(stream.update(base64.b64decode(text)).decode())
        else:
            yield name, text


def _sign(number: int, base: bytes, signed: bytes) -> bytes:
    key = hashlib.sha512(struct.pack("<Q", number) + base).digest()
    return hmac.digest(key, signed, "sha256")


def _decrypt(key: bytes, nonce: bytes) -> _Decryptor:
    from cryptography.hazmat.primitives.ciphers import Cipher  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.algorithms import (  # noqa: PLC0415
        ChaCha20,
    )

    return Cipher(ChaCha20(key, bytes(4) + nonce), mode=None).decryptor()


def _read_fields(file: io.BytesIO) -> Iterator[tuple[int, bytes]]:
    kind = -1
    while kind:
        kind, size = struct.unpack("<BI", file.read(5))
        yield kind, file.read(size)


def _read_dictionary(data: bytes) -> dict[str, bytes]:
    file = io.BytesIO(data)
    _expect(file.read(2), b"\x00\x01")
    items = {}
    while file.read(1) != b"\x00":
        name = file.read(*struct.unpack("<I", file.read(4))).decode()
        items[name] = file.read(*struct.unpack("<I", file.read(4)))
    return items


def _expect(found: bytes, wanted: bytes) -> None:
    if not hmac.compare_digest(found, wanted):
        message = "a signature or mark differs"
        raise ValueError(message)
