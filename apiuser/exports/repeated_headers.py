"""Headers where records should be, as in exports that were put below each other."""

from collections.abc import Iterable, Mapping, Sequence

from apiuser.exports.categories import says_status
from apiuser.exports.headers import TELLING_ROLES, list_header_forms, list_roles
from apiuser.exports.rows import Column
from apiuser.exports.vocabulary import fold_letters

_MARK = "\ufeff"
"""What files begin with that are put below each other byte by byte."""


def list_forms(headers: Iterable[str]) -> frozenset[str]:
    """Return what the username column of a header may hold, as `fold_letters` does.

    Args:
        headers: All headers of the file.
    """
    return list_header_forms().union(map(fold_letters, headers)) - {""}


def list_possible(
    names: Iterable[str], header: str, others: Sequence[str] = ()
) -> list[int]:
    """Return the places of names that may be headers, by themselves.

    Args:
        names: The texts of the username column.
        header: Its header.
        others: All headers of the file, which may come in another order.
    """
    forms, plain = list_forms([header, *others]), header.strip()
    # Nearly all names are nothing but letters and digits, or addresses.
    return [
        at
        for at, name in enumerate(names)
        if (
            name.lower() in forms
            if name.isascii() and name.isalnum()
            else "@" not in name and fold_letters(name) in forms
        )
        or name.strip() == plain
    ]


def is_told_header(text: str, header: str) -> bool:
    """Tell whether a cell under a header of states or kinds is that header."""
    form = fold_letters(header)
    same = fold_letters(text) == form != ""
    return same and not says_status(text)


def _list_told(
    headers: Mapping[Column, str], columns: Mapping[Column, Sequence[str]]
) -> set[int]:
    """Return the rows with a header under that header, where it tells something."""
    found: set[int] = set()
    for role in TELLING_ROLES:
        texts = columns.get(role, ())
        words = {text for text in {*texts} if is_told_header(text, headers[role])}
        if words:
            found.update(at for at, text in enumerate(texts) if text in words)
    return found


def find_headers(
    headers: Mapping[Column, str],
    columns: Mapping[Column, Sequence[str]],
    others: Sequence[str] = (),
) -> dict[int, bool]:
    """Return the rows that are headers, and whether each is that of the same columns.

    One that may be somebody's name, or has columns in another order, is not.

    Args:
        headers: The header of each column.
        columns: Its texts.
        others: All headers of the file.
    """
    own = {role: _strip(headers[role]) for role in columns}
    whole = {*map(fold_letters, others)} - {""}
    found = dict.fromkeys(_list_told(headers, columns), False)
    for at in list_possible(columns["username"], headers["username"], others):
        cells = {role: _strip(texts[at]) for role, texts in columns.items()}
        same = {role for role, text in cells.items() if _is_same(role, text, own[role])}
        # Somebody may be called login and be active under the header Active.
        telling = [
            role != "username" and not says_status(text) for role, text in cells.items()
        ]
        if cells == own:
            found[at] = True
        elif len(cells) == 1:
            name = cells["username"]
            if name in others or fold_letters(name) == fold_letters(own["username"]):
                found[at] = False
        elif any(telling) and all(
            role in same or list_roles([text]) or fold_letters(text) in whole
            for role, text in cells.items()
        ):
            found[at] = same == cells.keys()
    return found


def _strip(text: str) -> str:
    return text.strip().strip(_MARK).strip()


def _is_same(role: Column, text: str, header: str) -> bool:
    """Tell whether a cell is the header of its column, perhaps in other words."""
    form = fold_letters(text)
    return bool(form) and (form == fold_letters(header) or role in list_roles([text]))
