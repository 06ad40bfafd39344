"""What a rule is asked about: one credential, and what is known about it."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Protocol

    class Revealing(Protocol):
        """A secret whose text has to be asked for."""

        def reveal(self) -> str:
            """Return the text."""


class Subject(StrEnum):
    """What a rule checks."""

    LOCAL_PART = "username, local part"
    FULL_USERNAME = "full username"
    SUFFIX = "suffix"
    SECRET = "secret"  # noqa: S105  # the name of the field
    FIRST_NAME = "first name"
    LAST_NAME = "last name"
    EMAIL = "e-mail address"
    IDENTIFIER = "vendor or custom identifier"
    TRACKING_IDENTIFIER = "tracking identifier"
    STATE = "state of an API user"
    TABLE = "table of resources"


USERNAME_SUBJECTS = (Subject.LOCAL_PART, Subject.FULL_USERNAME, Subject.SUFFIX)
"""What rules about a username check."""


class Relation(StrEnum):
    """How a username relates to another name in use, the closest first."""

    TAKEN = "taken"
    OTHER_SUFFIX = "taken under another suffix"
    LOOKALIKE = "looks like another"

    @property
    def rank(self) -> int:
        """Its place among the relations, from 0 for the closest."""
        return list(Relation).index(self)


class UserState(StrEnum):
    """What an export says about an API user besides its names."""

    INACTIVE = "inactive"
    SYSTEM_LEVEL = "has the full system level"
    LOCKED = "locked"
    SHARED = "used by several integrations"


class Case(NamedTuple):
    """A credential and what is known about it; what is not known is blank.

    An audit makes many of them.

    Attributes:
        fold: Folds what does not tell two names apart: case, surrounding blanks and
            compatibility forms.
        local: The username before the `@`.
        suffix: What comes after the `@`; None if it is not known.
        secret: The secret, if one is checked.
        relations: How the username relates to the names in use, and to which of them.
        states: What an export says about the user, if it is one of an export.
    """

    fold: Callable[[str], str]
    local: str = ""
    suffix: str | None = None
    secret: "Revealing | None" = None
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    vendor: str = ""
    tracking_identifier: str = ""
    relations: Mapping[Relation, str] = MappingProxyType({})
    states: frozenset[UserState] = frozenset()

    def __repr__(self) -> str:
        return f"Case({self.full_username})"  # without the secret

    @property
    def full_username(self) -> str:
        """The full username, or the local part alone if the suffix is not known."""
        return self.local if self.suffix is None else f"{self.local}@{self.suffix}"

    def text(self, subject: Subject) -> str:
        """Return the text that rules about a subject check."""
        if subject is Subject.SECRET:
            return "" if self.secret is None else self.secret.reveal()
        return str(getattr(self, TEXTS[subject]) or "")


TEXTS = {
    Subject.LOCAL_PART: "local",
    Subject.FULL_USERNAME: "full_username",
    Subject.SUFFIX: "suffix",
    Subject.FIRST_NAME: "first_name",
    Subject.LAST_NAME: "last_name",
    Subject.EMAIL: "email",
    Subject.IDENTIFIER: "vendor",
    Subject.TRACKING_IDENTIFIER: "tracking_identifier",
}
"""Which part of a case a subject's rules check; the secret has a way of its own."""
