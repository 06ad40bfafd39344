"""The last records of a huge export, which may be footers."""

from collections.abc import Iterable

from apiuser.exports.engine.database import RejectedError
from apiuser.exports.engine.loaded_records import LoadedRecords
from apiuser.exports.engine.statements import WORDS, name_column
from apiuser.exports.rows import Rows
from apiuser.exports.surroundings import MOST_FOOTER_LINES, find_footers, says_total


def count_last_footers(
    loaded: LoadedRecords, rows: Rows, odd: Iterable[tuple[int, str]]
) -> int:
    """Count what may be footers.

    Args:
        loaded: The records.
        rows: The headers, where each known column is, and how many records there are.
        odd: The names that Python has to fold, with the numbers of their records.

    Raises:
        RejectedError: The reader of records has to list some.
    """
    totals = {number for number, name in odd if says_total(name)}
    if not _may_end_oddly(loaded):
        return len(totals)
    before = max(rows.records - MOST_FOOTER_LINES - 1, 0)
    columns = ", ".join(map(name_column, rows.places.values()))
    found = loaded.table.database.run(
        f"select {columns} from {loaded.source} offset {before}"
    )
    texts = dict(zip(rows.places, zip(*found, strict=True), strict=True))
    last = find_footers(texts, range(before + 1, rows.records + 1))
    if any(last.values()):
        raise RejectedError
    return len(totals | {before + 1 + at for at in last})


def _may_end_oddly(loaded: LoadedRecords) -> bool:
    """Tell whether the last record may be a footer."""
    table, words = loaded.table, loaded.words
    found = table.database.run(
        f"select name, {', '.join(WORDS)} from {table.name} order by rowid desc limit 1"
    )
    if not found:
        return False
    ((name, *codes),) = found
    known = (
        words[role][code]
        for role, code in zip(WORDS, codes, strict=True)
        if role in words
    )
    named = name.strip() and not name.strip()[0].isdecimal()
    return says_total(name) or not (named and any(map(str.strip, known)))
