"""Spaces are exact: every conforming text has one number, and no other has any."""

import itertools
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apiuser.credentials.automaton import Space
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
)

LETTERS = "abcdef"
FIRST = CharacterSet(name="first", members=frozenset("a"))
FIRST_TWO = CharacterSet(name="first two", members=frozenset("ab"))
SETS = st.sets(st.sampled_from(LETTERS), min_size=1).map(
    lambda members: CharacterSet(name="some", members=frozenset(members))
)
POSITIONS = st.tuples(
    st.sampled_from([1, 2, 3, -1, -2]), st.sampled_from([1, 2, 3, 6, -1])
)
CONSTRAINTS: st.SearchStrategy[Constraint] = st.one_of(
    st.builds(ContainsAny, characters=SETS),
    st.builds(Excludes, characters=SETS),
    st.builds(AllowedOnly, characters=SETS),
    st.builds(Length, minimum=st.integers(0, 3), maximum=st.integers(3, 6)),
    st.builds(
        GroupsAtLeast,
        least=st.integers(1, 3),
        groups=st.lists(SETS, min_size=3, max_size=3).map(tuple),
    ),
    st.builds(
        lambda characters, at: ContainsAny(
            characters=characters, first=at[0], last=at[1]
        ),
        SETS,
        POSITIONS,
    ),
    st.builds(
        lambda characters, at: Excludes(characters=characters, first=at[0], last=at[1]),
        SETS,
        POSITIONS,
    ),
)


@example([ContainsAny(characters=FIRST, first=2, last=3)], {"a", "b"}, 3)
@example([Excludes(characters=FIRST, first=-2, last=-1)], {"a", "b"}, 3)
@example(  # one tally for both, and more of it counts for the first
    [
        ConsistsOf(characters=FIRST, minimum=2, maximum=2),
        ContainsAny(characters=ANYTHING),
    ],
    {"a"},
    2,
)
@example(  # two ways lead to the same future
    [GroupsAtLeast(least=1, groups=(FIRST, FIRST, FIRST_TWO))], {"a", "b"}, 2
)
@given(
    st.lists(CONSTRAINTS, max_size=4),
    st.sets(st.sampled_from(LETTERS), min_size=1, max_size=4),
    st.integers(0, 5),
)
def test_numbers_and_conforming_texts_belong_to_each_other(
    constraints: list[Constraint], alphabet: set[str], length: int
) -> None:
    space = Space(constraints, alphabet=alphabet, length=length)

    texts = [space.unrank(rank) for rank in range(space.size)]

    every = map("".join, itertools.product(sorted(alphabet), repeat=length))
    wanted = {text for text in every if all(c.holds(text) for c in constraints)}
    assert len(texts) == len(set(texts))
    assert set(texts) == wanted


def test_a_number_outside_the_space_has_no_text() -> None:
    space = Space([], alphabet="ab", length=2)

    for rank in (-1, space.size):
        with pytest.raises(IndexError) as caught:
            space.unrank(rank)
        assert str(caught.value) == "There is no text with this number."


def test_a_space_contains_its_own_texts_only() -> None:
    digits = CharacterSet(name="digits", members=frozenset("01"))
    space = Space([ContainsAny(characters=digits)], alphabet="01ab", length=3)
    chooser = random.Random(1)  # noqa: S311  # which texts to look at, not a secret

    drawn = space.unrank(chooser.randrange(space.size))

    assert drawn in space
    assert "0a1" in Space([], alphabet="01a", length=3)  # every letter of it
    assert "aab" not in space
    assert "0abb" not in space
    assert "0ac" not in space
