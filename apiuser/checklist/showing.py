"""What a screen says beside the values of a checklist, whichever screen it is."""

import datetime as dt
from dataclasses import dataclass

from apiuser.checklist.progress import find_blocks, is_done
from apiuser.checklist.state import Checklist
from apiuser.howto import Field, Input, Step
from apiuser.howto.integrations import find_vendors
from apiuser.rules.policies import POLICIES

_MOST_DIGITS = 6
MISPLACED = (
    "Taken out again: that is the secret, and it belongs into Password (Secret) only."
)
GENERATED = "A secret was generated. Press Reveal or Copy to use it."


@dataclass(frozen=True, slots=True)
class Copy:
    """A value to be copied.

    Attributes:
        label: What it is.
        text: The value; blank where it is not known yet.
    """

    label: str
    text: str


def find_advice(checklist: Checklist, field: Field) -> str:
    """Return the advice for a field, from the preset where that has its own."""
    integration = checklist.integration
    match field.key:
        case "email":
            choices = "; ".join(
                f"{choice.label}{f': {choice.address}' if choice.address else ''}"
                for choice in integration.email_choices
            )
            return f"{integration.email_advice} To choose from: {choices}."
        case "security_level":
            return integration.level_advice
    return field.advice


def find_suggestions(checklist: Checklist, field: Field) -> tuple[str, ...]:
    """Return what can be chosen or is suggested for a field."""
    if field.options or field.input is not Input.SUGGESTION:
        return field.options
    if field.key == "email":
        choices = checklist.integration.email_choices
        return tuple(choice.address for choice in choices if choice.address)
    return tuple(vendor.label for vendor in find_vendors(""))


def name_choice(name: str) -> str:
    """Return what a choice is called: policies have a title."""
    return POLICIES[name].title if name in POLICIES else name


def find_hint(checklist: Checklist, field: Field) -> str:
    """Say what a person should look at again, though no rule is broken."""
    text = str(checklist.values.get(field.key) or "").strip()
    if not text:
        return ""
    match field.key:
        case "vendor":
            return _name_labels(text)
        case "username":
            return _compare_suffixes(checklist)
    return ""


def _compare_suffixes(checklist: Checklist) -> str:
    """Say that a username has another suffix than the one learned."""
    own, learned = checklist.username.suffix, checklist.suffix
    if own is None or learned is None or own.casefold() == learned.casefold():
        return ""
    # Without the suffixes: what was typed may turn out to be the secret.
    return (
        "Check the suffix: it is not that of the existing username. Autotask supplies "
        "it, so compare both with the page."
    )


def _name_labels(text: str) -> str:
    """Name the label under which a company known by another name is listed."""
    labels = [vendor.label for vendor in find_vendors(text)]
    if not labels or text in labels:
        return ""
    listed = " or ".join(f"“{label}”" for label in labels)
    return f"Guides name the label {listed}."


def list_copies(checklist: Checklist, step: Step) -> tuple[Copy, ...]:
    """List the values of a step that are typed into Autotask or the application."""
    copies = []
    for field in step.fields:
        if not field.entered or field.input is Input.SECRET:
            continue
        if not checklist.counts(field):
            continue
        if field.key == "username":
            username = checklist.username
            copies.append(Copy(field.label, username.local))
            full = "" if username.suffix is None else username.full
            copies.append(Copy("Full login, for the target application", full))
        else:
            text = str(checklist.values[field.key] or "").strip()
            copies.append(Copy(field.label, text))
    return tuple(copies)


def describe_secret(checklist: Checklist) -> str:
    """Say what is known of the secret: length, origin, bits; never the secret."""
    facts = checklist.secret_facts
    if facts is None:
        return ""
    if checklist.secret is None:
        return "The secret was forgotten; generate or paste one to go on."
    bits = "" if facts.bits is None else f", {facts.bits:.1f} bits"
    return f"{facts.length} characters, {facts.origin}{bits}."


def describe_wait(checklist: Checklist) -> str:
    """Say from when on a test is fair; blank where nobody has to wait."""
    if "wait_minutes" not in checklist.values:
        return ""
    minutes = checklist.values["wait_minutes"]
    if checklist.saved_at is None or not isinstance(minutes, int):
        return "The wait begins when the page is saved."
    try:
        ready = checklist.saved_at + dt.timedelta(minutes=minutes)
    except OverflowError:
        return "The wait is longer than any calendar; enter fewer minutes."
    return f"Saved at {checklist.saved_at:%H:%M}. Test from {ready:%H:%M} on."


def describe_blocks(checklist: Checklist, step: Step) -> str:
    """Say in one sentence or more why a step cannot be finished."""
    return " ".join(
        f"{checklist.field(block.key).label}: {block.message}"
        for block in find_blocks(checklist, step)
    )


def describe_rest(checklist: Checklist) -> str:
    """Say which steps are still open."""
    left = [
        str(number)
        for number, step in enumerate(checklist.steps, start=1)
        if not is_done(checklist, step)
    ]
    return f"Still open: step {', '.join(left)}." if left else "Every step is done."


def read_value(field: Field, value: object) -> str | int | bool | None:
    """Turn what a screen gives into a value of the checklist."""
    if field.input is Input.TICK:
        return bool(value)
    text = str(value)
    if field.input is Input.NUMBER:
        digits = text.strip()
        if not digits:
            return None
        # What is no number stays as typed, and the checklist asks for one.
        plain = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
        return int(digits) if plain else text
    return text


def show_value(field: Field, value: object) -> str | bool:
    """Turn a value of the checklist into what a screen shows."""
    if field.input is Input.TICK:
        return bool(value)
    return "" if value is None else str(value)
