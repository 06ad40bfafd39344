"""Whether exports, or one of them, may be of several tenants, by the suffixes.

All usernames of a tenant end in its primary domain. API users are looked at, whose
suffix Autotask adds, or everybody where an export has none with a suffix and all others
end alike, or does not say who is one. Of several exports, no name of one ends like any of
the other.
"""

from collections.abc import Iterable, Sequence

from apiuser.exports import ResourceTable, UserKind

_API_USER = int(UserKind.API_USER)
_SEVERAL = 2
"""One person may have kept another suffix."""


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
        own = _list_suffixes(table) or _find_only_suffix(table)
        near = [group for group in groups if not own.keys().isdisjoint(group)]
        for group in near:
            groups.remove(group)
            own = group | own
        groups += [own] if own else []
    return tuple(next(iter(group)) for group in groups) if len(groups) > 1 else ()


def list_mixed(table: ResourceTable) -> list[str]:
    """Return the suffixes of the API users of an export, if there are several."""
    suffixes = _list_suffixes(table) if _API_USER in table.kinds else {}
    return [*suffixes] if len(suffixes) > 1 else []


def _list_suffixes(table: ResourceTable) -> dict[str, None]:
    if any(table.summary.kinds.get(kind) for kind in UserKind if kind):
        found: Iterable[str] = (
            name.partition("@")[2]
            for name, kind in zip(table.usernames, table.kinds, strict=True)
            if kind == _API_USER
        )
    else:  # nobody is known to be an API user
        found = table.list_suffixes()
    return _fold(found)


def _find_only_suffix(table: ResourceTable) -> dict[str, None]:
    """Return the suffix of all who have one, if several resources do and it is one."""
    kinds = {kind for kind, number in table.summary.kinds.items() if number}
    if table.records < _SEVERAL or kinds == {UserKind.CO_MANAGED}:
        return {}
    suffixes = _fold(table.list_suffixes())
    return suffixes if len(suffixes) == 1 else {}


def _fold(found: Iterable[str]) -> dict[str, None]:
    suffixes = dict.fromkeys(map(str.strip, found))
    return dict.fromkeys(suffix.casefold() for suffix in suffixes if _is_domain(suffix))


def _is_domain(suffix: str) -> bool:
    return suffix.replace("-", "").replace(".", "").isalnum()
