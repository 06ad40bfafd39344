"""Names that a program decoded by another encoding than they were written in."""

import re
from functools import cache

_CODECS = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("iso8859-2", "iso8859-7", "mac-roman"),
)
"""Encodings with one byte for each character, by which programs read UTF-8."""
_WINDOWS = {
    ord(bytes([byte]).decode("cp1252")): byte
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
"""The characters that Windows-1252 has and Latin-1 lacks, with their bytes."""


def _list_characters(first: int, last: int) -> str:
    """Return what the codecs have for the bytes from one to another."""
    codes = bytes(range(first, last + 1))
    found = {c for codec in _CODECS for c in codes.decode(codec, "ignore")}
    return re.escape("".join(sorted(found)))


@cache
def _compile_utf_8() -> re.Pattern[str]:
    """Return the pattern of two characters that may be one of UTF-8."""
    return re.compile(
        f"[{_list_characters(0xC2, 0xF4)}][{_list_characters(0x80, 0xBF)}]"
    )


_IN_A_ROW = re.compile(r"[^\0-\x7f]{2}")
_FEWEST = 2
"""So many characters of UTF-8 are no chance, even in a name without ASCII letters."""
_LATIN = frozenset(filter(str.isalpha, map(chr, range(0xC0, 0x250))))
_LETTER = r"[^\W\d_]"
_SIGNS = (
    "\u00a1-\u00a9\u00ab\u00ac\u00ae\u00af\u00b1-\u00b3\u00b6\u00b8\u00b9\u00bb-\u00bf"
    "\u00d7\u00f7\u02c6\u02c7\u02d8-\u02dd\u2013\u2017\u201a\u201c-\u201e\u2020\u2021"
    "\u2030\u2039\u203a\u2044\u207f\u20a7\u20ac\u2116\u2122\u2202\u2206\u2211\u221e"
    "\u2229\u2248\u2260\u2264\u2265\u2320\u2321\u25ca\ufb02"
)
"""What other encodings have for letters with accents, and no name has."""
_OTHER_SCRIPTS = "\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0e00-\u0e7f\uff61-\uff9f"
_ENDING = "àáâãäåèéêëìíîïñòóôõöøùúûüý"
"""Letters with accents in names."""
_INITIALS = "ŠŽÓ"
"""Capitals with which last names begin, and for which few names were read wrongly."""


def _list_capitals() -> str:
    """Return the capitals that DOS and a Mac show for small letters of Windows.

    So does Windows for those of a Mac. Others begin last names.
    """
    return "".join(
        {
            shown
            for written, read in (
                ("cp1252", "cp850"),
                ("cp1252", "cp437"),
                ("cp1252", "mac-roman"),
                ("mac-roman", "cp1252"),
            )
            for shown in _ENDING.encode(written, "ignore").decode(read, "ignore")
            if shown in _LATIN and shown.isupper() and shown not in _INITIALS
        }
    )


_ODD = re.compile(
    rf"{_LETTER}[{_SIGNS}]|[{_SIGNS}]{_LETTER}|{_LETTER}°{_LETTER}|^[°º]{_LETTER}"
    rf"|{_LETTER}\u2018(?!{_LETTER})|[a-z]\u017d(?=[._\d-])"
    rf"|[A-Za-z][{_OTHER_SCRIPTS}]|[{_OTHER_SCRIPTS}][A-Za-z]"
    rf"|[a-z][{_list_capitals()}](?=[a-z@]|$)"
)
"""A sign that stands for a letter, Latin letters in a word with others, and a capital
behind a small letter: Windows' é is DOS's Ú."""
_ENCODED = re.compile(
    r"=(?:[89A-F][0-9A-F]|40[\w-]+\.)|\+A[M-P][AEIMQUYcgkosw048](?:-|[^A-Za-z0-9+/]|$)"
    r"|\w\?|\?\w"
)
"""Quoted-printable, as in m=C3=BCller, UTF-7, as in m+APw-ller, and a letter that an
encoding lacks, as in m?ller."""


def is_garbled(name: str) -> bool:
    """Tell whether a name seems to be in another encoding than it was read by."""
    if name.isascii() or _ENCODED.search(name):
        return _ENCODED.search(name) is not None
    return (
        "\ufffd" in name
        or _ODD.search(name) is not None
        or bool(_decode_again(name.translate(_WINDOWS), "latin-1"))
        or (
            _IN_A_ROW.search(name) is not None
            and _compile_utf_8().search(name) is not None
            and any(_makes_sense(name, _decode_again(name, codec)) for codec in _CODECS)
        )
    )


def _decode_again(name: str, codec: str) -> str:
    """Return what a name is if its bytes are UTF-8; blank if they are not."""
    try:
        return name.encode(codec).decode("utf-8")
    except UnicodeError:
        return ""


def _makes_sense(name: str, decoded: str) -> bool:
    """Tell whether what a name was decoded to is more likely than the name."""
    letters = [one for one in decoded if not one.isascii()]
    if any(one.isascii() and one.isalpha() for one in name):
        return bool(letters) and all(one in _LATIN for one in letters)
    return len(letters) >= _FEWEST and all(map(str.isalpha, letters))
