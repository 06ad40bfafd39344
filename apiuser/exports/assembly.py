"""A table built from the records of a reader, with what their words mean."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import chain
from typing import TypeVar

from apiuser.errors import count_noun
from apiuser.exports.categories import code_kinds, code_statuses
from apiuser.exports.cells import clean_texts, write_ids
from apiuser.exports.changed_names import count_alike
from apiuser.exports.encodings import find_asserted
from apiuser.exports.notices import describe_rows, look_at_names
from apiuser.exports.resource_ids import (
    FEWEST_CUT,
    REPEATED,
    list_changed,
    list_repeats,
    list_turns,
    number_rows,
    read_ids,
)
from apiuser.exports.resources import ResourceTable, Status, Summary, UserKind
from apiuser.exports.rows import AS_THEY_ARE, Rows
from apiuser.exports.shifted_rows import describe_crossed, find_shifted
from apiuser.exports.surroundings import (
    AGAIN,
    count_possible_footers,
    find_surroundings,
    find_totals,
)

_MOVED = "Export the resources again without moving any column."
Code = TypeVar("Code", bound=IntEnum)


def build_table(  # noqa: PLR0913  # what readers know, by keyword
    rows: Rows,
    *,
    encoding: str,
    delimiter: str = "",
    twice_encoded: bool = False,
    unread_sheets: Sequence[str] = (),
    lacks_pages: bool | None = None,
    gaps: Sequence[str] = (),
) -> ResourceTable:
    """Encode the status and kind of each user, count, and say what is odd.

    Args:
        rows: The records.
        encoding: The encoding found or given, for people.
        delimiter: The character between two fields.
        twice_encoded: Whether accents look as if they were encoded twice.
        unread_sheets: The other sheets of a workbook that hold anything.
        lacks_pages: Whether an answer of the API names a page that is not in the file;
            None if nothing says so.
        gaps: Where answers of the API do not contain what they claim.
    """
    found, wrong = find_surroundings(rows)
    headers = [rows.numbers[at] for at, what in found.items() if what == AGAIN]
    rows.leave_out(found, wrong)
    rows.leave_out({}, find_totals(rows))
    rows.leave_out({}, find_shifted(rows))
    footers = count_possible_footers(rows)
    rows.doubts |= dict.fromkeys(rows.doubt_names(), AS_THEY_ARE)
    rows.doubts |= dict.fromkeys(describe_crossed(rows), _MOVED)
    size = len(rows.lines)
    texts = {
        role: clean_texts(column, is_name=role in {"username", "email"})
        for role, column in rows.texts.items()
    }
    if "resource_id" in texts:
        texts["resource_id"] = write_ids(texts["resource_id"])
    ids = read_ids(texts.get("resource_id", ()))
    if repeats := list_repeats(ids):
        has = "has" if len(repeats) == 1 else "have"
        said = (
            f"{count_noun(len(repeats), 'record')} {has} the Resource ID of one above"
        )
        rows.doubts[f"{said} ({rows.list_lines(repeats)})"] = REPEATED
    if changed := list_changed(texts.get("resource_id", ()), ids):
        rows.notices.append(
            f"{rows.path}: {count_noun(len(changed), 'Resource ID')} that a spreadsheet "
            "seems to have changed, and that are not taken as IDs "
            f"({rows.list_lines(changed)}). Export again and do not save the file in "
            "between."
        )
    usernames = texts.pop("username")
    odd: dict[str, int] = {}
    statuses = bytes(size)
    if "status" in texts:
        words = texts["status"]
        statuses, unknown = code_statuses(words, rows.find_header("status"))
        if unknown:
            numbers = Counter(words)
            odd = {word: numbers[word] for word in unknown}
    turns = list_turns(ids) or ([] if headers else _find_halves(statuses))
    begins = sorted([*headers, *(rows.numbers[at] for at in turns)])
    kinds = code_kinds(
        texts.get("license_type"), texts.get("security_level"), size=size
    )
    names = look_at_names(usernames)
    if alike := not names.wrapped and count_alike(usernames):
        said = f"{alike} of {size} usernames seem to be masked alike, by x, * or _"
        rows.doubts[said] = "Export the usernames as they are."
    asserted = []
    if given := find_asserted(encoding):
        asserted = [at for at, name in enumerate(usernames) if not name.isascii()]
    if asserted:
        rows.notices.append(
            f"{rows.path}: {count_noun(len(asserted), 'username')} with letters beyond "
            f"ASCII ({rows.list_lines(asserted)}), read as {given} because that was "
            "given: another encoding has other letters for the same bytes. Export as "
            "UTF-8, or as a workbook."
        )
    odd_rows = frozenset(
        [*names.changed, *names.wrapped, *asserted, *_list_stored(rows)]
    )
    return ResourceTable(
        path=rows.path,
        encoding=encoding,
        delimiter=delimiter,
        headers=rows.headers,
        username_column=rows.find_header("username"),
        records=size,
        usernames=usernames,
        columns=texts,
        lines=rows.lines,
        numbers=rows.numbers,
        statuses=statuses,
        kinds=kinds,
        summary=Summary(
            statuses=_count(statuses, Status),
            kinds=_count(kinds, UserKind),
            nameless=len(names.nameless),
            odd_names=len(odd_rows),
            odd_signs=names.odd_signs,
            footers=footers,
            parts=_count_parts(rows, begins),
            ids_number_rows=number_rows(ids, rows.records),
        ),
        skipped_lines=len(rows.skipped_lines),
        unreadable=tuple(rows.unreadable),
        notices=tuple(
            describe_rows(rows, names, odd_words=odd, twice_encoded=twice_encoded)
        ),
        unread_sheets=tuple(unread_sheets),
        lacks_pages=lacks_pages,
        gaps=tuple(gaps),
        doubts=tuple(rows.doubts),
        odd_rows=odd_rows,
    )


def _list_stored(rows: Rows) -> Iterator[int]:
    """Yield the rows whose username was not stored as text."""
    if rows.stored_otherwise:
        for at, number in enumerate(rows.numbers):
            if number in rows.stored_otherwise:
                yield at


def _find_halves(statuses: bytes) -> list[int]:
    """Return the row with which the other half begins, if each is in one piece."""
    rest = statuses.lstrip(statuses[:1])
    if len(statuses) <= FEWEST_CUT or not rest or rest.strip(rest[:1]):
        return []
    return [len(statuses) - len(rest)]


def _count_parts(rows: Rows, begins: Sequence[int]) -> tuple[int, ...]:
    """Count the records before, between and after those with which a part begins."""
    if not begins:
        return ()
    unreadable = (one.record for one in rows.unreadable)
    found = Counter(bisect(begins, one) for one in chain(rows.numbers, unreadable))
    return tuple(found[part] for part in range(len(begins) + 1))


def _count(codes: bytes, kind: type[Code]) -> dict[Code, int]:
    # Leaving bytes out is many times faster than counting them.
    return {c: len(codes) - len(codes.translate(None, bytes([c]))) for c in kind}
