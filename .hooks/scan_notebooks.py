#!/usr/bin/env python3
"""Run `apiuser scan` from a clone, as a hook before commits: nothing is installed."""

import sys
from pathlib import Path

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036  # started by what is found first
        sys.exit("apiuser: the hook needs Python 3.11 or newer as python3.")
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from apiuser.cli import main

    sys.exit(main(["scan", *sys.argv[1:]]))
