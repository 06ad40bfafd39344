"""The command that hands over, run in a folder, and what it left there."""

import subprocess
import sys
from pathlib import Path

from tests.planted import SECRETS

CHEAP_LOCKS = """
import sys
from apiuser.handover import age_scrypt, kdbx
kdbx.MEMORY_KIB, kdbx.ROUNDS, age_scrypt.WORK_FACTOR = 64, 1, 2
"""
"""Begins a process in which passphrases are turned into keys at once."""
COMMAND = (
    *(sys.executable, "-c"),
    f"{CHEAP_LOCKS}from apiuser.__main__ import run\nsys.exit(run())",
    "handover",
)


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
