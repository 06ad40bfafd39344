"""The guard that keeps notebook shortcuts out of a form, and the forms' style."""

from pathlib import Path

import anywidget
from ipywidgets import VBox, Widget

WIDGETS = Path(__file__).parent


class KeyGuard(anywidget.AnyWidget):
    """An invisible part that keeps keys pressed in a form inside the form.

    Without it `d d` on a button deletes the notebook cell that holds the form.
    It also brings the style sheet of all forms, and ties the advice and findings of
    a field to its input for screen readers.
    """

    _esm = WIDGETS / "guard.js"
    _css = "".join(
        (WIDGETS / name).read_text("utf-8") for name in ("forms.css", "checklist.css")
    )

    def __repr__(self) -> str:
        return "KeyGuard()"


def form_box(*parts: Widget) -> VBox:
    """Return a column of parts with the guard in it, in the style of the forms."""
    box = VBox([KeyGuard(), *parts])
    box.add_class("apiuser-form")
    return box
