"""Run a command as a whole process and tell how long it took and how much it held.

A process counts the memory of the one that started it until it runs its own program,
so commands are started by this file run as a script, which holds next to nothing.
"""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

# Modules are compiled once, as they are for everybody.
_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


class Taken(NamedTuple):
    """What one run took.

    Attributes:
        seconds: From start to end.
        busy: Of the processors, which others on the machine disturb less.
        memory: The most held at one time, in MiB.
        ended: Its exit code; negative for the signal that ended it.
    """

    seconds: float
    busy: float
    memory: float
    ended: int


@dataclass(slots=True)
class Measured:
    """What the runs of one program took."""

    runs: list[Taken] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """The median of the seconds."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def busy(self) -> float:
        """The median of the seconds of the processors."""
        return statistics.median(run.busy for run in self.runs)

    @property
    def memory(self) -> float:
        """The most of all runs, in MiB."""
        return max(run.memory for run in self.runs)


def measure(command: list[str], *, deadline: float = 3600) -> Taken:
    """Run a command without its output; it is killed after the deadline in seconds."""
    starter = [sys.executable, "-S", str(Path(__file__)), str(deadline), *command]
    run = subprocess.run(starter, stdout=subprocess.PIPE, check=True, env=_ENVIRONMENT)
    return Taken(*json.loads(run.stdout))


def count_processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def apiuser(*arguments: str) -> list[str]:
    """Return the command `apiuser` with arguments."""
    return [str(Path(sys.executable).with_name("apiuser")), *arguments]


def _run(deadline: float, command: list[str]) -> Taken:
    begin = time.perf_counter()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    timer = threading.Timer(deadline, run.kill)
    timer.start()
    _, status, usage = os.wait4(run.pid, 0)
    seconds = time.perf_counter() - begin
    timer.cancel()
    run.returncode = os.waitstatus_to_exitcode(status)
    busy = usage.ru_utime + usage.ru_stime
    return Taken(seconds, busy, usage.ru_maxrss / 1024, run.returncode)


if __name__ == "__main__":
    print(json.dumps(_run(float(sys.argv[1]), sys.argv[2:])))
