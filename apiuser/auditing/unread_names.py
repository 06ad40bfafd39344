"""Names that may be in what could not be read, or behind the signs of a mask."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from apiuser.credentials.matching import fold_lookalikes

_BETWEEN_WORDS = r"[\s,;|\"]+"
"""What is in no username (key), and keeps long texts from being folded as one."""
_AROUND = "()[]{}<>'`=:"
_HIDDEN = re.compile(
    r"[*?#~\u2022\u25cf\u2588\u2026\ufffd]+|\.{2,}|_{2,}|[xX]{2,}"
    r"|(?:[=%][0-9A-Fa-f]{2})+|&#?\w+;"
)
"""What may stand for other characters: masks, cuts, and letters in a wrong encoding."""


class UnreadNames:
    """What could not be read of some exports, to find the names that may be in it."""

    def __init__(self, texts: Iterable[str | None]) -> None:
        known = [text for text in texts if text != ""]
        self._is_known = None not in known
        words = re.split(_BETWEEN_WORDS, "\n".join(filter(None, known)))
        self._folded = "\n".join(fold_lookalikes(words)) if self._is_known else ""
        self._masks = {*_list_masks(words)} if self._is_known else set()

    def find(self, forms: Collection[str]) -> set[str]:
        """Return those of some look-alike forms that may be among these names."""
        if not self._is_known:
            return {*forms}
        return {
            form
            for form in forms
            if form in self._folded or any(_fits(form, mask) for mask in self._masks)
        }


def _list_masks(words: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield what is seen of each name that is partly hidden."""
    for word in words:
        local = word.rpartition("\\")[2].partition("@")[0]
        parts = _HIDDEN.split(local.strip(_AROUND))
        if len(parts) > 1 and any(parts):
            yield tuple(fold_lookalikes(parts))


def _fits(form: str, mask: Sequence[str]) -> bool:
    """Tell whether a form has the parts of a mask, in this order, with anything between."""
    first, *between, last = mask
    if not (form.startswith(first) and form.endswith(last)):
        return False
    at, end = len(first), len(form) - len(last)
    for part in between:
        at = form.find(part, at, end) + len(part)
        if at < len(part):
            return False
    return at <= end
