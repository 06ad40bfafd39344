"""Whether a huge export holds a header below its records."""

from collections.abc import Sequence

from apiuser.exports.engine.loaded_records import LoadedRecords
from apiuser.exports.engine.statements import name_column
from apiuser.exports.repeated_headers import (
    find_headers,
    is_told_header,
    list_forms,
    list_possible,
)
from apiuser.exports.rows import Rows

_SIGNS = "_-./"
"""What words of headers have between them, besides blanks, which are for Python."""


def holds_headers(
    loaded: LoadedRecords, rows: Rows, odd: Sequence[tuple[int, str]]
) -> bool:
    """Tell whether any record is a header, or may be one.

    Args:
        loaded: The records.
        rows: The headers, and where each known column is.
        odd: The names that Python has to fold, after the numbers of their records.
    """
    if any(
        is_told_header(word, rows.find_header(role))
        for role, words in loaded.words.items()
        for word in words
    ):
        return True
    header = rows.find_header("username")
    names = [name for _, name in odd]
    numbers = [odd[at][0] for at in list_possible(names, header, rows.headers)]
    form = "lower(name)"
    for sign in _SIGNS:
        form = f"replace({form}, '{sign}', '')"
    signed = " or ".join(f"contains(name, '{sign}')" for sign in _SIGNS)
    numbers += (
        number
        for (number,) in loaded.table.database.run(
            f"select rowid + 1 from {loaded.table.name} where ({signed}) and not odd "
            f"and not contains(name, '@') "
            f"and {form} in (select unnest(?::varchar[]))",
            sorted(list_forms([header, *rows.headers])),
        )
    )
    if not numbers:
        return False
    columns = ", ".join(map(name_column, rows.places.values()))
    found = loaded.table.database.run(
        f"select {columns} from (select {columns}, row_number() over () as number "
        f"from {loaded.source}) where number in (select unnest(?::bigint[]))",
        numbers,
    )
    texts = dict(zip(rows.places, zip(*found, strict=True), strict=True))
    headers = {column: rows.headers[at] for column, at in rows.places.items()}
    return bool(find_headers(headers, texts, rows.headers))
