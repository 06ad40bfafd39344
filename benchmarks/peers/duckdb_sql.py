"""The audit with duckdb: one SQL statement over the file."""

import sys

import duckdb
from shared import RULES


def main(export: str, names: str, findings: str) -> None:
    """Read, compare, judge, write."""
    rules = " union all ".join(
        f"select '{code}', record::varchar, username from users "
        f"where {'' if bad else 'not '}regexp_matches(username, $${pattern}$$)"
        for code, (pattern, bad) in RULES.items()
    )
    base = duckdb.connect()
    base.execute("set preserve_insertion_order = true")
    base.execute(
        "create table t as select row_number() over () as record, Username as username, "
        'lower(Username) as small, "License Type" as kind '
        "from read_csv(?, all_varchar = true, header = true, delim = ',', "
        "quote = '\"', escape = '\"')",
        [export],
    )
    with open(names, encoding="utf-8") as file:
        asked = file.read().splitlines()
    base.execute(
        "create table asked as select row_number() over () as record, name "
        "from (select unnest(?) as name)",
        [asked],
    )
    base.execute(
        "copy (with users as (select * from t where kind = 'API User'), "
        "twice as (select small from t group by small having count(*) > 1) "
        "select 'USR007' as code, record::varchar as record, username from t "
        "where small in (from twice) union all "
        f"{rules} union all "
        "select 'USR007', 'proposed ' || record, name from asked "
        f"where lower(name) in (select small from t)) to '{findings}' (header)"
    )


main(*sys.argv[1:])
