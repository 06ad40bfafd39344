"""Numbers of the API in one export against their labels in another."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from apiuser.exports.vocabulary import fold_word


def find_form(texts: Iterable[str]) -> str:
    """Return what a column holds, `numbers` or `labels`; blank for both or neither."""
    found = {fold_word(text).isdecimal() for text in texts if text.strip()}
    if len(found) != 1:
        return ""
    return "numbers" if found.pop() else "labels"


def count_lone(pairs: Iterable[tuple[str, str]]) -> int | None:
    """Count the pairs of a number and a label that nothing bears out.

    One resource alone has each of them, so its number may well be that of another
    label. None where a number meets several labels, or a label several numbers.
    """
    met = Counter((fold_word(one), fold_word(other)) for one, other in pairs)
    partners: dict[str, set[str]] = defaultdict(set)
    for one, other in met:
        partners[one].add(other)
        partners[other].add(one)
    if any(len(found) > 1 for found in partners.values()):
        return None
    return sum(number == 1 for number in met.values())
