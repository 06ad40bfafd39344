"""What a stage lacks: findings of its fields, its faults, whether it is done."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from apiuser.checklist.state import Checklist
from apiuser.credentials.credential import Username
from apiuser.credentials.validation import (
    check_secret,
    check_suffix,
    check_text,
    check_username,
)
from apiuser.errors import PolicyError
from apiuser.howto import Field, Input, Job, Row, Stage, holds
from apiuser.rules.case import Subject
from apiuser.rules.policies import DEFAULT_POLICY, Policy
from apiuser.rules.rule import Finding, Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a stage cannot be left, and because of which field.

    Attributes:
        key: The field.
        message: What is wrong, or what to do.
        label: What it is about, if that is more than the field.
    """

    key: str
    message: str
    label: str = ""


def check_field(checklist: Checklist, key: str) -> tuple[Finding, ...]:
    """Check the value of a field; empty if it does not count or no rule is about it."""
    check, subject = _CHECKS.get(key), _SUBJECTS.get(key)
    if not (check or subject) or not checklist.counts(key):
        return ()
    text, policy = checklist.text(key), _find_policy(checklist)
    if not text and may_stay(checklist, key):
        return ()
    if check is not None:
        return check(checklist, text, policy)
    return check_text(subject, text, policy=policy) if subject else ()


def may_stay(checklist: Checklist, key: str) -> bool:
    """Tell whether a field that is left empty stays as it is in Autotask."""
    return checklist.job is Job.EDIT and key in _NAMES


def list_rows(checklist: Checklist, stage: Stage) -> tuple[Row, ...]:
    """List the rows of a stage that count, given the values."""
    return tuple(
        row
        for section in stage.sections
        for row in section.rows
        if holds(row.only_if, checklist.values)
        and (not checklist.has(row.key) or checklist.counts(row.key))
    )


def list_fields(checklist: Checklist, stage: Stage) -> tuple[Field, ...]:
    """List the fields of a stage that count, those under Change included."""
    keys = dict.fromkeys(
        key
        for row in list_rows(checklist, stage)
        for key in (row.key, *row.more)
        if checklist.counts(key)
    )
    return tuple(map(checklist.field, keys))


def find_faults(checklist: Checklist, stage: Stage) -> tuple[Fault, ...]:
    """List what a stage lacks: what belongs to several rows, then row by row."""
    return tuple(
        chain(
            _ask_for_integration(checklist, stage),
            _ask_for_change(checklist, stage),
            _ask_for_name(checklist, stage),
            (
                Fault(field.key, message)
                for field in list_fields(checklist, stage)
                for message in dict.fromkeys(_list_faults(checklist, field))
            ),
        )
    )


def _ask_for_integration(checklist: Checklist, stage: Stage) -> Iterator[Fault]:
    takes_one = any(section.code == "integration" for section in stage.sections)
    if takes_one and not checklist.chosen:
        yield Fault("integration", _CHOOSE)


def _ask_for_change(checklist: Checklist, stage: Stage) -> Iterator[Fault]:
    """Ask an edit for at least one change."""
    ticks = [row.key for s in stage.sections if s.code == "changes" for row in s.rows]
    if ticks and not any(checklist.values[key] for key in ticks):
        yield Fault(ticks[0], _TICK, _CHANGES)


def _ask_for_name(checklist: Checklist, stage: Stage) -> Iterator[Fault]:
    """Ask for one of two names, if either may stay as it is."""
    rows = list_rows(checklist, stage)
    names = [row.key for row in rows if may_stay(checklist, row.key)]
    if names and not any(map(checklist.text, names)):
        yield Fault(names[0], _NAME)


def was_finished(checklist: Checklist, stage: Stage) -> bool:
    """Tell whether a stage was finished; it may have faults by now."""
    ticked = not stage.ticks or bool(checklist.values[stage.ticks])
    return ticked and stage.code in checklist.done


def is_done(checklist: Checklist, stage: Stage) -> bool:
    """Tell whether a stage was finished and has had no fault since."""
    return was_finished(checklist, stage) and not find_faults(checklist, stage)


_CHOOSE = "Choose which integration this user is for."
_CHANGES = "What needs to change"
_TICK = "Tick at least one change."
_NAME = "Enter what changes: a name or the e-mail address."
_NAMES = ("first_name", "last_name", "email")


