"""A huge export, read by DuckDB and counted separately."""

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from apiuser.credentials.matching import fold_local_parts, is_seen
from apiuser.errors import SourceError
from apiuser.exports.categories import code_statuses
from apiuser.exports.cells import clean_texts
from apiuser.exports.count_headers import ListFact
from apiuser.exports.delimited.delimited_text import begin_rows
from apiuser.exports.engine.database import RejectedError, StoredTable, open_database
from apiuser.exports.engine.first_records import (
    Beginning,
    read_beginning,
    sample_words,
)
from apiuser.exports.engine.large_table import LargeExport, LargeTable
from apiuser.exports.engine.last_records import count_last_footers
from apiuser.exports.engine.loaded_records import LoadedRecords, load_records
from apiuser.exports.engine.pasted_headers import holds_headers
from apiuser.exports.engine.record_count import RecordCount, count_records
from apiuser.exports.engine.repeated_ids import holds_repeated, list_repeated_codes
from apiuser.exports.engine.row_numbers import may_skip
from apiuser.exports.engine.shifted_records import holds_joined, holds_shifted
from apiuser.exports.engine.statements import name_column, write_source
from apiuser.exports.headers import TELLING_ROLES
from apiuser.exports.notices import (
    Names,
    add_odd_to_unread,
    describe_rows,
    look_at_names,
)
from apiuser.exports.read_options import ReadOptions
from apiuser.exports.resources import Status, Summary, UserKind
from apiuser.exports.rival_columns import compare_rival
from apiuser.exports.row_counts import add_tenants, find_total, list_counted
from apiuser.exports.rows import Rows
from apiuser.exports.side_tables import may_be_usernames
from apiuser.exports.skipped_lines import doubt_titles
from apiuser.exports.surroundings import is_dashes, is_row_count
from apiuser.exports.vocabulary import is_blank

_MOST_ODD = 1_000_000
"""With more names for Python to fold, DuckDB saves neither time nor memory."""
_MOST_PAIRS = 10_000
"""With more, one of two columns holds something else than words."""
_SOME = 1000
"""So many words of a column show whether they may be usernames."""
_AGAIN = 0.02
"""Seconds after which what waits is interrupted again."""


def read_large(
    file: BinaryIO, path: Path, name: Path, options: ReadOptions
) -> LargeTable | None:
    """Read a huge export in UTF-8; None if the reader of records has to.

    Args:
        file: The file, from its beginning.
        path: Where it is.
        name: What messages call it.
        options: How to read it.

    Raises:
        AccessError: There is no room on disk for what does not fit into memory.
        BrokenEngineError: DuckDB cannot be used.
    """
    try:
        return _read(file, path, name, options)
    except (RejectedError, SourceError, UnicodeEncodeError):
        return None


def _read(file: BinaryIO, path: Path, name: Path, options: ReadOptions) -> LargeTable:
    beginning = read_beginning(file, name, options)
    rows = begin_rows(beginning.dialect, name, options)
    copies = {*rows.rivals.values()}.difference(TELLING_ROLES)
    if rows.blocks or rows.name_width or copies:  # Python looks at their texts
        raise RejectedError
    loaded, count = _load(file, path, beginning, rows, options)
    rows.records = count.records
    _drop_unheaded(loaded, rows)
    odd = _list_odd(loaded.table)
    _leave_to_records(loaded, rows, odd)
    footers = count_last_footers(loaded, rows, odd)
    _drop_rivals(loaded, rows)
    _drop_counts(loaded, rows)
    _add_odd(rows, odd, count)
    names = look_at_names(rows.texts["username"])
    add_odd_to_unread(rows, rows.texts["username"], names)
    statuses, odd_words = _code_statuses(loaded, rows)
    summary = _sum_up(loaded, statuses, names, footers)
    rows.doubts |= doubt_titles(rows, summary.statuses, summary.kinds)
    export = LargeExport(
        path=path,
        name=name,
        found=os.fstat(file.fileno()),
        table=loaded.table,
        source=loaded.source,
        positions=rows.positions,
        words=loaded.words,
        statuses=statuses,
        kinds=loaded.kinds,
        api_users=loaded.api_users,
        count=count,
        odd=_fold_odd(rows),
    )
    return LargeTable(
        path=name,
        encoding=beginning.encoding,
        delimiter=beginning.dialect.delimiter,
        headers=rows.headers,
        username_column=rows.find_header("username"),
        records=count.records,
        usernames=(),
        columns=dict.fromkeys(rows.positions.keys() - {"username"}, ()),
        lines=(),
        numbers=(),
        statuses=(),
        kinds=(),
        summary=summary,
        used=rows.used,
        skipped_lines=len(rows.skipped_lines),
        doubts=tuple(rows.doubts),
        unread=rows.unread.joined,
        tenants=rows.tenants,
        notices=tuple(
            describe_rows(
                rows,
                names,
                odd_words=odd_words,
                unknown=summary.statuses[Status.UNKNOWN],
                twice_encoded=count.twice_encoded,
            )
        ),
        export=export,
    )


