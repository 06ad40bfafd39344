"""Words that look as if they were drawn at random, as secrets are."""

import re

from apiuser.credentials.validation import resembles_secret
from apiuser.rules.character_sets import DIGITS, LOWER, UPPER

PLAIN_WORD = re.compile(r"[A-Za-z0-9._-]+")
"""A word with none but the commonest signs."""
RARE = frozenset("!#$%&?^;\\*+~|@")
"""Signs that names, numbers and code words rarely have."""
_RUN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_NEEDED_MARKS = 3
# The mean length of runs that read as words or numbers. Of 20,000 generated
# secrets of 25 characters, 99 % stay below; of the names and numbers in the text
# outputs of 195 public notebooks, one in seven did, and that one was drawn too.
_LONGEST_RUNS = {True: 2.75, False: 2.4}
_LEAST_AMONG_OTHERS = 20
"""Shorter words of all kinds of signs are labels, too, such as `SampleApp-V2.1`."""
_AROUND = "()[]{}<>,;:\"'`\u201c\u201d\u2018\u2019\u201e"


def shows_secret(text: str) -> bool:
    """Tell whether a text resembles a secret, or has a long drawn word that does."""
    return resembles_secret(text) or any(
        looks_drawn(bare) and resembles_secret(bare)
        for word in text.split()
        if len(word) >= _LEAST_AMONG_OTHERS
        for bare in (word, word.rstrip("."), word.rstrip(".").strip(_AROUND))
    )


def looks_drawn(word: str) -> bool:
    """Tell whether a word looks drawn: all kinds of signs, in short runs."""
    signs = frozenset(word)
    if not all(signs & group.members for group in (UPPER, LOWER, DIGITS)):
        return False
    plain = PLAIN_WORD.fullmatch(word) is not None
    marks = {sign for sign in signs if not sign.isalnum()}
    if not plain and not (marks & RARE and len(marks) >= _NEEDED_MARKS):
        return False
    return measure_runs(word) <= _LONGEST_RUNS[plain]


def measure_runs(word: str) -> float:
    """Return the mean length of the runs of a word: words, capitals, numbers."""
    runs = _RUN.findall(word)
    return sum(map(len, runs)) / max(len(runs), 1)
