"""Headers of columns that say something about the list, such as how long it is."""

from collections.abc import Collection, Sequence
from enum import Enum

from apiuser.exports.headers import list_bare_forms, list_header_forms
from apiuser.exports.vocabulary import fold_word, fold_words


class ListFact(Enum):
    """What a column says about the list; its value is what `cell_words.txt` calls it."""

    COUNT = "header of a count"  # how many rows each one stands for
    TOTAL = "header of a total"  # how many records there are in all
    NUMBER = "header of row numbers"
    TENANT = "header of a tenant"


def find_counts(headers: Sequence[str], apart: Collection[int]) -> dict[int, ListFact]:
    """Return what columns say about the list, by their positions.

    Args:
        headers: All headers.
        apart: The positions of columns that hold something else.
    """
    pairs = enumerate(zip(headers, list_bare_forms(headers), strict=True))
    found = {at: _find_told(*pair) for at, pair in pairs if at not in apart}
    return {at: told for at, told in found.items() if told}


def _find_told(header: str, forms: Sequence[str]) -> ListFact | None:
    # Resource No. numbers something else, so that no prefix is left out.
    if fold_word(header) in fold_words(ListFact.NUMBER.value):
        return ListFact.NUMBER
    for told in (ListFact.TOTAL, ListFact.TENANT):
        if not fold_words(told.value).isdisjoint(forms):
            return told
    known, begins = list_header_forms(), fold_words("before what is counted")
    counted = not fold_words(ListFact.COUNT.value).isdisjoint(forms) or any(
        form.startswith(begin) and form.removeprefix(begin) in known
        for form in forms
        for begin in begins
    )
    return ListFact.COUNT if counted else None
