"""Time the start of the command and of the forms against what they cannot do without.

`apiuser check NAME` is held against a bare interpreter start, and importing the
forms against importing the widget packages they are made of. All four run in turns.
The processor's time counts, for it changes less with what else the machine does;
the time on the clock is printed beside it. On Windows, where the processor's time of
a finished process is not told, the clock decides. Compiled modules are kept between
the rounds, as they are wherever a command is started twice.

Run: uv run python -m benchmarks.startup [ROUNDS]
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

CHECK, FORMS = 4.0, 1.3
"""The most that each may take, as a multiple of its peer."""


class Taken(NamedTuple):
    """Seconds on the clock and of the processor."""

    clock: float
    processor: float


def main() -> int:
    """Print medians and ratios; exit 1 above a target."""
    rounds = int(sys.argv[1]) if sys.argv[1:] else 40
    script = shutil.which("apiuser", path=str(Path(sys.executable).parent))
    if script is None:
        print("apiuser is not installed beside this Python.", file=sys.stderr)
        return 2
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "apiuser check NAME": [script, "check", "presh2integration@example.com"],
        "import the widgets": [sys.executable, "-c", "import ipywidgets, anywidget"],
        "import the forms": [
            sys.executable,
            "-c",
            "from apiuser.forms import show_checklist",
        ],
    }
    times: dict[str, list[Taken]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as folder:
        surroundings = os.environ | {"PYTHONPYCACHEPREFIX": folder}
        surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
        for turn in range(rounds + 1):
            for name, command in commands.items():
                taken = _time(command, surroundings)
                if turn:  # the first compiles
                    times[name].append(taken)
    medians = {
        name: Taken(*map(statistics.median, zip(*taken, strict=True)))
        for name, taken in times.items()
    }
    for name, (clock, processor) in medians.items():
        print(f"{name:19} {clock * 1e3:6.1f} ms, processor {processor * 1e3:6.1f} ms")
    bare, check, widgets, forms = medians.values()
    good = [_compare("check", check, bare, CHECK)]
    good.append(_compare("forms", forms, widgets, FORMS))
    return int(not all(good))


def _compare(name: str, ours: Taken, theirs: Taken, most: float) -> bool:
    clock = ours.clock / theirs.clock
    processor = ours.processor / theirs.processor if theirs.processor else clock
    print(
        f"{name} ratio {processor:5.2f}, on the clock {clock:5.2f}"
        f"   (target: at most {most})"
    )
    return processor <= most


def _time(command: list[str], surroundings: dict[str, str]) -> Taken:
    clock, processor = time.perf_counter(), _sum_processor()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=surroundings)
    return Taken(time.perf_counter() - clock, _sum_processor() - processor)


def _sum_processor() -> float:
    """Sum the processor's time of all finished processes, where it is told."""
    if sys.platform == "win32":
        return 0.0
    import resource  # noqa: PLC0415  # is not there on Windows

    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    sys.exit(main())
