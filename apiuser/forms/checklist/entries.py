"""A value of the checklist as a labelled input, with what is wrong with it below."""

from collections.abc import Callable
from html import escape

from ipywidgets import HTML, VBox

from apiuser.checklist import Checklist, judge_field
from apiuser.checklist.showing import (
    find_advice,
    find_hint,
    find_suggestions,
    name_choice,
    read_value,
    show_value,
)
from apiuser.forms.widgets import fields
from apiuser.forms.widgets.boundary import shut_in
from apiuser.forms.widgets.misplaced import SecretWatch
from apiuser.forms.widgets.parts import FormPart
from apiuser.forms.widgets.status_line import StatusLine
from apiuser.howto import Field, Input


def build_entry(
    checklist: Checklist,
    field: Field,
    *,
    changed: Callable[[], None],
    status: StatusLine,
) -> FormPart:
    """Build the input of a field.

    Args:
        checklist: Where the value is kept.
        field: The field.
        changed: Called after each change.
        status: Where to say what happened.
    """
    watch = SecretWatch(checklist.holds_secret, status)
    entry = _build_input(checklist, field, watch)
    hint = HTML()

    @shut_in
    def take(_change: object) -> None:
        # As it is now: the watch may have emptied the input since the change.
        checklist.set(field.key, read_value(field, entry.input.value))
        changed()

    def refresh() -> None:
        shown = show_value(field, checklist.values[field.key])
        if entry.input.value != shown:
            entry.input.unobserve(take, "value")
            entry.input.value = shown
            entry.input.observe(take, "value")
        entry.show_findings(judge_field(checklist, field.key))
        hint.value = f"<p>{escape(find_hint(checklist, field))}</p>"
        view.layout.display = "" if checklist.counts(field) else "none"

    entry.input.observe(take, "value")
    view = VBox([entry.view, hint])
    return FormPart(view, refresh, entry.touch)


def _build_input(
    checklist: Checklist, field: Field, watch: SecretWatch
) -> fields.InputField:
    label, advice = field.label, find_advice(checklist, field)
    value = show_value(field, checklist.values[field.key])
    match field.input:
        case Input.TICK:
            return fields.check_field(label, value=bool(value), advice=advice)
        case Input.CHOICE:
            options = [(name_choice(name), name) for name in field.options]
            return fields.choice_field(label, options, value=str(value), advice=advice)
        case Input.SUGGESTION:
            known = find_suggestions(checklist, field)
            return fields.combo_field(
                label, known, watch=watch, value=str(value), advice=advice
            )
        case Input.LINES:
            return fields.area_field(
                label, watch=watch, value=str(value), advice=advice
            )
        case _:
            return fields.text_field(
                label, watch=watch, value=str(value), advice=advice
            )
