"""What a reader hands over, before anything is made of the words in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from apiuser.errors import count_noun
from apiuser.exports.arrow import make_texts, make_words
from apiuser.exports.resources import Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The records read, column by column.

    Attributes:
        columns: Arrow columns by role, all but the username in one part or several.
        lines: The line in which each record begins.
        numbers: The number of each record, those unreadable counted.
        unreadable: The records that could not be read.
        blank_lines: How many lines hold nothing at all.
        line_ends: How many lines there are, where the fast reader counted them.
    """

    columns: dict[str, Any]
    lines: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.int64]
    unreadable: list[Unreadable] = field(default_factory=list)
    blank_lines: int = 0
    line_ends: int = 0

    @property
    def records(self) -> int:
        """How many records there are, those unreadable counted."""
        return len(self.lines) + len(self.unreadable)


_TEXTS = frozenset({"username", "resource_id", "email"})


def is_word(role: str) -> bool:
    """Tell whether the texts of a column are few, many rows sharing each."""
    return role not in _TEXTS


def make_columns(texts: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return Arrow arrays: dictionaries where rows share their texts."""
    return {
        role: make_words(values) if is_word(role) else make_texts(values)
        for role, values in texts.items()
    }


def describe_width(fields: int, width: int) -> str:
    """Say that a record is too short or too long."""
    return f"{count_noun(fields, 'field')} where the header has {width}"
