"""Audit the same export with ours and with each peer, whole processes, random order.

Run: uv run --group bench python benchmarks/audit.py --rows 10000 1000000
"""

import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from exports import write_export

PEERS = Path(__file__).parent / "peers"
OURS, RIVAL = "apiuser audit", "polars, tuned"
SCRIPTS = {
    "csv module": "csv_module.py",
    RIVAL: "polars_tuned.py",
    "pandas + pyarrow, tuned": "pandas_tuned.py",
    "duckdb SQL": "duckdb_sql.py",
    "pandas, all text": "pandas_plain.py",
    "pandera": "pandera_checks.py",
    "frictionless": "frictionless_rows.py",
}
# Modules are compiled once, as they are for everybody.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
SLOW = {"pandera", "frictionless"}
SHARED = {"USR002", "USR003", "USR004", "USR005", "USR006", "USR007", "USR010"}


@dataclass(slots=True)
class Measured:
    """What one program took.

    Attributes:
        seconds: From start to end, of each run.
        busy: Of the processors, which others on the machine disturb less.
        memory: The most of all runs, in MiB.
    """

    seconds: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    memory: float = 0.0

    @property
    def median(self) -> float:
        """The median of the seconds."""
        return statistics.median(self.seconds)


def main() -> int:
    """Measure, compare the findings, print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", nargs="*", default=list(SCRIPTS))
    parser.add_argument(
        "--all-slow", action="store_true", help="slow peers at any size"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start = _measure_start()
        before: dict[str, tuple[int, float]] = {}
        for rows in options.rows:
            export, names = write_export(Path(folder), rows)
            peers = [
                p
                for p in options.peers
                if options.all_slow or rows <= 10**6 or p not in SLOW
            ]
            measured = _run_all(export, names, peers, options.rounds)
            _print_table(rows, export.stat().st_size, measured, before, start)
            before = {name: (rows, m.median) for name, m in measured.items()}
            export.unlink()
    return 0


def _run_all(
    export: Path, names: Path, peers: list[str], rounds: int
) -> dict[str, Measured]:
    measured = {name: Measured() for name in (OURS, *peers)}
    expected: set[tuple[str, str, str]] | None = None
    order = random.Random()  # noqa: S311  # an order nobody can arrange
    for at in range(rounds):
        turns = [(n, measured[n]) for n in measured if at == 0 or n not in SLOW]
        order.shuffle(turns)
        for name, result in turns:
            findings = export.with_name("findings.csv")
            command = _command(name, export, names, findings)
            if at == 0:
                _run(command)  # compiles modules and fills the file cache
            seconds, busy, memory = _run(command)
            result.seconds.append(seconds)
            result.busy.append(busy)
            result.memory = max(result.memory, memory)
            if at == 0:
                found = set(_read_findings(findings))
                expected = expected or found
                if found != expected:
                    odd = sorted(found ^ expected)[:5]
                    sys.exit(f"{name}: the findings differ, for instance {odd}")
            findings.unlink()
    return measured


def _command(name: str, export: Path, names: Path, findings: Path) -> list[str]:
    if name != OURS:
        paths = map(str, (export, names, findings))
        return [sys.executable, str(PEERS / SCRIPTS[name]), *paths]
    script = str(Path(sys.executable).with_name("apiuser"))
    return [script, "audit", str(export), f"--proposed={names}", f"--report={findings}"]


def _run(command: list[str]) -> tuple[float, float, float]:
    begin = time.perf_counter()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    _, status, usage = os.wait4(run.pid, 0)
    seconds = time.perf_counter() - begin
    run.returncode = os.waitstatus_to_exitcode(status)
    # Ours answers 1 where it finds something.
    if run.returncode not in ({0, 1} if "audit" in command else {0}):
        sys.exit(f"{command}: ended with {run.returncode}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _measure_start() -> float:
    command = [sys.executable, "-c", "pass"]
    return statistics.median(_run(command)[0] for _ in range(9))


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


def _print_table(
    rows: int,
    size: int,
    measured: dict[str, Measured],
    before: dict[str, tuple[int, float]],
    start: float,
) -> None:
    rival = measured.get(RIVAL)
    print(f"\n{rows:,} rows, {size / 2**20:.0f} MiB; the findings of all agree\n")
    print("| program | seconds | of polars | processor s | of polars | MiB | growth |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, result in sorted(measured.items(), key=lambda item: item[1].median):
        busy = statistics.median(result.busy)
        ratio = busier = ""
        if rival:
            ratio = f"{result.median / rival.median:.2f}"
            busier = f"{busy / statistics.median(rival.busy):.2f}"
        growth = ""
        if name in before:
            fewer, seconds = before[name]
            times = (result.median - start) / (seconds - start)
            growth = f"{times:.1f} times for {rows / fewer:.0f} times the rows"
        cells = (name, f"{result.median:.2f}", ratio, f"{busy:.2f}", busier)
        print(f"| {' | '.join(cells)} | {result.memory:.0f} | {growth} |")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
