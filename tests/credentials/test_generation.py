"""The generator follows every rule, counts exactly and refuses the impossible."""

import math
from dataclasses import replace

import pytest
from scipy.stats import chisquare

from apiuser import POLICIES, check_secret, check_username
from apiuser.credentials.drawing import (
    count,
    entropy_bits,
    generate_secret,
    generate_username,
)
from apiuser.errors import PolicyError
from apiuser.rules.case import Subject
from apiuser.rules.catalogue import RULES
from apiuser.rules.catalogue.generation_rules import GENERATION_RULES
from apiuser.rules.character_sets import ALPHABETS, DIGITS, LETTERS, SPECIAL
from apiuser.rules.constraints import (
    AllowedOnly,
    CharacterSet,
    Constraint,
    ContainsAny,
    Length,
)
from apiuser.rules.policies import DEFAULT_POLICY, Policy

EVERY = pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)


@EVERY
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_generated_secrets_break_no_rule(policy: Policy, alphabet: str) -> None:
    for _ in range(300):
        secret = generate_secret(policy=policy, alphabet=alphabet)

        # Who asks for every special character gets those that scripts change too.
        broken = {finding.code for finding in check_secret(secret, policy=policy)}
        assert broken <= ({"SEC011"} if alphabet == "full" else set())
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
    """26 capitals, 26 lower-case letters, 10 digits and 2 marks, 25 positions."""
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


def test_each_additional_character_makes_more_texts() -> None:
    sizes = [count(DEFAULT_POLICY, length) for length in range(11, 27)]

    assert sizes[0] == 0
    assert sizes[14] == count(DEFAULT_POLICY)
    assert sizes == sorted(set(sizes))


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

    with pytest.raises(
        PolicyError,
        match=r"^Every key of this length is taken\. Ask for a longer key\.$",
    ):
        generate_username(taken=every, length=2)


def test_an_impossible_secret_names_the_rule_and_the_least_length() -> None:
    with pytest.raises(PolicyError, match=r"SEC002.*shortest length that works is 12"):
        generate_secret(length=11)


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (-1, "meets SEC001. The shortest length that works is 12."),
        (0, "meets SEC001. The shortest length that works is 12."),
        (1, "meets SEC002. The shortest length that works is 12."),
        (65, "meets SEC003. The shortest length that works is 12."),
        (10**9, "meets SEC003. The shortest length that works is 12."),
    ],
)
def test_a_length_that_no_secret_may_have_is_refused(length: int, said: str) -> None:
    with pytest.raises(PolicyError) as caught:
        generate_secret(length=length)

    assert str(caught.value) == f"No secret of {length} characters {said}"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (0, "meets USR001. The shortest length that works is 2."),
        (1, "meets USR002, USR003 together. The shortest length that works is 2."),
        (33, "meets USR006. The shortest length that works is 2."),
    ],
)
def test_a_length_that_no_key_may_have_is_refused(length: int, said: str) -> None:
    with pytest.raises(PolicyError) as caught:
        generate_username(length=length)

    assert str(caught.value).endswith(said)


NO_LENGTH = "No length works; change the policy or the alphabet."
PLAIN = CharacterSet(name="plain", members=LETTERS.members | DIGITS.members)


@pytest.mark.parametrize(
    ("code", "constraint", "said"),
    [
        (
            "SEC009",
            AllowedOnly(characters=PLAIN),
            f"SEC009, GEN002 together. {NO_LENGTH}",
        ),
        (
            "SEC007",
            ContainsAny(characters=SPECIAL, first=40, last=50),
            # The last place is not for a mark.
            "SEC007. The shortest length that works is 41.",
        ),
        (
            "SEC004",
            ContainsAny(characters=SPECIAL, first=-1, last=-1),
            f"SEC004, GEN004 together. {NO_LENGTH}",
        ),
    ],
)
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_rules_that_clash_are_named_and_no_others(
    alphabet: str, code: str, constraint: Constraint, said: str
) -> None:
    policy = DEFAULT_POLICY.with_rules(replace(RULES[code], constraint=constraint))

    with pytest.raises(PolicyError) as caught:
        generate_secret(policy=policy, alphabet=alphabet)

    assert count(policy, alphabet=alphabet) == 0
    assert str(caught.value) == f"No secret of 25 characters meets {said}"


@pytest.mark.parametrize(
    ("length", "advice"),
    [
        (Length(maximum=1), "The shortest length that works is 1."),
        (Length(minimum=64), "The shortest length that works is 64."),
        (Length(minimum=65), NO_LENGTH),
    ],
)
def test_the_least_length_is_searched_for_up_to_the_field_length(
    length: Length, advice: str
) -> None:
    rule = replace(RULES["USR006"], constraint=length)
    policy = replace(DEFAULT_POLICY, rules=(rule,))

    with pytest.raises(PolicyError) as caught:
        generate_username(policy=policy, length=2)

    assert str(caught.value).endswith(f"meets USR006. {advice}")


def test_nothing_impossible_has_an_entropy() -> None:
    with pytest.raises(PolicyError, match="SEC002"):
        entropy_bits(DEFAULT_POLICY, 11)


def test_a_secret_does_not_contain_its_username() -> None:
    few = AllowedOnly(
        characters=CharacterSet(name="few", members=frozenset("aA1-")),
    )
    policy = DEFAULT_POLICY.with_rules(replace(RULES["SEC009"], constraint=few))

    for _ in range(200):
        secret = generate_secret(policy=policy, length=12, username="aaaa")

        assert "aaaa" not in secret.reveal().casefold()


@EVERY
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_no_spreadsheet_takes_a_key_or_a_secret_for_a_formula(
    policy: Policy, alphabet: str
) -> None:
    for _ in range(300):
        secret = generate_secret(policy=policy, alphabet=alphabet)
        username = generate_username(policy=policy)

        assert not secret.reveal().startswith(("=", "+", "-", "@"))
        assert not username.local.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_every_character_of_the_alphabet_turns_up(alphabet: str) -> None:
    drawn = "".join(generate_secret(alphabet=alphabet).reveal() for _ in range(2000))

    assert set(drawn) == set(ALPHABETS[alphabet])


def test_an_unknown_alphabet_is_refused() -> None:
    with pytest.raises(PolicyError, match="copy-safe, full"):
        generate_secret(alphabet="runes")


@pytest.mark.many
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
