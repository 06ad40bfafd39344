"""The audit with pandas as most people write it: everything read as text."""

import sys

import pandas as pd
from shared import RULES


def main(export: str, names: str, findings: str) -> None:
    """Read, compare, judge, write."""
    table = pd.read_csv(export, dtype=str, keep_default_na=False)
    judge(table, names, findings)


def judge(table: pd.DataFrame, names: str, findings: str) -> None:
    """Compare, judge, write."""
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


if __name__ == "__main__":
    main(*sys.argv[1:])
