"""Which symptom is meant by what a person says or pastes."""

import re
from collections.abc import Callable, Iterable, Sequence

from apiuser.howto.diagnosis.symptom import Cause, Symptom
from apiuser.howto.diagnosis.symptoms import load_symptoms

_WORD = re.compile(r"[^\W_]+")
_ALIKE: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\bcan(?:no|['\u2019]?)t\b"), "can not"),
    (
        re.compile(
            r"\b(are|did|do|does|had|has|have|is|was|were|wo|would)n['\u2019]?t\b"
        ),
        r"\1 not",
    ),
    (re.compile("[-'\u2019\u2010\u2011]"), ""),
    (
        re.compile(r"\b(?:e mail|lock out|log in|look up|time out|user name)\b"),
        lambda found: found[0].replace(" ", ""),
    ),
)
"""Ways to write the same, and the one that is looked for."""
_SMALL = (
    "a able all always an and any are as at be been being but by can could did do does "
    "for from get getting got had has have he her his how i if in into is it its just me "
    "my now of on only or our out returned returns says she so some still that the their "
    "them then there they this to up user was we were what when which who why will with "
    "wo would you your"
)
"""Words that may stand between those of a group, since they change no meaning."""

_MOST_WORDS = 1_000
"""Words of a text that are looked at; a page that was pasted may have any number."""
_KEEPING = ("ss", "rights")
"""Ends of words whose last s makes no plural, or another word."""

Diagnosis = tuple[Symptom, tuple[Cause, ...]]
"""A symptom, and those of its causes that are meant."""


def find_symptoms(text: str) -> tuple[Diagnosis, ...]:
    """Find the symptoms that are meant, or else the causes; nothing is guessed.

    Only the groups of words with the most letters count, so that a whole message means
    one symptom, while a number alone means every symptom that shows it. A cause is
    found under the first symptom that it leads to.

    Args:
        text: Words of a person or a message of a program.
    """
    said = _split(text)[:_MOST_WORDS]
    owners: dict[Cause, Symptom] = {}
    for symptom in load_symptoms().values():
        for cause in symptom.causes:
            owners.setdefault(cause, symptom)
    symptoms = {one: _score((one.title, *_part(one)), said) for one in owners.values()}
    symptoms |= {
        one: len(one.code) for one in symptoms if text.strip().casefold() == one.code
    }
    causes = {one: _score((one.name, *_part(one)), said) for one in owners}
    best = max(*symptoms.values(), *causes.values())
    if not best:
        return ()
    meant = [(one, one.causes) for one in symptoms if symptoms[one] == best]
    if meant:
        shown = {code for one, _ in meant for code in _list_codes(one)}
        meant += [
            (one, one.causes)
            for one in symptoms
            if shown.isdisjoint(codes := _list_codes(one)) and codes & {*said}
        ]
        return tuple(meant)
    return tuple(
        (symptom, found)
        for symptom in symptoms
        if (
            found := tuple(
                cause
                for cause in symptom.causes
                if causes[cause] == best and owners[cause] is symptom
            )
        )
    )


def _list_codes(symptom: Symptom) -> set[str]:
    """Return the status codes that a symptom shows, such as 401."""
    return {word.strip() for word in _part(symptom) if word.strip().isdecimal()}


def _part(one: Symptom | Cause) -> list[str]:
    return one.words.split(",")


def _score(groups: Iterable[str], said: Sequence[str]) -> int:
    """Return the letters of the longest group that is said."""
    split = [_split(group) for group in groups]
    return max((len("".join(g)) for g in split if _is_said(g, said)), default=0)


def _is_said(group: Sequence[str], said: Sequence[str]) -> bool:
    return any(
        _begins(said[start:], group)
        for start, word in enumerate(said)
        if word in group[:1] and tuple(said[max(0, start - 2) : start]) not in _DENYING
    )


def _begins(said: Iterable[str], group: Sequence[str]) -> bool:
    """Tell whether words begin with a group, ignoring small words in between."""
    place = 0
    for word in said:
        if place == len(group):
            break
        if word == group[place]:
            place += 1
        elif not place or word not in _SMALL_WORDS:
            return False
    return 0 < place == len(group)


def _split(text: str) -> list[str]:
    """Return the words of a text, without capitals and the s of a plural."""
    text = text.casefold()
    for pattern, same in _ALIKE:
        text = pattern.sub(same, text)
    return [
        word[:-1] if word.endswith("s") and not word.endswith(_KEEPING) else word
        for word in _WORD.findall(text)
    ]


_SMALL_WORDS = frozenset(_split(_SMALL))
_DENYING = {
    tuple(_split(text)) for text in ("is not", "are not", "was not", "no longer")
}
"""Words after which a group is denied, as in: is not locked."""