def _load(
    file: BinaryIO, path: Path, beginning: Beginning, rows: Rows, options: ReadOptions
) -> tuple[LoadedRecords, RecordCount]:
    """Load all records and count them, each in its own way.

    Raises:
        RejectedError: They do not come to the same number.
    """
    dialect = beginning.dialect
    sample = sample_words(beginning, rows)
    source = write_source(path, dialect)
    table = StoredTable(open_database())
    counting = partial(
        count_records,
        file,
        dialect,
        longest=options.max_cell,
    )
    with run_beside(counting, table.database.interrupt) as counted:
        loaded = load_records(table, source, rows, sample)
    if not counted or counted[0].records != loaded.triples.total():
        raise RejectedError
    return loaded, counted[0]


@contextmanager
def run_beside(
    work: Callable[..., RecordCount | None], interrupt: Callable[[], None]
) -> Iterator[list[RecordCount]]:
    """Count in a thread alongside the block; what was counted is there at its end.

    Args:
        work: Counts; returns None if only the reader of records can.
        interrupt: Stops what the block waits for, if it is no longer needed.
    """
    counted: list[RecordCount] = []
    stop, over = threading.Event(), threading.Event()

    def run() -> None:
        try:
            count = work(stop=stop)
        except (OSError, MemoryError):
            return  # the reader of records will say so
        except ValueError:
            if stop.is_set():  # the file may be closed by now
                return
            raise
        if count is not None:
            counted.append(count)
            return
        # An interrupt that comes before DuckDB has begun is lost.
        while not over.wait(_AGAIN):
            interrupt()

    thread = threading.Thread(target=run)
    try:
        thread.start()  # where Ctrl-C may come, too
        yield counted
    except BaseException:
        stop.set()
        raise
    finally:
        over.set()
        if thread.is_alive():
            thread.join()


def _list_odd(table: StoredTable) -> Sequence[tuple[int, str]]:
    """Return the names that Python has to fold, after the numbers of their records.

    Raises:
        RejectedError: There are too many.
    """
    ((number,),) = table.database.run(f"select count(*) from {table.name} where odd")
    if number > _MOST_ODD:
        raise RejectedError
    return table.database.run(
        f"select rowid + 1, name from {table.name} where odd order by rowid"
    )


def _leave_to_records(
    loaded: LoadedRecords, rows: Rows, odd: Sequence[tuple[int, str]]
) -> None:
    """Leave the file to the reader of records if that has something to say.

    Raises:
        RejectedError: It has.
    """
    if (
        _holds_lines(odd)
        or holds_headers(loaded, rows, odd)
        or _holds_blank_lines(loaded, rows, odd)
        or holds_joined(loaded, rows)
        or holds_shifted(loaded, rows)
        or holds_repeated(loaded, rows)
    ):
        raise RejectedError


def _holds_lines(odd: Sequence[tuple[int, str]]) -> bool:
    """Tell whether any name is a line of dashes or a count of rows."""
    return any(is_dashes(name) or is_row_count(name) for _, name in odd)


def _holds_blank_lines(
    loaded: LoadedRecords, rows: Rows, odd: Sequence[tuple[int, str]]
) -> bool:
    """Tell whether all fields of a line are empty."""
    if all(name for _, name in odd):
        return False
    empty = " and ".join(f"{name_column(at)} = ''" for at in range(rows.width))
    ((lines,),) = loaded.table.database.run(
        f"select count(*) from {loaded.source} where {empty}"
    )
    return bool(lines)


