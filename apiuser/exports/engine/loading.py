"""A huge export, read by DuckDB and counted separately."""

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice, product
from pathlib import Path
from typing import BinaryIO

from apiuser.credentials.matching import fold_local_parts, is_seen
from apiuser.errors import SourceError
from apiuser.exports.categories import code_kinds, code_statuses
from apiuser.exports.cells import clean_texts
from apiuser.exports.delimited.dialects import Dialect, find_dialect
from apiuser.exports.delimited.records import QuoteError, scan_records
from apiuser.exports.engine.database import RejectedError, StoredTable, open_database
from apiuser.exports.engine.large_table import LargeExport, LargeTable
from apiuser.exports.engine.last_records import count_last_footers
from apiuser.exports.engine.record_count import RecordCount, count_records
from apiuser.exports.engine.repeated_ids import hold_repeated
from apiuser.exports.engine.shifted_records import Triple, hold_shifted
from apiuser.exports.engine.statements import (
    WORDS,
    name_column,
    write_kinds,
    write_load,
    write_source,
    write_words,
)
from apiuser.exports.notices import describe_rows, look_at_names
from apiuser.exports.read_options import ReadOptions
from apiuser.exports.resources import Status, Summary, UserKind
from apiuser.exports.rows import Rows
from apiuser.exports.surroundings import UNDERLINE, is_dashes, is_row_count

_HEAD = 1 << 16
_MARK = b"\xef\xbb\xbf"
_SAMPLE = 1_000
_FEW = 50
_MOST_ODD = 1_000_000
"""With more names for Python to fold, DuckDB saves neither time nor memory."""
_AGAIN = 0.02
"""Seconds after which what waits is interrupted again."""
_MOST_WORDS = 200
"""With more words, a column holds something else; each number takes one byte."""

