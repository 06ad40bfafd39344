"""A secret on request: shown, copied and typed without entering the notebook."""

from collections.abc import Callable

import anywidget
from traitlets import Bool, Int, Unicode

from apiuser.forms.guard import STATIC


class SecretBox(anywidget.AnyWidget):
    """Reveal, hide, copy and, where wanted, type a secret.

    The secret travels in custom messages only, one answer for one click. No trait
    holds it, so neither the widget state nor the saved notebook can.

    Attributes:
        label: What the secret is called.
        available: Whether there is a secret to reveal or copy.
        typing: Whether one can be typed or pasted.
        refreshes: How often the views were told to forget.
    """

    _esm = STATIC / "secret_box.js"
    label = Unicode().tag(sync=True)
    available = Bool(default_value=False).tag(sync=True)
    typing = Bool(default_value=False).tag(sync=True)
    refreshes = Int(0).tag(sync=True)

    def __init__(
        self,
        *,
        supply: Callable[[], str | None],
        receive: Callable[[str], None] | None = None,
        label: str,
    ) -> None:
        """Keep the two functions.

        Args:
            supply: Gives the secret, or None where there is none.
            receive: Takes what was typed; without it nothing can be typed.
            label: What the secret is called.
        """
        self._supply = supply
        self._receive = receive
        self._receiving = False
        super().__init__(label=label, typing=receive is not None)
        self.on_msg(self._answer)

    def refresh(self) -> None:
        """Tell the views to hide the secret and forget what was typed.

        While a typed secret is being received this does nothing: the person may
        still be typing, and the other views are told to hide anyway.
        """
        if not self._receiving:
            self.refreshes += 1

    def _answer(
        self, _widget: object, content: dict[str, str], _buffers: object
    ) -> None:
        nonce = content.get("nonce")
        if content.get("kind") == "ask":
            self.send({"kind": "secret", "nonce": nonce, "secret": self._supply()})
        elif content.get("kind") == "typed" and self._receive is not None:
            self._receiving = True
            try:
                self._receive(content["text"])
            finally:
                self._receiving = False
                self.send({"kind": "received", "nonce": nonce})

    def __repr__(self) -> str:
        return "SecretBox(hidden)"
