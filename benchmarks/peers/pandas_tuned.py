"""The audit with pandas on pyarrow: the two columns wanted, Arrow text throughout."""

import sys

import pandas as pd
from pandas_plain import judge


def main(export: str, names: str, findings: str) -> None:
    """Read, compare, judge, write."""
    table = pd.read_csv(
        export,
        usecols=["Username", "License Type"],
        dtype={"Username": "string[pyarrow]", "License Type": "string[pyarrow]"},
        keep_default_na=False,
        engine="pyarrow",
    )
    judge(table, names, findings)


main(*sys.argv[1:])
