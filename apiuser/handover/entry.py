"""What is handed over: one entry, checked before anything is encrypted."""

import unicodedata
from dataclasses import dataclass

from apiuser.credentials.credential import Secret, Username
from apiuser.errors import InputError

TRACKING_FIELD = "Tracking identifier"
"""What the tracking identifier is called in vaults and files."""

# Control characters and lone surrogates; neither XML nor one line can hold them.
_UNFIT = {"Cc", "Cs"}
_BREAKS = frozenset("\n\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One API user as it goes into a handover file.

    Attributes:
        title: What the entry is called in the receiver's vault.
        username: The full login, with its suffix where known.
        url: Where the credential is used.
        tracking_identifier: The custom identifier, where there is one.
        notes: Any text; the one field with line breaks.

    Raises:
        InputError: A field is empty that must not be, holds characters that do
            not survive, or holds the secret.
    """

    title: str
    username: Username
    secret: Secret
    url: str = ""
    tracking_identifier: str = ""
    notes: str = ""

    def __post_init__(self) -> None:
        for name, text in self.list_open_fields():
            if any(map(_is_unfit, text)):
                message = (
                    f"The {name} holds a line break or control character. "
                    "Type it again on one line."
                )
                raise InputError(message)
        if any(map(_is_unfit, self.secret.reveal())):
            message = "The secret holds a control character. Copy or type it again."
            raise InputError(message)
        if any(_is_unfit(sign) and sign not in _BREAKS for sign in self.notes):
            message = "The notes hold a control character. Type them again."
            raise InputError(message)
        for name, given in (
            ("title", bool(self.title)),
            ("username", bool(self.username.local)),
            ("secret", bool(self.secret)),
        ):
            if not given:
                message = f"The {name} is empty. Give one."
                raise InputError(message)
        for name, text in self.list_open_fields():
            if self.secret.reveal() in text:
                message = (
                    f"The secret stands in the {name}, which is shown openly. "
                    "Take it out there."
                )
                raise InputError(message)

    def list_open_fields(self) -> tuple[tuple[str, str], ...]:
        """Return the fields of one line that are no secret, with their names."""
        return (
            ("title", self.title),
            ("username", self.username.full),
            ("URL", self.url),
            ("tracking identifier", self.tracking_identifier),
        )


def _is_unfit(sign: str) -> bool:
    return unicodedata.category(sign) in _UNFIT
