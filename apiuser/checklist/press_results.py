"""What a sheet says after a press."""

from typing import NamedTuple


class Said(NamedTuple):
    """A sentence, and where it is said; both are blank if nothing is.

    Attributes:
        at: The key of the row, or the name of the press.
        text: The sentence.
        failed: Whether something went wrong.
        of_file: Whether it went wrong with a file, which the sentence names.
    """

    at: str = ""
    text: str = ""
    failed: bool = False
    of_file: bool = False


SILENCE = Said()