def _drop_unheaded(loaded: LoadedRecords, rows: Rows) -> None:
    """Drop the columns without a header, unless usernames may be in one.

    Raises:
        RejectedError: They may.
    """
    for at in rows.unheaded:
        column = name_column(at)
        found = loaded.table.database.run(
            f"select {column} from {loaded.source} where {column} <> '' limit {_SOME}"
        )
        words = [word.strip() for (word,) in found if not is_blank(word)]
        if may_be_usernames(words):
            raise RejectedError
        del rows.beside[at]


def _drop_rivals(loaded: LoadedRecords, rows: Rows) -> None:
    """Drop the columns that say the same as another one, if they agree with it.

    Raises:
        RejectedError: One contradicts it, so the reader of records has to list where.
    """
    for at, role in rows.rivals.items():
        columns = ", ".join(map(name_column, (rows.positions[role], at)))
        pairs = loaded.table.database.run(
            f"select distinct {columns} from {loaded.source} limit {_MOST_PAIRS + 1}"
        )
        texts, others = zip(*pairs, strict=True) if pairs else ((), ())
        found = compare_rival(rows, at, texts, others)
        if len(pairs) > _MOST_PAIRS or found.places:
            raise RejectedError
        del rows.beside[at]


def _drop_counts(loaded: LoadedRecords, rows: Rows) -> None:
    """Drop the columns about the list, if none shows a fault.

    Raises:
        RejectedError: One may, so the reader of records has to say so.
    """
    for at, told in rows.counts.items():
        if _is_amiss(loaded, rows, at, told):
            raise RejectedError
        del rows.beside[at]


def _is_amiss(loaded: LoadedRecords, rows: Rows, at: int, told: ListFact) -> bool:
    if told is ListFact.NUMBER:
        return may_skip(loaded, at, rows.records)
    column = name_column(at)
    found = loaded.table.database.run(
        f"select distinct {column} from {loaded.source} limit {_MOST_PAIRS + 1}"
    )
    texts = [text for (text,) in found]
    if told is ListFact.TOTAL:
        return find_total(texts, rows.records) > 0
    if told is ListFact.TENANT:
        add_tenants(rows, at, texts)
    return len(texts) > _MOST_PAIRS or (
        told is ListFact.COUNT and bool(list_counted(texts, 0))
    )


def _code_statuses(loaded: LoadedRecords, rows: Rows) -> tuple[bytes, dict[str, int]]:
    """Return a status for each word of that column, and how often odd ones occur."""
    if "status" not in loaded.words:
        return bytes(1), {}
    words = loaded.words["status"]
    statuses, odd = code_statuses(words, inverted=rows.is_inverted)
    numbers: Counter[str] = Counter()
    for (*_, at), number in loaded.triples.items():
        numbers[words[at]] += number
    return statuses, {word: numbers[word] for word in odd}


def _add_odd(rows: Rows, odd: Sequence[tuple[int, str]], count: RecordCount) -> None:
    """Add the names that Python has to fold, and where they are."""
    rows.texts["username"] = clean_texts([name for _, name in odd], is_name=True)
    rows.numbers.extend(number for number, _ in odd)
    rows.lines.extend(map(count.find_line, rows.numbers))


def _fold_odd(rows: Rows) -> Mapping[int, tuple[str, str]]:
    """Return the names that have a local part by number, with their look-alike forms."""
    names = rows.texts["username"]
    return {
        number: (name, form)
        for number, name, form in zip(
            rows.numbers, names, fold_local_parts(names), strict=True
        )
        # A name of nothing but accents has no form, but is a name.
        if form or is_seen(name.partition("@")[0])
    }


def _sum_up(
    loaded: LoadedRecords, statuses: bytes, names: Names, footers: int
) -> Summary:
    """Return what all records show.

    Args:
        loaded: The records.
        statuses: The status that each word of that column means.
        names: What the names show that Python has to fold.
        footers: How many records may be footers.
    """
    triples = loaded.triples.items()
    return Summary(
        statuses={
            status: sum(n for (*_, at), n in triples if statuses[at] == status)
            for status in Status
        },
        kinds={
            kind: sum(n for (a, b, _), n in triples if loaded.kinds[a, b] == kind)
            for kind in UserKind
        },
        nameless=len(names.nameless) + loaded.nameless,
        odd_names=len(names.odd),
        odd_signs=names.odd_signs,
        footers=footers,
        ids_number_rows=False,  # worked out when several exports are compared
        codes=list_repeated_codes(loaded),
    )
