"""Time key and secret pairs against a loop that draws until the rules hold.

Both run in turns in this process. The loop draws 15 characters of a-z and 0-9 and
25 of the copy-safe alphabet with `secrets.choice`, and has no rule about positions,
so that its task is the easier one. The time to build the tables of a policy not seen
before and to refuse impossible ones is printed too.

Run: uv run python -m benchmarks.generation [PAIRS]
"""

import secrets
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from apiuser.credentials.drawing import count, generate_secret, generate_username
from apiuser.errors import PolicyError
from apiuser.rules.case import Subject
from apiuser.rules.catalogue import RULES
from apiuser.rules.character_sets import (
    ALPHABETS,
    COPY_SAFE,
    DIGITS,
    KEY_ALPHABET,
    LETTERS,
    LOWER,
    SPECIAL,
    UPPER,
)
from apiuser.rules.constraints import AllowedOnly, CharacterSet, Constraint, ContainsAny
from apiuser.rules.policies import DEFAULT_POLICY, Policy

ROUNDS = 10
TARGET = 0.15
LIMIT = 0.05
_SECRET_ALPHABET = ALPHABETS[COPY_SAFE]
_PLAIN = CharacterSet(name="plain", members=LETTERS.members | DIGITS.members)
_MARKS = frozenset("-.")
_KEY_SETS = (LOWER.members, DIGITS.members)
_SECRET_SETS = (UPPER.members, LOWER.members, DIGITS.members, _MARKS)


def main() -> int:
    """Print the times and the ratio; exit 1 above a target."""
    pairs = int(sys.argv[1]) if sys.argv[1:] else 100_000
    ours = theirs = 0.0
    generate_username()
    generate_secret()
    for _ in range(ROUNDS):
        ours += _time(_draw_ours, pairs // ROUNDS)
        theirs += _time(_draw_theirs, pairs // ROUNDS)
    ratio = ours / theirs
    print(f"apiuser              {ours / pairs * 1e6:6.1f} microseconds a pair")
    print(f"secrets.choice loop  {theirs / pairs * 1e6:6.1f} microseconds a pair")
    print(f"ratio                {ratio:6.2f}   (target: at most {TARGET})")
    tables = statistics.median(_time(_build_tables, 1) for _ in range(ROUNDS))
    print(f"tables of a policy   {tables * 1e3:6.1f} milliseconds")
    slowest = 0.0
    for name, refuse in _REFUSALS.items():
        taken = statistics.median(_time(refuse, 1) for _ in range(ROUNDS))
        slowest = max(slowest, taken)
        print(f"refused: {name:35} {taken * 1e3:6.1f} milliseconds")
    print(
        f"slowest refusal      {slowest * 1e3:6.1f}   (target: below {LIMIT * 1e3:.0f})"
    )
    return int(ratio > TARGET or slowest >= LIMIT)


def _time(draw: Callable[[], object], times: int) -> float:
    begin = time.perf_counter()
    for _ in range(times):
        draw()
    return time.perf_counter() - begin


def _change(code: str, constraint: Constraint) -> Policy:
    # Policies are remembered by identity, so that each of these is a new one.
    changed = replace(RULES[code], constraint=constraint)
    return DEFAULT_POLICY.with_rules(changed)


def _build_tables() -> None:
    policy = DEFAULT_POLICY.with_rules()
    count(policy, subject=Subject.LOCAL_PART)
    count(policy)


def _refuse(draw: Callable[[], object]) -> None:
    try:
        draw()
    except PolicyError:
        return
    message = "An impossible policy was not refused."
    raise AssertionError(message)


_REFUSALS: dict[str, Callable[[], object]] = {
    "a secret too short": lambda: _refuse(lambda: generate_secret(length=11)),
    "a secret too long": lambda: _refuse(lambda: generate_secret(length=65)),
    "a key too short": lambda: _refuse(lambda: generate_username(length=1)),
    "no special characters": lambda: _refuse(
        lambda: generate_secret(
            policy=_change("SEC009", AllowedOnly(characters=_PLAIN))
        )
    ),
    "a special character at 40 or later": lambda: _refuse(
        lambda: generate_secret(
            policy=_change("SEC007", ContainsAny(characters=SPECIAL, first=40))
        )
    ),
}


def _draw_ours() -> object:
    return generate_username(), generate_secret()


def _draw_theirs() -> object:
    key = _retry(KEY_ALPHABET, 15, _KEY_SETS)
    return key, _retry(_SECRET_ALPHABET, 25, _SECRET_SETS)


def _retry(alphabet: str, length: int, sets: tuple[frozenset[str], ...]) -> str:
    while True:
        text = "".join(secrets.choice(alphabet) for _ in range(length))
        if all(not members.isdisjoint(text) for members in sets):
            return text


if __name__ == "__main__":
    sys.exit(main())
