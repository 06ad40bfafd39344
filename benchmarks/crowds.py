"""Exports of which every row is in one conflict, or has a finding of its own."""

import string
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

from benchmarks.measuring import apiuser, measure

ROWS = 200_000
TARGET = 5.0
"""The most seconds for each."""
FORMATS = ("csv", "json", "html", "xlsx")
_ALIKE = "1il"
_PLAIN = string.ascii_lowercase.translate(str.maketrans("", "", "imlo"))


def measure_crowds(folder: Path, *, deadline: float) -> str:
    """Audit each export once and return a table.

    Args:
        folder: Where exports and reports are written.
        deadline: After so many seconds a run is ended and counts as longer.
    """
    lines = [
        f"### {ROWS:,} rows in one conflict, and {ROWS:,} findings in each format",
        "",
        f"| what | seconds | target: at most {TARGET:.0f} s | processor s | MiB |",
        "| --- | --- | --- | --- | --- |",
    ]
    export = folder / "crowd.csv"
    same, alike = (["a1"] * ROWS, islice(_spell(_ALIKE, 12), ROWS))
    for what, names in (("identical names", same), ("look-alikes", alike)):
        _write(export, names, "Professional")
        lines.append(_measure(what, export, None, deadline))
    _write(export, islice(_spell(_PLAIN, 6), ROWS), "API User")
    for ending in FORMATS:
        report = folder / f"report.{ending}"
        lines.append(_measure(f"findings as .{ending}", export, report, deadline))
        report.unlink(missing_ok=True)
    export.unlink()
    return "\n".join(lines)


def _spell(letters: str, length: int) -> Iterator[str]:
    return map("".join, product(letters, repeat=length))


def _write(path: Path, names: Iterator[str] | list[str], license_type: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("Resource ID,Username,License Type,Status\n")
        file.writelines(
            f"{at},{name},{license_type},Active\n"
            for at, name in enumerate(names, start=29_682_885)
        )


def _measure(what: str, export: Path, report: Path | None, deadline: float) -> str:
    further = [] if report is None else ["--overwrite", f"--report={report}"]
    taken = measure(apiuser("audit", str(export), *further), deadline=deadline)
    ended = taken.ended >= 0
    seconds = f"{taken.seconds:.1f}" if ended else f"above {deadline:.0f}"
    kept = "kept" if ended and taken.seconds <= TARGET else "missed"
    cells = (seconds, kept, f"{taken.busy:.1f}", f"{taken.memory:.0f}")
    return f"| {ROWS:,} {what} | {' | '.join(cells)} |"
