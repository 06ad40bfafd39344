"""Rows whose cells are in the wrong columns, by what the other rows show.

A row counts only if one of its columns has what another column has in most rows, and
that other column has something else here. A blank proves nothing, as many people have
no e-mail address; nor does an unknown word, such as Terminated.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from apiuser.errors import count_noun, show_start
from apiuser.exports.categories import code_kinds, says_status
from apiuser.exports.cells import SEPARATORS
from apiuser.exports.changed_names import MAY_BE_OWN
from apiuser.exports.resource_ids import LEAST_ID_DIGITS
from apiuser.exports.rows import SURE_ID_DIGITS, Rows
from apiuser.exports.vocabulary import (
    fold_letters,
    fold_word,
    fold_words,
    is_blank,
    write_whole_number,
)

NUMBER_PATTERN = rf"\s*[0-9]+(?:[{SEPARATORS}][0-9]+)*\s*"
"""How IDs are written, for Python and for DuckDB."""
_ALIKE = ("resource_id", "email")
"""Columns with nothing of another kind, except for a few rows or blanks."""


class _Content(NamedTuple):
    """What a column holds in most rows.

    Attributes:
        role: What the column is.
        name: What it holds, for people.
        fits: Tells whether a text is that.
    """

    role: str
    name: str
    fits: Callable[[str], bool]


def is_number(text: str) -> bool:
    """Tell whether a text is a number as IDs are written."""
    if text.isalnum():
        return text.isascii() and text.isdigit()
    return re.fullmatch(NUMBER_PATTERN, text) is not None


@lru_cache(1 << 10)
def names_license(text: str) -> bool:
    """Tell whether a text names a licence type."""
    return code_kinds([text], None, size=1) != bytes(1)


class Crossed(NamedTuple):
    """Rows whose username seems to be in another column.

    Attributes:
        numbers: Those with a number for a name, and a name among the IDs.
        mails: Those with an address for a name, and a name among the addresses.
        copied: Those whose username is their ID.
        moved: Those whose username is the ID of another one.
    """

    numbers: list[int]
    mails: list[int]
    copied: list[int]
    moved: list[int]


_CONTENTS = (
    _Content(role="resource_id", name="a number", fits=is_number),
    _Content(role="email", name="an e-mail address", fits=lambda text: "@" in text),
    _Content(role="status", name="active or inactive", fits=says_status),
    _Content(role="license_type", name="a licence type", fits=names_license),
)
_TAKERS = (
    *("username", "resource_id", "email", "status", "license_type"),
    "security_level",
)
"""The columns that may have what belongs into another one."""


def find_shifted(
    rows: Rows, columns: Mapping[str, Sequence[str]] | None = None
) -> dict[int, str]:
    """Return the rows whose cells are in the wrong columns, and what shows it.

    Args:
        rows: The rows.
        columns: Their texts by role, if the rows do not have them.
    """
    columns = rows.texts if columns is None else columns
    found: dict[int, str] = {}
    misfits: set[int] = set()
    untold: set[int] = set()
    suspects: set[int] = set()
    for content in _CONTENTS:
        texts = columns.get(content.role, ())
        lacking = _list_lacking(texts, content)
        if content.role in _ALIKE:
            misfits.update(_list_misfits(texts, lacking))
        elif len(lacking) <= _count_few(texts):
            untold.update(lacking)
        elsewhere = [*_find_elsewhere(columns, lacking, content)]
        for at, role, sure in elsewhere:
            if sure or at in misfits or at in suspects:
                found.setdefault(
                    at,
                    f"a shifted row: {_name(rows, role)} has {content.name}, and "
                    f"{_name(rows, content.role)} has none",
                )
        suspects.update(at for at, *_ in elsewhere)
    for at in misfits & untold:
        found.setdefault(at, "a row whose cells do not fit their columns")
    return found


def find_crossed(columns: Mapping[str, Sequence[str]]) -> Crossed:
    """Return the rows whose username is an ID or an e-mail address by the cell beside.

    Args:
        columns: The texts by role.
    """
    names = columns["username"]
    crossed: list[int] = []
    copied: list[int] = []
    candidates: list[tuple[int, frozenset[str]]] = []
    numbers, emails = (columns.get(role, ()) for role in _ALIKE)
    for at, whole in enumerate(names if numbers else ()):
        if whole[:1].isalpha() or not is_number(name := whole.partition("@")[0]):
            continue
        number = numbers[at]
        if not (is_blank(number) or is_number(number)):
            crossed.append(at)
        elif len(fold_letters(name)) >= LEAST_ID_DIGITS:
            written = _write_number(name)
            if written.isdisjoint(_write_number(number)):
                candidates.append((at, written))
            else:
                copied.append(at)
    ids = _write_numbers(numbers if candidates else ())
    moved = [at for at, one in candidates if not one.isdisjoint(ids)]
    suffixes = "@" in "".join(names)
    mails = [
        at
        for at, (name, email) in enumerate(
            zip(names, emails if suffixes else (), strict=False)
        )
        if "@" in name and not ("@" in email or is_blank(email))
    ]
    # A username may have a suffix beside a word for no address.
    different = len({emails[at] for at in mails})
    sure = different > 1 and (
        2 * len(mails) > len(names)
        or (different == len(mails) and _have_addresses(names, emails))
    )
    return Crossed(numbers=crossed, mails=mails * sure, copied=copied, moved=moved)


def _write_number(text: str) -> frozenset[str]:
    """Return the digits of a number, and without the point that a spreadsheet adds."""
    return frozenset({fold_letters(text), write_whole_number(text)} - {""})


def _write_numbers(texts: Sequence[str]) -> set[str]:
    """Return what `_write_number` returns for any of many texts."""
    joined = "\n".join(("", *texts))
    if "\n0" not in joined and joined.isascii() and "".join(texts).isdigit():
        return {*texts}  # as in nearly all exports
    plain = {
        text
        for text in texts
        if text.isdigit() and text.isascii() and not text.startswith("0")
    }
    return plain.union(*map(_write_number, {*texts} - plain))


def _have_addresses(names: Sequence[str], emails: Sequence[str]) -> bool:
    """Tell whether most records have an e-mail address, and a name without a suffix."""
    pairs = zip(names, emails, strict=True)
    return 2 * sum("@" in email and "@" not in name for name, email in pairs) > len(
        names
    )


def describe_crossed(rows: Rows) -> Iterator[str]:
    """Say where usernames and other cells are in each other's columns, or the same."""
    found = find_crossed(rows.texts)
    for some, what, role in (
        (found.numbers, "a number", "resource_id"),
        (found.mails, "an e-mail address", "email"),
    ):
        if some:
            yield (
                f"{count_noun(len(some), 'record')} {'has' if len(some) == 1 else 'have'} "
                f"{what} in {_name(rows, 'username')} and a name in "
                f"{_name(rows, role)} ({rows.list_lines(some)})"
            )
    for some, whose in ((found.copied, "the same"), (found.moved, "another")):
        if some:
            are = "is" if len(some) == 1 else "are"
            yield (
                f"{count_noun(len(some), 'username')} {are} the Resource ID of {whose} "
                f"record ({rows.list_lines(some)})"
            )


