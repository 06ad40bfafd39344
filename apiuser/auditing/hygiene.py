"""The state that API users are in, if the columns of an export show it."""

from collections.abc import Callable, Iterator, Sequence

from apiuser.exports import ResourceTable, Status
from apiuser.exports.categories import names_several, names_system_level, says_locked
from apiuser.rules.catalogue.audit_rules import (
    HELD_NAME,
    LOCKED,
    SHARED_USER,
    SYSTEM_LEVEL,
)
from apiuser.rules.rule import Rule

_BY_COLUMN: tuple[tuple[Rule, str, Callable[[str], bool | None]], ...] = (
    (SYSTEM_LEVEL, "security_level", names_system_level),
    (LOCKED, "locked", says_locked),
    (SHARED_USER, "integration", names_several),
)


def judge_states(
    table: ResourceTable, api_users: Sequence[int]
) -> Iterator[tuple[Rule, int]]:
    """Yield each rule about API users with each row that breaks it.

    Args:
        table: The table.
        api_users: The rows of its API users.
    """
    for row in api_users:
        if table.statuses[row] == Status.INACTIVE and table.usernames[row]:
            yield HELD_NAME, row
    for rule, role, notices in _BY_COLUMN:
        if role in table.columns:
            texts = table.columns[role]
            yield from ((rule, row) for row in api_users if notices(texts[row]))
