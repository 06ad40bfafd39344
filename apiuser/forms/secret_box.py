"""A secret on request: shown, copied and typed without entering the notebook."""

from collections.abc import Callable

import anywidget
from traitlets import Bool, Int, Unicode

from apiuser.errors import InputError
from apiuser.forms.guard import STATIC
from apiuser.forms.sealing import seal


class SecretBox(anywidget.AnyWidget):
    """Reveal, hide, copy and, where wanted, type a secret.

    The secret travels in custom messages only, one answer for one click, encrypted
    for the view that asked. No trait holds it, so neither the widget state nor the
    saved notebook can, and another tab or a collaborator cannot read it.

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
            self._give(str(nonce), content.get("key", ""))
        elif content.get("kind") == "typed" and self._receive is not None:
            self._receiving = True
            try:
                self._receive(content["text"])
            finally:
                self._receiving = False
                self.send({"kind": "received", "nonce": nonce})

    def _give(self, nonce: str, public_key: str) -> None:
        secret = self._supply()
        if not secret:
            self.send({"kind": "none", "nonce": nonce})
            return
        try:
            sealed = seal(secret, public_key=public_key)
        except InputError as error:
            self.send({"kind": "refused", "nonce": nonce, "message": str(error)})
        else:
            self.send({"kind": "secret", "nonce": nonce, **sealed})

    def __repr__(self) -> str:
        return "SecretBox(hidden)"
