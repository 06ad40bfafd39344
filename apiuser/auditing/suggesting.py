"""Free names for proposed ones that are taken: the same stem and the next number.

Nothing is drawn, so the same exports and names give the same suggestions.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import count, islice

from apiuser.auditing.candidates import Hashes, find_rows, hash_usernames
from apiuser.credentials.credential import Username
from apiuser.credentials.matching import fold_compatibility, fold_lookalike
from apiuser.credentials.validation import check_username, find_worst
from apiuser.exports.arrow import make_texts
from apiuser.exports.texts import Texts, sort_distinct
from apiuser.rules.policies import Policy
from apiuser.rules.rule import Severity

_ROUNDS = (4, 46)  # most names find a free one at once
_FIRST = 2  # the name itself counts as the first
_LONGEST = 9  # digits that are taken for a number to count on from
_NUMBERED = re.compile(rf"(.*?)([0-9]{{0,{_LONGEST}}})", re.DOTALL)


def suggest_free(
    names: Iterable[str], *, hashes: Hashes, proposed: Iterable[str], policy: Policy
) -> dict[str, str]:
    """Return a name for each that nothing equals or looks like, where one is near.

    Args:
        names: The names that are taken.
        hashes: The hashes of all names read.
        proposed: All names proposed.
        policy: The rules that a suggestion keeps to.
    """
    forms = {fold_lookalike(Username.parse(name).local) for name in proposed}
    following = {name: _count_on(name) for name in names}
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
        asked = hash_usernames(Texts.of(make_texts([text for _, text in tries])))
        # An equal hash of another name costs a suggestion and never makes a wrong one.
        used = set(hashes[find_rows(hashes, sort_distinct(asked))].tolist())
        for (name, text), code in zip(tries, asked.tolist(), strict=True):
            if name in found or code in used:
                continue
            form = fold_lookalike(Username.parse(text).local)
            if form not in forms and _keeps_to_rules(text, policy):
                found[name] = text
                forms.add(form)
    return found


def _count_on(name: str) -> Iterator[str]:
    """Yield the name with the numbers that follow its own, or from 2 on."""
    username = Username.parse(name)
    match = _NUMBERED.fullmatch(fold_compatibility(username.local))
    if match is None or not match[1]:
        return
    first = int(match[2]) + 1 if match[2] else _FIRST
    for number in count(first):
        yield Username(f"{match[1]}{number}", username.suffix).full


def _keeps_to_rules(text: str, policy: Policy) -> bool:
    return find_worst(check_username(text, policy=policy)) in {None, Severity.NOTICE}
