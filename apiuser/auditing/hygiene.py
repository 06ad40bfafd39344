"""The state that API users are in, where the columns of an export show it."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from apiuser.exports import ResourceTable, Status, UserKind
from apiuser.exports.words import mark_locked, mark_several, mark_system_levels
from apiuser.rules.catalogue import RULES
from apiuser.rules.rule import Rule

Positions = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

_BY_COLUMN: tuple[tuple[str, str, Callable[[Any], Booleans]], ...] = (
    ("HYG001", "security_level", mark_system_levels),
    ("HYG003", "locked", mark_locked),
    ("HYG004", "integration", mark_several),
)


def find_habits(table: ResourceTable) -> Iterator[tuple[Rule, Positions]]:
    """Yield each rule about API users with the rows that it notices."""
    api_users = table.kinds == UserKind.API_USER
    if not api_users.any():
        return
    texts = table.texts
    holding = (table.statuses == Status.INACTIVE) & (texts.ends > texts.starts)
    yield RULES["HYG002"], np.flatnonzero(api_users & holding)
    for code, role, mark in _BY_COLUMN:
        if role in table.columns:
            yield RULES[code], np.flatnonzero(api_users & mark(table.columns[role]))
