"""A value of the checklist as a labelled input, with what is wrong with it below."""

from collections.abc import Callable, Mapping
from html import escape

from ipywidgets import HTML, VBox

from apiuser.checklist import Checklist, judge_field
from apiuser.forms import fields
from apiuser.forms.parts import Part
from apiuser.integrations import find_vendors
from apiuser.policies import POLICIES
from apiuser.steps import Field, Input

_TITLES = {policy.name: policy.title for policy in POLICIES.values()}


def build_entry(
    checklist: Checklist, field: Field, *, changed: Callable[[], None]
) -> Part:
    """Build the input of a field.

    Args:
        checklist: Where the value is kept.
        field: The field.
        changed: Called after each change.
    """
    entry = _build_input(checklist, field)
    hint = HTML()

    def take(change: Mapping[str, object]) -> None:
        checklist.set(field.key, _read(field, change["new"]))
        changed()

    def refresh() -> None:
        shown = _show(field, checklist.values[field.key])
        if entry.input.value != shown:
            entry.input.unobserve(take, "value")
            entry.input.value = shown
            entry.input.observe(take, "value")
        entry.show_findings(judge_field(checklist, field.key))
        hint.value = _find_hint(checklist, field)
        view.layout.display = "" if checklist.counts(field) else "none"

    entry.input.observe(take, "value")
    view = VBox([entry.view, hint])
    return Part(view, refresh, entry.touch)


def _build_input(checklist: Checklist, field: Field) -> fields.Field:
    label, advice = field.label, _find_advice(checklist, field)
    value = _show(field, checklist.values[field.key])
    match field.input:
        case Input.TICK:
            return fields.check_field(label, value=bool(value), advice=advice)
        case Input.CHOICE:
            options = [(_TITLES.get(name, name), name) for name in field.options]
            return fields.choice_field(label, options, value=str(value), advice=advice)
        case Input.SUGGESTION:
            known = field.options or _find_suggestions(checklist, field)
            return fields.combo_field(label, known, value=str(value), advice=advice)
        case Input.LINES:
            return fields.area_field(label, value=str(value), advice=advice)
        case _:
            return fields.text_field(label, value=str(value), advice=advice)


def _find_advice(checklist: Checklist, field: Field) -> str:
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


def _find_suggestions(checklist: Checklist, field: Field) -> tuple[str, ...]:
    if field.key == "email":
        choices = checklist.integration.email_choices
        return tuple(choice.address for choice in choices if choice.address)
    return tuple(vendor.label for vendor in find_vendors(""))


def _find_hint(checklist: Checklist, field: Field) -> str:
    """Name the label under which a company known by another name is listed."""
    text = str(checklist.values[field.key] or "").strip()
    if field.key != "vendor" or not text:
        return ""
    labels = [vendor.label for vendor in find_vendors(text)]
    if not labels or text in labels:
        return ""
    listed = " or ".join(f"“{escape(label)}”" for label in labels)
    return f"<p>Guides name the label {listed}.</p>"


def _show(field: Field, value: object) -> str | bool:
    if field.input is Input.TICK:
        return bool(value)
    return "" if value is None else str(value)


def _read(field: Field, value: object) -> str | int | bool | None:
    if field.input is Input.TICK:
        return bool(value)
    text = str(value)
    if field.input is Input.NUMBER:
        digits = text.strip()
        if not digits:
            return None
        # What is no number stays as typed, and the checklist asks for one.
        return int(digits) if digits.isascii() and digits.isdigit() else text
    return text
