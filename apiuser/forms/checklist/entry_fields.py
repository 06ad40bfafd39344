"""What an entry of a vault says beside the login and the secret, as fields."""

from typing import TYPE_CHECKING

from ipywidgets import VBox

from apiuser.checklist import Checklist
from apiuser.errors import InputError
from apiuser.forms.widgets.fields import area_field, text_field
from apiuser.forms.widgets.misplaced import SecretWatch

if TYPE_CHECKING:
    from apiuser.handover import Entry


class EntryFields:
    """Title, address and notes of the entry to be handed over.

    Attributes:
        inputs: The inputs, to be observed.
        view: The widgets.
    """

    def __init__(self, checklist: Checklist, *, watch: SecretWatch) -> None:
        """Build the view.

        Args:
            checklist: Where the login and the secret are kept.
            watch: What empties a field of the secret.
        """
        self._checklist = checklist
        fields = (
            text_field(
                "Title",
                watch=watch,
                value=f"Autotask API user, {checklist.integration.title}",
                advice="What the entry is called in the receiver's vault.",
            ),
            text_field(
                "Address", watch=watch, advice="Where the user logs in; may stay empty."
            ),
            area_field(
                "Notes", watch=watch, advice="For the receiver; may stay empty."
            ),
        )
        self.inputs = tuple(field.input for field in fields)
        self.view = VBox([field.view for field in fields])

    @property
    def title(self) -> str:
        """What the entry is called."""
        return self._read(0)

    @property
    def url(self) -> str:
        """Where the user logs in."""
        return self._read(1)

    @property
    def notes(self) -> str:
        """Any text."""
        return self._read(2)

    @property
    def identifier(self) -> str:
        """The tracking identifier, where there is one."""
        return str(self._checklist.values.get("tracking_identifier") or "").strip()

    @property
    def notes_with_identifier(self) -> str:
        """The notes as vaults without a field for the identifier take it."""
        named = f"Tracking identifier: {self.identifier}" if self.identifier else ""
        return "\n".join(filter(None, (self.notes, named)))

    def make_entry(self) -> "Entry":
        """Make the entry.

        Raises:
            InputError: There is no secret, or a field cannot be handed over.
        """
        from apiuser.handover import Entry  # noqa: PLC0415  # late: shown sooner

        secret = self._checklist.secret
        if secret is None:
            message = "There is no secret to hand over; generate or paste it first."
            raise InputError(message)
        return Entry(
            title=self.title,
            username=self._checklist.username,
            secret=secret,
            url=self.url,
            tracking_identifier=self.identifier,
            notes=self.notes,
        )

    def _read(self, number: int) -> str:
        return str(self.inputs[number].value).strip()
