"""The audit with the csv module and plain Python."""

import csv
import re
import sys
from collections import defaultdict

from shared import HEADER, RULES


def main(export: str, names: str, findings: str) -> None:
    """Read, compare, judge, write."""
    rules = [(code, re.compile(p), bad) for code, (p, bad) in RULES.items()]
    seen: dict[str, list[int]] = defaultdict(list)
    rows: list[str] = []
    with (
        open(export, encoding="utf-8", newline="") as source,
        open(findings, "w", encoding="utf-8", newline="") as target,
    ):
        target.write(HEADER)
        writer = csv.writer(target, lineterminator="\n")
        reader = csv.reader(source)
        header = next(reader)
        username, license_type = header.index("Username"), header.index("License Type")
        for record, row in enumerate(reader, start=1):
            name = row[username]
            seen[name.lower()].append(record)
            rows.append(name)
            if row[license_type] == "API User":
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
