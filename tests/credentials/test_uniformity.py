"""Draws are uniform over all conforming texts, which planted generators are not."""

import itertools
import random
import secrets
from collections import Counter
from collections.abc import Callable

import pytest
from scipy.stats import chisquare

from apiuser.credentials.automaton import Space
from apiuser.credentials.drawing import count, generate_secret, generate_username
from apiuser.rules.character_sets import ALPHABETS, DIGITS, LOWER, SPECIAL, UPPER
from apiuser.rules.constraints import (
    AllowedOnly,
    CharacterSet,
    Constraint,
    ContainsAny,
    Excludes,
    GroupsAtLeast,
    Length,
)
from apiuser.rules.policies import DEFAULT_POLICY

pytestmark = pytest.mark.many

POLICIES = 200
DRAWS = 10_000
LENGTH = 12
ALPHABET = ALPHABETS["full"]
SETS = (UPPER, LOWER, DIGITS, SPECIAL)
SORTED = tuple("".join(sorted(characters.members)) for characters in SETS)
SHUFFLER = secrets.SystemRandom()
LETTERS = "abcde"


def choose_space(chooser: random.Random) -> Space:
    """Make a small policy at random: overlapping groups, exclusions, positions."""

    def choose_set() -> CharacterSet:
        size = chooser.randint(1, 3)
        members = frozenset(chooser.sample(LETTERS, size))
        return CharacterSet(name="some", members=members)

    def choose_places() -> tuple[int, int]:
        return chooser.choice([1, 2, 3, -2, -1]), chooser.choice([1, 2, 4, -1])

    def choose_constraint() -> Constraint:
        first, last = choose_places()
        return chooser.choice(
            (
                lambda: ContainsAny(characters=choose_set()),
                lambda: Excludes(characters=choose_set()),
                lambda: AllowedOnly(characters=choose_set()),
                lambda: Length(minimum=chooser.randint(0, 4), maximum=5),
                lambda: GroupsAtLeast(
                    least=chooser.randint(1, 3),
                    groups=(choose_set(), choose_set(), choose_set()),
                ),
                lambda: ContainsAny(characters=choose_set(), first=first, last=last),
                lambda: Excludes(characters=choose_set(), first=first, last=last),
            )
        )()

    return Space(
        [choose_constraint() for _ in range(chooser.randint(1, 4))],
        alphabet=chooser.sample(LETTERS, chooser.randint(2, 4)),
        length=chooser.randint(1, 5),
    )


def test_two_hundred_small_policies_are_exact() -> None:
    chooser = random.Random(2026)  # noqa: S311  # which policies to look at
    sizes = Counter[bool]()
    for _ in range(POLICIES):
        space = choose_space(chooser)

        numbered = [space.unrank(rank) for rank in range(space.size)]

        every = itertools.product(space.alphabet, repeat=space.length)
        wanted = {
            text
            for text in map("".join, every)
            if all(constraint.holds(text) for constraint in space.constraints)
        }
        assert len(numbered) == len(wanted)
        assert set(numbered) == wanted
        sizes[bool(wanted)] += 1
    # The policies chosen are not all impossible, nor all without a hard one.
    assert min(sizes.values()) > 20


def conforms(text: str) -> bool:
    """Tell whether a text keeps to the rules, in words apart from the package."""
    return (
        all(set(text) & characters.members for characters in SETS[:3])
        and bool(set(text[1:6]) & SPECIAL.members)
        and text[0] not in SPECIAL
        and text[-1] not in SPECIAL
    )


def draw_ours() -> str:
    return generate_secret(length=LENGTH, alphabet="full").reveal()


def place_and_shuffle() -> str:
    """Draw as many tools do: one of each set, the rest from all, then shuffled."""
    while True:
        letters = [secrets.choice(characters) for characters in SORTED]
        letters += [secrets.choice(ALPHABET) for _ in range(LENGTH - len(SETS))]
        SHUFFLER.shuffle(letters)
        text = "".join(letters)
        if conforms(text):
            return text


def draw_by_modulo() -> str:
    """Draw bytes and take the remainder, until the rules hold."""
    while True:
        source = secrets.token_bytes(LENGTH)
        text = "".join(ALPHABET[byte % len(ALPHABET)] for byte in source)
        if conforms(text):
            return text


def find_chance(draw: Callable[[], str], characters: CharacterSet) -> float:
    """Compare how many characters of a set the drawn texts hold with exact counts.

    Returns:
        The chance of a spread like this, or wider, were all texts equally likely.
    """
    seen = Counter(
        sum(character in characters for character in draw()) for _ in range(DRAWS)
    )
    sizes = count_by_number(characters)
    total = sum(sizes.values())
    expected = {n: DRAWS * size / total for n, size in sizes.items()}
    # Numbers too rare for the test are put together.
    bins = [[n] for n, size in expected.items() if size >= 20]
    rare = [n for n, size in expected.items() if size < 20]
    bins += [rare] if rare else []
    observed = [sum(seen[n] for n in numbers) for numbers in bins]
    wanted = [sum(expected[n] for n in numbers) for numbers in bins]
    assert sum(observed) == DRAWS
    return float(chisquare(observed, wanted).pvalue)


def count_by_number(which: CharacterSet) -> dict[int, int]:
    """Count the conforming texts by their number of characters of a set.

    Written apart from the package: position by position, over what was seen.
    """
    ways = Counter({(frozenset[int](), False, 0): 1})
    for position in range(1, LENGTH + 1):
        after = Counter[tuple[frozenset[int], bool, int]]()
        for (groups, marked, number), before in ways.items():
            for index, characters in enumerate(SETS):
                mark = characters is SPECIAL
                if mark and position in {1, LENGTH}:
                    continue
                state = (
                    groups if mark else groups | {index},
                    marked or (mark and 2 <= position <= 6),
                    number + (characters is which),
                )
                after[state] += before * len(characters.members)
        ways = after
    sizes = Counter[int]()
    for (groups, marked, number), texts in ways.items():
        if marked and len(groups) == 3:
            sizes[number] += texts
    return dict(sizes)


def test_the_separate_count_agrees_with_the_generators() -> None:
    for characters in SETS:
        assert sum(count_by_number(characters).values()) == count(
            DEFAULT_POLICY, LENGTH, alphabet="full"
        )


@pytest.mark.parametrize("characters", SETS, ids=lambda characters: characters.name)
def test_our_draws_are_spread_as_exact_counts_say(characters: CharacterSet) -> None:
    assert find_chance(draw_ours, characters) > 1e-6


@pytest.mark.parametrize(
    ("draw", "characters"), [(place_and_shuffle, DIGITS), (draw_by_modulo, LOWER)]
)
def test_the_same_test_finds_a_planted_bias(
    draw: Callable[[], str], characters: CharacterSet
) -> None:
    assert find_chance(draw, characters) < 1e-12


def test_nothing_is_drawn_if_the_random_source_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_: int) -> bytes:
        raise NotImplementedError

    monkeypatch.setattr("random._urandom", fail)

    with pytest.raises(NotImplementedError):
        generate_secret()
    with pytest.raises(NotImplementedError):
        generate_username()
