"""Long lists page by page, searched by the names in them."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from apiuser.files.sheet_data import Shown

Item = TypeVar("Item")


def describe_page_of(  # noqa: PLR0913  # what differs between lists, by keyword
    items: Sequence[Item],
    *,
    size: int,
    text: str,
    start: int,
    names: Callable[[Item], Iterable[str]],
    describe: Callable[[Item], Shown],
) -> Shown:
    """Describe a page of a list.

    Args:
        items: The list.
        size: How many are on a page.
        text: What a name of those that are shown holds; blank for all.
        start: Where the page begins among them; the last page if it is beyond.
        names: Returns the names of one.
        describe: Describes one.
    """
    wanted = text.strip().casefold()
    found = items
    if wanted:
        found = [
            item
            for item in items
            if any(wanted in name.casefold() for name in names(item))
        ]
    start = max(0, min(start, (len(found) - 1) // size * size))
    return {
        "rows": [describe(item) for item in found[start : start + size]],
        "start": start,
        "found": len(found),
        "total": len(items),
    }
