"""Whether a huge export has cells in the wrong columns, or no usernames but others.

DuckDB tells whether there may be any, and Python looks at all rows only then; the
reader of records lists them.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from apiuser.exports.categories import says_status
from apiuser.exports.changed_names import ALIKE, FEWEST_ALIKE, LOOKED_AT
from apiuser.exports.engine.database import StoredTable
from apiuser.exports.engine.loaded_records import LoadedRecords, Triple
from apiuser.exports.engine.statements import (
    MOST_NUMBER,
    name_column,
    write_digits,
    write_long_number,
    write_misfits,
)
from apiuser.exports.pseudonyms import MOST_LOCAL, write_codes
from apiuser.exports.resource_ids import LEAST_ID_DIGITS
from apiuser.exports.rows import SURE_ID_DIGITS, Rows
from apiuser.exports.shifted_rows import (
    ROWS_FOR_ONE,
    find_crossed,
    find_shifted,
    names_license,
)
from apiuser.exports.vocabulary import is_blank

_MOST_NUMBERS = 10_000
"""With more usernames that are long numbers, Python looks at all records."""


def holds_shifted(loaded: LoadedRecords, rows: Rows) -> bool:
    """Tell whether any record has its cells in the wrong columns, or seems to.

    Args:
        loaded: The records.
        rows: The headers, and where each known column is; it has no rows.
    """
    if _seem_others(loaded.table, rows):
        return True
    if not _may_hold_shifted(loaded, rows):
        return False
    names = ", ".join(map(name_column, rows.positions.values()))
    found = loaded.table.database.run(f"select {names} from {loaded.source}")
    columns = dict(zip(rows.positions, zip(*found, strict=True), strict=True))
    return any(find_crossed(columns)) or bool(find_shifted(rows, columns))


def _seem_others(table: StoredTable, rows: Rows) -> bool:
    """Tell whether usernames may be IDs, e-mail addresses, codes or masks, by most of them."""
    local = "split_part(name, '@', 1)"
    ((names, words, long, plain, codes, longest),) = table.database.run(
        "select count(*), count(*) filter (name = '' or name glob '*[!0-9]*'), "
        f"count(*) filter (strlen(name) >= {SURE_ID_DIGITS} and name not glob '*[!0-9]*'), "
        f"count(*) filter (not contains(name, '@')), "
        f"count(*) filter ({write_codes(local)}), max(strlen({local})) "
        f"from {table.name}"
    )
    if 2 * codes > names or (longest or 0) > MOST_LOCAL:
        return True
    known = rows.is_called_username
    has_ids = "resource_id" in rows.positions
    most = 2 * long > names and not has_ids
    if names > 1 and (
        most or not (words or (known and has_ids)) or not (plain or known)
    ):
        return True
    # The first names show whether to look at all, as `count_alike` does.
    return names >= FEWEST_ALIKE and all(
        10 * alike >= 9 * number
        for limit in (f"order by rowid limit {LOOKED_AT}", "")
        for ((alike, number),) in [
            table.database.run(
                "select count(*) filter (regexp_matches(split_part(name, '@', 1), "
                f"'{ALIKE}')), count(*) from "
                f"(select name from {table.name} {limit})"
            )
        ]
    )


def _may_hold_shifted(loaded: LoadedRecords, rows: Rows) -> bool:
    """Tell whether any record may have its cells in the wrong columns."""
    table, words, triples = loaded.table, loaded.words, loaded.triples
    if any(map(_is_foreign, (word for some in words.values() for word in some))):
        return True
    licenses = _list_lacking(words.get("license_type", ()), names_license, triples, 0)
    states = _list_lacking(words.get("status", ()), says_status, triples, 2)
    few = max(1, triples.total() // ROWS_FOR_ONE)
    both = [one for one in triples if one[0] in licenses and one[2] in states]
    if both and max(licenses.total(), states.total()) <= few:
        return True
    for license_, level, state in triples:
        taken = [
            some[at]
            for some, at in (
                (words.get("license_type", ("",)), license_),
                (words.get("security_level", ("",)), level),
            )
        ]
        if state in states and any(map(says_status, taken)):
            return True
        if license_ in licenses and names_license(words.get("status", ("",))[state]):
            return True
    ((found,),) = table.database.run(f"select count(*) from {table.name} where amiss")
    silent = {
        "status": [words["status"][at] for at in states],
        "license_type": [words["license_type"][at] for at in licenses],
    }
    if (
        found
        or _holds_ids_as_names(loaded, rows)
        or _holds_misfits(loaded, rows, silent)
    ):
        return True
    lacking = f"(status in ({_join(states)}) or license_type in ({_join(licenses)}))"
    plain = "not regexp_matches({0}, '[0-9@]') and {0} <> ''".format
    query = f"select name from {table.name} where {lacking} and {plain('name')}"
    if "resource_id" in rows.positions:
        column = name_column(rows.positions["resource_id"])
        query += f" union select {column} from {loaded.source} where {plain(column)}"
    if "email" in rows.positions:
        column = name_column(rows.positions["email"])
        query += (
            f" union select {column} from {loaded.source} "
            f"where {column} <> '' and not contains({column}, '@')"
        )
    texts = (
        table.database.run(f"select distinct * from ({query})")
        if states or licenses
        else []
    )
    return any(says_status(text) or names_license(text) for (text,) in texts)


def _holds_misfits(
    loaded: LoadedRecords, rows: Rows, silent: Mapping[str, Sequence[str]]
) -> bool:
    """Tell whether an ID or address is another word where a word tells nothing, too.

    Args:
        loaded: The records.
        rows: Where each known column is.
        silent: The words that tell nothing, by their roles.
    """
    some = {role: texts for role, texts in silent.items() if texts}
    if not some:
        return False
    told = " or ".join(
        f"{name_column(rows.positions[role])} in (select unnest(?::varchar[]))"
        for role in some
    )
    ((found,),) = loaded.table.database.run(
        f"select count(*) from {loaded.source} where ({told}) and "
        f"({write_misfits(rows.positions)})",
        *some.values(),
    )
    return bool(found)


def _holds_ids_as_names(loaded: LoadedRecords, rows: Rows) -> bool:
    """Tell whether any username is the Resource ID of a record, perhaps another one."""
    if "resource_id" not in rows.positions:
        return False
    table = loaded.table
    digits = ", ".join(write_digits("name"))
    found = table.database.run(
        f"select distinct {digits} from {table.name} where {write_long_number()} "
        f"limit {_MOST_NUMBERS}"
    )
    if len(found) == _MOST_NUMBERS:
        return True
    wanted = {text for texts in found for text in texts if text}
    if not wanted:
        return False
    numbers = [*map(int, wanted)]
    if max(numbers) < MOST_NUMBER:
        # 12.000 is 12 for the table, but may be meant as 12000.
        parts = {
            n // 10**k for n in numbers for k in range(len(str(n))) if n % 10**k == 0
        }
        ((possible,),) = table.database.run(
            f"select count(*) from {table.name} where id in (select unnest(?::ubigint[]))",
            [*parts],
        )
        if not possible:
            return False
    plain, whole = write_digits(name_column(rows.positions["resource_id"]))
    ((same,),) = table.database.run(
        f"select count(*) from {loaded.source} where {plain} in (select unnest($1::varchar[])) "
        f"or {whole} in (select unnest($1::varchar[]))",
        [*wanted],
    )
    return bool(same)


def _is_foreign(word: str) -> bool:
    """Tell whether a word is an address or an ID instead."""
    digits = word.strip()
    return "@" in word or (digits.isdecimal() and len(digits) >= LEAST_ID_DIGITS)


def _list_lacking(
    words: Sequence[str],
    tells: Callable[[str], bool],
    triples: Counter[Triple],
    place: int,
) -> Counter[int]:
    """Count the words of a column that tell nothing; none if most tell nothing."""
    silent = {at for at, word in enumerate(words) if not tells(word)}
    counted: Counter[int] = Counter()
    for triple, number in triples.items():
        if triple[place] in silent:
            counted[triple[place]] += number
    others = sum(number for at, number in counted.items() if not is_blank(words[at]))
    held = triples.total() - counted.total()
    return Counter() if held < max(1, others) else counted


def _join(numbers: Counter[int]) -> str:
    return ", ".join(map(str, numbers)) or "255"
