"""Time `apiuser check NAME` against a bare interpreter start, in turns.

Run: uv run python benchmarks/startup.py
"""

import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 40
TARGET = 5.0


def main() -> int:
    """Print both medians and their ratio; exit 1 above the target."""
    script = shutil.which("apiuser", path=str(Path(sys.executable).parent))
    if script is None:
        print("apiuser is not installed beside this Python.", file=sys.stderr)
        return 2
    bare = [sys.executable, "-c", "pass"]
    check = [script, "check", "presh2integration@example.com"]
    for command in (bare, check):
        _time(command)
    rounds = [(_time(bare), _time(check)) for _ in range(ROUNDS)]
    start, whole = (statistics.median(times) for times in zip(*rounds, strict=True))
    ratio = whole / start
    print(f"python -c pass      {start * 1e3:6.1f} ms")
    print(f"apiuser check NAME  {whole * 1e3:6.1f} ms")
    print(f"ratio               {ratio:6.2f}   (target: at most {TARGET})")
    return int(ratio > TARGET)


def _time(command: list[str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
