"""What a text must look like: characters, counts and positions, as data.

Every constraint is a judgement over a few tallies, each of which counts the
characters of one set between two positions. Counts above `cap` do not matter,
so a constraint is a finite automaton whose states are its saturated counts.
The same judgement serves one text, a column of texts and exact generation.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import not_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterSet:
    """A named set of characters.

    Attributes:
        name: How a message names the set.
        members: The characters, or those left out if `complement` is true.
        complement: Whether the set is everything but `members`.
    """

    name: str
    members: frozenset[str]
    complement: bool = False

    def __contains__(self, character: str) -> bool:
        return (character in self.members) != self.complement

    def invert(self) -> CharacterSet:
        """Return the set of all other characters."""
        return CharacterSet(
            name=f"not {self.name}",
            members=self.members,
            complement=not self.complement,
        )


ANYTHING = CharacterSet(name="characters", members=frozenset(), complement=True)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many characters of a set are between two positions.

    Attributes:
        characters: The set counted.
        first: First position, from 1; negative positions count from the end.
        last: Last position, included.
    """

    characters: CharacterSet
    first: int = 1
    last: int = -1

    def covers(self, position: int, length: int) -> bool:
        """Tell whether a position (from 1) of a text of this length is counted."""
        first, last = (
            at if at > 0 else length + 1 + at for at in (self.first, self.last)
        )
        return first <= position <= last

    def find(self, text: str) -> list[int]:
        """Return the positions, from 1, of the characters counted in a text."""
        return [
            position
            for position, character in enumerate(text, start=1)
            if character in self.characters and self.covers(position, len(text))
        ]

    def count(self, texts: Iterable[str], *, cap: int) -> Iterator[int]:
        """Count over whole texts; from `cap` on, more characters may go uncounted."""
        members, complement = self.characters.members, self.characters.complement
        whole = self.first == 1 and self.last == -1
        if whole and complement and not members:
            return map(len, texts)
        if whole and cap == 1:  # whether there is any, which a set knows at once
            lacks = members.issuperset if complement else members.isdisjoint
            return map(not_, map(lacks, texts))
        return (len(self.find(text)) for text in texts)


class Constraint:
    """Base of all constraints: a judgement over tallies."""

    __slots__ = ()

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """The tallies that the judgement reads, in its order."""
        raise NotImplementedError

    @property
    def cap(self) -> int:
        """The count above which more of a character changes nothing."""
        return 1

    @property
    def forbidden(self) -> Tally | None:
        """The tally of characters that must not be there, if there is one."""
        return None

    def judge(self, counts: Sequence[int]) -> bool:
        """Judge the counts of `tallies`."""
        raise NotImplementedError

    def list_broken(self, texts: Sequence[str]) -> list[int]:
        """Return the places of the texts that do not meet the constraint."""
        counted = (tally.count(texts, cap=self.cap) for tally in self.tallies)
        every = zip(*counted, strict=True)
        return [at for at, counts in enumerate(every) if not self.judge(counts)]

    def holds(self, text: str) -> bool:
        """Tell whether a text meets the constraint."""
        return not self.list_broken([text])


@dataclass(frozen=True, slots=True, kw_only=True)
class Length(Constraint):
    """At least `minimum` and at most `maximum` characters (None: no bound)."""

    minimum: int = 0
    maximum: int | None = None

    @property
    def tallies(self) -> tuple[Tally, ...]:
        return (Tally(ANYTHING),)

    @property
    def cap(self) -> int:
        return self.minimum if self.maximum is None else self.maximum + 1

    def judge(self, counts: Sequence[int]) -> bool:
        (length,) = counts
        enough = length >= self.minimum
        return enough and (self.maximum is None or length <= self.maximum)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsAtLeast(Constraint):
    """Characters of at least `least` of several sets."""

    least: int
    groups: tuple[CharacterSet, ...]

    @property
    def tallies(self) -> tuple[Tally, ...]:
        return tuple(Tally(group) for group in self.groups)

    def judge(self, counts: Sequence[int]) -> bool:
        return sum(count >= 1 for count in counts) >= self.least


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed(Constraint):
    """Something about the characters of a set between two positions.

    Attributes:
        characters: The set.
        first: First position, from 1; negative positions count from the end.
        last: Last position, included.
    """

    characters: CharacterSet
    first: int = 1
    last: int = -1

    @property
    def tallies(self) -> tuple[Tally, ...]:
        return (Tally(self.characters, self.first, self.last),)


class ContainsAny(_Placed):
    """At least one character of a set, in its positions."""

    __slots__ = ()

    def judge(self, counts: Sequence[int]) -> bool:
        return counts[0] >= 1


class Excludes(_Placed):
    """No character of a set in its positions."""

    __slots__ = ()

    @property
    def forbidden(self) -> Tally | None:
        return self.tallies[0]

    def judge(self, counts: Sequence[int]) -> bool:
        return counts[0] == 0


class AllowedOnly(Excludes):
    """Only characters of a set."""

    __slots__ = ()

    @property
    def tallies(self) -> tuple[Tally, ...]:
        return (Tally(self.characters.invert(), self.first, self.last),)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsistsOf(AllowedOnly):
    """From `minimum` to `maximum` characters, all of a set."""

    minimum: int
    maximum: int

    @property
    def tallies(self) -> tuple[Tally, ...]:
        return (Tally(self.characters.invert()), Tally(ANYTHING))

    @property
    def cap(self) -> int:
        return self.maximum + 1

    def judge(self, counts: Sequence[int]) -> bool:
        others, length = counts
        return others == 0 and self.minimum <= length <= self.maximum
