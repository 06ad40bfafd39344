"""Whether a column of a huge export numbers its rows, and skips a number."""

from apiuser.exports.engine.loaded_records import LoadedRecords
from apiuser.exports.engine.statements import name_column

_PLAIN = "[0-9]{1,15}"
_WRITTEN = r"[0-9.,'')\s\p{Z}]+"
"""What a number may be written with, blanks around it included."""


def may_skip(loaded: LoadedRecords, at: int, records: int) -> bool:
    """Tell whether a column may number the rows, but not all.

    Args:
        loaded: The records.
        at: The position of the column.
        records: How many records there are.
    """
    column = name_column(at)
    ((others, written),) = loaded.table.database.run(
        f"select count(*) filter (not regexp_full_match({column}, '{_PLAIN}')), "
        f"count(*) filter (not regexp_full_match({column}, '{_WRITTEN}')) "
        f"from {loaded.source}"
    )
    if others:
        return not written  # the reader of records knows what is a number
    ((first, last, different),) = loaded.table.database.run(
        "select min(number), max(number), count(distinct number) "
        f"from (select {column}::bigint as number from {loaded.source})"
    )
    return (
        first in {0, 1}
        and different == records
        and records <= last - first < 2 * records
    )
