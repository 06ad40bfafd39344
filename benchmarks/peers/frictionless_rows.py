"""The audit over rows that frictionless reads; plain Python compares and judges."""

import csv
import re
import sys
from collections import defaultdict

from frictionless import Dialect, Resource, Schema
from shared import HEADER, RULES


def main(export: str, names: str, findings: str) -> None:
    """Read, compare, judge, write."""
    with open(export, encoding="utf-8") as file:
        headers = next(csv.reader(file))
    schema = Schema.from_descriptor(
        {"fields": [{"name": name, "type": "string"} for name in headers]}
    )
    rules = [(code, re.compile(p), bad) for code, (p, bad) in RULES.items()]
    seen: dict[str, list[int]] = defaultdict(list)
    rows: list[str] = []
    with (
        Resource(path=export, schema=schema, dialect=Dialect(), basepath="/") as source,
        open(findings, "w", encoding="utf-8", newline="") as target,
    ):
        target.write(HEADER)
        writer = csv.writer(target, lineterminator="\n")
        for record, row in enumerate(source.row_stream, start=1):
            name = row["Username"] or ""
            seen[name.lower()].append(record)
            rows.append(name)
            if row["License Type"] == "API User":
                for code, pattern, bad in rules:
                    if bool(pattern.search(name)) is bad:
                        writer.writerow((code, record, name))
        for records in seen.values():
            if len(records) > 1:
                writer.writerows(("USR007", r, rows[r - 1]) for r in records)
        with open(names, encoding="utf-8") as file:
            for at, name in enumerate(file.read().splitlines(), start=1):
                if name.lower() in seen:
                    writer.writerow(("USR007", f"proposed {at}", name))


main(*sys.argv[1:])
