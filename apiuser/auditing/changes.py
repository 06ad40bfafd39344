"""What differs between the same resources at two moments."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from apiuser.auditing.label_numbers import Unlike, is_same_number, meet
from apiuser.auditing.resource_pairs import ROLES, ChangeKind, Resource
from apiuser.credentials.credential import Username
from apiuser.credentials.matching import fold_compatibility
from apiuser.exports import Status
from apiuser.exports.categories import says_locked

DOUBTED = "the name may not be the real one"
"""What people are told if `Change.doubted`."""


class Change(NamedTuple):
    """Something that differs between the two moments.

    Attributes:
        kind: What sort of difference it is.
        before: The resource before; None if it was not there.
        after: The resource after; None if it is not there.
        old: The earlier value, in words.
        new: The later value, in words.
    """

    kind: ChangeKind
    before: Resource | None
    after: Resource | None
    old: str
    new: str

    @property
    def resource(self) -> Resource:
        """The resource as it is now, or as it was if it is gone."""
        return self.after or self.before  # type: ignore[return-value]  # one is there

    @property
    def doubted(self) -> bool:
        """Whether a username of either moment may not be the real one."""
        return any(one.doubted for one in (self.before, self.after) if one)


def list_changes(
    old: Sequence[Resource],
    new: Sequence[Resource],
    pairs: Mapping[int, int],
    unlike: Unlike,
) -> Iterator[Change]:
    """Yield what differs, in the order of the later moment, then what is gone.

    Args:
        old: The resources of the earlier moment.
        new: Those of the later one.
        pairs: The position of the earlier resource for that of each later one.
        unlike: What one export writes as numbers and another as labels.
    """
    for at, after in enumerate(new):
        if at not in pairs:
            yield Change(ChangeKind.ADDED, None, after, "", after.username)
            continue
        before = old[pairs[at]]
        yield from (
            Change(kind, before, after, was, now)
            for kind, was, now in _compare_resources(before, after, unlike)
        )
    seen = {*pairs.values()}
    for at, before in enumerate(old):
        if at not in seen:
            yield Change(ChangeKind.GONE, before, None, before.username, "")


def _compare_resources(
    before: Resource, after: Resource, unlike: Unlike
) -> Iterator[tuple[ChangeKind, str, str]]:
    """Yield what differs, if both moments show it."""
    if not _is_same_name(before.username, after.username):
        yield ChangeKind.RENAMED, before.username, after.username
    yield from _compare_statuses(before, after)
    other_kind = before.kind and after.kind and before.kind != after.kind
    if other_kind:
        yield ChangeKind.KIND, before.kind.spoken, after.kind.spoken
    for kind in ROLES:
        was, now = before.texts.get(kind), after.texts.get(kind)
        # Another kind of user has another licence, which was reported above.
        if was is None or now is None or (kind is ChangeKind.LICENSE and other_kind):
            continue
        if meet(kind, before, after, unlike):
            differs = is_same_number(kind, was, now) is False
        else:
            differs = _differ(kind, was, now)
        if differs:
            yield kind, was, now


def _compare_statuses(
    before: Resource, after: Resource
) -> Iterator[tuple[ChangeKind, str, str]]:
    """Yield a change of status, by its words if one of the two is not known."""
    if before.status and after.status:
        if before.status != after.status:
            inactive = after.status is Status.INACTIVE
            kind = ChangeKind.DEACTIVATED if inactive else ChangeKind.ACTIVATED
            yield kind, before.status.word, after.status.word
        return
    was, now = (
        resource.status.word or resource.texts.get(ChangeKind.STATUS)
        for resource in (before, after)
    )
    if was is None or now is None:
        return
    if fold_compatibility(was) != fold_compatibility(now):
        yield ChangeKind.STATUS, was, now


def _is_same_name(one: str, other: str) -> bool:
    """Tell whether two names are the same text, without suffixes if one has none."""
    first, second = Username.parse(one), Username.parse(other)
    if first.suffix is None or second.suffix is None:
        return first.local == second.local
    return one == other


def _differ(kind: ChangeKind, was: str, now: str) -> bool:
    if kind is ChangeKind.LOCKED:
        locks = says_locked(was), says_locked(now)
        if None not in locks:
            return locks[0] != locks[1]
    return fold_compatibility(was) != fold_compatibility(now)
