"""A known secret in all encodings that files use."""

import re
from binascii import a2b_base64, unhexlify
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import permutations
from string import printable

from apiuser.credentials.credential import Secret
from apiuser.errors import InputError

LEAST_SOUGHT = 7
"""Shorter values are found everywhere by chance."""

_LEAST_READ = 5
"""Of a secret without its quotation marks and backslashes, less is found by chance."""

_UNICODE = ("utf-8", "utf-16-le", "utf-16-be")
_WINDOW = 1024 * 1024
_MOST_PER_BYTE = 64  # of what one byte becomes when it is encoded, twice and in lines
_MOST_ROUNDS = 4
# Each begins with one letter, since these are found fastest.
_PERCENT = re.compile(rb"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*")
_MARKED = re.compile(
    rb"\\(?:x[0-9A-Fa-f]{2}|[nrt]|u[0-9A-Fa-f]{4}(?:\\{1,8}u[0-9A-Fa-f]{4})*)"
)
_ENTITY = re.compile(
    rb"&(?:#[0-9]{1,7}|#[Xx][0-9A-Fa-f]{1,6}|[A-Za-z][0-9A-Za-z]{1,30});"
)
_BREAKS = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}
_QUOTING = b"\\\"'"
_BLANK = bytes.maketrans(b"+", b" ")
_VISIBLE = frozenset(printable.strip())  # of ASCII
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"
_STANDARD = bytes.maketrans(b"-_", b"+/")
_NO_LETTERS = bytes(set(range(256)) - set(_LETTERS))
_NO_DIGITS = bytes(set(range(256)) - set(b"0123456789ABCDEFabcdef"))


class SecretEncodings:
    """All encodings of one secret, to look for in bytes.

    The bytes are decoded rather than the secret encoded, since each program chooses
    which characters it encodes, and how.
    """

    __slots__ = ("_plain", "_read")

    def __init__(self, secret: Secret) -> None:
        """Prepare the search.

        Raises:
            InputError: The secret is too short to search for.
        """
        if len(secret) < LEAST_SOUGHT:
            message = (
                f"The value has fewer than {LEAST_SOUGHT} characters and would be "
                "found everywhere. Type the whole secret."
            )
            raise InputError(message)
        self._plain = frozenset(
            _take_off_zeros(secret.reveal().encode(codec, "surrogatepass"))
            for codec in _UNICODE
        )
        read = map(_read, self._plain)
        self._read = frozenset(one for one in read if len(one) >= _LEAST_READ)

    @property
    def longest(self) -> int:
        """The length of the longest encoding, in bytes."""
        return _MOST_PER_BYTE * max(map(len, self._plain))

    def find(self, data: bytes) -> str | None:
        """Return the form in which the bytes hold the secret, if they do."""
        for start in range(0, len(data), _WINDOW):
            form = self._find_in(data[start : start + _WINDOW + self.longest])
            if form is not None:
                return form
        return None

    def _find_in(self, data: bytes) -> str | None:
        if any(plain in data for plain in self._plain):
            return "as it is"
        for form, view in _list_views(data):
            if any(plain in view for plain in self._plain):
                return form
            read = _read(view)
            if any(sought in read for sought in self._read):
                return form
        return None

    def hide(self, text: str) -> str:
        """Return a name of a file or place as it may be shown, without the secret."""
        if self.find(text.encode("utf-8", "surrogatepass")) is None:
            return text
        return "(a name that contains the secret)"


def reveals(text: str, secret: Secret) -> bool:
    """Tell whether a text holds a secret as it is, or as one can read it back.

    Args:
        text: The text, such as an address, in which what is encoded may be quoted too.
        secret: The secret; a short one is looked for as it is.
    """
    plain = secret.reveal()
    if plain in text:
        return True
    if not LEAST_SOUGHT <= len(plain) <= len(text):  # no encoding is shorter
        return False
    encodings = SecretEncodings(secret)
    decoded = _unescape(text.encode("utf-8", "surrogatepass"))
    forms = {text, decoded.decode("utf-8", "replace")}
    # What is between its pieces does not hide it from a reader: dashes, blanks, line
    # breaks, or what nobody sees.
    if any(_holds_pieces(form, plain) for form in forms):
        return True
    kept = _VISIBLE.union(plain) - {" "}
    forms |= {"".join(filter(kept.__contains__, form)) for form in forms}
    return any(encodings.find(one.encode("utf-8", "surrogatepass")) for one in forms)


def reveals_between(texts: Iterable[str], secret: Secret) -> bool:
    """Tell whether any two of some texts hold a secret in pieces, one after the other."""
    return any(
        _holds_pieces(f"{first}\n{second}", secret.reveal())
        for first, second in permutations(texts, 2)
    )


def _holds_pieces(text: str, plain: str) -> bool:
    signs = {sign for sign in plain if sign.isalnum()}
    core, held = ("".join(filter(signs.__contains__, one)) for one in (plain, text))
    return len(core) >= LEAST_SOUGHT and core in held


def _list_views(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes, and what they are in base64 and hex, at each alignment.

    What is no letter of base64, such as a break of a line, is left out first.
    """
    text = _unescape(_take_off_zeros(data))
    yield "encoded", text
    # The last group may be short: padding is no letter.
    letters = text.translate(_STANDARD, _NO_LETTERS) + b"AAA"
    for shift in range(4):
        end = len(letters) - (len(letters) - shift) % 4
        yield "base64", _take_off_zeros(a2b_base64(letters[shift:end]))
    digits = text.translate(None, _NO_DIGITS)
    for shift in range(2):
        end = len(digits) - (len(digits) - shift) % 2
        yield "hex", _take_off_zeros(unhexlify(digits[shift:end]))


def _take_off_zeros(data: bytes) -> bytes:
    """Make ASCII of UTF-16."""
    return data.replace(b"\0", b"")


def _read(data: bytes) -> bytes:
    """Decode bytes so that what was the same before encoding is the same again."""
    return _unescape(data).translate(_BLANK, _QUOTING)


def _unescape(data: bytes) -> bytes:
    """Decode what is escaped, also more than once, as in URLs, JSON and HTML."""
    for _ in range(_MOST_ROUNDS):
        before = data
        data = _PERCENT.sub(_decode_percent, data)
        data = _MARKED.sub(_decode_marked, data)
        data = _ENTITY.sub(_decode_entity, data)
        if data == before:
            break
    return data


def _decode_percent(found: re.Match[bytes]) -> bytes:
    return unhexlify(found[0].replace(b"%", b""))


def _decode_marked(found: re.Match[bytes]) -> bytes:
    code = found[0].replace(b"\\", b"")
    if code.startswith(b"u"):
        units = unhexlify(code.replace(b"u", b""))
        text = units.decode("utf-16-be", "surrogatepass")
        return text.encode("utf-8", "surrogatepass")
    return _BREAKS.get(code) or unhexlify(code[1:])


def _decode_entity(found: re.Match[bytes]) -> bytes:
    return _read_entity(found[0])


@lru_cache(maxsize=256)  # the same few are all over a page
def _read_entity(entity: bytes) -> bytes:
    from html import unescape  # noqa: PLC0415  # late: few texts hold any, and it has long tables

    return unescape(entity.decode()).encode("utf-8", "surrogatepass")
