"""What each column of an export holds, by known headers; data is not guessed from."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from apiuser.errors import Remedy, SourceError, join_some, show_start
from apiuser.exports.read_options import HEADER_ROLES, RAISE
from apiuser.exports.vocabulary import (
    HeaderWords,
    fold_letters,
    list_words,
    load_header_words,
)

KIND_ROLES = ("license_type", "security_level")
"""The columns that say what kind of user each is."""
TELLING_ROLES = ("status", *KIND_ROLES)
"""The columns that say whether a resource is active and what kind of user it is."""
CHOOSE = "Name one of these."
"""What to do if a column that was named is not there."""
_BY_NUMBER = "by its number, such as {} for the first of them"
_SIGNS = re.compile(r"[.:/\\>\[\]]+")
_ENTITY = ("resource", "resources")
_COMMON = re.compile(r".*[_\- ]")
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_BEFORE_WORD = ("resource", "user", "autotask")
"""What may come before a header without a sign, as in Resource Status."""
_BEFORE_SIGN = frozenset(
    {
        *("resource", "resources", "item", "items", "value", "record", "user"),
        "autotaskresource",
    }
)
"""What may come before a header with a sign, as in resource.userName.

Any other prefix, as in wh_resource[user_name], counts if all headers of a file have it.
"""
_LABELS = ("label", "name", "text", "description")
"""What may come after the header of a number, as in licenseTypeLabel."""
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
"""What may be between two fields, and what people call it."""
DELIMITERS = "".join(DELIMITER_NAMES)


@cache
def _list_names(role: str) -> tuple[str, ...]:
    """Return the folded headers of a role; an earlier one wins over a later one."""
    return tuple(
        name
        for some in load_header_words()
        if some.role == role
        for name in _fold_names(some)
    )


@cache
def list_known_forms(role: str) -> frozenset[str]:
    """Return the headers of a role, as `fold_letters` folds them."""
    return frozenset(_list_names(role))


@cache
def list_header_forms() -> frozenset[str]:
    """Return all known headers, as `fold_letters` folds them."""
    return frozenset(name for role in HEADER_ROLES for name in _list_names(role))


def _fold_names(some: HeaderWords) -> list[str]:
    plain = [fold_letters(name) for name in some.names]
    labels = [name + end for name in plain for end in _LABELS if some.labels]
    return [*labels, *plain] if some.labels == "first" else [*plain, *labels]


@cache
def list_inverted_forms() -> frozenset[str]:
    """Return the headers of states under which a yes means inactive, folded."""
    return frozenset(
        fold_letters(name)
        for some in load_header_words()
        if some.inverted
        for name in some.names
    )


def _fold(header: str) -> str:
    """Fold a header; one that the delimiter of another reading splits is unknown."""
    return fold_letters(header) if DELIMITER_NAMES.keys().isdisjoint(header) else ""


def is_inverted(headers: Sequence[str], status: int) -> bool:
    """Tell whether a yes in the status column means inactive.

    Args:
        headers: All headers, since what they share is no part of the word.
        status: The position of the column.
    """
    known = list_known_forms("status").intersection
    # The last form is the one without the most prefixes: in_active says Active if all
    # headers begin with in_.
    found = [form for form in list_bare_forms(headers)[status] if known([form])]
    return bool(found) and found[-1] in list_inverted_forms()


def find_column(headers: Sequence[str], name: str) -> list[int]:
    """Return the positions of a header, or of a column number, that a person gave."""
    wanted, number = fold_letters(name), name.strip()
    exact = [at for at, header in enumerate(headers) if header.strip() == number]
    found = exact or [
        at
        for at, header in enumerate(headers)
        if wanted and fold_letters(header) == wanted
    ]
    if not found and names_number(number) and int(number) <= len(headers):
        return [int(number) - 1]
    return found


def names_number(column: str) -> bool:
    """Tell whether a person named a column by its number, from 1."""
    return _NUMBER.fullmatch(column.strip()) is not None


def find_usernames(headers: Sequence[str], column: str | None) -> list[int]:
    """Return the positions of all username columns, or of the one asked for."""
    if column is not None:
        return find_column(headers, column)
    wanted = list_known_forms("username")
    folded = [*map(_fold, headers)]
    found = [at for at, form in enumerate(folded) if form in wanted]
    return found or [
        at
        for at, forms in enumerate(_strip_prefixes(headers))
        if not wanted.isdisjoint(forms)
    ]


def map_columns(
    headers: Sequence[str], username: int, columns: Mapping[str, str]
) -> tuple[dict[str, int], list[str]]:
    """Return the position of each known column, and the headers that occur twice.

    A role whose header occurs twice is left out: nothing says which one counts.

    Args:
        headers: The headers.
        username: The position of the username column.
        columns: The header that a person named for each role.
    """
    folded = [[_fold(header)] for header in headers]
    stripped = _strip_prefixes(headers)
    positions = {"username": username}
    doubled = []
    for role in HEADER_ROLES[1:]:
        found = find_column(headers, columns[role]) if role in columns else []
        found = found or _find_first(folded, role) or _find_first(stripped, role)
        if len(found) > 1:
            doubled.append(headers[found[0]].strip())
        elif found and found[0] != username:
            positions[role] = found[0]
    return positions, doubled


def _find_first(forms: Sequence[Sequence[str]], role: str) -> list[int]:
    """Return the positions of the first of a role's headers that occurs."""
    occurring = {form for some in forms for form in some}
    for name in _list_names(role):
        if name in occurring:
            return [at for at, some in enumerate(forms) if name in some]
    return []


