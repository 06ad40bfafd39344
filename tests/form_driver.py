"""What the tests do with a form without a browser."""

import asyncio
from collections.abc import Callable
from typing import Any

from ipywidgets import Button, Widget

from apiuser.forms.audit.audit_form import AuditForm

Sent = list[tuple[dict[str, Any], list[bytes] | None]]
"""What was sent to the views: contents with their buffers."""


def walk(widget: Widget) -> list[Widget]:
    children = getattr(widget, "children", ())
    return [widget, *(found for child in children for found in walk(child))]


def find(form: AuditForm, kind: type[Widget], text: str) -> Widget:
    for widget in walk(form.view):
        if isinstance(widget, kind):
            label = getattr(widget, "description", "") or getattr(widget, "label", "")
            if label.startswith(text):
                return widget
    message = f"there is no {kind.__name__} {text!r}"
    raise LookupError(message)


def press(form: AuditForm, what: str | Callable[[], None]) -> None:
    """Press a button, or do something else, and wait until what it started ended."""
    act = find(form, Button, what).click if isinstance(what, str) else what
    _run_to_end(act)


def read(form: AuditForm) -> str:
    return "\n".join(
        str(widget.value) for widget in walk(form.view) if hasattr(widget, "value")
    )


def send(part: Widget, *buffers: memoryview, **content: object) -> None:
    """Deliver a message as the browser's side of the channel does."""
    data = {"method": "custom", "content": content}
    part._handle_msg({"content": {"data": data}, "buffers": buffers})  # noqa: SLF001


def deliver(part: Widget, **content: object) -> None:
    """Deliver a message, and wait until what it started has ended."""
    _run_to_end(lambda: send(part, **content))


def _run_to_end(act: Callable[[], object]) -> None:
    async def run() -> None:
        act()
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))

    asyncio.run(run())
