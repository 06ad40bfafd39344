"""Whether a new API user is there as planned, and nothing else changed."""

from collections.abc import Sequence
from typing import NamedTuple

from apiuser.auditing.comparison import Comparison
from apiuser.auditing.resource_pairs import ChangeKind, Resource
from apiuser.credentials.credential import Username
from apiuser.credentials.matching import TakenNames
from apiuser.errors import count_noun, show_start
from apiuser.exports import ResourceTable, Status, UserKind
from apiuser.exports.categories import says_locked

_HIDDEN = ", but names may be missing or not the real ones"


class Check(NamedTuple):
    """One thing that was expected.

    Attributes:
        what: What was expected, in words.
        holds: Whether it is true; None if the exports do not show it.
        said: What they show.
    """

    what: str
    holds: bool | None
    said: str


def check_expected(comparison: Comparison, username: str) -> tuple[Check, ...]:
    """Check that one API user was added, and nothing else that was compared changed.

    Args:
        comparison: What changed.
        username: Its username, with or without the suffix.
    """
    before = _find(comparison.resources_before, username)
    after = _find(comparison.resources_after, username)
    hidden_before, hidden_after = comparison.hidden_names
    checks = [_check_once(before, after, hidden=hidden_after)]
    if len(after) == 1:
        checks += _check_state(after[0], username, comparison.after)
        checks.append(_check_new(before, hidden=hidden_before))
    checks.append(_check_rest(comparison, after))
    missing = "; ".join(comparison.missing)
    checks.append(
        Check(
            "the exports are complete", not missing, missing or "every record was read"
        )
    )
    return tuple(checks)


def holds_all(checks: Sequence[Check]) -> bool:
    """Tell whether everything that was expected is true, as far as it can be seen."""
    return all(check.holds is not False for check in checks)


def _find(resources: Sequence[Resource], username: str) -> list[Resource]:
    wanted = TakenNames([username])
    return [resource for resource in resources if resource.username in wanted]


def _check_once(
    before: Sequence[Resource], after: Sequence[Resource], *, hidden: bool
) -> Check:
    places = ", ".join(locate(resource) for resource in after[:2])
    said = places if len(after) == 1 else f"found {count_noun(len(after), 'time')}"
    if not after:
        said = "not found"
        if before:
            said = f"only before: {locate(before[0])}; are the exports the wrong way round?"
    elif len(after) > 1:
        said = f"{said}: {places}"
    elif hidden:
        return Check("it is there once", None, f"{said}{_HIDDEN}")
    return Check("it is there once", len(after) == 1, said)


def _check_state(
    resource: Resource, username: str, tables: Sequence[ResourceTable]
) -> list[Check]:
    expected, found = Username.parse(username), Username.parse(resource.username)
    same = expected.local == found.local and (
        not (expected.suffix and found.suffix) or expected.suffix == found.suffix
    )
    return [
        Check("it is spelled as expected", same, resource.username),
        Check(
            "it is active",
            resource.status is Status.ACTIVE,
            resource.status.word or _explain_status(resource, tables),
        ),
        Check(
            "it is an API user",
            resource.kind is UserKind.API_USER,
            resource.kind.spoken or "no column says so",
        ),
        _check_lock(resource.texts.get(ChangeKind.LOCKED)),
        _check_text("it has a security level", resource.texts.get(ChangeKind.LEVEL)),
        _check_text(
            "it has an integration vendor", resource.texts.get(ChangeKind.VENDOR)
        ),
    ]


def _explain_status(resource: Resource, tables: Sequence[ResourceTable]) -> str:
    """Say why it is not known whether a resource is active."""
    word = resource.texts.get(ChangeKind.STATUS)
    if word is None:
        return "no column says so"
    headers = (t.used.get("status") for t in tables if str(t.path) == resource.file)
    column = f"the column {show_start(next(headers, None) or 'Status')}"
    if not word.strip():
        return f"{column} is blank"
    return f"{column} says {show_start(word)}, a word not understood"


def _check_lock(text: str | None) -> Check:
    """Check that the user is not locked; a blank says nothing."""
    what = "it is not locked"
    if text is None:
        return Check(what, None, "no column shows it")
    return Check(
        what, says_locked(text) is False if text.strip() else None, text or "blank"
    )


def _check_text(what: str, text: str | None) -> Check:
    """Check that a text is there; a custom integration has no vendor."""
    if text is None:
        return Check(what, None, "no column shows it")
    return Check(what, bool(text.strip()) or None, text or "blank")


def _check_new(before: Sequence[Resource], *, hidden: bool) -> Check:
    said = locate(before[0]) if before else "not there before"
    if hidden and not before:
        return Check("it is new", None, f"not seen before{_HIDDEN}")
    return Check("it is new", not before, said)


def _check_rest(comparison: Comparison, after: Sequence[Resource]) -> Check:
    others = [
        change
        for change in comparison.changes
        if not (change.kind is ChangeKind.ADDED and change.after in after)
    ]
    what, left = "nothing else changed", comparison.not_compared
    said = count_noun(len(others), "other change") if others else "no other change"
    if left:
        what += " in what was compared"
    elif not others:
        said += " in what both show"
    if comparison.doubted:
        said += _HIDDEN
    if left:
        said += f"; compared: {', '.join(comparison.compared)}"
        said += f"; not compared: {', '.join(left)}"
    unsure = comparison.doubted and not others
    return Check(what, None if unsure else not others, said)


def locate(resource: Resource) -> str:
    """Say where a resource is."""
    return f"{resource.file}, line {resource.line}, record {resource.record}"
