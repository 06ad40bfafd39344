"""What is handed over: one entry, checked before anything is encrypted."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from apiuser.credentials.credential import Secret, Username
from apiuser.credentials.encodings_of_a_secret import reveals, reveals_between
from apiuser.errors import InputError

TRACKING_FIELD = "Tracking identifier"
"""What the tracking identifier is called in vaults and files."""

# What XML forbids, or may forbid as Unicode has no character there: by category.
_UNFIT = {
    "Cc": "a control character",
    "Cs": "half a character",
    "Cn": "an unassigned character",
}
# What ends a line besides those.
_BREAKS = {"Zl": "a line break", "Zp": "a line break"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One API user as it goes into a handover file.

    Attributes:
        title: What the entry is called in the receiver's vault.
        username: The full username, without the suffix if that is not known.
        url: Where the credential is used.
        tracking_identifier: The custom identifier, if there is one.
        notes: Any text; the one field with line breaks, which become a line feed each.

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
        # XML has one kind of line break, and would turn the others into it.
        notes = self.notes.replace("\r\n", "\n").replace("\r", "\n")
        object.__setattr__(self, "notes", notes)
        for name, text in self.list_open_fields():
            refuse_lines(name, text)
        if any(unicodedata.category(sign) in _UNFIT for sign in self.secret.reveal()):
            message = "The secret contains a control character. Copy or type it again."
            raise InputError(message)
        unfit = _find_unfit(self.notes.replace("\n", " ").replace("\t", " "), _UNFIT)
        if unfit:
            message = f"The notes contain {unfit}. Type them again."
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
            if reveals(text, self.secret):
                message = (
                    f"The secret is in the {name}, which is shown openly. Take it out."
                )
                raise InputError(message)
        if reveals_between((text for _, text in self.list_open_fields()), self.secret):
            message = "The secret is in pieces in what is shown openly. Take it out."
            raise InputError(message)

    def list_open_fields(self) -> tuple[tuple[str, str], ...]:
        """Return the fields of one line that are not secret, with their names."""
        return (
            ("username", self.username.full),
            ("title", self.title),  # which may hold the username
            ("URL", self.url),
            ("tracking identifier", self.tracking_identifier),
        )


def refuse_lines(name: str, text: str) -> None:
    """Refuse a text that is not one line of characters that survive.

    Raises:
        InputError: It holds a line break, a control character or half a character.
    """
    if unfit := _find_unfit(text, _UNFIT | _BREAKS):
        message = f"The {name} contains {unfit}. Type it again on one line."
        raise InputError(message)


def _find_unfit(text: str, unfit: Mapping[str, str]) -> str | None:
    """Name the first thing in a text that must not be there, and its place."""
    for number, sign in enumerate(text, start=1):
        kind = unfit.get(unicodedata.category(sign))
        if kind:
            kind = "a line break" if sign in "\r\n" else kind
            return f"{kind} (U+{ord(sign):04X}) as character {number}"
    return None
