"""A known secret in all encodings that files use."""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import permutations
from urllib.parse import quote, quote_plus, unquote

from apiuser.credentials.credential import Secret
from apiuser.errors import InputError

LEAST_SOUGHT = 7
"""Shorter values are found everywhere by chance; no policy allows them."""

_UNICODE = {"utf-8": "", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE"}
_SPACE = b" \t\r\n\\"


@dataclass(frozen=True, slots=True, repr=False)
class _Needle:
    form: str
    data: bytes
    wrapped: bool


class SecretEncodings:
    """All encodings of one secret, to look for in bytes."""

    __slots__ = ("_needles",)

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
        by_data: dict[bytes, _Needle] = {}
        for needle in _list_needles(secret.reveal()):
            by_data.setdefault(needle.data, needle)
        self._needles = tuple(by_data.values())

    @property
    def longest(self) -> int:
        """The length of the longest encoding, in bytes."""
        return max(len(needle.data) for needle in self._needles)

    def find(self, data: bytes) -> str | None:
        """Return the form in which the bytes hold the secret, if they do."""
        for needle in self._needles:
            if needle.data in data:
                return needle.form
        # Base64 and hex are often broken into lines, inside JSON as \n or \r\n.
        joined = data.replace(b"\\r", b"").replace(b"\\n", b"").translate(None, _SPACE)
        if len(joined) == len(data):
            return None
        for needle in self._needles:
            if needle.wrapped and needle.data in joined:
                return needle.form
        return None

    def hide(self, text: str) -> str:
        """Return a name of a file or place as it may be shown, without the secret."""
        if self.find(text.encode("utf-8", "surrogateescape")) is None:
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
    forms = {text, unquote(text), unquote(unquote(text))}
    # What is between its pieces does not hide it from a reader: dashes, blanks, line
    # breaks, or what nobody sees.
    if any(_holds_pieces(form, plain) for form in forms):
        return True
    forms |= {
        "".join(c for c in form if "!" <= c <= "~" or (c in plain and c != " "))
        for form in forms
    }
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


def _list_needles(text: str) -> Iterator[_Needle]:
    forms: dict[str, str] = {}
    for escaping, escaped in _list_escapes(text):
        forms.setdefault(escaped, escaping)  # most change nothing
    for escaped, escaping in forms.items():
        for codec, unicode in _UNICODE.items():
            data = escaped.encode(codec, "surrogatepass")
            form = ", ".join(filter(None, (escaping, unicode)))
            yield _Needle(form or "as it is", data, wrapped=False)
            yield from (
                _Needle(", ".join(filter(None, (form, coding))), coded, wrapped=True)
                for coding, coded in _list_codings(data)
            )


def _list_escapes(text: str) -> Iterator[tuple[str, str]]:
    yield "", text
    for escaped in _escape_json(text):
        yield "JSON", escaped
        # A notebook inside JSON, as servers send it and databases store it.
        yield from (("JSON twice", twice) for twice in _escape_json(escaped))
    for escaped in _escape_html(text):
        yield "HTML", escaped
        yield from (("HTML in JSON", twice) for twice in _escape_json(escaped))
    for url in _escape_url(text):
        yield "URL", url
    for url in _escape_url(json.dumps(text)[1:-1]):
        yield "JSON in a URL", url
    yield "quoted", text.replace('"', '""')
    yield "quoted", text.replace("'", "''")
    yield "quoted", text.replace("'", "'\\''")
    yield "quoted", repr(text)[1:-1]


def _escape_json(text: str) -> Iterator[str]:
    plain = json.dumps(text)[1:-1]
    yield plain
    yield plain.replace("/", "\\/")
    for upper in (False, True):
        safe = plain
        for sign in "<>&'":
            code = f"{ord(sign):04X}" if upper else f"{ord(sign):04x}"
            safe = safe.replace(sign, f"\\u{code}")
        yield safe
    yield json.dumps(text, ensure_ascii=False)[1:-1]


def _escape_html(text: str) -> Iterator[str]:
    yield escape(text)
    yield escape(text, quote=False)
    quoted = escape(text, quote=False).replace('"', "&quot;")
    yield quoted
    yield quoted.replace("'", "&apos;")
    yield quoted.replace("'", "&#39;")
    yield escape(text, quote=False).replace('"', "&#34;").replace("'", "&#39;")
    for write in ("&#{};", "&#x{:x};", "&#x{:X};"):
        signs = {ord(sign): write.format(ord(sign)) for sign in "&<>\"'"}
        yield text.translate(signs)


def _escape_url(text: str) -> Iterator[str]:
    data = text.encode("utf-8", "surrogatepass")
    for quoted in (
        quote(data, safe=""),
        quote(data),
        quote(data, safe="!'()*-._~"),
        quote_plus(data),
    ):
        yield quoted
        yield _lower_hex(quoted)


def _lower_hex(quoted: str) -> str:
    first, *rest = quoted.split("%")
    return "%".join([first, *(part[:2].lower() + part[2:] for part in rest)])


def _list_codings(data: bytes) -> Iterator[tuple[str, bytes]]:
    for shift in range(3):
        coded = base64.b64encode(bytes(shift) + data)
        # The first and last letters, which depend on the bytes around them, are left
        # out.
        tail = {0: 0, 1: 3, 2: 2}[(shift + len(data)) % 3]
        part = coded[(0, 2, 3)[shift] : len(coded) - tail]
        yield "base64", part
        yield "base64", part.translate(bytes.maketrans(b"+/", b"-_"))
    yield "hex", data.hex().encode()
    yield "hex", data.hex().upper().encode()
