"""A known secret is found in every usual encoding."""

import base64
import html
import json
import re
from collections.abc import Callable
from html.entities import html5
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiuser.credentials.credential import Secret
from apiuser.credentials.encodings_of_a_secret import SecretEncodings
from apiuser.errors import InputError
from apiuser.leaks import scan_for
from tests.leaks.leak_samples import PLANTED
from tests.planted import ESCAPED, PASSPHRASES, SECRETS

ENTITIES = [(name, sign) for name, sign in html5.items() if name.endswith(";")]
CODINGS: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "JSON": lambda s: json.dumps(s).encode(),
    "JSON twice": lambda s: json.dumps(json.dumps(s)).encode(),
    "HTML": lambda s: html.escape(s).encode(),
    "HTML without quotes": lambda s: html.escape(s, quote=False).encode(),
    "HTML in JSON": lambda s: json.dumps(html.escape(s)).encode(),
    "URL": lambda s: quote(s, safe="").encode(),
    "URL in small hex": lambda s: (
        quote(s, safe="").encode().lower() if s.lower() == s else quote(s).encode()
    ),
    "JSON in a URL": lambda s: quote(json.dumps({"s": s})).encode(),
    "HTML in numbers": lambda s: re.sub(
        "[&<>\"']", lambda sign: f"&#{ord(sign[0])};", s
    ).encode(),
    "HTML in hex numbers": lambda s: re.sub(
        "[&<>\"']", lambda sign: f"&#x{ord(sign[0]):X};", s
    ).encode(),
    "repr": lambda s: repr(s).encode(),
    "CSV": lambda s: s.replace('"', '""').encode(),
    "UTF-16 LE": lambda s: s.encode("utf-16-le"),
    "UTF-16 BE": lambda s: s.encode("utf-16-be"),
    "hex": lambda s: s.encode().hex().encode(),
    "HEX": lambda s: s.encode().hex().upper().encode(),
    "base64 at 0": lambda s: base64.b64encode(s.encode() + b"after"),
    "base64 at 1": lambda s: base64.b64encode(b"x" + s.encode() + b"aft"),
    "base64 at 2": lambda s: base64.b64encode(b"xy" + s.encode() + b"af"),
    "base64 for URLs": lambda s: base64.urlsafe_b64encode(b"xy" + s.encode()),
    "base64 in lines": lambda s: base64.encodebytes(b"x" * 47 + s.encode()),
    "base64 in lines in JSON": lambda s: json.dumps(
        base64.encodebytes(b"x" * 47 + s.encode()).decode()
    ).encode(),
    "base64 in long lines in JSON": lambda s: json.dumps(
        base64.encodebytes(b"x" * 47 + s.encode()).decode().replace("\n", "\r\n")
    ).encode(),
    "base64 in long lines in JSON twice": lambda s: json.dumps(
        json.dumps(
            base64.encodebytes(b"x" * 47 + s.encode()).decode().replace("\n", "\r\n")
        )
    ).encode(),
    "base64 of UTF-16": lambda s: base64.b64encode(s.encode("utf-16-le")),
    "base64 of JSON": lambda s: base64.b64encode(json.dumps({"s": s}).encode()),
    "hex of UTF-16": lambda s: s.encode("utf-16-be").hex().encode(),
    "a form of a browser": lambda s: (
        quote(s, safe="*").replace("~", "%7E").replace("%20", "+").encode()
    ),
    "encodeURI": lambda s: quote(s, safe="-_.!~*'();/?:@&=+$,#").encode(),
    "all in a URL": lambda s: _write_signs(s, "%{:02x}"),
    "all in a URL twice": lambda s: _write_signs(s, "%25{:02X}"),
    "all in JSON": lambda s: _write_signs(s, "\\u{:04X}"),
    "JSON of .NET": lambda s: _write_marks(json.dumps(s), "\\u{:04X}"),
    "JSON of Go": lambda s: re.sub(
        "[<>&]", lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(s)
    ).encode(),
    "JSON with slashes": lambda s: json.dumps(s).replace("/", "\\/").encode(),
    "HTML of PHP": lambda s: html.escape(s).replace("&#x27;", "&#039;").encode(),
    "HTML of Go": lambda s: html.escape(s).replace("+", "&#43;").encode(),
    "HTML of Mustache": lambda s: (
        html.escape(s).replace("=", "&#x3D;").replace("/", "&#x2F;").encode()
    ),
    "HTML with names": lambda s: s.translate(
        {ord(sign): f"&{name}" for name, sign in ENTITIES if len(sign) == 1}
    ).encode(),
    "HTML twice": lambda s: html.escape(html.escape(s)).encode(),
    "HTML in a URL": lambda s: quote(html.escape(s)).encode(),
    "all in HTML": lambda s: _write_signs(s, "&#x{:X};"),
    "a shell": lambda s: s.replace("'", "'\\''").encode(),
    "bytes in Python": lambda s: _write_signs(s, "\\x{:02x}"),
    "base64 in UTF-16": lambda s: _code(s).encode("utf-16"),
    "hex in UTF-16": lambda s: s.encode().hex().encode("utf-16"),
    "JSON in UTF-16": lambda s: json.dumps(s).encode("utf-16"),
    "base64 in a URL": lambda s: quote(_code(s), safe="").encode(),
    "base64 in JSON of .NET": lambda s: _code(s).replace("+", "\\u002b").encode(),
    "base64 in JSON with slashes": lambda s: _code(s).replace("/", "\\/").encode(),
    "base64 of JSON of .NET": lambda s: base64.b64encode(
        _write_marks(json.dumps(s), "\\u{:04X}")
    ),
    "hex with blanks": lambda s: s.encode().hex(" ").encode(),
}


