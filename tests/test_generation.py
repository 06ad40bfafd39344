"""The generator keeps to every rule, counts exactly and refuses the impossible."""

import math

import pytest
from scipy.stats import chisquare

from apiuser import POLICIES, check_secret, check_username
from apiuser.errors import PolicyError
from apiuser.generation import (
    ALPHABETS,
    GENERATION_RULES,
    count,
    entropy_bits,
    generate_secret,
    generate_username,
)
from apiuser.policies import Policy
from apiuser.rules import Subject

EVERY = pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)


@EVERY
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_generated_secrets_break_no_rule(policy: Policy, alphabet: str) -> None:
    for _ in range(300):
        secret = generate_secret(policy=policy, alphabet=alphabet)

        assert check_secret(secret, policy=policy) == ()
        assert len(secret) == policy.secret_length
        for rule in GENERATION_RULES:
            assert rule.constraint is not None
            assert rule.constraint.holds(secret.reveal())


@EVERY
def test_generated_keys_break_no_rule(policy: Policy) -> None:
    for _ in range(300):
        username = generate_username(policy=policy, suffix="example.com")

        assert check_username(username, policy=policy) == ()
        assert len(username.local) == policy.username_length


@EVERY
def test_keys_are_counted_as_inclusion_and_exclusion_counts_them(
    policy: Policy,
) -> None:
    counted = count(policy, subject=Subject.LOCAL_PART)

    assert counted == 36**15 - 26**15 - 10**15


@EVERY
def test_secrets_are_counted_as_inclusion_and_exclusion_counts_them(
    policy: Policy,
) -> None:
    """26 capitals, 26 small letters, 10 digits and 2 marks, 25 positions."""
    total = 0
    for upper in (0, 1):
        for lower in (0, 1):
            for digit in (0, 1):
                for mark in (0, 1):
                    left = 62 - 26 * upper - 26 * lower - 10 * digit
                    window = left + 2 * (1 - mark)
                    texts = left * window**5 * (left + 2) ** 18 * left
                    total += (-1) ** (upper + lower + digit + mark) * texts

    assert count(policy) == total
    assert math.isclose(entropy_bits(policy), math.log2(total), abs_tol=1e-9)


def test_every_generated_key_is_free() -> None:
    policy = POLICIES["autotask-2025.6"]
    every = [f"{a}{b}" for a in "abcdefghijklmnopqrstuvwxyz" for b in "0123456789"]
    every += [name[::-1] for name in every]
    taken = [name.upper() for name in every if name not in {"q7", "7q"}]

    drawn = {
        generate_username(policy=policy, taken=taken, length=2).local for _ in range(50)
    }

    assert drawn == {"q7", "7q"}


def test_a_space_without_a_free_key_is_refused() -> None:
    every = [f"{a}{b}" for a in "abcdefghijklmnopqrstuvwxyz" for b in "0123456789"]
    every += [name[::-1] for name in every]

    with pytest.raises(PolicyError, match="Every key of this length is taken"):
        generate_username(taken=every, length=2)


def test_an_impossible_secret_names_the_rule_and_the_least_length() -> None:
    with pytest.raises(PolicyError, match=r"SEC002.*least length that works is 12"):
        generate_secret(length=11)


def test_an_unknown_alphabet_is_refused() -> None:
    with pytest.raises(PolicyError, match="copy-safe, full"):
        generate_secret(alphabet="runes")


def test_digits_per_secret_are_distributed_as_exact_counts_say() -> None:
    """Against the distribution computed from counts, p must stay above 1e-6."""
    draws = 20_000
    seen = [0] * 26
    for _ in range(draws):
        seen[sum(c.isdigit() for c in generate_secret().reveal())] += 1

    expected = [_texts_with(digits) for digits in range(26)]
    scale = draws / sum(expected)
    folded_seen = [*seen[:8], sum(seen[8:])]
    folded_expected = [n * scale for n in (*expected[:8], sum(expected[8:]))]
    result = chisquare(folded_seen[1:], folded_expected[1:])
    assert seen[0] == 0
    assert result.pvalue > 1e-6


def _texts_with(digits: int) -> int:
    """Count the conforming texts with so many digits, by polynomials in one step."""
    if not digits:
        return 0
    total = 0
    for upper in (0, 1):
        for lower in (0, 1):
            for mark in (0, 1):
                rest = 52 - 26 * upper - 26 * lower
                sizes = [rest, *[rest + 2 * (1 - mark)] * 5, *[rest + 2] * 18, rest]
                ways = [1] + [0] * digits
                for size in sizes:
                    ways = [
                        ways[k] * size + (ways[k - 1] * 10 if k else 0)
                        for k in range(digits + 1)
                    ]
                total += (-1) ** (upper + lower + mark) * ways[digits]
    return total
