"""The audit with pandas on pyarrow: the two columns wanted, Arrow text throughout."""

import sys

import pandas as pd
import pyarrow as pa
from pyarrow import csv
from shared import RULES


def main(export: str, names: str, findings: str) -> None:
    """Read, compare, judge, write."""
    # Arrow's own reader: the one of pandas takes no line ends in quoted cells.
    read = csv.read_csv(
        export,
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            include_columns=["Username", "License Type"],
            column_types={"Username": pa.string(), "License Type": pa.string()},
        ),
    )
    table = read.to_pandas(types_mapper={pa.string(): pd.StringDtype("pyarrow")}.get)
    table["record"] = range(1, len(table) + 1)
    small = table["Username"].str.lower()
    parts = [table[small.duplicated(keep=False)].assign(code="USR007")]
    users = table[table["License Type"] == "API User"]
    for code, (pattern, bad) in RULES.items():
        found = users["Username"].str.contains(pattern, regex=True)
        parts.append(users[found if bad else ~found].assign(code=code))
    with open(names, encoding="utf-8") as file:
        asked = pd.DataFrame({"Username": file.read().splitlines()})
    asked["record"] = [f"proposed {at}" for at in range(1, len(asked) + 1)]
    lowered = asked["Username"].str.lower()
    # The other way round, all names of the export among the few, takes far longer.
    used = set(small[small.isin(lowered)])
    parts.append(asked[lowered.isin(used)].assign(code="USR007"))
    whole = pd.concat(parts)[["code", "record", "Username"]]
    whole.to_csv(findings, index=False, header=["code", "record", "username"])


main(*sys.argv[1:])
