"""Taking the secret out of inputs into which it was typed by mistake."""

from collections.abc import Callable, Iterator

from ipywidgets import Text, Textarea, Widget

from apiuser.forms.widgets.status_line import StatusLine


class SecretWatch:
    """Empties an input at once that holds the secret, and says so.

    What an input holds may be saved with the notebook.
    """

    def __init__(self, holds: Callable[[str], bool], status: StatusLine) -> None:
        """Keep what is needed.

        Args:
            holds: Tells whether a text holds the secret.
            status: Where to say that something was taken out.
        """
        self._holds, self._status = holds, status

    def check(self, widget: Widget) -> bool:
        """Empty an input if it holds the secret, and tell whether it did."""
        held = self._holds(widget.value)
        if held:
            # Late: the form of an audit needs no checklist.
            from apiuser.checklist.showing import MISPLACED  # noqa: PLC0415

            widget.value = ""
            self._status.say(MISPLACED)
        return held

    def sweep(self, *views: Widget) -> bool:
        """Check every input in some views, and tell whether one held the secret.

        A secret may be known only after it was typed in the wrong place.
        """
        found = [
            one
            for view in views
            for one in walk(view)
            if isinstance(one, Text | Textarea) and self.check(one)
        ]
        return bool(found)


def walk(widget: Widget) -> Iterator[Widget]:
    """List a widget and what it holds."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from walk(child)
