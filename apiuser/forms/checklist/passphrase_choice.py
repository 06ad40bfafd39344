"""Which passphrase opens a handover file: a generated one, or one of the person's own."""

from ipywidgets import VBox

from apiuser.credentials.credential import Secret
from apiuser.errors import InputError
from apiuser.forms.widgets.fields import choice_field
from apiuser.forms.widgets.parts import make_button
from apiuser.forms.widgets.secret_box import SecretBox

_GENERATED = "generated, shown once"
_OWN = "my own, typed twice"


class PassphraseChoice:
    """The choice, and two boxes in which one's own is typed without being shown.

    Attributes:
        view: The widgets.
    """

    def __init__(self) -> None:
        self._choice = choice_field(
            "Passphrase",
            (_GENERATED, _OWN),
            value=_GENERATED,
            advice="Of one's own: 16 characters or more, 8 of them different.",
        )
        self._typed: dict[str, Secret] = {}
        self._boxes = [
            self._make_box(label) for label in ("My passphrase", "My passphrase, again")
        ]
        boxes = VBox(self._boxes)
        boxes.add_class("apiuser-indented")

        def show(_change: object = None) -> None:
            boxes.layout.display = "" if self._is_own else "none"
            self.forget()

        self._choice.input.observe(show, "value")
        show()
        self.view = VBox([self._choice.view, boxes])

    def take(self) -> tuple[Secret, bool]:
        """Return the passphrase, and whether it was generated and has to be shown.

        Raises:
            InputError: One's own is missing, mistyped or weak.
        """
        # Late: the form is shown sooner.
        from apiuser.handover import (  # noqa: PLC0415
            check_passphrase,
            generate_passphrase,
        )

        if not self._is_own:
            return generate_passphrase(), True
        first, second = (self._typed.get(box.label) for box in self._boxes)
        if not first or not second:
            message = "Type the passphrase in both boxes, or have one generated."
            raise InputError(message)
        if first != second:
            message = "The two entries of the passphrase differ. Type it again."
            raise InputError(message)
        check_passphrase(first)
        return first, False

    def forget(self) -> None:
        """Forget what was typed, here and in the views."""
        if not self._typed:
            return
        self._typed.clear()
        for box in self._boxes:
            box.available = False
            box.refresh()

    @property
    def _is_own(self) -> bool:
        return bool(self._choice.input.value == _OWN)

    def _make_box(self, label: str) -> SecretBox:
        def receive(secret: Secret) -> None:
            self._typed[label] = secret
            box.available = bool(secret)

        box = SecretBox(
            supply=lambda: self._typed.get(label), receive=receive, label=label
        )
        return box

    def __repr__(self) -> str:
        return "PassphraseChoice(hidden)"


class ShownPassphrase:
    """A generated passphrase, on request until it is forgotten.

    Attributes:
        view: The widgets, hidden while there is none.
    """

    def __init__(self) -> None:
        self._passphrase: Secret | None = None
        self._box = SecretBox(
            supply=lambda: self._passphrase, label="Passphrase of the file"
        )
        forget = make_button("Forget the passphrase", lambda: self.show(None))
        self.view = VBox([self._box, forget])
        self.show(None)

    def show(self, passphrase: Secret | None) -> None:
        """Offer another passphrase, or none."""
        self._passphrase = passphrase
        self._box.available = passphrase is not None
        self._box.refresh()
        self.view.layout.display = "none" if passphrase is None else ""

    def __repr__(self) -> str:
        return "ShownPassphrase(hidden)"
