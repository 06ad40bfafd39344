"""The one line of a form that is read aloud when it changes."""

import anywidget
from traitlets import Int, Unicode

from apiuser.forms.widgets.guard import WIDGETS


class StatusLine(anywidget.AnyWidget):
    """A live region: made once, its text changes later; with a bar for long work.

    Attributes:
        text: The sentence shown.
        done: How much of the work is done.
        total: How much work there is; no bar is shown while this is 0.
    """

    _esm = WIDGETS / "status_line.js"
    text = Unicode("").tag(sync=True)
    done = Int(0).tag(sync=True)
    total = Int(0).tag(sync=True)

    def say(self, text: str, *, done: int = 0, total: int = 0) -> None:
        """Show a sentence and, where there is a total, a bar."""
        with self.hold_sync():
            self.text, self.done, self.total = text, done, total

    def __repr__(self) -> str:
        return "StatusLine()"
