"""A value to be copied into Autotask; for what is not secret."""

import anywidget
from traitlets import Unicode

from apiuser.forms.widgets.guard import WIDGETS


class CopyText(anywidget.AnyWidget):
    """A read-only value with a Copy button; never for a secret.

    Attributes:
        label: What the value is.
        text: The value.
    """

    _esm = WIDGETS / "copy_text.js"
    label = Unicode().tag(sync=True)
    text = Unicode().tag(sync=True)

    def __init__(self, *, label: str, text: str) -> None:
        super().__init__(label=label, text=text)

    def __repr__(self) -> str:
        return "CopyText()"
