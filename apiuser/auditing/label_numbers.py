"""Numbers of the API in one export compared with their labels in another."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from apiuser.auditing.resource_pairs import ChangeKind, Resource
from apiuser.exports.categories import number_license
from apiuser.exports.vocabulary import fold_word

_NUMBERED = (ChangeKind.LICENSE, ChangeKind.LEVEL)
"""What the API writes as numbers and the list of resources as labels."""

Unlike = AbstractSet[tuple[ChangeKind, str, str]]
"""What one of two exports writes as numbers and the other as labels."""


def find_unlike(resources: Iterable[Resource]) -> Unlike:
    """Return what one of two exports has as numbers and the other as labels."""
    texts: dict[tuple[ChangeKind, str], list[str]] = defaultdict(list)
    for resource in resources:
        for kind in _NUMBERED:
            texts[kind, resource.file].append(resource.texts.get(kind, ""))
    forms = {place: _find_form(column) for place, column in texts.items()}
    return {
        (kind, file, other)
        for kind, file in forms
        for same, other in forms
        if same == kind
        and {forms[kind, file], forms[kind, other]} == {"numbers", "labels"}
    }


def meet(
    kind: ChangeKind, before: Resource, after: Resource, unlike: Unlike
) -> tuple[str, str] | None:
    """Return both texts if one is a number, the other a label, and none is blank."""
    was, now = before.texts.get(kind, ""), after.texts.get(kind, "")
    if (kind, before.file, after.file) not in unlike or not (
        was.strip() and now.strip()
    ):
        return None
    return was, now


def match_labels(
    couples: Iterable[tuple[Resource, Resource]], unlike: Unlike
) -> Mapping[ChangeKind, int | None]:
    """Count, for each kind, the resources whose number and label no other one confirms.

    None if a number has several labels, or a label several numbers.
    """
    met: dict[ChangeKind, list[tuple[str, str]]] = defaultdict(list)
    unsure = set()
    for before, after in couples:
        for kind in _NUMBERED:
            pair = meet(kind, before, after, unlike)
            same = pair and is_same_number(kind, *pair)
            if pair and same is None:
                unsure.add(kind)
            # A value that has changed does not show the label.
            if pair and same is not False:
                met[kind].append(pair)
    return {kind: _count_lone(met[kind]) for kind in _NUMBERED if kind in unsure}


def is_same_number(kind: ChangeKind, was: str, now: str) -> bool | None:
    """Tell whether two licence types have the same number; None if it is not known."""
    if kind is not ChangeKind.LICENSE:
        return None
    numbers = number_license(was), number_license(now)
    return numbers[0] == numbers[1] if all(numbers) else None


def _find_form(texts: Iterable[str]) -> str:
    """Return what a column holds, `numbers` or `labels`; blank for both or neither."""
    found = {fold_word(text).isdecimal() for text in texts if text.strip()}
    if len(found) != 1:
        return ""
    return "numbers" if found.pop() else "labels"


def _count_lone(pairs: Iterable[tuple[str, str]]) -> int | None:
    """Count the pairs of a number and a label that nothing confirms.

    Only one resource has them, so its number may in fact belong to another label. None
    if a number meets several labels, or a label several numbers.
    """
    met = Counter((fold_word(one), fold_word(other)) for one, other in pairs)
    partners: dict[str, set[str]] = defaultdict(set)
    for one, other in met:
        partners[one].add(other)
        partners[other].add(one)
    if any(len(found) > 1 for found in partners.values()):
        return None
    return sum(number == 1 for number in met.values())
