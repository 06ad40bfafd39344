"""A table built from the records of a reader, with what their words mean."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import chain
from typing import TypeVar

from apiuser.errors import count_noun
from apiuser.exports.categories import code_kinds, code_statuses
from apiuser.exports.cells import clean_texts, write_ids
from apiuser.exports.changed_names import count_alike
from apiuser.exports.encodings import find_asserted
from apiuser.exports.joined_records import (
    ONE_EACH,
    describe_joined,
)
from apiuser.exports.notices import (
    Names,
    add_odd_to_unread,
    describe_rows,
    look_at_names,
)
from apiuser.exports.numbered_names import describe_numbered
from apiuser.exports.padding import describe_cut_names, trim_names
from apiuser.exports.pseudonyms import describe_codes
from apiuser.exports.resource_ids import (
    FEWEST_CUT,
    REPEATED,
    list_changed,
    list_codes,
    list_repeats,
    list_turns,
    number_rows,
    read_ids,
)
from apiuser.exports.resources import ResourceTable, Status, Summary, UserKind
from apiuser.exports.rival_columns import (
    Rivalry,
    describe_rivals,
    drop_rivals,
)
from apiuser.exports.row_counts import drop_counts
from apiuser.exports.rows import AS_THEY_ARE, Rows, show_lines
from apiuser.exports.shifted_rows import describe_crossed, find_shifted
from apiuser.exports.side_tables import (
    SideTable,
    describe_side_tables,
    describe_unheaded,
    drop_side_tables,
    drop_unheaded,
)
from apiuser.exports.skipped_lines import doubt_titles
from apiuser.exports.surroundings import (
    AGAIN,
    PERHAPS,
    count_possible_footers,
    find_surroundings,
    find_totals,
)

_MOVED = "Export the resources again without moving any column."
_QUOTED = "Correct these marks, or export again"
_WIDER = "Export again with a wider column"
_APART = (
    "Save them as a file of their own, and name its columns; if they tell more of the "
    "same resources, delete the empty column before them."
)
_BELOW = "Put all usernames below each other in one column, or delete the other."
_UNMASKED = "Export the usernames as they are."
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
    side_tables, unheaded = drop_side_tables(rows), drop_unheaded(rows)
    # Said at once, since the rows below those left out move up.
    rows.doubts |= _doubt_layout(rows, side_tables, unheaded)
    headers = _leave_out_others(rows)
    rivals, counts = drop_rivals(rows), drop_counts(rows)
    cut = trim_names(rows)
    texts = _clean(rows)
    usernames = texts.pop("username")
    names = look_at_names(usernames)
    ids = read_ids(texts.get("resource_id", ()))
    hidden = [
        *_describe_masks(usernames, names),
        *describe_codes(rows, usernames),
        *describe_numbered(rows, usernames, ids),
    ]
    if hidden:
        rows.unread.lose()
    add_odd_to_unread(rows, usernames, names)
    # What is left is only looked at.
    asserted = _list_asserted(usernames, encoding)
    rows.doubts |= describe_rivals(rows, rivals)
    rows.doubts |= counts
    rows.doubts |= dict.fromkeys(describe_joined(rows, texts, ids), ONE_EACH)
    rows.doubts |= _doubt_records(rows, cut, ids, hidden)
    rows.notices += _describe_changed(rows, texts, ids)
    rows.notices += _describe_asserted(rows, asserted, encoding)
    said, odd_words = _code_statuses(rows, texts)
    statuses = _leave_open(said, rows, rivals)
    kinds = code_kinds(
        texts.get("license_type"), texts.get("security_level"), size=len(usernames)
    )
    rows.doubts |= doubt_titles(rows, _count(statuses, Status), _count(kinds, UserKind))
    odd_rows = names.odd.union(asserted, _list_stored(rows))
    return ResourceTable(
        path=rows.path,
        encoding=encoding,
        delimiter=delimiter,
        headers=rows.headers,
        username_column=rows.find_header("username"),
        records=len(usernames),
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
            footers=count_possible_footers(rows),
            parts=_count_parts(rows, _list_begins(rows, headers, ids, statuses)),
            ids_number_rows=number_rows(ids, rows.records),
            codes=list_codes(ids),
        ),
        used=rows.used,
        skipped_lines=len(rows.skipped_lines),
        unreadable=tuple(rows.unreadable),
        unread=rows.unread.joined,
        tenants=rows.tenants,
        rivals=tuple({rows.rivals[at]: None for at in rivals}),
        notices=tuple(
            describe_rows(
                rows,
                names,
                odd_words=odd_words,
                unknown=said.count(Status.UNKNOWN),
                twice_encoded=twice_encoded,
            )
        ),
        unread_sheets=tuple(unread_sheets),
        lacks_pages=lacks_pages,
        gaps=tuple(gaps),
        doubts=tuple(rows.doubts),
        odd_rows=odd_rows,
    )


def _doubt_layout(
    rows: Rows, side_tables: Iterable[SideTable], unheaded: Iterable[SideTable]
) -> dict[str, str]:
    """Say what is odd about the layout of a file, and what to do."""
    doubts = dict.fromkeys(describe_side_tables(rows, side_tables), _APART)
    doubts |= dict.fromkeys(describe_unheaded(rows, unheaded), _BELOW)
    if rows.enclosing:
        where = show_lines(rows.enclosing, what="record in line")
        doubts[f"quotation marks seem to enclose whole rows ({where})"] = _QUOTED
    return doubts


def _doubt_records(
    rows: Rows, cut: Sequence[int], ids: Sequence[int], hidden: Sequence[str]
) -> dict[str, str]:
    """Say why records may not be what they are taken for, and what to do.

    Args:
        rows: The records.
        cut: The rows of usernames that may be cut.
        ids: The Resource IDs.
        hidden: What seems to be in the place of usernames, as sentences.
    """
    return {
        **dict.fromkeys(describe_cut_names(rows, cut), _WIDER),
        **dict.fromkeys(rows.doubt_names(), AS_THEY_ARE),
        **dict.fromkeys(describe_crossed(rows), _MOVED),
        **dict.fromkeys(_describe_repeats(rows, ids), REPEATED),
        **dict.fromkeys(hidden, _UNMASKED),
    }


def _leave_out_others(rows: Rows) -> list[int]:
    """Leave out what is no record, and return the numbers of headers among them."""
    found, wrong = find_surroundings(rows)
    headers = [
        rows.numbers[at]
        for at, what in {**found, **wrong}.items()
        if what in {AGAIN, PERHAPS}
    ]
    rows.leave_out(found, wrong)
    rows.leave_out({}, find_totals(rows))
    shifted = find_shifted(rows)
    rows.leave_out({}, shifted)
    if shifted and rows.width > len(rows.columns):
        rows.unread.lose()  # the name may be in a column that is not read
    return headers


def _clean(rows: Rows) -> dict[str, list[str]]:
    """Return the texts of all columns without what surrounds them."""
    texts = {
        role: clean_texts(column, is_name=role in {"username", "email"})
        for role, column in rows.texts.items()
    }
    if "resource_id" in texts:
        texts["resource_id"] = write_ids(texts["resource_id"])
    return texts


def _describe_repeats(rows: Rows, ids: Sequence[int]) -> Iterator[str]:
    """Say which records have the Resource ID of another, if any have."""
    if repeats := list_repeats(ids):
        has = "has" if len(repeats) == 1 else "have"
        yield (
            f"{count_noun(len(repeats), 'record')} {has} the Resource ID of one above "
            f"({rows.list_lines(repeats)})"
        )


def _describe_changed(
    rows: Rows, texts: Mapping[str, Sequence[str]], ids: Sequence[int]
) -> Iterator[str]:
    """Say which Resource IDs a spreadsheet seems to have changed, if any."""
    if changed := list_changed(texts.get("resource_id", ()), ids):
        yield (
            f"{rows.path}: {count_noun(len(changed), 'Resource ID')} that a spreadsheet "
            "seems to have changed, and that are not taken as IDs "
            f"({rows.list_lines(changed)}). Export again and do not save the file in "
            "between."
        )


def _describe_masks(usernames: Sequence[str], names: Names) -> Iterator[str]:
    """Say how many usernames seem to be masked, if most do and no other shows it."""
    if alike := not names.wrapped and count_alike(usernames):
        yield (
            f"{alike} of {len(usernames)} usernames seem to be masked alike, by x, * "
            "or _"
        )


def _list_asserted(usernames: Sequence[str], encoding: str) -> list[int]:
    """Return the rows whose letters depend on the encoding that a person gave."""
    if not find_asserted(encoding):
        return []
    return [at for at, name in enumerate(usernames) if not name.isascii()]


def _describe_asserted(
    rows: Rows, asserted: Sequence[int], encoding: str
) -> Iterator[str]:
    """Say which usernames depend on the encoding that a person gave, if any do."""
    if asserted:
        yield (
            f"{rows.path}: {count_noun(len(asserted), 'username')} with non-ASCII "
            f"letters ({rows.list_lines(asserted)}), read as {find_asserted(encoding)} "
            "because that was given: another encoding has other letters for the same "
            "bytes. Export as UTF-8, or as a workbook."
        )


def _code_statuses(
    rows: Rows, texts: Mapping[str, Sequence[str]]
) -> tuple[bytes, dict[str, int]]:
    """Return a status for each row, and how many have each word not understood."""
    if "status" not in texts:
        return bytes(len(rows.lines)), {}
    words = texts["status"]
    statuses, odd = code_statuses(words, inverted=rows.is_inverted)
    numbers = Counter(words) if odd else {}
    return statuses, {word: numbers[word] for word in odd}


def _leave_open(statuses: bytes, rows: Rows, rivals: Mapping[int, Rivalry]) -> bytes:
    """Return the statuses, without those that another column contradicts."""
    found = (one.places for at, one in rivals.items() if rows.rivals[at] == "status")
    known = bytearray(statuses)
    for at in chain.from_iterable(found):
        known[at] = Status.UNKNOWN
    return bytes(known)


def _list_stored(rows: Rows) -> Iterator[int]:
    """Yield the rows whose username was not stored as text."""
    if rows.stored_otherwise:
        for at, number in enumerate(rows.numbers):
            if number in rows.stored_otherwise:
                yield at


def _list_begins(
    rows: Rows, headers: Sequence[int], ids: Sequence[int], statuses: bytes
) -> list[int]:
    """Return the numbers of the records with which a part begins.

    Args:
        rows: The records.
        headers: The numbers of records that are the header again.
        ids: Their Resource IDs.
        statuses: Their statuses.
    """
    turns = list_turns(ids) or ([] if headers else _find_halves(statuses))
    return sorted([*headers, *(rows.numbers[at] for at in turns)])


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
