"""Recognise a secret that nobody named: by the rules for secrets, and by its look.

Only words that could pass the rules are considered. Names, numbers and code pass them
too, so a word must also look random, unless it is alone in a widget or something points
to a secret.
"""

import base64
import binascii
import re
from functools import lru_cache

from apiuser.credentials.validation import check_secret, find_worst
from apiuser.leaks.harmless import is_label, is_name, is_of_a_program, is_structured
from apiuser.leaks.words import COPY_SAFE, Style, Telling, list_words
from apiuser.rules.catalogue.secret_rules import LONGEST_SECRET, SHORTEST_SECRET
from apiuser.rules.character_sets import DIGITS, LOWER, UPPER
from apiuser.rules.rule import Severity

_RUN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_RARE = frozenset("!#$%&?^;\\*+~|@")
_NEEDED_MARKS = 3
# The mean length of runs that read as words or numbers. Of 20,000 generated
# secrets of 25 characters, 99 % stay below; of the names and numbers in the text
# outputs of 195 public notebooks, one in seven did, and that one was drawn too.
_LONGEST_RUNS = {True: 2.75, False: 2.4}
_SHORT_WORDS = 3.5
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
# Names that people choose have long words; names of products have numbers.
_MARKET = re.compile(
    r"(?i)\b(?:linux|windows|macos|darwin|x86|amd64|arm64|python|nvidia|geforce|tesla"
    r"|gpu|gke|desktop|laptop|standard|x?large|compute|llama|mi[sx]tral|gpt|bert|qwen"
    r"|gemma|claude|phi|falcon|minilm|bge|instruct|chat|turbo|\d+x?\d*b)|\dxlarge"
)


def holds_secret(
    text: str, *, style: Style = Style.TEXT, alone: bool = False, told: bool = False
) -> bool:
    """Tell whether a text holds a word that looks like a secret.

    Args:
        text: What to search; markup is taken out of it.
        style: How it is read.
        alone: Whether a text that is a single word need not look random.
        told: Whether the name of the text points to a secret.
    """
    fits = SHORTEST_SECRET <= len(text) <= LONGEST_SECRET
    if told and fits and _is_one(text, Telling.DIRECTLY):
        return True
    if alone and fits and _could_be(text):
        if is_name(text):
            return _measure_runs(text) <= _SHORT_WORDS
        if not (is_label(text) and _MARKET.search(text)):
            return True
    return any(
        _is_one(word, telling)
        for word, telling in list_words(text, style)
        if SHORTEST_SECRET <= len(word) <= LONGEST_SECRET
    )


def holds_coded_secret(text: str) -> bool:
    """Tell whether a text holds base64 of something that looks like a secret."""
    return any(
        holds_secret(plain, alone=True)
        for coded in _BASE64.findall(text)
        if (plain := _decode(coded))
    )


@lru_cache(maxsize=1024)  # the same words occur in many lines
def _is_one(word: str, telling: Telling) -> bool:
    if not _could_be(word):
        return False
    if telling is Telling.DIRECTLY:
        return True
    if is_label(word) or is_of_a_program(word):
        return False
    return telling is Telling.LINE or _is_random(word)


def _could_be(word: str) -> bool:
    signs = frozenset(word)
    mixed = all(signs & group.members for group in (UPPER, LOWER, DIGITS))
    return (
        (mixed or bool(signs & _RARE))
        and not is_structured(word)
        and find_worst(check_secret(word)) is not Severity.ERROR
    )


def _is_random(word: str) -> bool:
    signs = frozenset(word)
    if not all(signs & group.members for group in (UPPER, LOWER, DIGITS)):
        return False
    copy_safe = COPY_SAFE.fullmatch(word) is not None
    marks = {sign for sign in signs if not sign.isalnum()}
    if not copy_safe and not (marks & _RARE and len(marks) >= _NEEDED_MARKS):
        return False
    return _measure_runs(word) <= _LONGEST_RUNS[copy_safe]


def _measure_runs(word: str) -> float:
    runs = _RUN.findall(word)
    return sum(map(len, runs)) / max(len(runs), 1)


def _decode(coded: str) -> str:
    """Return the text that base64 stands for; blank if it is not base64."""
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
