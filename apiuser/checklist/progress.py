"""What a step lacks: findings of its fields, what blocks it, whether it is done."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from types import MappingProxyType

from apiuser.checklist.state import Checklist
from apiuser.credentials.credential import Username
from apiuser.credentials.validation import (
    check_email,
    check_first_name,
    check_identifier,
    check_last_name,
    check_secret,
    check_suffix,
    check_tracking_identifier,
    check_username,
)
from apiuser.errors import PolicyError
from apiuser.howto import Field, Input, Step
from apiuser.rules.case import Subject
from apiuser.rules.policies import DEFAULT_POLICY, Policy
from apiuser.rules.rule import Finding, Severity


@dataclass(frozen=True, slots=True)
class Block:
    """Why a step cannot be finished, and at which field."""

    key: str
    message: str


def judge_field(checklist: Checklist, key: str) -> tuple[Finding, ...]:
    """Judge the value of a field; empty where no rule is about it.

    Raises:
        KeyError: The job has no such field.
    """
    judge = _JUDGES.get(key)
    if judge is None or not checklist.counts(checklist.field(key)):
        return ()
    return judge(checklist, str(checklist.values.get(key) or "").strip())


def find_blocks(checklist: Checklist, step: Step) -> tuple[Block, ...]:
    """List what keeps a step from being finished."""
    return tuple(
        Block(field.key, message)
        for field in step.fields
        if checklist.counts(field)
        for message in (
            *_list_hindrances(checklist, field),
            *(_list_open_steps(checklist) if field.key == "saved" else ()),
        )
    )


def finish_step(checklist: Checklist, step: Step) -> tuple[Block, ...]:
    """Mark a step as done unless something blocks it; return what does."""
    blocks = find_blocks(checklist, step)
    if not blocks:
        checklist.done.add(step.code)
    return blocks


def is_done(checklist: Checklist, step: Step) -> bool:
    """Tell whether a step was finished and nothing blocks it since."""
    return step.code in checklist.done and not find_blocks(checklist, step)


def count_done(checklist: Checklist) -> tuple[int, int]:
    """Count the steps that are done, and all steps."""
    steps = checklist.steps
    return sum(is_done(checklist, step) for step in steps), len(steps)


def _list_open_steps(checklist: Checklist) -> Iterator[str]:
    """Name the steps before Save that lack something: after it, it is too late."""
    before = takewhile(lambda step: not _saves(step), checklist.steps)
    for number, step in enumerate(before, start=1):
        if find_blocks(checklist, step):
            yield f"Go back to step {number} first: {step.title}."


def _saves(step: Step) -> bool:
    return any(field.key == "saved" for field in step.fields)


def _list_hindrances(checklist: Checklist, field: Field) -> Iterator[str]:
    key = field.key
    for finding in judge_field(checklist, key):
        if finding.severity is Severity.ERROR:
            yield finding.message
    if field.missing and _is_missing(checklist, field):
        yield field.missing
    if field.input is Input.NUMBER and not _is_count(checklist.values[key]):
        yield "Enter a whole number above 0."
    if key == "policy":
        try:
            _ = checklist.policy
        except PolicyError as error:
            yield str(error)
    if key in checklist.find_secret_in_fields():
        yield "Take the secret out of this field."


def _is_missing(checklist: Checklist, field: Field) -> bool:
    if field.input is Input.SECRET:
        # Once the page is saved with it, the secret may be forgotten.
        used = checklist.values["saved"] and checklist.secret_facts is not None
        return checklist.secret is None and not used
    value = checklist.values[field.key]
    return not (value.strip() if isinstance(value, str) else value)


def _is_count(value: object) -> bool:
    return value is None or (type(value) is int and value > 0)


def _judge_username(checklist: Checklist, _text: str) -> tuple[Finding, ...]:
    email = str(checklist.values.get("email", ""))
    if checklist.makes_key:
        return check_username(
            checklist.username,
            policy=_find_policy(checklist),
            taken=checklist.taken,
            email=email,
        )
    # Autotask has accepted this name already, and its own row may be listed.
    return tuple(
        finding
        for finding in check_username(checklist.username, email=email)
        if finding.rule.subject is not Subject.LOCAL_PART or finding.rule.presence
    )


def _judge_existing(_checklist: Checklist, text: str) -> tuple[Finding, ...]:
    return check_suffix(Username.parse(text).suffix) if text else ()


def _judge_tracking(_checklist: Checklist, text: str) -> tuple[Finding, ...]:
    return check_tracking_identifier(text) if text else ()


def _judge_secret(checklist: Checklist, _text: str) -> tuple[Finding, ...]:
    if checklist.secret is None:
        return ()
    return check_secret(
        checklist.secret,
        policy=_find_policy(checklist),
        username=checklist.username,
    )


def _find_policy(checklist: Checklist) -> Policy:
    """Find the policy; where the values describe none, that blocks another step."""
    try:
        return checklist.policy
    except PolicyError:
        return DEFAULT_POLICY


_JUDGES: Mapping[str, Callable[[Checklist, str], tuple[Finding, ...]]] = (
    MappingProxyType(
        {
            "first_name": lambda _, text: check_first_name(text),
            "last_name": lambda _, text: check_last_name(text),
            "email": lambda _, text: check_email(text),
            "vendor": lambda _, text: check_identifier(vendor=text, custom=False),
            "tracking_identifier": _judge_tracking,
            "existing_username": _judge_existing,
            "username": _judge_username,
            "secret": _judge_secret,
        }
    )
)
"""Which rules judge which field."""
