"""Headers of columns that say something about the list, such as how long it is."""

from collections.abc import Collection, Sequence
from enum import Enum

from apiuser.exports.headers import list_bare_forms, list_header_forms
from apiuser.exports.vocabulary import fold_words


class Told(Enum):
    """What a column says about the list; its value is what `cell_words.txt` calls it."""

    COUNT = "header of a count"  # how many rows each one stands for
    TOTAL = "header of a total"  # how many records there are in all


def find_counts(headers: Sequence[str], apart: Collection[int]) -> dict[int, Told]:
    """Return what columns say about the list, by their positions.

    Args:
        headers: All headers.
        apart: The positions of columns that hold something else.
    """
    found = {}
    for at, forms in enumerate(list_bare_forms(headers)):
        told = [one for one in Told if not fold_words(one.value).isdisjoint(forms)]
        told += [Told.COUNT] * any(map(_counts_column, forms))
        if told and at not in apart:
            found[at] = told[0]
    return found


def _counts_column(form: str) -> bool:
    """Tell whether a header counts what is in a column, as in Count of Username."""
    known = list_header_forms()
    begins = fold_words("before what is counted")
    return any(
        form.startswith(begin) and form.removeprefix(begin) in known for begin in begins
    )
