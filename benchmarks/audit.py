"""Audit the same exports with ours and with each peer, whole processes, random order.

Prints Markdown tables, or writes them into the page of the guide.

Run: uv run --group bench python -m benchmarks.audit --page docs/speed.md
"""

import argparse
import csv
import platform
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from itertools import product
from pathlib import Path

from benchmarks.crowds import measure_crowds
from benchmarks.exports import write_export
from benchmarks.measuring import Measured, Taken, apiuser, count_processors, measure

PEERS = Path(__file__).parent / "peers"
OURS, RIVAL = "apiuser audit", "polars, tuned"
SCRIPTS = {
    "csv module": "csv_module.py",
    RIVAL: "polars_tuned.py",
    "duckdb SQL": "duckdb_sql.py",
    "pandas + pyarrow, tuned": "pandas_tuned.py",
}
SLOW, SLOW_UP_TO = {"csv module"}, 1_000_000
"""Nobody would use these above so many rows."""
SHARED = {"USR002", "USR003", "USR004", "USR005", "USR006", "USR007", "USR010"}
SIZES = (5_000, 10_000, 100_000, 1_000_000, 10_000_000)
HUGE = 50_000_000
RATIOS = {5_000: 0.4, 10_000: 0.5, 1_000_000: 1.5}
"""The most of the tuned polars script's time that the audit may take, by rows."""
MEMORY = {1_000_000: 300, 10_000_000: 1.2 * 1024, HUGE: 2 * 1024}
"""The most MiB."""
GROWTH = 10.0
"""The most times that ten times the rows may take, with the start of Python off."""
_MARKED = re.compile(r"(<!-- measured -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> int:
    """Measure, compare the findings, and print a table for each size and kind."""
    options = _read_options()
    texts = []

    def say(text: str) -> None:
        print(text, end="\n\n", flush=True)
        texts.append(text)

    say(_describe_machine(options.rounds))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = _measure_start()
        before: dict[tuple[str, bool], tuple[int, float]] = {}
        for rows, dense in product(options.rows, (False, True)):
            export, names = write_export(folder, rows, dense=dense)
            measured = _run_all(export, names, _choose(options.peers, rows), options)
            say(_make_table(rows, export.stat().st_size, measured, dense=dense))
            say(_grade(rows, measured, before.get((OURS, dense)), start))
            before |= {(n, dense): (rows, m.seconds) for n, m in measured.items()}
            export.unlink()
        if options.crowds:
            say(measure_crowds(folder, deadline=options.deadline))
        if options.huge:
            say(_measure_huge(folder))
    if options.page:
        page = options.page.read_text(encoding="utf-8")
        filled = "\n\n".join(texts)
        page = _MARKED.sub(lambda m: f"{m[1]}\n{filled}\n\n{m[2]}", page)
        options.page.write_text(page, encoding="utf-8", newline="\n")
    return 0


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=SIZES)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--peers", nargs="*", default=list(SCRIPTS), choices=SCRIPTS)
    parser.add_argument(
        "--crowds",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="200,000 rows that are all in one conflict or all have a finding",
    )
    parser.add_argument(
        "--deadline", type=float, default=60, help="seconds for each of these"
    )
    parser.add_argument(
        "--huge", action="store_true", help=f"{HUGE:,} rows, once and without peers"
    )
    parser.add_argument("--page", type=Path, help="write the tables into this page")
    return parser.parse_args()


def _choose(peers: list[str], rows: int) -> list[str]:
    return [peer for peer in peers if rows <= SLOW_UP_TO or peer not in SLOW]


def _describe_machine(rounds: int) -> str:
    peers = ", ".join(f"{name} {version(name)}" for name in ("polars", "duckdb"))
    others = ", ".join(f"{name} {version(name)}" for name in ("pandas", "pyarrow"))
    return (
        f"{count_processors()} processors, {platform.system()}, Python "
        f"{platform.python_version()}, {peers}, {others}; medians of {rounds} rounds."
    )


def _measure_start() -> float:
    measured = Measured()
    for _ in range(9):
        measured.runs.append(measure([sys.executable, "-c", "pass"]))
    return measured.seconds


