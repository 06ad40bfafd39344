"""The texts of what could not be read, in which there may be names."""

from collections.abc import Iterable

MOST_KEPT = 1_000_000
"""Characters above which the texts are no longer kept."""


class UnreadTexts:
    """Texts of records that could not be read and of names that are in doubt."""

    def __init__(self) -> None:
        self._texts: list[str] | None = []
        self._size = 0

    def add(self, texts: Iterable[str]) -> None:
        """Keep texts, unless there are too many."""
        for text in texts:
            self._size += len(text) + 1
            if self._texts is None or self._size > MOST_KEPT:
                self.lose()
                return
            self._texts.append(text)

    def lose(self) -> None:
        """Take note that there are texts of which nothing is known."""
        self._texts = None

    @property
    def joined(self) -> str | None:
        """All texts, with a line for each; None if some of them are not known."""
        return None if self._texts is None else "\n".join(self._texts)
