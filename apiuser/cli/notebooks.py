"""The command `apiuser lab`."""

import argparse
from pathlib import Path

from apiuser.cli.options import CLEAN, Commands, add_command


def add_to(commands: Commands) -> None:
    """Add the command."""
    lab = add_command(
        commands, "lab", _lab, "Copy the notebooks to a folder and open the first one."
    )
    lab.add_argument("folder", nargs="?", type=Path, default=Path("apiuser-notebooks"))
    lab.add_argument("--app", action="store_true", help="show the form without code")


def _lab(options: argparse.Namespace) -> int:
    from apiuser.lab import open_lab  # noqa: PLC0415  # late: needs JupyterLab

    open_lab(options.folder, app=options.app)
    return CLEAN
