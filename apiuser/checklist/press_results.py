"""What a sheet says after a press."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from apiuser.errors import ApiuserError


class Said(NamedTuple):
    """A sentence, and where it is said; both are blank if nothing is.

    Attributes:
        at: The key of the row, or the name of the press.
        text: The sentence.
        failed: Whether something went wrong.
        of_file: Whether it went wrong with a file, which the sentence names.
        asks: Whether it asks for a second press.
    """

    at: str = ""
    text: str = ""
    failed: bool = False
    of_file: bool = False
    asks: bool = False


SILENCE = Said()


def attempt(deed: Callable[..., object], *given: object) -> str:
    """Do what need not succeed; return what is wrong, blank if nothing is."""
    try:
        deed(*given)
    except ApiuserError as error:
        return str(error)
    return ""


def tell_end(
    left: str, troubles: Sequence[str], *, forgotten: bool, kept: bool
) -> Said:
    """Say beside Finish what it did.

    Args:
        left: What is said about a call that was on its way.
        troubles: What could not be written or deleted; blanks count for nothing.
        forgotten: Whether there was a secret to forget.
        kept: Whether the record is kept by itself.
    """
    said = (
        "Finished.",
        "The secret is forgotten here." if forgotten else "",
        "" if kept else "Press Download record: nothing is kept here.",
        left,
        *troubles,
    )
    return Said("primary", " ".join(filter(None, said)), failed=any(troubles))
