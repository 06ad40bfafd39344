"""The command that hands over, run in a folder, and what it left there."""

import subprocess
import sys
from pathlib import Path

from tests.planted import SECRETS

COMMAND = (sys.executable, "-m", "apiuser", "handover")


def hand_over(folder: Path, *words: str | bytes) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *words],
        input=f"{SECRETS[0]}\n",
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )


def list_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
