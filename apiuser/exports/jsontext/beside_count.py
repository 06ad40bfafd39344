"""How much answers may hold beside their lists of resources."""

from collections.abc import Iterable
from typing import Any

from apiuser.exports.jsontext.addresses import is_address, list_parameters
from apiuser.exports.jsontext.answer_values import (
    Named,
)
from apiuser.exports.jsontext.json_text import JsonText

_MOST_VALUES = 150_000
"""How many values may be beside all lists; each is looked at several times."""
_MOST_NAMES = 5_000
"""How many names these may have; a new one takes ten times as long as a value."""


class BesideCount:
    """Counts what is beside all lists of a text.

    Args:
        text: The text, at the place to name if there is too much.
    """

    def __init__(self, text: JsonText) -> None:
        self._text = text
        self._values = 0
        self._names: set[str] = set()

    def add_names(self, names: Iterable[str]) -> None:
        """Count those names that are new.

        Raises:
            SourceError: There are too many.
        """
        self._names.update(names)
        if len(self._names) > _MOST_NAMES:
            raise self._text.make_number_error(_MOST_NAMES, "different names")

    def list_named(self, values: Iterable[tuple[str, Any]]) -> Named:
        """Return values with their names, and count both.

        Raises:
            SourceError: There are too many.
        """
        named = []
        for name, value in values:
            asked = list_parameters(value) or () if is_address(value) else ()
            self.add_names([name, *(one for one, _ in asked)])
            named.append((name, value))
            self._values += 1 + len(asked)
            if self._values > _MOST_VALUES:
                raise self._text.make_number_error(_MOST_VALUES, "values")
        return named
