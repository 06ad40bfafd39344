"""All texts of one length that keep to some constraints: counted, numbered, drawn.

The constraints are walked together as one automaton, layer by layer, with their
saturated counts as state. States with the same future are merged, so most of a
text is plain digits of its number in a mixed base. Every number from 0 to
`size - 1` belongs to exactly one text.
"""

import itertools
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from apiuser.constraints import Constraint

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
    """A run of positions with free choice, and the node behind it."""

    size: int
    blocks: tuple[tuple[str, ...], ...]
    node: _Node


_END = _Node(1, ())
_NOTHING = _Node(0, ())


class Space:
    """The texts of `length` characters of an alphabet that keep to all constraints.

    Args:
        constraints: What every text keeps to.
        alphabet: The characters to draw from; repeated ones count once.
        length: Characters of every text.
    """

    def __init__(
        self, constraints: Iterable[Constraint], *, alphabet: Iterable[str], length: int
    ) -> None:
        self.constraints = tuple(constraints)
        self.alphabet = "".join(sorted(set(alphabet)))
        self.length = length
        self._tallies = [
            (tally, constraint.cap)
            for constraint in self.constraints
            for tally in constraint.tallies
        ]

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
        if not 0 <= rank < self.size:
            message = "There is no text with this number."
            raise IndexError(message)
        parts = []
        node = self._root
        while node is not _END:
            for branch in node.branches:
                if rank < branch.size:
                    break
                rank -= branch.size
            head, rank = divmod(rank, branch.node.count)
            for block in branch.blocks:
                head, digit = divmod(head, len(block))
                parts.append(block[digit])
            node = branch.node
        return "".join(parts)

    def draw(self) -> str:
        """Draw one text, each with the same chance, from the system's random source.

        Raises:
            ValueError: The space is empty.
        """
        return self.unrank(secrets.randbelow(self.size))

    @cached_property
    def _root(self) -> _Node:
        layers = self._walk()
        nodes = {state: self._end(state) for state in layers[-1]}
        for position in range(self.length, 0, -1):
            merged: dict[tuple[tuple[str, int], ...], _Node] = {}
            behind = nodes
            nodes = {
                state: self._merge(steps, behind, merged)
                for state, steps in layers[position - 1].items()
            }
        return nodes[(0,) * len(self._tallies)]

    def _walk(self) -> list[dict[State, dict[State, str]]]:
        """List, per position, the states reached and the characters leading on."""
        groups = self._group_characters()
        layers: list[dict[State, dict[State, str]]] = []
        states: Iterable[State] = [(0,) * len(self._tallies)]
        for position in range(1, self.length + 1):
            covered = [t.covers(position, self.length) for t, _ in self._tallies]
            layer: dict[State, dict[State, str]] = {}
            for state in states:
                steps = layer[state] = {}
                for members, characters in groups:
                    after = tuple(
                        min(number + (covers and member), cap)
                        for number, covers, member, (_, cap) in zip(
                            state, covered, members, self._tallies, strict=True
                        )
                    )
                    steps[after] = steps.get(after, "") + characters
            layers.append(layer)
            states = dict.fromkeys(itertools.chain.from_iterable(layer.values()))
        layers.append({state: {} for state in states})
        return layers

    def _group_characters(self) -> list[tuple[tuple[bool, ...], str]]:
        groups: dict[tuple[bool, ...], str] = {}
        for character in self.alphabet:
            members = tuple(character in tally.characters for tally, _ in self._tallies)
            groups[members] = groups.get(members, "") + character
        return list(groups.items())

    def _end(self, state: State) -> _Node:
        numbers = iter(state)
        good = all(
            constraint.judge(list(itertools.islice(numbers, len(constraint.tallies))))
            for constraint in self.constraints
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
    blocks: Sequence[tuple[str, ...]] = (tuple(sorted(characters)),)
    size = len(characters) * node.count
    if len(node.branches) == 1:
        (only,) = node.branches
        first, *rest = only.blocks
        if len(first) * len(characters) <= _BLOCK and len(first[0]) == 1:
            pairs = tuple(a + b for a in blocks[0] for b in first)
            blocks = (pairs, *rest)
        else:
            blocks = (*blocks, *only.blocks)
        node = only.node
    return _Branch(size, tuple(blocks), node)
