"""Headers where records should be, as in exports that were put below each other."""

from collections.abc import Iterable, Mapping, Sequence

from apiuser.exports.categories import says_status
from apiuser.exports.headers import list_header_forms, list_roles
from apiuser.exports.vocabulary import fold_letters

_MARK = "\ufeff"
"""What files begin with that are put below each other byte by byte."""


def list_forms(header: str) -> frozenset[str]:
    """Return what the username column of a header may hold, as `fold_letters` does.

    Args:
        header: The header of the usernames.
    """
    return (list_header_forms() | {fold_letters(header)}) - {""}


def list_possible(names: Iterable[str], header: str) -> list[int]:
    """Return the places of names that may be headers, by themselves.

    Args:
        names: The texts of the username column.
        header: Its header.
    """
    forms, plain = list_forms(header), header.strip()
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


def find_headers(
    headers: Mapping[str, str], columns: Mapping[str, Sequence[str]]
) -> dict[int, bool]:
    """Return the rows that are headers, and whether each is that of the same columns.

    One that may be somebody's name, or has columns in another order, is not.

    Args:
        headers: The header of each known column.
        columns: Its texts.
    """
    own = {role: _strip(headers[role]) for role in columns}
    found = {}
    for at in list_possible(columns["username"], headers["username"]):
        cells = {role: _strip(texts[at]) for role, texts in columns.items()}
        same = {role for role, text in cells.items() if _is_same(role, text, own[role])}
        # Somebody may be called login and be active under the header Active.
        telling = [
            role != "username" and not says_status(text) for role, text in cells.items()
        ]
        if cells == own:
            found[at] = True
        elif len(cells) == 1:
            if fold_letters(cells["username"]) == fold_letters(own["username"]):
                found[at] = False
        elif any(telling) and all(
            role in same or list_roles([text]) for role, text in cells.items()
        ):
            found[at] = same == cells.keys()
    return found


def _strip(text: str) -> str:
    return text.strip().strip(_MARK).strip()


def _is_same(role: str, text: str, header: str) -> bool:
    """Tell whether a cell is the header of its column, perhaps in other words."""
    form = fold_letters(text)
    return bool(form) and (form == fold_letters(header) or role in list_roles([text]))
