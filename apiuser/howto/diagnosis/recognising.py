"""Which symptom is meant by what a person says or pastes."""

import re
from collections.abc import Iterable

from apiuser.howto.diagnosis.symptom import Cause, Symptom
from apiuser.howto.diagnosis.symptoms import SYMPTOMS

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "gets",
        "has",
        "have",
        "he",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "me",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "says",
        "so",
        "that",
        "the",
        "their",
        "then",
        "there",
        "they",
        "this",
        "to",
        "user",
        "users",
        "was",
        "we",
        "what",
        "when",
        "which",
        "who",
        "why",
        "will",
        "with",
        "you",
        "your",
    ]
)
_LEAST = 4
"""Letters of a word after which other endings count as the same word."""

Diagnosis = tuple[Symptom, tuple[Cause, ...]]
"""A symptom, and those of its causes that are meant."""


def find_symptoms(text: str) -> tuple[Diagnosis, ...]:
    """Find what is meant: symptoms by their words, else causes that mention it.

    Of symptoms those count whose group of words is the longest, so that a whole
    message means one, and its number alone each that shows the number.

    Args:
        text: Words of a person or a message of a program.
    """
    said = _split(text)
    scores = {symptom: _score(symptom, said) for symptom in SYMPTOMS.values()}
    best = max(scores.values())
    if best:
        return tuple(
            (symptom, symptom.causes)
            for symptom, score in scores.items()
            if score == best
        )
    return _search_causes([word for word in said if word not in _SMALL])


def _score(symptom: Symptom, said: list[str]) -> int:
    """Return the letters of the longest group of a symptom's words that is said."""
    text = f" {' '.join(said)} "
    groups = (" ".join(_split(words)) for words in (symptom.title, *symptom.words))
    if said == [symptom.code]:
        return len(symptom.code)
    return max((len(g) for g in groups if f" {g} " in text), default=0)


def _search_causes(said: list[str]) -> tuple[Diagnosis, ...]:
    """Find the causes that mention it most, each under one symptom.

    The fewer causes contain a word, the more it counts.
    """
    held = {
        cause: _split(f"{cause.what.text} {cause.check} {cause.fix}")
        for symptom in SYMPTOMS.values()
        for cause in symptom.causes
    }
    scores = dict.fromkeys(held, 0.0)
    for word in said:
        holding = [cause for cause, words in held.items() if _holds(words, word)]
        for cause in holding:
            scores[cause] += 1 / len(holding)
    best = max(scores.values())
    meant = [cause for cause, score in scores.items() if best and score == best]
    found: list[Diagnosis] = []
    for symptom in SYMPTOMS.values():
        causes = tuple(cause for cause in symptom.causes if cause in meant)
        meant = [cause for cause in meant if cause not in causes]
        if causes:
            found.append((symptom, causes))
    return tuple(found)


def _holds(held: Iterable[str], word: str) -> bool:
    stem = word[:-1] if len(word) > _LEAST else word
    return any(
        other == word or (len(stem) >= _LEAST and other.startswith(stem))
        for other in held
    )


def _split(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("-", ""))
