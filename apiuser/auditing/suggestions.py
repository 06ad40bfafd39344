"""Names to take instead of proposed ones: the same stem and the next number.

Nothing is drawn, so the same exports and names give the same suggestions.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import count, islice

from apiuser.auditing.judgement import judge_usernames, make_case
from apiuser.credentials.credential import Username
from apiuser.credentials.matching import fold_compatibility, fold_local_parts
from apiuser.rules.policies import Policy

_ROUNDS = (1, 49)  # most names find a free one at once
_FIRST = 2  # the name itself counts as the first
_MOST_DIGITS = 9  # digits that count as a number to go on from
_NUMBERED = re.compile(rf"(.*?)([0-9]{{0,{_MOST_DIGITS}}})", re.DOTALL)


def suggest_free(
    names: Iterable[str],
    *,
    find_used: Callable[[Collection[str]], Collection[str]],
    policy: Policy,
) -> dict[str, str]:
    """Return for each a name that nothing equals or looks like, if there is one near.

    Args:
        names: The names that are taken.
        find_used: Tells which of some look-alike forms are those of names in use.
        policy: The rules that a suggestion follows.
    """
    following = {name: _count_on(name) for name in names}
    given: set[str] = set()
    found: dict[str, str] = {}
    for number in _ROUNDS:
        tries = [
            (name, text)
            for name, texts in following.items()
            if name not in found
            for text in islice(texts, number)
        ]
        if not tries:
            break
        texts = [text for _, text in tries]
        forms = fold_local_parts(texts)
        used = find_used(forms)
        faulty = {
            at
            for rule, at in judge_usernames([*map(make_case, texts)], policy)
            if rule.severity.matters
        }
        for at, ((name, text), form) in enumerate(zip(tries, forms, strict=True)):
            if at in faulty or name in found or form in used or form in given:
                continue
            found[name] = text
            given.add(form)
    return {name: found[name] for name in following if name in found}


def _count_on(name: str) -> Iterator[str]:
    """Yield the name with the numbers after its own, or from 2 on."""
    username = Username.parse(name)
    match = _NUMBERED.fullmatch(fold_compatibility(username.local))
    if match is None or not match[1]:
        return
    first = int(match[2]) + 1 if match[2] else _FIRST
    for number in count(first):
        yield Username(f"{match[1]}{number}", username.suffix).full
