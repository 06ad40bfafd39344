"""Measure the scan of large notebooks of one kind each: `python -m tests.measure_scan`.

Each is read with 1 and with 9 MB in an output or in a code cell, and a secret at its
end. The processor's time counts, and how much of it the nine times larger one takes.
"""

import json
import sys
import tempfile
from pathlib import Path
from time import process_time

from apiuser.leaks import scan_unknown
from tests.leaks.leak_samples import DRAWN, make_notebook, make_stream
from tests.leaks.notebook_parts import Part

SMALL, LARGE = 1_000_000, 9_000_000
MOST_SECONDS = 5
MOST_GROWTH = 1.5 * LARGE / SMALL
NOTHING = 0.05  # seconds below which a ratio says nothing


def main() -> int:
    failed = False
    for name in make_large(1_000):
        for kind in ("output", "code"):
            small, large = (
                measure(hide(make_large(size)[name], kind)) for size in (SMALL, LARGE)
            )
            growth = large / max(small, NOTHING)
            wrong = large > MOST_SECONDS or growth > MOST_GROWTH
            failed |= wrong
            sys.stdout.write(
                f"{name}, {kind}: {large:.2f} s, {growth:.1f} times that of 1 MB"
                f"{' (too long)' if wrong else ''}\n"
            )
    sys.stdout.write(f"At most {MOST_SECONDS} s and {MOST_GROWTH:.1f} times.\n")
    return int(failed)


def make_large(size: int) -> dict[str, str]:
    """Make texts of about so many characters, each of one kind that repeats."""
    line = "2026-11-24T10:00:00.123Z INFO [Main-1] App$Config2 - in 3.2-s\n"
    pieces = {
        "one word": "aB1",
        "a log": line,
        "short words": "a1 ",
        "empty lines": "\n",
        "blanks": " ",
        "quotation marks": "\"'",
        "tags": "<a b='c'>x</a>",
        "addresses": "a://",
        "queries": "?a=b",
        "assignments": "secret:",
        "assignments of numbers": "secret=12/",
        "words for secrets": "password",
        "words for secrets with marks": "Password-",
        "base64": "QUJD" * 19 + "\n",
        "a list of characters": "'a', ",
    }
    return {name: piece * (size // len(piece)) for name, piece in pieces.items()}


def hide(text: str, kind: str) -> Part:
    """Make a notebook with the text in an output or in code, and a secret behind it."""
    if kind == "code":
        return make_notebook(source=f"{text}\nx = '{DRAWN}'")
    return make_notebook(outputs=[make_stream(f"{text}\n{DRAWN}\n")])


def measure(notebook: Part) -> float:
    """Return the seconds of the processor that a scan takes, which finds the secret."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.ipynb"
        path.write_text(json.dumps(notebook), encoding="utf-8")
        started = process_time()
        leaks = scan_unknown([path]).leaks
        taken = process_time() - started
    if not leaks:
        sys.exit("The secret was not found.")
    return taken


if __name__ == "__main__":
    sys.exit(main())
