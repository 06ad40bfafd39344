"""Whether a huge export has cells in the wrong columns, or no real usernames.

DuckDB tells whether there may be any, and Python looks at all rows only then; the
reader of records lists them.
"""

from apiuser.exports.categories import says_status
from apiuser.exports.cells import clean_texts
from apiuser.exports.changed_names import LOOKED_AT, count_alike
from apiuser.exports.engine.database import StoredTable
from apiuser.exports.engine.loaded_records import LoadedRecords
from apiuser.exports.engine.statements import (
    LOCAL_PART,
    MOST_NUMBER,
    name_column,
    quote,
    write_joined,
    write_long_number,
)
from apiuser.exports.joined_records import list_joined_states
from apiuser.exports.numbered_names import cut_suffixes, list_built
from apiuser.exports.pseudonyms import MOST_LOCAL, count_step, may_be_codes
from apiuser.exports.resource_ids import number_rows, read_ids
from apiuser.exports.rows import Rows
from apiuser.exports.shifted_rows import (
    NUMBER_PATTERN,
    find_crossed,
    find_shifted,
    is_displaced,
    names_license,
)


def holds_shifted(loaded: LoadedRecords, rows: Rows) -> bool:
    """Tell whether cells may be in the wrong columns, or usernames be something else.

    Args:
        loaded: The records.
        rows: The headers, and where each known column is; it has no rows.
    """
    if _seem_others(loaded.table, rows):
        return True
    words = loaded.words.items()
    if not (
        any(is_displaced(role, word) for role, some in words for word in some)
        or _may_be_crossed(loaded.table)
        or _may_be_displaced(loaded, rows)
    ):
        return False
    names = ", ".join(map(name_column, rows.positions.values()))
    found = loaded.table.database.run(f"select {names} from {loaded.source}")
    columns = dict(zip(rows.positions, zip(*found, strict=True), strict=True))
    return any(find_crossed(columns)) or bool(find_shifted(rows, columns))


def holds_joined(loaded: LoadedRecords, rows: Rows) -> bool:
    """Tell whether any cell holds the values of several records."""
    if list_joined_states(loaded.words.get("status", ())):
        return True
    table = loaded.table
    ((amiss,),) = table.database.run(f"select exists(from {table.name} where amiss)")
    joined = " or ".join(write_joined(rows.positions))
    if not (amiss and joined):
        return False
    ((found,),) = table.database.run(
        f"select exists(from {loaded.source} where {joined})"
    )
    return bool(found)


def _seem_others(table: StoredTable, rows: Rows) -> bool:
    """Tell whether usernames may be IDs, e-mail addresses, codes or masks, by most of them."""
    # If few names begin with a digit, few are numbers, and no part of a short name is
    # long; both are known in a tenth of the time.
    ((numbers, plain, longest),) = table.database.run(
        "select count(*) filter (name < ':'), count(*) filter (not contains(name, '@')), "
        f"max(strlen(name)) from {table.name}"
    )
    if 2 * numbers > rows.records or (longest or 0) > MOST_LOCAL:
        ((numbers, longest),) = table.database.run(
            f"select count(*) filter (name <> '' and {LOCAL_PART} not glob '*[!0-9]*'), "
            f"max(strlen({LOCAL_PART})) from {table.name}"
        )
    known = rows.is_called_username
    return (
        (2 * numbers > rows.records and not (known and "resource_id" in rows.positions))
        or _may_be_numbered(table, rows)
        or not (plain or known)
        or (longest or 0) > MOST_LOCAL
        or may_be_codes(
            _list_names(table, f"where rowid % {count_step(rows.records)} = 0")
        )
        or count_alike(_list_names(table, f"where rowid < {LOOKED_AT}")) > 0
    )


def _may_be_numbered(table: StoredTable, rows: Rows) -> bool:
    """Tell whether names may be built from Resource IDs, or just number the records."""
    pairs = table.database.run(
        f"select name, coalesce(id, 0) from {table.name} "
        f"where rowid % {count_step(rows.records)} = 0"
    )
    texts, ids = zip(*pairs, strict=True) if pairs else ((), ())
    names = cut_suffixes(clean_texts(texts, is_name=True))
    if list_built(names, ids, 4):
        ((most,),) = table.database.run(f"select max(id) from {table.name}")
        return bool(most > rows.records)
    numbered = number_rows(read_ids(names), rows.records)
    return numbered and "resource_id" in rows.positions


def _list_names(table: StoredTable, where: str) -> list[str]:
    found = table.database.run(f"select name from {table.name} {where} order by rowid")
    return clean_texts([name for (name,) in found], is_name=True)


def _may_be_crossed(table: StoredTable) -> bool:
    """Tell whether any username may be an address or the Resource ID of a record.

    Zeros at the end of a number may be a fraction, as in 12.000.
    """
    number = f"try_cast(regexp_replace({LOCAL_PART}, '[^0-9]', '', 'g') as ubigint)"
    ((found,),) = table.database.run(
        f"select exists(from {table.name} where amiss) or exists("
        f"from {table.name} where id in (select number // power "
        f"from (select coalesce({number}, {MOST_NUMBER}) as number "
        f"from {table.name} where {write_long_number()}), "
        "(select (10 ** n)::ubigint as power from range(20) as zeros(n)) "
        "where number % power = 0))"
    )
    return bool(found)


def _may_be_displaced(loaded: LoadedRecords, rows: Rows) -> bool:
    """Tell whether a record without a known status or licence has one elsewhere.

    The cells of its Resource ID or e-mail address may also be of another kind only.
    """
    columns = {role: name_column(at) for role, at in rows.positions.items()}
    lacking, values = [], []
    for role, tells in (("status", says_status), ("license_type", names_license)):
        words = loaded.words.get(role, ())
        silent = [word for word in words if not tells(word)]
        if 0 < len(silent) < len(words):
            lacking.append(f"{columns[role]} in (select unnest(?::varchar[]))")
            values.append(silent)
    if not lacking:
        return False
    odd = ["false"]
    for role, fits in (
        ("resource_id", f"regexp_full_match({{}}, {quote(NUMBER_PATTERN)})"),
        ("email", "contains({}, '@')"),
    ):
        if column := columns.get(role):
            odd.append(f"({column} <> '' and not {fits.format(column)})")
    found = loaded.table.database.run(
        f"select distinct * from (select {columns['username']} as name, "
        f"{' or '.join(odd)} as odd from {loaded.source} where {' or '.join(lacking)}) "
        "where odd or not regexp_matches(name, '[0-9@]')",
        *values,
    )
    # Somebody may be called Professional: a licence as a name needs another odd cell.
    return any(is_odd or says_status(name) for name, is_odd in found)