def _run_all(
    export: Path, names: Path, peers: list[str], options: argparse.Namespace
) -> dict[str, Measured]:
    measured = {name: Measured() for name in (OURS, *peers)}
    findings = export.with_name("findings.csv")
    expected: set[tuple[str, str, str]] = set()
    # The first run compiles modules and fills the file cache; what it finds counts.
    for name in measured:
        _run(name, export, names, findings)
        found = set(_read_findings(findings))
        expected = expected or found
        if found != expected:
            odd = sorted(found ^ expected)[:5]
            sys.exit(f"{name}: the findings differ, for instance {odd}")
    order = random.Random()  # noqa: S311  # an order nobody can arrange
    for _ in range(options.rounds):
        turns = list(measured)
        order.shuffle(turns)
        for name in turns:
            measured[name].runs.append(_run(name, export, names, findings))
    return measured


def _run(name: str, export: Path, names: Path, findings: Path) -> Taken:
    findings.unlink(missing_ok=True)
    if name == OURS:
        further = (f"--proposed={names}", "--overwrite", f"--report={findings}")
        command = apiuser("audit", str(export), *further)
    else:
        paths = map(str, (export, names, findings))
        command = [sys.executable, str(PEERS / SCRIPTS[name]), *paths]
    taken = measure(command)
    # Ours answers 1 where it finds something.
    if taken.ended not in ({0, 1} if name == OURS else {0}):
        sys.exit(f"{command}: ended with {taken.ended}")
    return taken


def _read_findings(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield what all programs find: code, record and name, ours and theirs alike."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["code"] not in SHARED or not row["record"]:
                continue
            ours = "file" in row
            proposed = ours and row["file"] == "(proposed)"
            if proposed and row["code"] != "USR007":
                continue
            record = f"proposed {row['record']}" if proposed else row["record"]
            name = row["username"]
            yield row["code"], record, name.removeprefix("'") if ours else name


def _make_table(
    rows: int, size: int, measured: dict[str, Measured], *, dense: bool
) -> str:
    rival = measured.get(RIVAL)
    lines = [
        f"### {rows:,} rows, {'dense' if dense else 'sparse'}, {size / 2**20:.1f} MiB",
        "",
        "| program | seconds | polars = 1 | processor s | polars = 1 | MiB |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, result in sorted(measured.items(), key=lambda item: item[1].seconds):
        ratio = f"{result.seconds / rival.seconds:.2f}" if rival else ""
        busier = f"{result.busy / rival.busy:.2f}" if rival else ""
        cells = (name, f"{result.seconds:.3f}", ratio, f"{result.busy:.3f}", busier)
        lines.append(f"| {' | '.join(cells)} | {result.memory:.0f} |")
    return "\n".join(lines)


def _grade(
    rows: int,
    measured: dict[str, Measured],
    before: tuple[int, float] | None,
    start: float,
) -> str:
    """Say in sentences how the audit stands to its targets."""
    ours, rival = measured[OURS], measured.get(RIVAL)
    said = []
    if rows in RATIOS and rival:
        ratio = ours.seconds / rival.seconds
        said.append(
            f"{ratio:.2f} times polars' time, {_compare(ratio, RATIOS[rows], '.1f')}."
        )
    if rows in MEMORY:
        kept = _compare(ours.memory, MEMORY[rows], ".0f")
        said.append(f"Memory {ours.memory:.0f} MiB, {kept}.")
    if before and rows == 10 * before[0]:
        times = (ours.seconds - start) / (before[1] - start)
        kept = f", {_compare(times, GROWTH, '.0f')}" if rows == SIZES[-1] else ""
        said.append(f"{times:.1f} times the time for 10 times the rows{kept}.")
    return "\n".join(said) or "No target is set for this size."


def _compare(value: float, most: float, form: str) -> str:
    return f"target at most {most:{form}}: {'kept' if value <= most else 'missed'}"


def _measure_huge(folder: Path) -> str:
    export, names = write_export(folder, HUGE)
    size = export.stat().st_size
    findings = folder / "findings.csv"
    further = (
        f"--proposed={names}",
        "--overwrite",
        f"--report={findings}",
        f"--max-size={size}",
    )
    taken = measure(apiuser("audit", str(export), *further))
    export.unlink()
    kept = _compare(taken.memory, MEMORY[HUGE], ".0f")
    return (
        f"### {HUGE:,} rows, sparse, {size / 2**20:.0f} MiB, once\n\n"
        f"`apiuser audit` took {taken.seconds:.0f} seconds, exit code {taken.ended}.\n"
        f"Memory {taken.memory:.0f} MiB, {kept}."
    )


if __name__ == "__main__":
    sys.exit(main())
