"""Numbers of the API in one export against their labels in another."""

from collections import defaultdict
from collections.abc import Iterable

from apiuser.exports.vocabulary import fold_word


def find_form(texts: Iterable[str]) -> str:
    """Return what a column holds, `numbers` or `labels`; blank for both or neither."""
    found = {fold_word(text).isdecimal() for text in texts if text.strip()}
    if len(found) != 1:
        return ""
    return "numbers" if found.pop() else "labels"


def match_each(pairs: Iterable[tuple[str, str]]) -> bool:
    """Tell whether each number always meets one label, and each label one number."""
    partners: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        one, other = map(fold_word, pair)
        partners[one].add(other)
        partners[other].add(one)
    return all(len(found) == 1 for found in partners.values())
