"""Which pages a text contains, by what its answers say about themselves."""

from collections.abc import Mapping

from apiuser.exports.jsontext.answer_details import (
    begins_late,
    find_next,
    find_previous,
    is_full,
    list_starts,
)
from apiuser.exports.jsontext.answer_values import Named


class PageOrder:
    """Compares each answer with the one before it.

    A page counts as missing between two answers only if what they say about the next
    page and the one before, or about where they begin, does not fit together.

    Attributes:
        lacks_pages: Whether the first answer names a page before it, or the last one a
            next page; None if no answer says anything about that.
        full: The place of the last answer, if it is full; blank otherwise.
    """

    def __init__(self) -> None:
        self.lacks_pages: bool | None = None
        self.full = ""
        self._begins_late: bool | None = None
        self._next: str | None = None
        self._beside: frozenset[str] = frozenset()
        self._starts: Mapping[str, tuple[float, float]] = {}

    def add_end(self, named: Named) -> None:
        """Note the page that an object without a list names, if it does."""
        if follows := find_next(named):
            self._next, self.lacks_pages = follows, True

    def add_page(
        self, named: Named, beside: frozenset[str], number: int, place: str
    ) -> bool:
        """Note an answer; tell whether a page before it is missing.

        Args:
            named: What is beside its lists.
            beside: The names of its members, without those of the next page.
            number: How many elements its lists have together.
            place: Where it is.
        """
        before, follows = find_previous(named), find_next(named)
        starts = list_starts(named, number)
        continues = number > 0 and beside == self._beside
        says_nothing = before is None and follows is None and not starts
        if says_nothing and self._next and not continues:
            return False
        missing = False
        if self._begins_late is None:
            self._begins_late = bool(before) or begins_late(named)
        else:
            missing = (
                bool(self._next and before == "")
                or bool(self._next == "" and before)
                or bool(self._next and self._next == before)
                or not self._continues(starts)
            )
        self._next, self._beside, self._starts = follows, beside, starts
        self.full = place if follows is None and is_full(named, number) else ""
        lacks_next = None if follows is None else bool(follows)
        self.lacks_pages = True if self._begins_late else lacks_next
        return missing

    def _continues(self, starts: Mapping[str, tuple[float, float]]) -> bool:
        """Tell whether an answer begins where the one before it ended, or anew."""
        return all(
            self._starts[name][0] < start <= self._starts[name][1]
            or (start <= 1 and not self._next)
            for name, (start, _) in starts.items()
            if name in self._starts
        )
