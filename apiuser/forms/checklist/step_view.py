"""One step on the screen: what to do, its fields, and what goes into Autotask."""

from collections.abc import Callable

from ipywidgets import HTML, VBox, Widget

from apiuser.checklist import Checklist
from apiuser.checklist.notes import render_background, render_instructions
from apiuser.checklist.showing import list_copies
from apiuser.forms.checklist.credential_parts import (
    build_key_part,
    build_secret_part,
    build_store_part,
)
from apiuser.forms.checklist.entries import build_entry
from apiuser.forms.checklist.handover_section import build_vault_part
from apiuser.forms.checklist.names_part import build_names_part
from apiuser.forms.checklist.record_section import build_record_part, build_wait_part
from apiuser.forms.widgets.copy_text import CopyText
from apiuser.forms.widgets.parts import FormPart
from apiuser.forms.widgets.status_line import StatusLine
from apiuser.howto import Input, Step

_AFTER = {
    "names": (build_names_part,),
    "store": (build_store_part,),
    "test": (build_wait_part,),
    "handover": (build_vault_part, build_record_part),
}


def build_step(
    checklist: Checklist, step: Step, *, changed: Callable[[], None], status: StatusLine
) -> FormPart:
    """Build the view of a step.

    Args:
        checklist: The values.
        step: The step to show.
        changed: Called after each change of a value.
        status: Where to say what happened.
    """
    instructions, background = HTML(), HTML()
    parts: list[FormPart] = []
    for field in step.fields:
        if field.input is Input.KEY:
            parts.append(build_key_part(checklist, changed=changed, status=status))
        if field.input is Input.SECRET:
            parts.append(build_secret_part(checklist, changed=changed, status=status))
        else:
            parts.append(build_entry(checklist, field, changed=changed, status=status))
    parts += [
        build(checklist, changed=changed, status=status)
        for build in _AFTER.get(step.code, ())
    ]
    parts.append(_build_copies(checklist, step))

    def refresh() -> None:
        instructions.value = render_instructions(step, checklist.values)
        background.value = render_background(step, checklist.values)
        for part in parts:
            part.refresh()

    def insist() -> None:
        for part in parts:
            part.insist()

    views: list[Widget] = [instructions, *(part.view for part in parts), background]
    return FormPart(VBox(views), refresh, insist)


def _build_copies(checklist: Checklist, step: Step) -> FormPart:
    """Build the values that are typed into Autotask, each with a Copy button."""
    heading = HTML("<strong>To copy into Autotask</strong>")
    view = VBox([heading])
    view.add_class("apiuser-copies")
    shown: dict[str, CopyText] = {}

    def refresh() -> None:
        copies = list_copies(checklist, step)
        for copy in copies:
            if copy.label not in shown:
                shown[copy.label] = CopyText(label=copy.label, text="")
            shown[copy.label].text = copy.text
        rows = [shown[copy.label] for copy in copies]
        if list(view.children[1:]) != rows:
            view.children = [heading, *rows]
        view.layout.display = "" if rows else "none"

    return FormPart(view, refresh)