def _strip_prefixes(headers: Sequence[str]) -> list[list[str]]:
    """Return the folded forms of each header without the prefixes it may have."""
    parts = [[*filter(None, map(fold_letters, _split(h)))] or [""] for h in headers]
    fronts = {part[0] if len(part) > 1 else "" for part in parts}
    shared = len(fronts) == 1 and len(headers) > 1
    common = fold_letters(_find_common(headers))
    known = _BEFORE_SIGN | (fronts if shared else set())
    return [
        [
            *(
                "".join(part[n:])
                for n in range(1, len(part))
                if part[n - 1] in known or part[n - 1].endswith(_ENTITY)
            ),
            *(
                part[0].removeprefix(word)
                for word in {*_BEFORE_WORD, common}
                if len(part) == 1 and part[0].startswith(word)
            ),
        ]
        for part in parts
    ]


def _leave_out_common(headers: Sequence[str]) -> list[str]:
    """Return the headers without the prefix of all, up to a sign, as in r_id."""
    common = _find_common(headers)
    return [header[len(common) :] for header in headers]


def _find_common(headers: Sequence[str]) -> str:
    """Return the prefix of all headers, up to a sign, as in r_id and r_user_name."""
    folded = sorted(header.casefold() for header in headers)
    if len(folded) < 2:  # noqa: PLR2004  # nothing is common to one
        return ""
    first, last = folded[0], folded[-1]
    same = [one == other for one, other in zip(first, last, strict=False)]
    begun = first[: [*same, False].index(False)]
    found = _COMMON.match(begun)
    return found[0] if found else ""


def _split(header: str) -> list[str]:
    return _SIGNS.split(header) if DELIMITER_NAMES.keys().isdisjoint(header) else []


def name_api_fields(headers: Sequence[str]) -> bool:
    """Tell whether headers name the API's fields, in any case or as license_type.

    A grid may write Username like that too, which alone says nothing.
    """
    fields = {field.casefold() for field in list_words("api field")}
    texts = [*headers, *_leave_out_common(headers)]
    names = {part for text in texts for part in _SIGNS.split(text.strip())}
    return "userName" in names or bool(
        (fields - {"username"}) & {name.casefold().replace("_", "") for name in names}
    )


def list_roles(headers: Sequence[str]) -> list[str]:
    """Return what the columns with these headers hold, as far as it is known."""
    found = {role for some in list_each(headers) for role in some}
    return [role for role in HEADER_ROLES if role in found]


def list_each(headers: Sequence[str]) -> list[list[str]]:
    """Return what each of the columns holds, as far as it is known."""
    return [
        [role for role in HEADER_ROLES if not list_known_forms(role).isdisjoint(forms)]
        for forms in list_bare_forms(headers)
    ]


def list_unknown_blocks(headers: Sequence[str]) -> list[list[int]]:
    """Return columns that are none but unknown ones, with an empty one before or after."""
    known = list_each(headers)
    gaps = [at for at, header in enumerate(headers) if not header.strip()]
    blocks = [
        [*range(one + 1, other)]
        for one, other in pairwise([-1, *gaps, len(headers)])
        if other - one > 1
    ]
    return [block for block in blocks if gaps and not any(known[at] for at in block)]


def list_bare_forms(headers: Sequence[str]) -> list[list[str]]:
    """Return the folded forms of each header, with its prefixes and without."""
    stripped = _strip_prefixes(headers)
    return [[_fold(h), *forms] for h, forms in zip(headers, stripped, strict=True)]


def show_headers(headers: Sequence[str], limit: int = 20) -> str:
    """Return headers for a message: odd characters are escaped, long lists cut."""
    return join_some([*map(show_start, headers[:limit])], len(headers))


def list_choice(headers: Sequence[str], *, choose: bool = True) -> str:
    """List the headers that there are, and ask to choose one of them."""
    return f"the headers are: {show_headers(headers)}.{f' {CHOOSE}' * choose}"


def refuse_wide_header(columns: int, path: Path, *, line: int, most: int) -> None:
    """Refuse a header with too many columns.

    Raises:
        SourceError: It has more than `most`.
    """
    if columns > most:
        reason = f"there are {columns} columns, above the limit of {most}."
        advice = Remedy(option="max_columns", advice=RAISE)
        raise SourceError(reason, path=path, line=line, remedies=(advice,))


def choose_username(
    headers: Sequence[str], found: Sequence[int], path: Path, *, line: int
) -> int:
    """Return the position of the one username column.

    Raises:
        SourceError: There are several.
    """
    if len(found) > 1:
        names = show_headers([headers[at] for at in found])
        reason = f"there are {len(found)} username columns ({names})."
        same = len({headers[at].strip() for at in found}) == 1
        remedy = Remedy(
            option="column",
            value=str(found[0] + 1) if same else None,
            advice=f"Keep one of them in the export, or name one {_BY_NUMBER}."
            if same
            else "Keep one of them in the export, or name one with {}.",
        )
        raise SourceError(reason, path=path, line=line, remedies=(remedy,))
    return found[0]