Words = Mapping[str, Sequence[str]]
"""The words of those `WORDS` columns that exist, in the order of their numbers."""
Pair = tuple[int, int]
"""The numbers of a licence type and a security level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What all records show.

    Attributes:
        triples: How many have each licence, security level and status.
        pairs: How many have each licence and security level.
        statuses: How many have each word in the column of statuses.
        nameless: How many of the names that DuckDB folds have no local part.
    """

    triples: Counter[Triple]
    pairs: Counter[Pair]
    statuses: Counter[int]
    nameless: int


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
    """
    try:
        return _read(file, path, name, options)
    except (RejectedError, SourceError, UnicodeEncodeError):
        return None


def _read(
    file: BinaryIO, path: Path, name: Path, options: ReadOptions
) -> LargeTable | None:
    beginning = _read_beginning(file, name, options)
    if beginning is None:
        return None
    encoding, text, dialect = beginning
    rows = Rows(name, dialect.headers, dialect.username, options.columns)
    rows.notices += dialect.notices
    if dialect.rule:
        rows.skipped_lines.append((dialect.rule, UNDERLINE))
    sample = _sample_words(text, dialect, rows)
    if sample is None:
        return None
    source = write_source(path, dialect)
    table = StoredTable(open_database())
    counting = partial(
        count_records,
        file,
        delimiter=dialect.delimiter,
        first_line=dialect.line,
        longest=options.max_cell,
    )
    with run_beside(counting, table.database.interrupt) as counted:
        words, facts = _load(table, source, rows, sample)
    if not counted or counted[0].records != facts.pairs.total():
        return None
    count = counted[0]
    rows.records = count.records
    ((odd_names,),) = table.database.run(f"select count(*) from {table.name} where odd")
    if odd_names > _MOST_ODD:
        return None
    found = table.database.run(
        f"select rowid + 1, name from {table.name} where odd order by rowid"
    )
    header = rows.find_header("username").strip()
    if any(
        name.strip() == header or is_dashes(name) or is_row_count(name)
        for _, name in found
    ) or (
        _holds_blank_lines(table, source, rows.width, found)
        or hold_shifted(table, source, rows, words, facts.triples)
        or hold_repeated(table, source, rows)
        or (footers := count_last_footers(table, source, rows, words, found)) is None
    ):
        return None
    rows.texts["username"] = clean_texts([name for _, name in found], is_name=True)
    rows.numbers.extend(number for number, _ in found)
    rows.lines.extend(map(count.find_line, rows.numbers))
    names = look_at_names(rows.texts["username"])
    statuses, odd_words = (
        code_statuses(words["status"], rows.find_header("status"))
        if "status" in words
        else (bytes(1), [])
    )
    kinds = _code_pairs(words)
    return LargeTable(
        path=name,
        encoding=encoding,
        delimiter=dialect.delimiter,
        headers=rows.headers,
        username_column=rows.find_header("username"),
        records=count.records,
        usernames=(),
        columns=dict.fromkeys(rows.positions.keys() - {"username"}, ()),
        lines=(),
        numbers=(),
        statuses=(),
        kinds=(),
        summary=Summary(
            statuses={
                status: sum(
                    facts.statuses[at] for at, s in enumerate(statuses) if s == status
                )
                for status in Status
            },
            kinds={
                kind: sum(n for pair, n in facts.pairs.items() if kinds[pair] == kind)
                for kind in UserKind
            },
            nameless=len(names.nameless) + facts.nameless,
            odd_names=len(names.changed) + len(names.wrapped),
            odd_signs=names.odd_signs,
            footers=footers,
            ids_number_rows=False,  # worked out when several exports are compared
        ),
        skipped_lines=len(rows.skipped_lines),
        doubts=tuple(rows.doubts),
        notices=tuple(
            describe_rows(
                rows,
                names,
                odd_words={
                    word: facts.statuses[words["status"].index(word)]
                    for word in odd_words
                },
                twice_encoded=count.twice_encoded,
            )
        ),
        export=LargeExport(
            path=path,
            name=name,
            found=os.fstat(file.fileno()),
            table=table,
            source=source,
            positions=rows.positions,
            words=words,
            statuses=statuses,
            kinds=kinds,
            api_users=_find_api_users(words),
            count=count,
            odd=_fold_odd(rows),
        ),
    )


def _holds_blank_lines(
    table: StoredTable, source: str, width: int, found: Sequence[tuple[int, str]]
) -> bool:
    """Tell whether all fields of a line are empty."""
    if all(name for _, name in found):
        return False
    empty = " and ".join(f"{name_column(at)} = ''" for at in range(width))
    ((lines,),) = table.database.run(f"select count(*) from {source} where {empty}")
    return bool(lines)


def _read_beginning(
    file: BinaryIO, name: Path, options: ReadOptions
) -> tuple[str, str, Dialect] | None:
    """Read the header, and leave the file after it.

    Returns:
        The encoding for people, the beginning of the text, and its layout; None if
        DuckDB cannot be told to begin there.
    """
    first = file.read(_HEAD)
    if options.encoding is not None or b"\0" in first:
        return None
    body = first.removeprefix(_MARK)
    marked = len(body) < len(first)
    text = body.decode("utf-8", "ignore")
    dialect = find_dialect(text, name, options, ended=False)
    if dialect is None:
        return None
    front = text[: dialect.start]
    # DuckDB counts what it skips by line feeds outside quotation marks.
    if (
        not body.startswith(front.encode())
        or "\r" in front.replace("\r\n", "")
        or any(line.count('"') % 2 for line in front.split("\n"))
    ):
        return None
    file.seek(marked * len(_MARK) + len(front.encode()))
    return f"UTF-8{' with BOM' * marked}", text, dialect


def _sample_words(text: str, dialect: Dialect, rows: Rows) -> Words | None:
    """Return the words that the first records show.

    None if DuckDB saves no time: with blank lines, or hardly any names.
    """
    found: dict[str, dict[str, None]] = {
        role: {} for role in WORDS if role in rows.positions
    }
    records = scan_records(
        text, delimiter=dialect.delimiter, start=dialect.start, ended=False
    )
    seen = blank = 0
    try:
        for record in islice(records, _SAMPLE):
            if record.blank:
                return None
            if len(record.fields) == rows.width:
                seen += 1
                blank += not record.fields[rows.positions["username"]].strip()
                for role, words in found.items():
                    words[record.fields[rows.positions[role]]] = None
    except QuoteError:
        pass  # DuckDB rejects the file
    if blank > max(seen / 2, _FEW):
        return None
    return {role: [*words] or [""] for role, words in found.items()}


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
        if count is not None:
            counted.append(count)
            return
        # An interrupt that comes before DuckDB has begun is lost.
        while not over.wait(_AGAIN):
            interrupt()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield counted
    except BaseException:
        stop.set()
        raise
    finally:
        over.set()
        thread.join()


def _load(
    table: StoredTable, source: str, rows: Rows, words: Words
) -> tuple[Words, _Facts]:
    """Put all records into the table, and again if there are words not known yet.

    Raises:
        RejectedError: A record is not as it must be, or a column does not hold words.
    """
    run = table.database.run
    while True:
        if any(len(some) > _MOST_WORDS for some in words.values()):
            raise RejectedError
        api_users = _find_api_users(words)
        run(write_load(table.name, source, rows, words, api_users))
        run(write_words(table.name))
        counted = run(
            f"select {', '.join(WORDS)}, count(*), count(*) filter (form is null and "
            f"not odd) from {table.name} group by all"
        )
        if not any(None in row for row in counted):
            break
        words = {
            role: _list_words(table, source, rows.positions[role]) for role in words
        }
    triples: Counter[Triple] = Counter()
    pairs: Counter[Pair] = Counter()
    statuses: Counter[int] = Counter()
    nameless = 0
    for license_type, level, status, number, blank in counted:
        triples[license_type, level, status] += number
        pairs[license_type, level] += number
        statuses[status] += number
        nameless += blank
    return words, _Facts(
        triples=triples, pairs=pairs, statuses=statuses, nameless=nameless
    )


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


def _find_api_users(words: Words) -> str:
    """Return the condition for API users, in SQL."""
    pairs = _code_pairs(words).items()
    return write_kinds(pair for pair, kind in pairs if kind == UserKind.API_USER)


def _list_words(table: StoredTable, source: str, position: int) -> list[str]:
    """Return all words of a column, in the order in which they first occur."""
    column = name_column(position)
    found = table.database.run(
        f"select {column} from (select {column}, row_number() over () as number from "
        f"{source}) group by {column} order by min(number) limit {_MOST_WORDS + 1}"
    )
    return [word for (word,) in found]


def _code_pairs(words: Words) -> dict[Pair, int]:
    """Return the kind of user for each licence and security level, by their numbers."""
    licenses, levels = words.get("license_type"), words.get("security_level")
    pairs = [*product(range(len(licenses or "?")), range(len(levels or "?")))]
    kinds = code_kinds(
        licenses and [licenses[at] for at, _ in pairs],
        levels and [levels[at] for _, at in pairs],
        size=len(pairs),
    )
    return dict(zip(pairs, kinds, strict=True))