def _list_faults(checklist: Checklist, field: Field) -> Iterator[str]:
    key = field.key
    errors = [
        finding.message
        for finding in check_field(checklist, key)
        if finding.severity is Severity.ERROR
    ]
    missing = bool(field.missing) and _is_missing(checklist, field)
    if missing:
        yield field.missing
    else:
        if key == "username" and checklist.makes_key:
            yield from filter(None, (find_other_suffix(checklist),))
        yield from errors
    value = checklist.values.get(key)
    if field.input is Input.NUMBER and not (
        value is None or (type(value) is int and value > 0)
    ):
        yield "Enter a whole number above 0."
    if key == "policy":
        try:
            _ = checklist.policy
        except PolicyError as error:
            yield str(error)


def find_other_suffix(checklist: Checklist, username: Username | None = None) -> str:
    """Say that a username ends with another suffix than those of the tenant do.

    Args:
        checklist: What is known of the tenant.
        username: One that Autotask has already; the new one of the job if not given.
    """
    suffix, ending = checklist.suffix, (username or checklist.username).suffix
    if not suffix or not ending or ending.casefold() == suffix.casefold():
        return ""
    if username is None and checklist.makes_key:
        advice = "Enter only what comes before the @."
    else:
        advice = "Is this the e-mail address? Copy the username from the page."
    return f"The usernames of this tenant end with @{suffix}. {advice}"


def hides_secret(checklist: Checklist) -> bool:
    """Tell whether a secret was made here that nobody can have yet, or any more."""
    facts = checklist.secret_facts if checklist.makes_secret else None
    return facts is not None and facts.unseen


def has_lost_secret(checklist: Checklist) -> bool:
    """Tell whether the secret was forgotten before anybody had it."""
    return checklist.secret is None and hides_secret(checklist)


def is_forgotten(checklist: Checklist) -> bool:
    """Tell whether there was a secret, which is not here any more."""
    return checklist.secret is None and checklist.secret_facts is not None


def _is_missing(checklist: Checklist, field: Field) -> bool:
    if field.input is Input.SECRET:
        # Once the page is saved with it, the secret may be forgotten.
        used = checklist.values["saved"] and checklist.secret_facts is not None
        return checklist.secret is None and (not used or has_lost_secret(checklist))
    value = checklist.values[field.key]
    return not (value.strip() if isinstance(value, str) else value)


def _check_username(
    checklist: Checklist, text: str, policy: Policy
) -> tuple[Finding, ...]:
    username, email = checklist.username, checklist.text("email")
    if checklist.makes_key:
        taken = checklist.taken
        found = check_username(username, policy=policy, taken=taken, email=email)
        # The sheet itself may have added what makes it look like an address.
        return tuple(one for one in found if one.rule.in_use or "@" in text)
    # Autotask has accepted this name already, and its own row may be listed. What has no
    # @ is no address, nor is what a file lists as a username.
    known = "@" not in text or checklist.taken.holds_same(username)
    return tuple(
        finding
        for finding in check_username(username, policy=policy, email=email)
        if (finding.rule.subject is not Subject.LOCAL_PART or finding.rule.presence)
        and (finding.rule.in_use or not known)
    )


def _check_existing(
    checklist: Checklist, text: str, policy: Policy
) -> tuple[Finding, ...]:
    return check_suffix(checklist.typed_suffix, policy=policy) if text else ()


def _check_secret(
    checklist: Checklist, _text: str, policy: Policy
) -> tuple[Finding, ...]:
    if checklist.secret is None:
        return ()
    return check_secret(
        checklist.secret,
        policy=policy,
        username=checklist.username,
        email=checklist.text("email"),
    )


def _find_policy(checklist: Checklist) -> Policy:
    """Find the policy; if the values describe none, that is a fault of another row."""
    try:
        return checklist.policy
    except PolicyError:
        return DEFAULT_POLICY


_CHECKS: Mapping[str, Callable[[Checklist, str, Policy], tuple[Finding, ...]]] = (
    MappingProxyType(
        {
            "existing_username": _check_existing,
            "username": _check_username,
            "secret": _check_secret,
        }
    )
)
"""Fields with a check of their own."""
_SUBJECTS = MappingProxyType(
    {
        "first_name": Subject.FIRST_NAME,
        "last_name": Subject.LAST_NAME,
        "email": Subject.EMAIL,
        "vendor": Subject.IDENTIFIER,
        "tracking_identifier": Subject.TRACKING_IDENTIFIER,
    }
)
"""Fields that the rules about one text check."""
