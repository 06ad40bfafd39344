"""The audit as a pandera schema; its failure cases are the findings."""

import re
import sys

import pandas as pd
import pandera.pandas as pa
from pandas_plain import judge
from shared import RULES


def main(export: str, names: str, findings: str) -> None:
    """Read, validate for the failure cases, and write the same findings."""
    table = pd.read_csv(export, dtype=str, keep_default_na=False)
    small = table["Username"].str.lower()
    users = table.loc[table["License Type"] == "API User", ["Username"]]
    schemas = [
        (
            pa.DataFrameSchema({"Username": pa.Column(str, unique=True)}),
            pd.DataFrame({"Username": small}),
        ),
        (
            pa.DataFrameSchema(
                {
                    "Username": pa.Column(
                        str,
                        [
                            pa.Check(
                                lambda s, p=pattern, b=bad: (
                                    s.str.contains(re.compile(p)) != b
                                ),
                                name=code,
                            )
                            for code, (pattern, bad) in RULES.items()
                        ],
                    )
                }
            ),
            users,
        ),
    ]
    for schema, frame in schemas:
        try:
            schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            len(errors.failure_cases)
    judge(table, names, findings)


main(*sys.argv[1:])
