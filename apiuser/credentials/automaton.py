"""All texts of one length that meet some constraints: counted, numbered, drawn.

The constraints are walked together as one automaton, layer by layer, with their
saturated counts as state. States with the same future are merged, so most of a
text is plain digits of its number in a mixed base. Every number from 0 to
`size - 1` belongs to exactly one text.
"""

import itertools
import operator
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from apiuser.rules.constraints import Constraint, Length, Tally

_BLOCK = 5_000
"""The most entries of a table of character pairs, which trades memory for speed."""

State = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Node:
    """Texts that may follow from here, as numbered branches."""

    count: int
    branches: tuple["_Branch", ...]


@dataclass(frozen=True, slots=True)
class _Branch:
    """A run of positions with free choice, and the node after it.

    Its last block is apart: what is left of a number is the choice there.
    """

    size: int
    blocks: tuple[tuple[str, ...], ...]
    last: tuple[str, ...]
    node: _Node


_END = _Node(1, ())
_NOTHING = _Node(0, ())


class Space:
    """The texts of `length` characters of an alphabet that meet all constraints.

    Args:
        constraints: What every text meets.
        alphabet: The characters to draw from; repeated ones count once.
        length: Characters of every text.
    """

    def __init__(
        self, constraints: Iterable[Constraint], *, alphabet: Iterable[str], length: int
    ) -> None:
        self.constraints = tuple(constraints)
        self.alphabet = "".join(sorted(set(alphabet)))
        self.length = length
        # Whether a length is right is known before any character is.
        lengths = [c for c in self.constraints if isinstance(c, Length)]
        self._fits = all(constraint.judge([length]) for constraint in lengths)
        self._open = [c for c in self.constraints if c not in lengths]
        self._forbidden = [c.forbidden for c in self._open if c.forbidden]
        self._caps: dict[Tally, int] = {}
        for constraint in self._open:
            for tally in constraint.tallies:
                if tally != constraint.forbidden:
                    known = self._caps.get(tally, 0)
                    self._caps[tally] = max(known, constraint.cap)

    @property
    def size(self) -> int:
        """How many texts there are, exactly."""
        return self._root.count

    def __contains__(self, text: str) -> bool:
        return (
            len(text) == self.length
            and set(text) <= set(self.alphabet)
            and all(constraint.holds(text) for constraint in self.constraints)
        )

    def unrank(self, rank: int) -> str:
        """Return the text with a number from 0 to `size - 1`.

        Raises:
            IndexError: There is no text with this number.
        """
        node = self._root
        if not 0 <= rank < node.count:
            message = "There is no text with this number."
            raise IndexError(message)
        parts = []
        while node is not _END:
            for branch in node.branches:  # pragma: no branch  # one holds the rank
                if rank < branch.size:
                    break
                rank -= branch.size
            head, rank = divmod(rank, branch.node.count)
            for block in branch.blocks:
                head, digit = divmod(head, len(block))
                parts.append(block[digit])
            parts.append(branch.last[head])
            node = branch.node
        return "".join(parts)

    def draw(self) -> str:
        """Draw one text, each with the same chance, from the system's random source.

        Raises:
            ValueError: The space is empty.
        """
        return self.unrank(secrets.randbelow(self._root.count))

    @cached_property
    def _root(self) -> _Node:
        if not self._fits:
            return _NOTHING
        layers = self._walk()
        nodes = {state: self._end(state) for state in layers[-1]}
        for position in range(self.length, 0, -1):
            merged: dict[tuple[tuple[str, int], ...], _Node] = {}
            behind = nodes
            nodes = {
                state: self._merge(steps, behind, merged)
                for state, steps in layers[position - 1].items()
            }
        return nodes[self._start]

    @property
    def _start(self) -> State:
        return (0,) * len(self._caps)

    def _walk(self) -> list[dict[State, dict[State, str]]]:
        """List, per position, the states reached and the characters leading on."""
        groups = self._group_characters()
        known: dict[tuple[State, State], State] = {}
        layers: list[dict[State, dict[State, str]]] = []
        states: Iterable[State] = [self._start]
        for position in range(1, self.length + 1):
            steps = self._list_steps(position, groups)
            layer: dict[State, dict[State, str]] = {}
            for state in states:
                onward = layer[state] = {}
                for step in steps:
                    after = known.get((state, step))
                    if after is None:
                        after = known[state, step] = self._move(state, step)
                    onward[after] = onward.get(after, "") + steps[step]
            layers.append(layer)
            states = dict.fromkeys(itertools.chain.from_iterable(layer.values()))
        layers.append({state: {} for state in states})
        return layers

    def _group_characters(self) -> list[str]:
        """Group the characters that all tallies treat alike."""
        tallies = (*self._forbidden, *self._caps)
        groups: dict[tuple[bool, ...], str] = {}
        for character in self.alphabet:
            members = tuple(character in tally.characters for tally in tallies)
            groups[members] = groups.get(members, "") + character
        return list(groups.values())

    def _list_steps(self, position: int, groups: Iterable[str]) -> dict[State, str]:
        """List what characters may be at a position, by what they add up to."""
        forbidden, counting = (
            [tally for tally in tallies if tally.covers(position, self.length)]
            for tallies in (self._forbidden, self._caps)
        )
        steps: dict[State, str] = {}
        for characters in groups:
            first = characters[0]
            if any(first in tally.characters for tally in forbidden):
                continue
            step = tuple(
                int(tally in counting and first in tally.characters)
                for tally in self._caps
            )
            steps[step] = steps.get(step, "") + characters
        return steps

    def _move(self, state: State, step: State) -> State:
        counts = map(operator.add, state, step)
        return tuple(map(min, counts, self._caps.values()))

    def _end(self, state: State) -> _Node:
        counts = dict(zip(self._caps, state, strict=True))
        good = all(
            # What is forbidden was left out on the way.
            constraint.judge([counts.get(tally, 0) for tally in constraint.tallies])
            for constraint in self._open
        )
        return _END if good else _NOTHING

    @staticmethod
    def _merge(
        steps: dict[State, str],
        behind: dict[State, _Node],
        merged: dict[tuple[tuple[str, int], ...], _Node],
    ) -> _Node:
        """Make the node of a state, or take the one with the same future."""
        futures: dict[int, tuple[str, _Node]] = {}
        for state, characters in steps.items():
            node = behind[state]
            if node.count:
                known = futures.get(id(node), ("", node))[0]
                futures[id(node)] = (known + characters, node)
        if not futures:
            return _NOTHING
        key = tuple(
            sorted((characters, number) for number, (characters, _) in futures.items())
        )
        if key not in merged:
            branches = [_join(text, node) for text, node in futures.values()]
            branches.sort(key=lambda branch: branch.size, reverse=True)
            merged[key] = _Node(sum(b.size for b in branches), tuple(branches))
        return merged[key]


def _join(characters: str, node: _Node) -> _Branch:
    """Put a choice of characters before a node, swallowing a run without choice."""
    blocks = [tuple(sorted(characters))]
    size = len(characters) * node.count
    if len(node.branches) == 1:
        (only,) = node.branches
        first, *rest = *only.blocks, only.last
        if len(first) * len(characters) <= _BLOCK and len(first[0]) == 1:
            blocks = [_pair(blocks[0], first), *rest]
        else:
            blocks += [first, *rest]
        node = only.node
    *front, last = blocks
    return _Branch(size, tuple(front), last, node)


# The same few pairs are wanted at every position.
@lru_cache(maxsize=128)
def _pair(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(a + b for a in first for b in second)
