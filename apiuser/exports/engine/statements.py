"""The SQL statements about a huge export."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from apiuser.credentials.confusables import ASCII_FORMS
from apiuser.credentials.matching import fold_lookalike
from apiuser.exports.cells import POINT
from apiuser.exports.changed_names import (
    MASK_BEGINNING,
    MASK_SIZE,
    MAY_BE_OWN,
    RUN_SIGNS,
    RUN_SIZE,
    TYPE_BEGINNINGS,
    WRAPPING_CLASS,
    list_mask_beginnings,
    write_plain_pattern,
)
from apiuser.exports.delimited.dialects import Dialect
from apiuser.exports.headers import DELIMITER_NAMES, KIND_ROLES
from apiuser.exports.joined_records import JOINED_ADDRESSES, JOINED_IDS
from apiuser.exports.resource_ids import CHANGED_ID, LEAST_ID_DIGITS
from apiuser.exports.rows import Rows
from apiuser.exports.shifted_rows import NUMBER_PATTERN
from apiuser.exports.vocabulary import list_words

WORDS = (*KIND_ROLES, "status")
"""The columns whose word is kept for every record, as a number."""
KEPT = ("email", "locked", "integration")
"""The columns whose texts are kept for API users."""
LATE = ("resource_id", *KEPT)
"""The columns that are read from the file again if their texts are not kept."""
LOCAL_PART = "split_part(name, '@', 1)"
"""What is before the @ of a name."""
MOST_NUMBER = 2**64 - 1
"""The greatest Resource ID; it stands for all greater ones."""
_NO_NAMES = (
    *("nothing", "no known username", "no username, in capitals", MAY_BE_OWN),
    "total",
)
_BUFFER = 8 << 20
_GLOB = re.compile(r"([*?\[])")


def write_source(path: Path, dialect: Dialect) -> str:
    """Write the part that reads all records of a file, strictly and as text.

    Args:
        path: The file.
        dialect: Its layout; there is no line end inside the header.

    Raises:
        UnicodeEncodeError: The path cannot be written in Unicode.
    """
    columns = ", ".join(
        f"{name_column(at)}: 'varchar'" for at in range(len(dialect.headers))
    )
    # DuckDB takes a path as a pattern.
    pattern = _GLOB.sub(r"[\1]", str(path.absolute()))
    pattern.encode()  # fails for a path whose bytes are not UTF-8
    # No text in a cell means that there is no value.
    return f"""read_csv({quote(pattern)},
        columns = {{{columns}}}, auto_detect = false, strict_mode = true,
        header = false, skip = {dialect.line - 1}, delim = {quote(dialect.delimiter)},
        quote = '"', escape = '"', null_padding = false,
        nullstr = {quote(os.urandom(16).hex())}, compression = 'none',
        hive_partitioning = false, buffer_size = {_BUFFER}, max_line_size = {_BUFFER // 4})"""


def write_load(
    table: str,
    source: str,
    rows: Rows,
    words: Mapping[str, Sequence[str]],
    api_users: str,
) -> str:
    """Write the statement that puts the records of an export into a table.

    Its columns are the name, the hash of its look-alike form (none if Python has to
    fold it or nothing is left of it), whether Python has to fold it, the numbers of
    words, what may be amiss, the number of the Resource ID, and the texts of API users.

    Args:
        table: The table.
        source: What reads the records.
        rows: The headers, and where each known column is.
        words: The words of columns, in the order of their numbers.
        api_users: The condition for API users.
    """
    positions = rows.positions
    codes = ", ".join(_write_code(role, positions, words) for role in WORDS)
    kept = [role for role in KEPT if role in positions]
    further = "".join(f", {name_column(positions[role])} as {role}" for role in kept)
    texts = "".join(
        f", case when {api_users} then {role} end as {role}" for role in kept
    )
    odd = _write_odd_names(rows.find_header("username"))
    username = name_column(positions["username"])
    return f"""
        create or replace table {table} as
        select name, odd, {", ".join(WORDS)}, amiss, id{texts},
          case when odd or local = '' then null else hash({write_form("local")}) end
            as form
        from (
          select *, {odd} as odd from (
            select *,
              case when contains(small, '@') then split_part(small, '@', 1) else small end
                as local
            from (
              select {username} as name, lower({username}) as small, {codes},
                {_write_amiss(positions)} as amiss,
                {_write_number(positions)} as id{further}
              from {source}
            )
          )
        )"""


def _write_odd_names(header: str) -> str:
    """Write the condition for names that Python has to fold.

    These are names that are not ASCII and the like, and what may not be a name: a
    blank, a number, a date, the header again, a line of dashes, and a word for no value
    or a total, if it has other signs than letters; `write_words` finds the others.
    """
    words = [word for word in list_words(*_NO_NAMES) if not _is_plain(word)]
    no_names = ", ".join(quote(word.lower()) for word in words if word.isascii())
    # Nearly all names with other signs have a suffix, and few of these a number.
    dated = "not contains(name, '@') or name glob '[0-9]*'" + "".join(
        f" or name glob '*[-/. ]{year}@*'" for year in ("[0-9]" * 2, "[0-9]" * 4)
    )
    special = [
        # Other than visible ASCII, or a sign at the beginning.
        "name glob '*[!!-~]*' or name glob '[!A-Za-z0-9]*'",
        # Markup, lists, and words such as n/a.
        f"name glob '*[{WRAPPING_CLASS}]*' or local in ({no_names})",
        *(f"contains(name, {quote(sign)})" for sign in ("\\", "[", "]", "..", "+A")),
        *(f"contains(name, {quote(c)})" for c in _ODD),
        # Several names, at least one of them with a suffix.
        "name like '%@%@%' or name like '%@%/%'",
        # Masks in part, such as ada____, and names of types, such as System.Object.
        *(f"contains(name, {quote(RUN_SIZE * c)})" for c in RUN_SIGNS),
        *(f"starts_with(name, {quote(text)})" for text in TYPE_BEGINNINGS),
        # A character as XML writes it, such as _x0040_, and dates and numbers.
        f"name glob '*_[xX]{4 * '[0-9A-Fa-f]'}_*'",
        f"({dated}) and regexp_full_match(local, {quote(write_plain_pattern())})",
    ]
    masks = ", ".join(map(quote, sorted({*list_mask_beginnings()})))
    # `case`, since DuckDB looks at all parts of an `or` for each row.
    return (
        f"case when name = '' or name = {quote(header.strip())} then true "
        # Nearly all names pass the first part, which takes half the time of both.
        f"when case when contains(small, '{min(MASK_SIZE, RUN_SIZE) * 'x'}') then "
        f"starts_with(small, '{MASK_SIZE * 'x'}') "
        f"or contains(small, '{RUN_SIZE * 'x'}') else false end then true "
        # A long number that a spreadsheet may have rounded.
        f"when name glob '{15 * '[0-9]'}0*' then true "
        f"when left(small, {MASK_BEGINNING}) in ({masks}) then true "
        "when regexp_matches(name, '[^A-Za-z0-9]') "
        f"then {' or '.join(special)} else false end"
    )


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalnum()


def write_words(table: str, headers: Iterable[str]) -> str:
    """Write the statement that leaves to Python names that may be no names.

    These are words for no value, and headers, of letters and digits. It finds them by
    their forms, of which a table has a number.

    Args:
        table: The table.
        headers: What a header may hold, in small letters and digits.
    """
    words = {*filter(_is_plain, list_words(*_NO_NAMES)), *filter(_is_plain, headers)}
    forms = ", ".join(f"hash({quote(fold_lookalike(word))})" for word in sorted(words))
    return (
        f"update {table} set odd = true, form = null "
        f"where form in (select unnest([{forms}]))"
    )


def _write_amiss(positions: Mapping[str, int]) -> str:
    """Write whether cells may be in the wrong columns, or hold several values.

    Few names are numbers and few e-mail cells have no address, and only for these is
    the rest checked.
    """
    name, number = name_column(positions["username"]), quote(NUMBER_PATTERN)
    has_address, no_id = f"contains({name}, '@')", "false"
    cases = [f"when {joined} then true" for joined in write_joined(positions)]
    if "resource_id" in positions:
        column = name_column(positions["resource_id"])
        no_id = f"not regexp_full_match({column}, {number})"
        has_address += f" or contains({column}, '@')"
        cases.append(
            f"when case when {name} glob '[0-9 ]*' then {no_id} and "
            f"regexp_full_match(split_part({name}, '@', 1), {number}) "
            "else false end then true"
        )
    if "email" in positions:
        column = name_column(positions["email"])
        cases.append(
            f"when not contains({column}, '@') then {has_address} "
            f"or ({column} <> '' and {no_id})"
        )
    return f"(case {' '.join(cases)} else false end)" if cases else "false"


def write_joined(positions: Mapping[str, int]) -> list[str]:
    """Write the conditions for cells that hold the values of several records."""
    # Nearly no cell passes the first part of each, which is by far the faster one.
    patterns = {
        "resource_id": ("{} glob '*[!0-9]*'", JOINED_IDS),
        "email": ("{} like '%@%@%'", JOINED_ADDRESSES),
    }
    return [
        f"case when {may_be.format(column)} then "
        f"regexp_matches({column}, {quote(pattern)}) else false end"
        for role, (may_be, pattern) in patterns.items()
        if role in positions
        for column in [name_column(positions[role])]
    ]


def _write_number(positions: Mapping[str, int]) -> str:
    """Write the number of the Resource ID, as `write_ids` reads it.

    It also gives numbers to what `write_ids` leaves alone, such as `12.000`, and one to
    all that have too many digits: Python compares them then.
    """
    if "resource_id" not in positions:
        return "null::ubigint"
    column = name_column(positions["resource_id"])
    return (
        f"coalesce(case when {column} not glob '*[.eE]*' then "
        f"try_cast({column} as ubigint) end, case when {column} = '' "
        f"or {write_changed_id(column)} then null "
        f"when regexp_full_match({column}, '\\s*{POINT}\\s*') "
        f"then coalesce(try_cast(regexp_extract({column}, '[0-9]+') as ubigint), "
        f"{MOST_NUMBER}) "
        f"when regexp_matches({column}, '[0-9]') then coalesce("
        f"try_cast(regexp_replace({column}, '[^0-9]', '', 'g') as ubigint), "
        f"{MOST_NUMBER}) end)"
    )


def write_changed_id(column: str) -> str:
    """Write the condition for IDs that a spreadsheet seems to have changed."""
    return f"regexp_full_match({column}, {quote(CHANGED_ID)})"


def write_long_number() -> str:
    """Write the condition for names that are numbers as long as IDs."""
    return (
        f"name glob '[0-9 ]*' and strlen(name) >= {LEAST_ID_DIGITS} "
        f"and regexp_full_match({LOCAL_PART}, {quote(NUMBER_PATTERN)})"
    )


def write_kinds(kinds: Mapping[tuple[int, int], int], wanted: int) -> str:
    """Write the condition for one kind of users.

    Args:
        kinds: The kind by the numbers of licence type and security level, in the order
            of these, with all levels for each licence.
        wanted: The kind.
    """
    if wanted not in kinds.values():
        return "false"
    told = ", ".join(str(kind == wanted) for kind in kinds.values())
    levels = len({level for _, level in kinds})
    return f"[{told}][license_type::integer * {levels} + security_level + 1]"


def write_form(text: str) -> str:
    """Write the look-alike form of a text of small and other visible ASCII characters.

    It agrees with `fold_lookalike` if the text does not begin with an apostrophe and
    contains none of those characters, other than letters and digits, that have a form
    of their own.
    """
    form = text
    for character in _LETTERS:
        form = f"replace({form}, {quote(character)}, {quote(_FORMS[character])})"
    return form


def name_column(position: int) -> str:
    """Return the name of a column of the file in statements."""
    return f"c{position}"


def _write_code(
    role: str, positions: Mapping[str, int], words: Mapping[str, Sequence[str]]
) -> str:
    if role not in positions:
        return f"0::utinyint as {role}"
    cases = "".join(
        f" when {quote(word)} then {number}" for number, word in enumerate(words[role])
    )
    column = name_column(positions[role])
    return f"(case {column}{cases or ' when null then 0'} end)::utinyint as {role}"


def quote(text: str) -> str:
    """Write a text as a value in statements."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


_FORMS = {chr(code): form for code, form in ASCII_FORMS.items()}
_LETTERS = [character for character in _FORMS if character.isalnum()]
_ODD = sorted(_FORMS.keys() - set(_LETTERS) | set(DELIMITER_NAMES))
