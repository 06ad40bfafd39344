"""Constraints judge characters, counts and positions, at their very edges."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apiuser.rules.catalogue import RULES
from apiuser.rules.catalogue.generation_rules import GENERATION_RULES
from apiuser.rules.character_sets import DIGITS, LOWER, SPECIAL, UPPER
from apiuser.rules.constraints import (
    ANYTHING,
    AllowedOnly,
    CharacterSet,
    ConsistsOf,
    Constraint,
    ContainsAny,
    Excludes,
    GroupsAtLeast,
    Length,
    Tally,
)

PLACED = [
    pytest.param(rule.constraint, id=rule.code)
    for rule in (*RULES.values(), *GENERATION_RULES)
    if isinstance(rule.constraint, ContainsAny | Excludes)
    and (rule.constraint.first, rule.constraint.last) != (1, -1)
]
SIZE = 10
PLACES = st.integers(-6, 6).filter(bool)


def describe(value: object) -> str | None:
    """Name a constraint in the name of a test, the same way in every run."""
    if not isinstance(value, Constraint):
        return None
    places = (getattr(value, "first", 1), getattr(value, "last", -1))
    where = "" if places == (1, -1) else f" {places}"
    return f"{type(value).__name__}{where}"


def mark(constraint: ContainsAny | Excludes, position: int) -> str:
    """Make a text with one character of the set, at a position from 1."""
    letters = ["a"] * SIZE
    letters[position - 1] = min(constraint.characters.members)
    return "".join(letters)


def test_a_set_and_its_inverse_share_out_all_characters() -> None:
    others = DIGITS.invert()

    for character in "0a-é😀\0":
        assert (character in DIGITS) != (character in others)
        assert character in ANYTHING
    assert others.name == "not digits"
    assert others.invert().members == DIGITS.members
    assert not others.invert().complement


@pytest.mark.parametrize("constraint", PLACED)
def test_positions_of_the_rules_include_both_ends(
    constraint: ContainsAny | Excludes,
) -> None:
    ends = [
        at if at > 0 else SIZE + 1 + at for at in (constraint.first, constraint.last)
    ]
    inside = set(range(ends[0], ends[1] + 1))
    wanted = isinstance(constraint, ContainsAny)

    for position in range(1, SIZE + 1):
        text = mark(constraint, position)

        assert constraint.holds(text) == ((position in inside) == wanted)


@example(text="1a", first=2, last=-1)
@example(text="a1", first=1, last=-2)
@given(text=st.text(st.sampled_from("a1"), max_size=8), first=PLACES, last=PLACES)
def test_positions_mean_what_slices_mean(text: str, first: int, last: int) -> None:
    begin = first - 1 if first > 0 else max(len(text) + first, 0)
    end = last if last > 0 else len(text) + 1 + last
    counted = text[begin : max(end, 0)].count("1")

    (whole,) = Tally(DIGITS, first, last).count([text], cap=SIZE)
    (first_one,) = Tally(DIGITS, first, last).count([text], cap=1)
    assert (whole, min(first_one, 1)) == (counted, min(counted, 1))
    assert ContainsAny(characters=DIGITS, first=first, last=last).holds(text) == (
        counted > 0
    )
    assert Excludes(characters=DIGITS, first=first, last=last).holds(text) == (
        counted == 0
    )


@pytest.mark.parametrize("cap", [1, 2, 3, 9])
@pytest.mark.parametrize(("text", "digits"), [("", 0), ("a", 0), ("1", 1), ("1a11", 3)])
def test_a_tally_counts_what_there_is_up_to_its_cap_at_least(
    text: str, digits: int, cap: int
) -> None:
    (count,) = Tally(DIGITS).count([text], cap=cap)

    assert min(digits, cap) <= count <= digits


def test_a_tally_lists_its_characters_by_their_place() -> None:
    assert Tally(DIGITS).find("1a2é3") == [1, 3, 5]
    assert Tally(DIGITS, 2, -2).find("1a2é3") == [3]
    assert Tally(DIGITS).find("") == []


@pytest.mark.parametrize(
    ("constraint", "kept", "broken"),
    [
        (Length(minimum=2), ["ab", "abc"], ["", "a"]),
        (Length(maximum=2), ["", "ab"], ["abc"]),
        (Length(minimum=1, maximum=2), ["a", "ab"], ["", "abc"]),
        (Length(minimum=2, maximum=2), ["😀é"], ["a", "abc"]),
        (Length(), ["", "a" * 999], []),
        (ContainsAny(characters=DIGITS), ["1", "a1"], ["", "a", "²"]),
        (Excludes(characters=DIGITS), ["", "a", "²"], ["1", "a1"]),
        (AllowedOnly(characters=DIGITS), ["", "12"], ["a", "1a", "²", "1\n"]),
        (
            ConsistsOf(characters=DIGITS, minimum=2, maximum=3),
            ["12", "123"],
            ["", "1", "1234", "1a", "12a"],
        ),
        (
            GroupsAtLeast(least=2, groups=(UPPER, LOWER, DIGITS)),
            ["aA", "a1", "A1", "aA1"],
            ["", "a", "AA", "11", "a-"],
        ),
        (GroupsAtLeast(least=0, groups=(UPPER,)), ["", "a", "A"], []),
        (GroupsAtLeast(least=2, groups=(UPPER,)), [], ["", "A"]),
    ],
    ids=describe,
)
def test_a_constraint_holds_or_not(
    constraint: Constraint, kept: list[str], broken: list[str]
) -> None:
    assert [constraint.holds(text) for text in kept] == [True] * len(kept)
    assert [constraint.holds(text) for text in broken] == [False] * len(broken)


@pytest.mark.parametrize(
    ("constraint", "cap"),
    [
        (Length(minimum=3), 3),
        (Length(minimum=3, maximum=5), 6),
        (ContainsAny(characters=DIGITS), 1),
        (ConsistsOf(characters=DIGITS, minimum=3, maximum=4), 5),
    ],
    ids=describe,
)
def test_counts_above_the_cap_change_nothing(constraint: Constraint, cap: int) -> None:
    others = len(constraint.tallies) - 1

    assert constraint.cap == cap
    at_cap, *above = (
        constraint.judge([*[0] * others, count]) for count in range(cap, cap + 9)
    )
    assert set(above) == {at_cap}


@pytest.mark.parametrize(
    "constraint",
    [
        Excludes(characters=DIGITS),
        Excludes(characters=DIGITS, first=2, last=3),
        AllowedOnly(characters=DIGITS),
        ConsistsOf(characters=DIGITS, minimum=3, maximum=3),
    ],
    ids=describe,
)
def test_a_forbidden_set_is_a_tally_that_must_be_zero(
    constraint: Constraint,
) -> None:
    tallies = constraint.tallies
    assert constraint.forbidden == tallies[0]

    for counts in ([1, 3], [2, 3]):
        assert not constraint.judge(counts[: len(tallies)])
    assert constraint.judge([0, 3][: len(tallies)])


@pytest.mark.parametrize(
    "constraint",
    [
        Length(minimum=1),
        ContainsAny(characters=SPECIAL),
        ContainsAny(characters=SPECIAL, first=1, last=1),
        GroupsAtLeast(least=1, groups=(DIGITS,)),
    ],
    ids=describe,
)
def test_a_constraint_that_asks_for_something_forbids_nothing(
    constraint: Constraint,
) -> None:
    assert constraint.forbidden is None


def test_the_base_of_all_constraints_checks_nothing_itself() -> None:
    with pytest.raises(NotImplementedError):
        Constraint().holds("a")
    with pytest.raises(NotImplementedError):
        Constraint().judge([])


def test_constraints_are_values_that_cannot_be_changed() -> None:
    one = Excludes(characters=CharacterSet(name="x", members=frozenset("x")))
    same = Excludes(characters=CharacterSet(name="x", members=frozenset("x")))

    assert one == same
    assert hash(one) == hash(same)
    assert one != replace(one, first=2)
    with pytest.raises(AttributeError):
        one.first = 2  # type: ignore[misc]
