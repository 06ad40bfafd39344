"""Which rows of huge exports can matter, given all exports that are compared."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from apiuser.credentials.matching import fold_local_parts
from apiuser.exports.cells import clean_texts, write_ids
from apiuser.exports.engine.database import Database
from apiuser.exports.engine.large_table import LargeTable, LateColumns, LateTexts
from apiuser.exports.engine.statements import (
    KEPT,
    LATE,
    MOST_NUMBER,
    WORDS,
    name_column,
)
from apiuser.exports.resource_ids import FEWEST_COUNTED, number_rows, read_ids
from apiuser.exports.resources import ResourceTable

_BLANKS = "".join(c for c in map(chr, range(0x3001)) if c.isspace())
"""What `str.strip` removes from a text."""
COUNTED = 2_500_000
"""About how many forms are counted at a time."""


def select_rows(
    tables: Sequence[ResourceTable], forms: Collection[str]
) -> list[ResourceTable]:
    """Return the tables; those of huge exports now have the rows that can matter.

    These are API users, names whose look-alike form occurs again in any of the tables
    or is asked for, and IDs with another username or status in another table.

    Args:
        tables: What was read, compared together.
        forms: Look-alike forms that are asked for.

    Raises:
        AccessError: A file has changed since it was read, or there is no room.
    """
    large = {
        at: table for at, table in enumerate(tables) if isinstance(table, LargeTable)
    }
    database = next(iter(large.values())).export.table.database
    # Only some of the forms or IDs at a time, so that their counts fit into memory.
    parts = sum(table.records for table in large.values()) // COUNTED + 1
    numbered = {
        at for at, table in large.items() if len(tables) > 1 and _number_rows(table)
    }
    # Audits of other threads name their tables the same.
    with database.lock:
        _collect_repeated_forms(database, tables, forms, parts)
        _collect_contrary_ids(
            database,
            {at: table for at, table in enumerate(tables) if at not in numbered},
            parts,
        )
        return [
            fill_rows(table, at, numbered=at in numbered)
            if isinstance(table, LargeTable)
            else table
            for at, table in enumerate(tables)
        ]


def _collect_repeated_forms(
    database: Database,
    tables: Sequence[ResourceTable],
    forms: Collection[str],
    parts: int,
) -> None:
    """Make the table `again` of forms that occur again, or are asked for."""
    # Forms that Python folds, and the table and record of each; those that are not from
    # huge exports have no place and are listed once.
    elsewhere, names = {*forms}, ["beside"]
    beside: list[tuple[int, int, str]] = []
    for at, table in enumerate(tables):
        if isinstance(table, LargeTable):
            odd = table.export.odd.items()
            beside += ((at, number, form) for number, (_name, form) in odd)
            names.append(table.export.table.name)
        else:
            elsewhere.update(fold_local_parts(table.usernames))
    beside += ((-1, 0, form) for form in elsewhere)
    database.run(
        "create or replace temp table beside as select unnest(?::integer[]) as place, "
        "unnest(?::bigint[]) as number, hash(unnest(?::varchar[])) as form",
        *map(list, zip(*beside, strict=True)) if beside else ([], [], []),
    )
    all_forms = " union all ".join(f"select form from {name}" for name in names)
    database.run("create or replace temp table again (form ubigint)")
    for part in range(parts):
        some = f"form % {parts} = {part}" if parts > 1 else "form is not null"
        database.run(
            f"insert into again select form from ({all_forms}) "
            f"where {some} group by form having count(*) > 1"
        )


def _collect_contrary_ids(
    database: Database, tables: Mapping[int, ResourceTable], parts: int
) -> None:
    """Make the table `contrary` of IDs that two tables say different things of."""
    database.run("create or replace temp table contrary (id ubigint)")
    if len(tables) < 2:  # noqa: PLR2004  # nothing to compare
        return
    found: list[tuple[int, int, str, int]] = []
    claims = ["from claims"]
    for at, table in tables.items():
        if "resource_id" not in table.columns or table.summary.ids_number_rows:
            continue
        if isinstance(table, LargeTable):
            export = table.export
            codes = ", ".join(
                str(status or int(table.assumed)) for status in export.statuses
            )
            claims.append(
                f"select {at} as place, id, hash(name) as name, "
                f"([{codes}]::utinyint[])[status + 1] as status "
                f"from {export.table.name} where id is not null"
            )
        else:
            ids = read_ids(table.columns["resource_id"])
            rows = zip(ids, table.usernames, table.statuses, strict=True)
            found += (
                (at, min(number, MOST_NUMBER), name, status)
                for number, name, status in rows
                if number >= 0
            )
    database.run(
        "create or replace temp table claims as select unnest(?::integer[]) as place, "
        "unnest(?::ubigint[]) as id, hash(unnest(?::varchar[])) as name, "
        "unnest(?::utinyint[]) as status",
        *map(list, zip(*found, strict=True)) if found else ([], [], [], []),
    )
    for part in range(parts):
        database.run(
            f"insert into contrary select id from ({' union all '.join(claims)}) "
            f"where id % {parts} = {part} group by id "
            "having min(place) < max(place) and (min(name) <> max(name) "
            "or min(nullif(status, 0)) <> max(nullif(status, 0)))"
        )


def fill_rows(table: LargeTable, at: int, *, numbered: bool) -> LargeTable:
    """Return a table with those of its rows that can matter."""
    export = table.export
    kept = [role for role in KEPT if role in export.positions]
    columns = ("rowid + 1", "name", *WORDS, *kept)
    api_users = export.api_users
    rows = export.table.database.run(
        f"select {', '.join(columns)} from {export.table.name} where {api_users} "
        "or form in (from again) or rowid + 1 in (select number from beside "
        "where place = ? and form in (from again)) or id in (from contrary) "
        "order by rowid",
        at,
    )
    numbers, names, *texts = zip(*rows, strict=True) if rows else [()] * len(columns)
    codes = dict(zip(WORDS, texts, strict=False))
    known: dict[str, Sequence[Any]] = dict.fromkeys(LATE, [None] * len(rows))
    for role, kept_texts in zip(kept, texts[len(WORDS) :], strict=True):
        held = [text for text in kept_texts if text is not None]
        cleaned = iter(clean_texts(held, is_name=role == "email"))
        known[role] = [text if text is None else next(cleaned) for text in kept_texts]
    late = LateColumns(export, numbers)
    filled: dict[str, Sequence[str]] = {}
    for role in table.columns:
        if role in export.words:
            words = clean_texts(export.words[role], is_name=False)
            filled[role] = [words[code] for code in codes[role]]
        else:
            filled[role] = LateTexts(known[role], partial(late.read, role))
    pairs = zip(codes["license_type"], codes["security_level"], strict=True)
    return replace(
        table,
        usernames=clean_texts(names, is_name=True),
        columns=filled,
        lines=[export.count.find_line(number) for number in numbers],
        numbers=numbers,
        statuses=[export.statuses[c] or int(table.assumed) for c in codes["status"]],
        kinds=[export.kinds[pair] for pair in pairs],
        summary=table.summary._replace(ids_number_rows=numbered),
    )


def _number_rows(table: LargeTable) -> bool:
    """Tell whether the IDs are just the numbers from 0 or 1 on, in any order."""
    export = table.export
    if table.records < FEWEST_COUNTED or "resource_id" not in export.positions:
        return False
    ids = f"(select trim({name_column(export.positions['resource_id'])}, ?) as id from {{}})"
    ((others, most),) = export.scan(
        "select count(*) filter (not regexp_full_match(id, '[0-9]+')), "
        f"max(try_cast(id as uhugeint)) from {ids}",
        _BLANKS,
    )
    if others:
        return _number_written_rows(table)
    if most is None or most > table.records:
        return False  # like Autotask's IDs, of which one is enough
    ((different,),) = export.scan(
        f"select count(distinct try_cast(id as uhugeint)) from {ids}", _BLANKS
    )
    return bool(different == table.records)


def _number_written_rows(table: LargeTable) -> bool:
    """Tell the same of IDs that have a point, commas or other signs."""
    export = table.export
    ((most, known),) = export.table.database.run(
        f"select max(id), count(id) from {export.table.name}"
    )
    if known < table.records or most > table.records:
        return False
    column = name_column(export.positions["resource_id"])
    texts = [text for (text,) in export.scan(f"select {column} from {{}}")]
    return number_rows(read_ids(write_ids(texts)), table.records)
