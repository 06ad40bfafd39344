"""The command `apiuser lab`."""

import argparse
import sys
from pathlib import Path

from apiuser.cli.options import Commands, add_command, add_folder
from apiuser.cli.telling import complain, prompt

_EXAMPLES = """\
  apiuser lab
  apiuser lab --no-browser work
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    lab = add_command(
        commands,
        "lab",
        _lab,
        "Copy the notebooks to a folder and open the form in JupyterLab.",
        examples=_EXAMPLES,
    )
    add_folder(lab)


def _lab(options: argparse.Namespace) -> int:
    from apiuser.lab import open_lab  # noqa: PLC0415  # late: other commands start faster

    return open_lab(
        options.folder, browser=not options.no_browser, replace=_ask_to_replace
    )


def _ask_to_replace(path: Path) -> bool:
    """Ask whether a changed file may be overwritten; keep it where nobody answers."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        complain(f"{path} was changed and is kept.")
        return False
    prompt(f"{path} was changed. Overwrite it? [y/N] ")
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}
