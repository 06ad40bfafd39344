"""What a form is composed of: a view, and how it is brought up to date."""

from collections.abc import Callable
from dataclasses import dataclass

from ipywidgets import Button, Widget

from apiuser.forms.widgets.boundary import shut_in


@dataclass(frozen=True, slots=True)
class FormPart:
    """A view over the checklist.

    Attributes:
        view: What is shown.
        refresh: Shows the checklist's present values again.
        insist: Shows findings even where nothing was entered yet.
    """

    view: Widget
    refresh: Callable[[], None]
    insist: Callable[[], None] = lambda: None


def make_button(label: str, pressed: Callable[[], None], *, style: str = "") -> Button:
    """Make a button that says what it does."""
    button = Button(description=label, button_style=style)
    button.add_class("apiuser-button")
    press = shut_in(pressed)
    button.on_click(lambda _: press())
    return button
