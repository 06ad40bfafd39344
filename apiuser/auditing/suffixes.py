"""Whether exports that were given together may be of several tenants, by the suffixes.

All usernames of a tenant end in its primary domain. Only API users are looked at, whose
suffix Autotask adds, or everybody where an export does not say who is one; and only
exports of which no name of one ends like any of the other.
"""

from collections.abc import Iterable, Sequence

from apiuser.exports import ResourceTable, UserKind

_API_USER = int(UserKind.API_USER)


def list_api_suffixes(tables: Sequence[ResourceTable]) -> dict[str, None]:
    """Return the suffixes of the API users in some exports."""
    known = (_list_suffixes(table) for table in tables if any(table.kinds))
    return dict.fromkeys(suffix for suffixes in known for suffix in suffixes)


def find_apart(tables: Sequence[ResourceTable]) -> tuple[str, ...]:
    """Return a suffix of each group of exports that share none; empty if all do."""
    if len(tables) == 1:  # nothing to tell apart
        return ()
    groups: list[dict[str, None]] = []
    for table in tables:
        own = _list_suffixes(table)
        near = [group for group in groups if not own.keys().isdisjoint(group)]
        for group in near:
            groups.remove(group)
            own = group | own
        groups += [own] if own else []
    return tuple(next(iter(group)) for group in groups) if len(groups) > 1 else ()


def _list_suffixes(table: ResourceTable) -> dict[str, None]:
    if any(table.summary.kinds.get(kind) for kind in UserKind if kind):
        found: Iterable[str] = (
            name.partition("@")[2]
            for name, kind in zip(table.usernames, table.kinds, strict=True)
            if kind == _API_USER
        )
    else:  # nobody is known to be an API user
        found = table.list_suffixes()
    suffixes = dict.fromkeys(map(str.strip, found))
    return dict.fromkeys(suffix.casefold() for suffix in suffixes if _is_domain(suffix))


def _is_domain(suffix: str) -> bool:
    return suffix.replace("-", "").replace(".", "").isalnum()
