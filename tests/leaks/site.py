"""The guide's site, built from a notebook that was saved after a secret was made."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

from tests.leaks.endings import Ending
from tests.leaks.processes import watch
from tests.leaks.room import Room

ROOT = Path(__file__).parents[2]
NAME = "Site build (`mkdocs build`) with the notebook saved after the first run"
NOTEBOOK = "create-api-user.ipynb"
# Builds the site, and gets a signal once a page stands and the next file is opened.
_BUILD = """
import os, runpy, sys

page, stop = sys.argv[1], int(sys.argv[2])

def watch(event, _arguments):
    global stop
    if stop and event == "open" and os.path.exists(page):
        number, stop = stop, 0
        os.kill(os.getpid(), number)

sys.addaudithook(watch)
sys.argv[:3] = ["mkdocs"]
runpy.run_module("mkdocs", run_name="__main__")
"""
_STOPS = {
    Ending.INTERRUPT: int(signal.SIGINT),
    Ending.KILL: int(signal.SIGKILL),
}
_LEFT_OUT = (".*", "node_modules", "__pycache__", "site", "tests", "benchmarks")


def build_site(notebook: bytes, ending: Ending, room: Room) -> None:
    """Build the site of a copy of the project in which a notebook is replaced."""
    project, site = room["work"] / "project", room["work"] / "site"
    shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    (project / "node_modules").symlink_to(ROOT / "node_modules")
    (project / "notebooks" / NOTEBOOK).write_bytes(notebook)
    if ending is Ending.ERROR:
        with (project / "docs" / "troubleshooting.md").open(
            "a", encoding="utf-8"
        ) as faulty:
            faulty.write("\nA statement without a source. [[no_such_source]]\n")
    page = site / "notebooks" / "create-api-user" / "index.html"
    with watch(room.sample), (room["logs"] / "mkdocs.log").open("w") as log:
        code = subprocess.run(
            [
                *(sys.executable, "-c", _BUILD, str(page), str(_STOPS.get(ending, 0))),
                *("build", "--verbose", "-d", str(site)),
            ],
            cwd=project,
            env=room.environment,
            stdout=log,
            stderr=log,
            check=False,
        ).returncode
    if code not in CODES[ending]:
        told = (room["logs"] / "mkdocs.log").read_text("utf-8")[-2000:]
        message = f"The build ended with {code}, not as {ending}: {told}"
        raise RuntimeError(message)


CODES = {
    Ending.NORMAL: {0},
    Ending.ERROR: {1},
    Ending.INTERRUPT: {1, -signal.SIGINT},
    Ending.KILL: {-signal.SIGKILL},
}
"""The exit codes that prove an ending."""
