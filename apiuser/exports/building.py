"""A table built from the records of a reader, with what their words mean."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import chain
from typing import TypeVar

from apiuser.exports.categories import code_kinds, code_statuses
from apiuser.exports.cells import clean_texts, write_ids
from apiuser.exports.footers import count_possible_footers, find_totals
from apiuser.exports.notices import describe_rows, look_at_names
from apiuser.exports.resources import ResourceTable, Status, Summary, UserKind
from apiuser.exports.rows import Rows
from apiuser.exports.shifted_rows import describe_crossed, find_shifted
from apiuser.exports.surroundings import AGAIN, find_surroundings

FEWEST_COUNTED = 5
"""With fewer records, IDs may be the numbers from 1 on by chance."""
_MOVED = "Export the resources again without moving any column."
_MOST_DIGITS = 100
"""No row number has more digits than this, however many leading zeros it has."""
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
    rows.doubts += rows.doubt_names()
    crossed = [*describe_crossed(rows)]
    rows.notices += (f"{rows.path}: {one}. {_MOVED}" for one in crossed)
    size = len(rows.lines)
    texts = {
        role: clean_texts(column, is_name=role in {"username", "email"})
        for role, column in rows.texts.items()
    }
    if "resource_id" in texts:
        texts["resource_id"] = write_ids(texts["resource_id"])
    usernames = texts.pop("username")
    odd: list[str] = []
    statuses = bytes(size)
    if "status" in texts:
        statuses, odd = code_statuses(texts["status"], rows.find_header("status"))
    kinds = code_kinds(
        texts.get("license_type"), texts.get("security_level"), size=size
    )
    names = look_at_names(usernames)
    odd_rows = frozenset([*names.changed, *names.wrapped, *_list_stored(rows)])
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
            changed=len(odd_rows),
            odd_signs=names.odd_signs,
            footers=footers,
            parts=_count_parts(rows, headers),
            ids_number_rows=_number_rows(texts.get("resource_id", ()), rows.records),
        ),
        skipped_lines=len(rows.skipped_lines),
        unreadable=tuple(rows.unreadable),
        notices=tuple(
            describe_rows(rows, names, odd_words=odd, twice_encoded=twice_encoded)
        ),
        unread_sheets=tuple(unread_sheets),
        lacks_pages=lacks_pages,
        gaps=tuple(gaps),
        doubts=(*rows.doubts, *crossed),
        odd_rows=odd_rows,
    )


def _list_stored(rows: Rows) -> Iterator[int]:
    """Yield the rows whose username was not stored as text."""
    if rows.stored_otherwise:
        for at, number in enumerate(rows.numbers):
            if number in rows.stored_otherwise:
                yield at


def _count_parts(rows: Rows, headers: Sequence[int]) -> tuple[int, ...]:
    """Count the records before, between and after lines that are the header again."""
    if not headers:
        return ()
    unreadable = (one.record for one in rows.unreadable)
    found = Counter(bisect(headers, one) for one in chain(rows.numbers, unreadable))
    return tuple(found[part] for part in range(len(headers) + 1))


def _count(codes: bytes, kind: type[Code]) -> dict[Code, int]:
    # Leaving bytes out is many times faster than counting them.
    return {c: len(codes) - len(codes.translate(None, bytes([c]))) for c in kind}


def _number_rows(ids: Sequence[str], most: int) -> bool:
    """Tell whether the IDs are just the numbers from 0 or 1 on, in any order.

    Args:
        ids: The texts of the column.
        most: The number of the last record.
    """
    if len(ids) < FEWEST_COUNTED:
        return False
    texts, joined = ids, "".join(ids)
    if not joined.isdigit():
        texts = [text.strip() for text in ids]
        joined = "".join(texts)
    if "" in texts or not (joined.isascii() and joined.isdigit()):
        return False
    if max(map(len, texts)) > _MOST_DIGITS or int(texts[0]) > most:
        return False  # like Autotask's IDs, of which one is enough
    numbers = set(map(int, texts))
    return len(numbers) == len(texts) and max(numbers) <= most
