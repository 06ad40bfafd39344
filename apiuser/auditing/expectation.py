"""Whether a new API user is there as it was planned, and nothing else changed."""

from collections.abc import Sequence
from typing import NamedTuple

from apiuser.auditing.comparison import (
    Bearer,
    ChangeKind,
    Comparison,
    name_code,
)
from apiuser.credentials.credential import Username
from apiuser.credentials.matching import TakenNames
from apiuser.errors import count_noun
from apiuser.exports import Status, UserKind
from apiuser.exports.categories import says_locked


class Check(NamedTuple):
    """One thing that was expected.

    Attributes:
        what: What, in words.
        holds: Whether it is so; None where the exports do not show it.
        said: What they show.
    """

    what: str
    holds: bool | None
    said: str


def check_expected(comparison: Comparison, username: str) -> tuple[Check, ...]:
    """Check that one API user was added, and nothing else changed.

    Args:
        comparison: What changed.
        username: Its username, with or without the suffix.
    """
    before = _find(comparison.bearers_before, username)
    after = _find(comparison.bearers_after, username)
    checks = [_check_once(before, after)]
    if len(after) == 1:
        checks += _check_state(after[0], username)
        checks.append(_check_new(before))
    checks.append(_check_rest(comparison, after))
    missing = "; ".join(comparison.missing)
    checks.append(
        Check("the exports are whole", not missing, missing or "every record was read")
    )
    return tuple(checks)


def holds_all(checks: Sequence[Check]) -> bool:
    """Tell whether everything that was expected and can be seen is so."""
    return all(check.holds is not False for check in checks)


def _find(bearers: Sequence[Bearer], username: str) -> list[Bearer]:
    wanted = TakenNames([username])
    return [bearer for bearer in bearers if bearer.username in wanted]


def _check_once(before: Sequence[Bearer], after: Sequence[Bearer]) -> Check:
    places = ", ".join(locate(bearer) for bearer in after[:2])
    said = places if len(after) == 1 else f"found {count_noun(len(after), 'time')}"
    if not after:
        said = "not found"
        if before:
            said = f"only before: {locate(before[0])}; are the exports the wrong way round?"
    elif len(after) > 1:
        said = f"{said}: {places}"
    return Check("it is there once", len(after) == 1, said)


def _check_state(bearer: Bearer, username: str) -> list[Check]:
    asked, found = Username.parse(username), Username.parse(bearer.username)
    same = asked.local == found.local and (
        not (asked.suffix and found.suffix) or asked.suffix == found.suffix
    )
    return [
        Check("it is spelled as expected", same, bearer.username),
        Check(
            "it is active",
            bearer.status is Status.ACTIVE,
            name_code(bearer.status) or "no column says so",
        ),
        Check(
            "it is an API user",
            bearer.kind is UserKind.API_USER,
            name_code(bearer.kind) or "no column says so",
        ),
        _check_lock(bearer.texts.get(ChangeKind.LOCKED)),
        _check_text("it has a security level", bearer.texts.get(ChangeKind.LEVEL)),
        _check_text(
            "it has an integration vendor", bearer.texts.get(ChangeKind.VENDOR)
        ),
    ]


def _check_lock(text: str | None) -> Check:
    """Check that it is not locked; a blank says nothing."""
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


def _check_new(before: Sequence[Bearer]) -> Check:
    said = locate(before[0]) if before else "not there before"
    return Check("it is new", not before, said)


def _check_rest(comparison: Comparison, after: Sequence[Bearer]) -> Check:
    others = [
        change
        for change in comparison.changes
        if not (change.kind is ChangeKind.ADDED and change.after in after)
    ]
    said = count_noun(len(others), "other change") if others else "no other change"
    return Check("nothing else changed", not others, said)


def locate(bearer: Bearer) -> str:
    """Say where a resource stands."""
    return f"{bearer.file}, line {bearer.line}, record {bearer.record}"
