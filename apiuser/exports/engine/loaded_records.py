"""All records of a huge export in a table, where each word is a number."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from apiuser.exports.categories import code_kinds
from apiuser.exports.engine.database import RejectedError, StoredTable
from apiuser.exports.engine.statements import (
    WORDS,
    name_column,
    write_kinds,
    write_load,
    write_words,
)
from apiuser.exports.repeated_headers import list_forms
from apiuser.exports.resources import UserKind
from apiuser.exports.rows import Rows

_MOST_WORDS = 200
"""With more words, a column holds something else; each number takes one byte."""

Words = Mapping[str, Sequence[str]]
"""The words of those `WORDS` columns that exist, in the order of their numbers."""
Triple = tuple[int, int, int]
"""The numbers of a licence, a security level and a status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedRecords:
    """The records, and what all of them show.

    Attributes:
        table: The table that they are in.
        source: What reads them from the file, in SQL.
        words: The words of columns, in the order of their numbers.
        kinds: The kind of user by the numbers of licence and security level.
        api_users: The condition for API users, in SQL.
        triples: How many have each licence, security level and status.
        nameless: How many of the names that DuckDB folds have no local part.
    """

    table: StoredTable
    source: str
    words: Words
    kinds: Mapping[tuple[int, int], int]
    api_users: str
    triples: Counter[Triple]
    nameless: int


def load_records(
    table: StoredTable, source: str, rows: Rows, sample: Words
) -> LoadedRecords:
    """Put all records into a table, and again if the sample lacks any word.

    Args:
        table: The table.
        source: What reads the records.
        rows: The headers, and where each known column is.
        sample: The words that are known.

    Raises:
        RejectedError: A record is not as it must be, or a column does not hold words.
    """
    for words in _list_words(table, source, rows, sample):
        if any(len(some) > _MOST_WORDS for some in words.values()):
            break
        kinds = _code_kinds(words)
        api_users = write_kinds(kinds, UserKind.API_USER)
        table.database.run(write_load(table.name, source, rows, words, api_users))
        headers = list_forms([rows.find_header("username"), *rows.headers])
        table.database.run(write_words(table.name, headers))
        counted = _count_records(table)
        if not any(None in row for row in counted):
            return LoadedRecords(
                table=table,
                source=source,
                words=words,
                kinds=kinds,
                api_users=api_users,
                triples=Counter({(a, b, c): number for a, b, c, number, _ in counted}),
                nameless=sum(blank for *_, blank in counted),
            )
    raise RejectedError


def _list_words(
    table: StoredTable, source: str, rows: Rows, sample: Words
) -> Iterator[Words]:
    """Yield the sample, then all words in the order in which they first occur."""
    yield sample
    found: dict[str, list[str]] = {}
    for role in sample:
        column = name_column(rows.positions[role])
        words = table.database.run(
            f"select {column} from (select {column}, row_number() over () as number "
            f"from {source}) group by {column} order by min(number) "
            f"limit {_MOST_WORDS + 1}"
        )
        found[role] = [word for (word,) in words]
    yield found


def _code_kinds(words: Words) -> dict[tuple[int, int], int]:
    """Return the kind of user for each licence and security level, by their numbers."""
    licenses, levels = words.get("license_type"), words.get("security_level")
    pairs = [*product(range(len(licenses or "?")), range(len(levels or "?")))]
    kinds = code_kinds(
        licenses and [licenses[at] for at, _ in pairs],
        levels and [levels[at] for _, at in pairs],
        size=len(pairs),
    )
    return dict(zip(pairs, kinds, strict=True))


def _count_records(table: StoredTable) -> list[tuple[Any, ...]]:
    """Count the records with each licence, security level and status.

    Returns:
        The number of each word, or none for one that is not known, how many records
        have them, and in how many of these DuckDB finds no local part.
    """
    return table.database.run(
        f"select {', '.join(WORDS)}, count(*), count(*) filter (form is null and "
        f"not odd) from {table.name} group by all"
    )
