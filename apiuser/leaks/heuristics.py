"""Recognise a secret that nobody named: by the rules for secrets, and by its look.

Only words that could pass the rules are considered. Names, numbers and code pass them
too, so a word must also look random, unless it is alone in a widget or something points
to a secret.
"""

import base64
import binascii
import re
from functools import lru_cache

from apiuser.credentials.secret_look import RARE, looks_drawn, measure_runs
from apiuser.credentials.validation import check_secret, find_worst
from apiuser.leaks.harmless import is_label, is_name, is_of_a_program, is_structured
from apiuser.leaks.words import Style, Telling, list_words
from apiuser.rules.catalogue.secret_rules import LONGEST_SECRET, SHORTEST_SECRET
from apiuser.rules.character_sets import DIGITS, LOWER, UPPER
from apiuser.rules.rule import Severity

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
            return measure_runs(text) <= _SHORT_WORDS
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
    return telling is Telling.LINE or looks_drawn(word)


def _could_be(word: str) -> bool:
    signs = frozenset(word)
    mixed = all(signs & group.members for group in (UPPER, LOWER, DIGITS))
    return (
        (mixed or bool(signs & RARE))
        and not is_structured(word)
        and find_worst(check_secret(word)) is not Severity.ERROR
    )


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
