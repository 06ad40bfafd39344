"""Programs of others that open what we write; where they are not, tests say so."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

REQUIRED = "APIUSER_REQUIRE_HANDOVER_TOOLS"


def find_tool(name: str) -> str:
    """Return a program's path; skip the test by name, or fail where it must run."""
    path = shutil.which(name)
    if path is None:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(f"{name} is not installed, and {REQUIRED} is 1")
        pytest.skip(f"not run: {name} is not installed")
    return path


def run_keepassxc(database: Path, passphrase: str, *command: str) -> str:
    """Run a command of KeePassXC's own CLI on a database and return its answer."""
    name, *rest = command
    done = subprocess.run(
        [find_tool("keepassxc-cli"), name, "-q", *rest[:-1], str(database), *rest[-1:]],
        input=f"{passphrase}\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, f"KeePassXC answers {done.returncode}"
    return done.stdout


def run_in_terminal(command: list[str], typed: str, folder: Path) -> tuple[int, str]:
    """Run a command in a terminal of its own, and type into it."""
    done = subprocess.run(
        [find_tool("script"), "-qec", shlex.join(command), "/dev/null"],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=folder,
    )
    return done.returncode, done.stdout.replace("\r\n", "\n")