SOUGHT = {
    "plain": PLANTED,
    "escaped": ESCAPED,
    "with blanks": PASSPHRASES[0],
    "in lines": f"{SECRETS[3]}\r\n\t{SECRETS[4]}",
}


def _write_signs(text: str, form: str) -> bytes:
    return "".join(form.format(ord(sign)) for sign in text).encode()


def _write_marks(text: str, form: str) -> bytes:
    signs = {ord(sign): form.format(ord(sign)) for sign in "<>&+'`"}
    return text.replace('\\"', form.format(ord('"'))).translate(signs).encode()


def _code(text: str) -> str:
    return base64.b64encode(f"?>~{text}?>~".encode()).decode()


@pytest.mark.parametrize("coding", CODINGS.values(), ids=CODINGS)
@pytest.mark.parametrize("secret", SOUGHT.values(), ids=SOUGHT)
def test_every_coding_is_found(
    coding: Callable[[str], bytes], secret: str, tmp_path: Path
) -> None:
    (tmp_path / "left.bin").write_bytes(b"\x00before " + coding(secret) + b" after\xff")

    report = scan_for(Secret(secret), [tmp_path])

    assert [leak.place for leak in report.leaks] == ["bytes"]
    assert secret not in str(report)


@given(
    # All quotation marks would not be a secret, so a few letters follow.
    secret=st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1).map(
        lambda marks: marks + PLANTED[:6]
    ),
    coding=st.sampled_from(sorted(CODINGS)),
    before=st.binary(max_size=10),
)
def test_any_printable_secret_is_found_in_any_coding(
    secret: str, coding: str, before: bytes
) -> None:
    needles = SecretEncodings(Secret(secret))

    assert needles.find(before + b" " + CODINGS[coding](secret)) is not None


@pytest.mark.parametrize("before", range(1, 200, 7))
def test_an_encoded_secret_far_inside_is_found(before: int) -> None:
    data = b"-" * (1024 * 1024 - before) + _write_signs(PLANTED, "%25{:02X}")

    assert SecretEncodings(Secret(PLANTED)).find(data) is not None


def test_what_is_encoded_again_and_again_is_not_decoded_for_ever() -> None:
    sought = SecretEncodings(Secret(PLANTED))

    found = [
        sought.find(_write_signs(PLANTED, f"&{'amp;' * rounds}#x{{:02X}};"))
        for rounds in (2, 9)
    ]

    assert found == ["encoded", None]


def test_another_value_is_not_found(tmp_path: Path) -> None:
    for name, coding in CODINGS.items():
        (tmp_path / f"{name}.bin").write_bytes(coding(SECRETS[3]))

    report = scan_for(Secret(PLANTED), [tmp_path])

    assert report.leaks == ()
    assert report.unread == ()
    assert report.files == len(CODINGS)


@pytest.mark.parametrize("sign", ["", "\udcff"])
def test_a_name_is_shown_unless_it_holds_the_secret(sign: str) -> None:
    secret = f"{PLANTED}{sign}"
    sought = SecretEncodings(Secret(secret))

    assert sought.hide(f"of {sign}.txt") == f"of {sign}.txt"
    assert sought.hide(f"{secret}.txt") == "(a name that contains the secret)"


@pytest.mark.parametrize(
    ("coding", "form"),
    [
        ("as it is", "as it is"),
        ("UTF-16 BE", "encoded"),
        ("URL", "encoded"),
        ("JSON", "encoded"),
        ("base64 at 2", "base64"),
        ("hex", "hex"),
    ],
)
def test_a_find_says_in_which_form_the_secret_is(coding: str, form: str) -> None:
    assert SecretEncodings(Secret(ESCAPED)).find(CODINGS[coding](ESCAPED)) == form


def test_half_a_character_of_a_secret_is_found() -> None:
    secret = f"{PLANTED}\udcff"
    sought = SecretEncodings(Secret(secret))

    assert sought.find(secret.encode("utf-8", "surrogatepass")) == "as it is"
    assert sought.find(secret.encode("utf-16-le", "surrogatepass")) == "encoded"
    assert sought.find(json.dumps(secret).encode()) == "encoded"
    assert sought.find(json.dumps(f"{PLANTED}\udcfe").encode()) is None


@pytest.mark.parametrize(("letters", "form"), [(4, None), (5, "encoded")])
def test_four_letters_are_not_sought_without_their_quotation_marks(
    letters: int, form: str | None
) -> None:
    sought = SecretEncodings(Secret(f'""{PLANTED[:letters]}""'))

    assert sought.find(PLANTED[:letters].encode()) == form


def test_a_short_value_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        scan_for(Secret("abc"), [])

    assert str(caught.value) == (
        "The value has fewer than 7 characters and would be found everywhere. Type "
        "the whole secret."
    )
