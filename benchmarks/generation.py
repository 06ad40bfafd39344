"""Time key and secret pairs against a loop that draws until the rules hold.

Both run in turns in this process. The loop draws 15 characters of a-z and 0-9 and
25 of the copy-safe alphabet with `secrets.choice`, and has no rule about positions,
so that its task is the easier one.

Run: uv run python benchmarks/generation.py [PAIRS]
"""

import secrets
import sys
import time
from collections.abc import Callable

from apiuser.characters import ALPHABETS, COPY_SAFE, DIGITS, KEY_ALPHABET, LOWER, UPPER
from apiuser.generation import generate_secret, generate_username

ROUNDS = 10
TARGET = 0.25
_SECRET_ALPHABET = ALPHABETS[COPY_SAFE]
_MARKS = frozenset("-.")
_KEY_SETS = (LOWER.members, DIGITS.members)
_SECRET_SETS = (UPPER.members, LOWER.members, DIGITS.members, _MARKS)


def main() -> int:
    """Print both times and their ratio; exit 1 above the target."""
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
    return int(ratio > TARGET)


def _time(draw: Callable[[], object], times: int) -> float:
    begin = time.perf_counter()
    for _ in range(times):
        draw()
    return time.perf_counter() - begin


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
