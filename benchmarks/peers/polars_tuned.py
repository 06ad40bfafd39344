"""The audit with polars: the two columns wanted, nothing inferred, all lazy parts eager."""

import sys

import polars as pl
from shared import RULES


def main(export: str, names: str, findings: str) -> None:
    """Read, compare, judge, write."""
    table = pl.read_csv(
        export,
        columns=["Username", "License Type"],
        schema_overrides={"Username": pl.String, "License Type": pl.Categorical},
        infer_schema=False,
    ).with_row_index("record", offset=1)
    small = table["Username"].str.to_lowercase()
    doubled = table.filter(small.is_duplicated())
    parts = [_mark("USR007", doubled)]
    users = table.filter(pl.col("License Type") == "API User")
    for code, (pattern, bad) in RULES.items():
        found = pl.col("Username").str.contains(pattern)
        parts.append(_mark(code, users.filter(found if bad else ~found)))
    with open(names, encoding="utf-8") as file:
        proposed = pl.Series("Username", file.read().splitlines())
    asked = pl.DataFrame({"Username": proposed}).with_row_index("record", offset=1)
    lowered = asked["Username"].str.to_lowercase()
    used = small.filter(small.is_in(lowered.implode()))
    taken = asked.filter(lowered.is_in(used.implode()))
    parts.append(_mark("USR007", taken, "proposed "))
    pl.concat(parts).write_csv(findings)


def _mark(code: str, rows: pl.DataFrame, prefix: str = "") -> pl.DataFrame:
    return rows.select(
        pl.lit(code).alias("code"),
        (pl.lit(prefix) + pl.col("record").cast(pl.String)).alias("record"),
        pl.col("Username").alias("username"),
    )


main(*sys.argv[1:])
