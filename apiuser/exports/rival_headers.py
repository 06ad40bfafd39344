"""Headers of columns that say the same as another one, however it is called."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from apiuser.exports.headers import TELLING_ROLES, list_each
from apiuser.exports.vocabulary import fold_letters

_COPY = re.compile(r"(.*?\D)(?:(?:duplicated)?[0-9]{1,3}|right)")
"""What programs make of a header that is there twice, such as Status.1 or Status_1."""
_COPIED_ROLES = ("username", "resource_id")
"""Columns of which only a copy says the same."""


def find_rivals(
    headers: Sequence[str], positions: Mapping[str, int], named: Collection[str]
) -> dict[int, str]:
    """Return what columns say that others say too.

    Args:
        headers: All headers.
        positions: Where the column is that is read, by role.
        named: The roles whose column a person named; these have no rivals.
    """
    used = {*positions.values()}
    wanted = {role: at for role, at in positions.items() if role not in named}
    known = list_each(headers)
    copied = list_copied(headers)
    found = {}
    for at in range(len(headers)):
        same = {at, *copied[at]}
        roles = [role for role in _COPIED_ROLES if wanted.get(role) in same]
        roles += (
            role
            for role in TELLING_ROLES
            if role in wanted and any(role in known[one] for one in same)
        )
        if at not in used and roles:
            found[at] = roles[-1]
    return found


def list_copied(headers: Sequence[str]) -> list[list[int]]:
    """Return for each header the positions of those that it seems to be a copy of."""
    folded = [*map(fold_letters, headers)]
    return [[*_find_base(form, folded)] for form in folded]


def _find_base(form: str, folded: Sequence[str]) -> Iterator[int]:
    if match := _COPY.fullmatch(form):
        yield from (at for at, other in enumerate(folded) if other == match[1])
