"""Find the words of a text that could be a secret, and what points to them."""

import re
import string
from collections.abc import Iterator
from enum import IntEnum, StrEnum
from functools import lru_cache
from html import unescape
from urllib.parse import unquote, unquote_plus

from apiuser.credentials.secret_look import PLAIN_WORD
from apiuser.leaks.harmless import is_structured
from apiuser.leaks.markup import SplitMarkup, split_markup
from apiuser.rules.catalogue.secret_rules import LONGEST_SECRET, SHORTEST_SECRET

LONGEST_WORD = 512
"""Of longer words, only pieces are examined."""


class Style(StrEnum):
    """How a text is read."""

    TEXT = "text"
    PROSE = "prose, with formulas"
    CODE = "code"
    SCRIPT = "a script, usually a minified one"


class Telling(IntEnum):
    """What beside a word points to a secret."""

    NOTHING = 0
    LINE = 1
    DIRECTLY = 2


Word = tuple[str, Telling]

_TELLING = r"(?:secret|passw|passphrase|credential|pwd)(?:or[dt])?s?"
# Names for names, places and settings do not point to a secret.
_NAMES = (
    r"(?![\w-]{0,24}?_?(?:name|id|path|file|url|uri|arn|ref|version|type|store|policy"
    r"|length|like|rule|pattern|hash|manager)s?\b)"
)
_TELLS = re.compile(_TELLING + _NAMES, re.IGNORECASE)
_GAP = r"[\s\"'`():=>,\[\]{}|*\\]"
_NO_BREAK = r"[^\s\"'`,;]"
# A look-ahead, since one word for a secret may follow another. The first one repeats
# what comes later, and spares most words the look at the names.
_TOLD = re.compile(
    rf"{_TELLING}(?=[\w-]{{0,24}}+{_GAP}){_NAMES}[\w-]{{0,24}}+"
    rf"(?=(?P<gap>{_GAP}{{1,12}}+)(?!{_NO_BREAK}{{0,11}}?{_TELLING}[=:])"
    rf"(?P<word>{_NO_BREAK}{{{SHORTEST_SECRET},100}}))",
    re.IGNORECASE,
)
_TELLING_KEYS = re.compile(r"(?i)^(?:key|token|sig|auth|api_?key|access_?token)$")
_COMMAND = re.compile(
    r"\s*(?:[$>#!%]\s*)?(?:sudo\s+)?"
    r"(?:aws|az|docker|gcloud|gh|helm|kubectl|oc|op|pass|podman|vault)\s"
)
_SHELL = re.compile(r"\s*[!%]+\s*[\w./-]+(?:\s|$)")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s\"'<>`]+")
_USERINFO = re.compile(r"://[^\s/?#\"'<>`@:]{0,200}:([^\s/?#\"'<>`@]{1,200})@")
_QUERY = re.compile(r"[?&;#]([\w.\[\]-]{1,60})=([^\s\"'<>`&;#]+)")
_LITERAL = re.compile(r"'((?:[^'\\\n]|\\.)*)'|\"((?:[^\"\\\n]|\\.)*)\"|`([^`\n]*)`")
_ASSIGNED = re.compile(r"[\w.:$ -]{1,60}?\s?[:=]\s?(\S+)")
_COMMENT = re.compile(r"(?:^|\s)(?:\#|//)\s?(.*)")
_SPELLED = re.compile(r"(?:(['\"])[^'\"\\\n]\1\s*,\s*){11,63}(['\"])[^'\"\\\n]\2")
_SIGN = re.compile(r"(['\"])(.)\1")
_FORMULA = re.compile(r"\$\$?(?=[^$\n]{0,400}(?:\\[a-zA-Z]|[_^]\{))[^$\n]*\$\$?")
_TEXT_OF_FORMULA = re.compile(
    r"\\(?:text|math|m?box)[a-z]{0,10}\s?\{([^{}\n]{1,200})\}"
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_CLOSING_TAG = re.compile(r"</[a-zA-Z]|/>")
_ATTRIBUTE = re.compile(r"\bvalue\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ELEMENT = re.compile(r"<(\w+)>([^<>]*)</\1>")
_WRAPPING = "\"'`,;:()[]{}<>"
_SPLIT = re.compile(r"[=:\"'`<>,;]+")
_QUOTED = re.compile(r"(?:[\w$:]+[=:])?(['\"])(.+)\1[,;]?")
# A quotation mark inside quotes: in shells, in PowerShell and YAML, in JSON.
_ESCAPES = {"'": (("'\\''", "'"), ("''", "'")), '"': (('\\"', '"'), ("\\\\", "\\"))}


def tells_of_secret(name: str) -> bool:
    """Tell whether a name, such as a key in JSON, is the name of a secret."""
    return _TELLS.search(name) is not None


def list_words(text: str, style: Style = Style.TEXT) -> Iterator[Word]:
    """Yield every word whose place suggests a secret, some in several readings."""
    plain = _COLOUR.sub("", text)
    for spelled in _SPELLED.finditer(plain):
        yield "".join(found[2] for found in _SIGN.finditer(spelled[0])), Telling.LINE
    if style is Style.CODE:
        yield from _list_of_code(plain)
        return
    if style is Style.SCRIPT:
        yield from _list_of_script(plain)
        return
    if style is Style.PROSE:
        plain = _TEXT_OF_FORMULA.sub(r" \1 ", _FORMULA.sub(_keep_text, plain))
    if _CLOSING_TAG.search(plain) is None:
        yield from _list_of_addresses(plain)
        for line in _list_lines(plain):
            yield from _list_of_line(line)
        return
    yield from _list_of_page(split_markup(plain))


def _keep_text(formula: re.Match[str]) -> str:
    return " ".join(["", *_TEXT_OF_FORMULA.findall(formula[0]), ""])


def _list_of_page(page: SplitMarkup) -> Iterator[Word]:
    yield from _list_of_addresses(page.tagged)
    for line in _list_lines(unescape(page.shown)):
        yield from _list_of_line(line)
    # The name of an element may point to a secret.
    for name, value in _ELEMENT.findall(page.tagged):
        yield from _list_of_line(f"{name}: {unescape(value)}")
    for first, second in _ATTRIBUTE.findall(page.tagged):
        yield from _list_of_line(unescape(first or second))
    for script in page.scripts:
        yield from _list_of_script(script)


def _list_of_line(line: str, *, is_code: bool = False) -> Iterator[Word]:
    telling = Telling.NOTHING
    if _TELLS.search(line):
        is_command = _COMMAND.match(line) is not None
        telling = Telling.NOTHING if is_command or is_code else Telling.LINE
        yield from _list_told(line, assigned=is_command)
    for word in _split(_ADDRESS.sub(" ", line)):
        yield from ((reading, telling) for reading in _read(word))


def _list_told(line: str, *, assigned: bool) -> Iterator[Word]:
    """Yield what comes right after the word for a secret.

    Args:
        line: The line.
        assigned: Whether an equals sign or colon must be between them.
    """
    matches = _TOLD.finditer(line)
    after = next(matches, None)
    while found := after:
        after = next(matches, None)
        if assigned and not {"=", ":"} & set(found["gap"]):
            continue
        word = found["word"]
        if after and after["gap"].startswith(("=", ":")):
            # What another word for a secret points to is not read again and again.
            word = word[: after.start() - found.start("word")]
        if len(word) >= SHORTEST_SECRET:
            yield from ((reading, Telling.DIRECTLY) for reading in _read(word))


def _list_of_code(code: str) -> Iterator[Word]:
    """Yield the words of literals, comments, plain assignments and shell lines."""
    is_other_language = code.lstrip().startswith("%%")
    for line in _list_lines(code):
        if _TELLS.search(line):
            yield from _list_told(line, assigned=True)
        yield from _list_of_addresses(line)
        for literal in _LITERAL.finditer(line):
            content = literal[literal.lastindex or 0]
            if len(content) < SHORTEST_SECRET:
                continue
            yield content, Telling.NOTHING
            yield from _list_of_line(content, is_code=True)
        found = _ASSIGNED.fullmatch(line)
        if found:
            yield found[1], Telling.NOTHING
        if is_other_language or _SHELL.match(line):
            for word in _split(line):
                yield from ((reading, Telling.NOTHING) for reading in _read(word))
        else:
            comment = _COMMENT.search(line)
            if comment:
                yield from _list_of_line(comment[1], is_code=True)


def _list_of_script(script: str) -> Iterator[Word]:
    """Yield what is pointed to, and whole literals that may be copy-safe secrets.

    Minified scripts contain every other mark, and unpaired quotation marks.
    """
    for line in _list_lines(script):
        if _TELLS.search(line):
            yield from _list_told(line, assigned=True)
        for literal in _LITERAL.finditer(line):
            content = literal[literal.lastindex or 0]
            if PLAIN_WORD.fullmatch(content):
                yield content, Telling.NOTHING


def _list_of_addresses(text: str) -> Iterator[Word]:
    """Yield the passwords and query values in addresses."""
    for password in _USERINFO.findall(text):
        yield unquote(password), Telling.DIRECTLY
    for name, value in _QUERY.findall(text):
        told = _TELLS.search(name) or _TELLING_KEYS.match(name)
        telling = Telling.DIRECTLY if told else Telling.NOTHING
        plain = unquote_plus(value)
        yield plain, telling
        yield plain.strip(string.punctuation), telling


def _list_lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [line for line in map(str.strip, lines) if len(line) >= SHORTEST_SECRET]


def _split(line: str) -> list[str]:
    return [word for word in line.split() if len(word) >= SHORTEST_SECRET]


@lru_cache(maxsize=1024)  # the same words occur in many lines
def _read(word: str) -> tuple[str, ...]:
    """Return the readings of a word: with and without what surrounds it."""
    pieces = _SPLIT.split(word)
    if len(word) > LONGEST_WORD:
        return _keep_fitting(pieces)
    bare = word.strip(_WRAPPING)
    # Generated secrets begin and end with a letter or digit.
    inner = word.strip(string.punctuation)
    readings = _keep_fitting([word, bare, inner, _take_off_quotes(word), *pieces])
    return () if readings and is_structured(bare) else readings


def _keep_fitting(readings: list[str]) -> tuple[str, ...]:
    return tuple(
        reading
        for reading in dict.fromkeys(readings)
        if SHORTEST_SECRET <= len(reading) <= LONGEST_SECRET
    )


def _take_off_quotes(word: str) -> str:
    """Return the value of an assignment or a field as its reader takes it."""
    quoted = _QUOTED.fullmatch(word)
    if quoted is None:
        return word
    mark, value = quoted.groups()
    for written, meant in _ESCAPES[mark]:
        value = value.replace(written, meant)
    return value
