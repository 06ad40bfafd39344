"""Keys and secrets drawn at random, all that conform being equally likely."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from apiuser.credentials.automaton import Space
from apiuser.credentials.credential import Secret, Username
from apiuser.credentials.matching import TakenNames, fold_compatibility
from apiuser.errors import PolicyError
from apiuser.rules.case import Case, Subject
from apiuser.rules.catalogue.generation_rules import GENERATION_RULES
from apiuser.rules.catalogue.secret_rules import LONGEST_SECRET
from apiuser.rules.character_sets import ALPHABETS, COPY_SAFE, KEY_ALPHABET
from apiuser.rules.constraints import Constraint, Length
from apiuser.rules.policies import DEFAULT_POLICY, Policy
from apiuser.rules.rule import Rule, Severity

_MOST_DRAWS = 1_000
"""Draws after which what a judge asks for counts as impossible; a username turns up
in a secret less than once in a million draws."""
_NOBODYS = TakenNames()
"""No names in use; made once, since many keys may be drawn."""


def count(
    policy: Policy,
    length: int | None = None,
    *,
    subject: Subject = Subject.SECRET,
    alphabet: str = COPY_SAFE,
) -> int:
    """Count the texts that the generator draws from, exactly.

    Args:
        policy: The rules to follow.
        length: Characters; the policy's own length if None.
        subject: `Subject.SECRET`, or `Subject.LOCAL_PART` for keys.
        alphabet: One of `ALPHABETS`; keys have an alphabet of their own.

    Raises:
        PolicyError: There is no such alphabet.
    """
    return _build_space(policy, length, subject, alphabet).size


def entropy_bits(
    policy: Policy,
    length: int | None = None,
    *,
    subject: Subject = Subject.SECRET,
    alphabet: str = COPY_SAFE,
) -> float:
    """Return the entropy of a generated text in bits: log2 of `count`.

    Raises:
        PolicyError: No text follows the policy, or there is no such alphabet.
    """
    return math.log2(_space(policy, length, subject, alphabet).size)


def generate_username(
    *,
    policy: Policy = DEFAULT_POLICY,
    taken: TakenNames | Iterable[str] = (),
    suffix: str | None = None,
    length: int | None = None,
) -> Username:
    """Draw a key that is not taken.

    Args:
        policy: The rules to follow.
        taken: Usernames in use, inactive resources included.
        suffix: The suffix to put after the key, if known.
        length: Characters of the key; the policy's own length if None.

    Raises:
        PolicyError: No key follows the policy, or all of them are taken.
    """
    space = _space(policy, length, Subject.LOCAL_PART, COPY_SAFE)
    if isinstance(taken, TakenNames):
        index = taken
    else:
        # A column of a frame has no truth of its own.
        none = isinstance(taken, tuple) and not taken
        index = _NOBODYS if none else TakenNames(taken)
    blocked = {name for name in index.folded_locals() if name in space}
    if len(blocked) == space.size:
        message = "Every key of this length is taken. Ask for a longer key."
        raise PolicyError(message)
    judged = _list_judged(policy, Subject.LOCAL_PART)
    for _ in range(_MOST_DRAWS):
        while (local := space.draw()) in blocked:
            pass
        if _all_hold(judged, local=local, suffix=suffix):
            return Username(local, suffix)
    raise PolicyError(_explain_draws(judged))


def generate_secret(
    *,
    policy: Policy = DEFAULT_POLICY,
    alphabet: str = COPY_SAFE,
    length: int | None = None,
    username: str | Username | None = None,
    email: str = "",
) -> Secret:
    """Draw a secret.

    Args:
        policy: The rules to follow.
        alphabet: One of `ALPHABETS`.
        length: Characters of the secret; the policy's own length if None.
        username: The username it is for, which the secret will not contain.
        email: The e-mail address of the same user, if known.

    Raises:
        PolicyError: No secret follows the policy, or there is no such alphabet.
    """
    space = _space(policy, length, Subject.SECRET, alphabet)
    if isinstance(username, str):
        username = Username.parse(username)
    local, suffix = "", None
    if username is not None:
        local, suffix = username.local, username.suffix
    judged = _list_judged(policy, Subject.SECRET)
    for _ in range(_MOST_DRAWS):
        secret = Secret(space.draw())
        if _all_hold(judged, local=local, suffix=suffix, secret=secret, email=email):
            return secret
    raise PolicyError(_explain_draws(judged))


@lru_cache(maxsize=64)
def _space(
    policy: Policy, length: int | None, subject: Subject, alphabet: str
) -> Space:
    space = _build_space(policy, length, subject, alphabet)
    if not space.size:
        raise PolicyError(_explain(policy, space, subject))
    return space


@lru_cache(maxsize=64)
def _build_space(
    policy: Policy, length: int | None, subject: Subject, alphabet: str
) -> Space:
    if subject is Subject.LOCAL_PART:
        characters, own = KEY_ALPHABET, policy.username_length
    elif alphabet in ALPHABETS:
        characters, own = ALPHABETS[alphabet], policy.secret_length
    else:
        message = f"There is no such alphabet; choose one of {', '.join(ALPHABETS)}."
        raise PolicyError(message)
    constraints = _constraints(_rules(policy, subject))
    return Space(
        constraints, alphabet=characters, length=own if length is None else length
    )


def _rules(policy: Policy, subject: Subject) -> tuple[Rule, ...]:
    stricter = GENERATION_RULES if subject is Subject.SECRET else ()
    # Warnings about length and about marks that scripts change are for people who
    # choose their own; a length or an alphabet asked for by name is kept.
    return tuple(
        rule
        for rule in (*policy.rules_for(subject), *stricter)
        if not (rule.for_people and rule.severity is not Severity.ERROR)
    )


def _constraints(rules: Iterable[Rule]) -> list[Constraint]:
    return [rule.constraint for rule in rules if rule.constraint is not None]


@lru_cache(maxsize=64)
def _list_judged(policy: Policy, subject: Subject) -> tuple[Rule, ...]:
    """List the rules that no automaton can enforce, so that draws are repeated."""
    return tuple(rule for rule in _rules(policy, subject) if rule.judge is not None)


def _all_hold(
    judged: Sequence[Rule],
    *,
    local: str,
    suffix: str | None = None,
    secret: Secret | None = None,
    email: str = "",
) -> bool:
    if not judged:  # as for keys, unless a policy adds a rule
        return True
    case = Case(
        local=local,
        suffix=suffix,
        secret=secret,
        email=email,
        fold=fold_compatibility,
    )
    for rule in judged:  # noqa: SIM110  # `all` takes twice the time for one rule
        if not rule.holds(case):
            return False
    return True


def _explain_draws(judged: Sequence[Rule]) -> str:
    codes = ", ".join(rule.code for rule in judged)
    return (
        f"None of {_MOST_DRAWS} texts drawn meets {codes}. Change the policy, or "
        "give another username."
    )


def _explain(policy: Policy, space: Space, subject: Subject) -> str:
    """Name a smallest set of rules that clash, and the shortest length that works."""
    every = [r for r in _rules(policy, subject) if r.constraint is not None]
    clashing = _find_clash(every, space)
    codes = ", ".join(rule.code for rule in clashing)
    together = " together" if len(clashing) > 1 else ""
    # If these still clash, so do all rules, which take longer to count.
    enough = next(
        (
            length
            for length in range(1, LONGEST_SECRET + 1)
            if _size(clashing, space, length) and _size(every, space, length)
        ),
        None,
    )
    advice = (
        "No length works; change the policy or the alphabet."
        if enough is None
        else f"The shortest length that works is {enough}."
    )
    return (
        f"No {subject} of {space.length} characters meets {codes}{together}. {advice}"
    )


def _find_clash(rules: Sequence[Rule], space: Space) -> Sequence[Rule]:
    # A rule about length that is broken is enough, and quickly found.
    for rule in rules:
        constraint = rule.constraint
        if isinstance(constraint, Length) and not constraint.judge([space.length]):
            return [rule]
    for rule in rules:
        fewer = [other for other in rules if other is not rule]
        if not _size(fewer, space, space.length):
            rules = fewer
    return rules


def _size(rules: Sequence[Rule], space: Space, length: int) -> int:
    constraints = _constraints(rules)
    return Space(constraints, alphabet=space.alphabet, length=length).size