def _list_lacking(texts: Sequence[str], content: _Content) -> list[int]:
    """Return the rows that lack what a column holds, unless most have something else."""
    if content.role == "email":
        lacking = [at for at, text in enumerate(texts) if "@" not in text]
    elif content.role == "resource_id" and "".join(texts).isdigit() and all(texts):
        return []  # as in nearly all exports
    else:
        held = {text for text in {*texts} if content.fits(text)}
        lacking = [at for at, text in enumerate(texts) if text not in held]
    others = sum(not is_blank(texts[at]) for at in lacking)
    return lacking if len(texts) - len(lacking) >= max(1, others) else []


def _list_misfits(texts: Sequence[str], lacking: Sequence[int]) -> list[int]:
    """Return the rows with a word of another kind, if few have anything else."""
    others = [at for at in lacking if not is_blank(texts[at])]
    few = len(others) <= _count_few(texts)
    return [at for at in others if few and _is_misfit(texts[at])]


def _count_few(texts: Sequence[str]) -> int:
    """Return how many rows may lack what a column has in nearly all of them."""
    return max(1, len(texts) // 10)


def _find_elsewhere(
    columns: Mapping[str, Sequence[str]], lacking: Sequence[int], content: _Content
) -> Iterator[tuple[int, str, bool]]:
    """Yield rows that lack what a column holds, where they have it, and if that is sure.

    If the state is blank and the licence type is Active, that is the role of the
    licence type; it is sure if there is another word instead of the blank.
    Somebody may be called Professional, or have an e-mail address or a short number for
    a username; nobody is called Active where the status is another word.
    """
    for role in _TAKERS:
        if role == content.role or role not in columns:
            continue
        texts = columns[role]
        hits = [at for at in lacking if _is_taken(content, role, texts[at])]
        # Where many have it, the column holds the same.
        if not hits or 2 * sum(map(content.fits, texts)) >= len(texts) + len(hits):
            continue
        may_be_called = role == "username" and content.role != "status"
        for at in hits:
            sure = not (may_be_called or is_blank(columns[content.role][at]))
            if content.role == "resource_id":
                sure = sure or len(fold_letters(texts[at])) >= SURE_ID_DIGITS
            yield at, role, sure


def is_displaced(role: str, text: str) -> bool:
    """Tell whether a text of one column may belong into another one."""
    return any(
        _is_taken(content, role, text) for content in _CONTENTS if content.role != role
    )


def _is_taken(content: _Content, role: str, text: str) -> bool:
    """Tell whether a column has what belongs into another one, and not just a code."""
    if content.role == "license_type" and role == "security_level":
        return False  # levels may have the names of licences
    return content.fits(text) and not _is_code(text, content)


def _is_misfit(text: str) -> bool:
    """Tell whether a text may belong into another column; a remark such as no mail not.

    It is one word, and none for what is not known.
    """
    return len(text.split()) == 1 and fold_word(text) not in fold_words(
        "no known username", MAY_BE_OWN
    )


def _is_code(text: str, content: _Content) -> bool:
    """Tell whether a text is too short to be out of place, such as a number or an x."""
    if content.role == "email":
        return False
    word = fold_letters(text)
    if content.role == "resource_id":
        return len(word) < LEAST_ID_DIGITS
    return "@" in text or len(word) < 2 or word.isdecimal()  # noqa: PLR2004


def _name(rows: Rows, role: str) -> str:
    return f"the column {show_start(rows.find_header(role))}"
