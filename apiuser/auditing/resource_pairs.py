"""The resources of two moments, and which of them are the same."""

from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from apiuser.credentials.credential import Username
from apiuser.credentials.matching import fold_compatibility
from apiuser.exports import ResourceTable, Status, UserKind
from apiuser.exports.resource_ids import show_id
from apiuser.exports.resources import add_summaries


class ChangeKind(StrEnum):
    """What happened to a resource, or which part of it changed.

    The value is what programs are told.
    """

    ADDED = "added"
    GONE = "gone"
    DEACTIVATED = "inactivated"
    ACTIVATED = "activated"
    STATUS = "status"
    RENAMED = "renamed"
    KIND = "kind of user"
    LICENSE = "licence type"
    LEVEL = "security level"
    VENDOR = "integration vendor"
    EMAIL = "e-mail address"
    LOCKED = "locked"

    @property
    def spoken(self) -> str:
        """What people are told."""
        return "deactivated" if self is ChangeKind.DEACTIVATED else self.value


ROLES: Mapping[ChangeKind, str] = MappingProxyType(
    {
        ChangeKind.LICENSE: "license_type",
        ChangeKind.LEVEL: "security_level",
        ChangeKind.VENDOR: "integration",
        ChangeKind.EMAIL: "email",
        ChangeKind.LOCKED: "locked",
    }
)
"""The columns whose texts are compared if both moments have them."""


class Resource(NamedTuple):
    """A resource at one moment; blank or 0 if the export does not say.

    Attributes:
        file: The export.
        line: The line in it.
        record: The record in it.
        username: The username as read.
        resource_id: The Resource ID, if it really is one.
        status: Whether it is active.
        kind: What kind of user it is.
        texts: The texts of the other known columns that the export has; that of the
            status only if its word says neither active nor inactive.
        doubted: Whether the username may not be the real one.
    """

    file: str
    line: int
    record: int
    username: str
    resource_id: str
    status: Status
    kind: UserKind
    texts: Mapping[ChangeKind, str]
    doubted: bool = False


def list_resources(tables: Sequence[ResourceTable], *, by_id: bool) -> list[Resource]:
    """Return the resources of one moment; one that two exports share, only once.

    What one export lists twice is there twice.
    """
    codes = add_summaries(tables).codes
    resources: dict[object, Resource] = {}
    for at, table in enumerate(tables):
        listed: Counter[object] = Counter()
        ids = table.columns.get("resource_id") if by_id else None
        for row, name in enumerate(table.usernames):
            identifier = "" if ids is None else show_id(ids[row], codes)
            resource = _describe(table, row, name, identifier)
            known = tuple(resource[3:7]) if resource.resource_id else (at, row)
            known = (*known, *resource.texts.items())
            listed[known] += 1
            resources.setdefault((*known, listed[known]), resource)
    return [*resources.values()]


def _describe(table: ResourceTable, row: int, name: str, identifier: str) -> Resource:
    texts = {
        kind: table.columns[role][row]
        for kind, role in ROLES.items()
        if role in table.columns
    }
    status = Status(table.statuses[row])
    if not status and "status" in table.columns:
        texts[ChangeKind.STATUS] = table.columns["status"][row]
    return Resource(
        file=str(table.path),
        line=table.lines[row],
        record=table.numbers[row],
        username=name,
        resource_id=identifier,
        status=status,
        kind=UserKind(table.kinds[row]),
        texts=texts,
        doubted=bool(table.doubts) or row in table.odd_rows,
    )


def pair_resources(old: Sequence[Resource], new: Sequence[Resource]) -> dict[int, int]:
    """Return the position of the earlier resource for that of each later one."""
    pairs: dict[int, int] = {}
    waiting: dict[tuple[str, str], deque[int]] = defaultdict(deque)
    for at, resource in enumerate(old):
        waiting[_key(resource)].append(at)
    for at, resource in enumerate(new):
        if found := waiting[_key(resource)]:
            pairs[at] = found.popleft()
    used = {*pairs.values()}
    return pairs | _pair_by_name(
        {at: resource for at, resource in enumerate(old) if at not in used},
        {at: resource for at, resource in enumerate(new) if at not in pairs},
    )


def _pair_by_name(
    old: Mapping[int, Resource], new: Mapping[int, Resource]
) -> dict[int, int]:
    """Pair the rest by name, unless both moments have IDs and these differ."""
    pairs: dict[int, int] = {}
    named: dict[tuple[str, bool], deque[int]] = defaultdict(deque)
    for at, resource in old.items():
        named[_fold_local(resource.username), bool(resource.resource_id)].append(at)
    for at, resource in new.items():
        local = _fold_local(resource.username)
        found = named[local, False]
        if not (found or resource.resource_id):
            found = named[local, True]
        if local and found:
            pairs[at] = found.popleft()
    return pairs


def _key(resource: Resource) -> tuple[str, str]:
    return resource.resource_id, "" if resource.resource_id else resource.username


def _fold_local(username: str) -> str:
    return fold_compatibility(Username.parse(username).local)
