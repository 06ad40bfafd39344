"""A secret on request: shown, copied and typed without entering the notebook."""

from collections.abc import Callable, Mapping

import anywidget
from traitlets import Bool, Int, Unicode

from apiuser.credentials.credential import Secret
from apiuser.errors import ApiuserError
from apiuser.forms.widgets.boundary import describe_error
from apiuser.forms.widgets.guard import WIDGETS
from apiuser.forms.widgets.sealed_messages import Opener, seal


class SecretBox(anywidget.AnyWidget):
    """Reveal, hide, copy and, where wanted, type a secret.

    The secret travels in custom messages only and encrypted: to the view that asked,
    one answer for one click, and to the kernel for this box, each message once. No
    trait holds it, so neither the widget state nor the saved notebook can, and another
    tab, a collaborator or a log of messages cannot read it.

    Attributes:
        label: What the secret is called.
        available: Whether there is a secret to reveal or copy.
        typing: The public key for what is typed or pasted; blank if nothing can be.
        refreshes: How often the views were told to forget.
    """

    _esm = WIDGETS / "secret_box.js"
    label = Unicode().tag(sync=True)
    available = Bool(default_value=False).tag(sync=True)
    typing = Unicode().tag(sync=True)
    refreshes = Int(0).tag(sync=True)

    def __init__(
        self,
        *,
        supply: Callable[[], Secret | None],
        receive: Callable[[Secret], None] | None = None,
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
        self._opener = None if receive is None else Opener()
        key = "" if self._opener is None else self._opener.key
        super().__init__(label=label, typing=key)
        self.on_msg(self._answer)

    def refresh(self) -> None:
        """Tell the views to hide the secret and forget what was typed.

        While a typed secret is being received this does nothing: the person may
        still be typing, and the other views are told to hide anyway.
        """
        if not self._receiving:
            self.refreshes += 1

    def _answer(
        self, _widget: object, content: Mapping[str, object], _buffers: object
    ) -> None:
        try:
            self._handle(content)
        except Exception as error:  # noqa: BLE001  # its traceback could show the secret
            known = isinstance(error, ApiuserError)
            message = str(error) if known else describe_error(error)
            nonce = content.get("nonce")
            self.send({"kind": "refused", "nonce": nonce, "message": message})

    def _handle(self, content: Mapping[str, object]) -> None:
        nonce = str(content.get("nonce"))
        match content.get("kind"):
            case "ask":
                self._give(nonce, str(content.get("key")))
            case "typed" if self._opener is not None and self._receive is not None:
                self._take(self._receive, self._opener.open(content))
                self.send({"kind": "received", "nonce": nonce})

    def _give(self, nonce: str, public_key: str) -> None:
        secret = self._supply()
        if not secret:
            self.send({"kind": "none", "nonce": nonce})
            return
        sealed = seal(secret, public_key=public_key)
        self.send({"kind": "secret", "nonce": nonce, **sealed})

    def _take(self, receive: Callable[[Secret], None], secret: Secret) -> None:
        self._receiving = True
        try:
            receive(secret)
        finally:
            self._receiving = False

    def __repr__(self) -> str:
        return "SecretBox(hidden)"
