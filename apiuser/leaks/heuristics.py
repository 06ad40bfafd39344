"""Recognise a secret that nobody named: by the rules for secrets, and by its look.

A token is judged only where it could pass the rules. Names, numbers and code pass
them too, so a token must also look drawn at random, unless it stands alone in a
widget or on a line that speaks of a secret.
"""

import base64
import binascii
import re
import string
from collections.abc import Iterator
from html import unescape

from apiuser.credentials.validation import check_secret, find_worst
from apiuser.leaks.markup import drop_markup
from apiuser.rules.catalogue.secret_rules import LONGEST_SECRET, SHORTEST_SECRET
from apiuser.rules.character_sets import DIGITS, LOWER, UPPER
from apiuser.rules.rule import Severity

_COPY_SAFE = re.compile(r"[A-Za-z0-9._-]+")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_RARE = frozenset("!#$%&?^;\\*+~|@")
_NEEDED_MARKS = 3
# The mean length of runs that read as words or numbers. Of 20,000 generated
# secrets of 25 characters, 99 % stay below; of the names and numbers in the text
# outputs of 195 public notebooks, one in seven did, and that one was drawn too.
_LONGEST_RUNS = {True: 2.75, False: 2.4}
_SHORT_WORDS = 3.5

_STRUCTURED = re.compile(
    r"""
    [A-Za-z][A-Za-z0-9+.-]*://\S*             # addresses
    | (data|mailto|urn):\S*
    | [\w.+-]+@[\w-]+(\.[\w-]+)+              # mail addresses and full logins
    | (sha|SHA|md|MD)\d+[-:=]\S*              # fingerprints with their name
    | [A-Za-z0-9]*[+/][A-Za-z0-9+/]*=*\\?      # base64, of digests and pictures
    | [A-Za-z0-9_-]+={1,2}\\?
    | ([0-9A-Fa-f]{2,}[-:]){2,}[0-9A-Fa-f]+   # UUIDs, hardware addresses
    | IPY_MODEL_\w+
    | (~|\.{0,2})(/[\w.+@%~-]+)+/?            # paths
    | [\w.+-]+(/[\w.+-]+)+/?                  # relative paths, media types
    | ([A-Za-z]:|\\)\\\S*
    | @[\w.-]+/[\w./-]+                       # packages
    | \d{4}-\d\d-\d\d([T_]\S*)?               # dates
    | W/"[^"]*"?                              # ETags
    | [A-Za-z]+[-_=]v?\d+(\.\d+)+            # versions
    | [A-Za-z_][\w.]*\([^()]*\)               # calls and representations
    | \S*\b0x[0-9A-Fa-f]{6,}\S*               # places in memory
    | \S*\\x[0-9a-f]{2}\S*                    # bytes as Python prints them
    """,
    re.VERBOSE,
)
_NAME = re.compile(
    r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+"  # of a thing in a program
    r"|[\w.-]+\.(csv|txt|md|py|json|html?|ipynb|xlsx?|png|jpe?g|svg|pdf|zip|gz"
    r"|kdbx|age|toml|ya?ml|css|js|log|whl|parquet)"  # of a file
)
_WRAPPING = "\"'`,;:()[]{}<>"
_SPLIT = re.compile(r"[=:\"'`<>,;]+")
_CLOSING_TAG = re.compile(r"</[a-zA-Z]|/>")
_ATTRIBUTE = re.compile(r"\bvalue\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ELEMENT = re.compile(r"<(\w+)>([^<>]*)</\1>")
_QUOTED = re.compile(r"(?:[\w$:]+[=:])?(['\"])(.+)\1[,;]?")
# How a quote stands between quotes: in shells, in PowerShell and YAML, in JSON.
_ESCAPES = {"'": (("'\\''", "'"), ("''", "'")), '"': (('\\"', '"'), ("\\\\", "\\"))}
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_TELLS = re.compile(r"(?i)secret|passw|passphrase|credential")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")


def holds_secret(text: str, *, alone: bool = False) -> bool:
    """Tell whether a text holds a token that looks like a secret.

    Args:
        text: What to look at; markup is taken out of it.
        alone: Whether a text of one token need not look random.
    """
    if alone and SHORTEST_SECRET <= len(text) <= LONGEST_SECRET and _could_be(text):
        return _NAME.fullmatch(text) is None or _measure_runs(text) <= _SHORT_WORDS
    for line in _list_lines(text):
        told = _TELLS.search(line) is not None
        for token in _list_tokens(line):
            if _could_be(token) and (told or _is_random(token)):
                return True
    return False


def holds_coded_secret(text: str) -> bool:
    """Tell whether a text holds base64 of something that looks like a secret."""
    return any(
        holds_secret(plain, alone=True)
        for coded in _BASE64.findall(text)
        if (plain := _decode(coded))
    )


def _could_be(token: str) -> bool:
    if find_worst(check_secret(token)) is Severity.ERROR:
        return False
    signs = frozenset(token)
    mixed = all(signs & group.members for group in (UPPER, LOWER, DIGITS))
    return (mixed or bool(signs & _RARE)) and not _STRUCTURED.fullmatch(token)


def _is_random(token: str) -> bool:
    signs = frozenset(token)
    if not all(signs & group.members for group in (UPPER, LOWER, DIGITS)):
        return False
    copy_safe = _COPY_SAFE.fullmatch(token) is not None
    marks = {sign for sign in signs if not sign.isalnum()}
    if not copy_safe and not (marks & _RARE and len(marks) >= _NEEDED_MARKS):
        return False
    return _measure_runs(token) <= _LONGEST_RUNS[copy_safe]


def _measure_runs(token: str) -> float:
    runs = _WORD.findall(token)
    return sum(map(len, runs)) / len(runs)


def _list_lines(text: str) -> Iterator[str]:
    plain = _COLOUR.sub("", text)
    if _CLOSING_TAG.search(plain) is None:
        yield from plain.split("\n")
        return
    yield from unescape(drop_markup(plain)).split("\n")
    # The name of an element may be what speaks of a secret.
    yield from (f"{name} {unescape(value)}" for name, value in _ELEMENT.findall(plain))
    yield from (
        unescape(first or second) for first, second in _ATTRIBUTE.findall(plain)
    )


def _list_tokens(line: str) -> Iterator[str]:
    for word in line.split():
        bare = word.strip(_WRAPPING)
        if _STRUCTURED.fullmatch(bare):
            continue
        # Generated secrets begin and end with a letter or digit.
        inner = word.strip(string.punctuation)
        plain = _take_off_quotes(word)
        for token in dict.fromkeys((word, bare, inner, plain, *_SPLIT.split(word))):
            if SHORTEST_SECRET <= len(token) <= LONGEST_SECRET:
                yield token


def _take_off_quotes(word: str) -> str:
    """Return the value of an assignment or a field as its reader takes it."""
    quoted = _QUOTED.fullmatch(word)
    if quoted is None:
        return word
    mark, value = quoted.groups()
    for written, meant in _ESCAPES[mark]:
        value = value.replace(written, meant)
    return value


def _decode(coded: str) -> str:
    """Return the text that some base64 stands for; blank where it is none."""
    standard = coded.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        data = base64.b64decode(standard + "=" * (-len(standard) % 4))
    except binascii.Error:
        return ""
    for codec in ("utf-8", "utf-16-le"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if text.isascii() and text.replace("\n", "").isprintable():
            return text
    return ""
