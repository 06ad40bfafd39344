"""What goes wrong outside the rules, and numbers in the sentences that say so."""

from __future__ import annotations

TYPE_CHECKING = False  # as typing has it, whose import costs the command time
if TYPE_CHECKING:
    from typing import ClassVar


class ApiuserError(Exception):
    """Base of all errors of this package; never raised itself.

    The message is one or more full sentences: what, where, what to do next.
    """

    exit_code: ClassVar[int] = 3


class InputError(ApiuserError):
    """What was given can be read but not used."""


class PolicyError(InputError):
    """A policy contradicts itself or its file is not as described."""


class IntegrationError(InputError):
    """An integration preset is not as described."""


class SourceError(InputError):
    """An export cannot be understood as a table of resources."""


class SavedWorkError(InputError):
    """A saved checklist cannot be resumed."""


class PlaceError(InputError):
    """A file may not be written where it was to go, unless that is allowed.

    Attributes:
        permission: What would allow it, in the name of the parameter that does.
    """

    def __init__(self, message: str, *, permission: str) -> None:
        super().__init__(message)
        self.permission = permission


class AccessError(ApiuserError):
    """A file or folder could not be read or written."""

    exit_code: ClassVar[int] = 4


class ExtraError(ApiuserError):
    """An optional part that was asked for is not installed."""


def count_noun(number: int, noun: str) -> str:
    """Return a number and its noun, such as `1 record` and `2 records`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
