"""The commands `apiuser lab` and `apiuser form`."""

import argparse
import sys
from pathlib import Path

from apiuser.cli.options import Commands, add_command
from apiuser.cli.telling import complain, prompt


def add_to(commands: Commands) -> None:
    """Add the commands."""
    for name, run, text in (
        (
            "lab",
            _open_lab,
            "Copy the notebooks to a folder and open the form in JupyterLab.",
        ),
        (
            "form",
            _open_form,
            "Open the form alone in the browser, without JupyterLab around it.",
        ),
    ):
        examples = f"  apiuser {name}\n  apiuser {name} --no-browser work\n"
        command = add_command(commands, name, run, text, examples=examples)
        command.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=Path("apiuser-notebooks"),
            help="where the notebooks are and the form saves its work (apiuser-notebooks)",
        )
        command.add_argument(
            "--no-browser", action="store_true", help="only print the address"
        )


def _open_lab(options: argparse.Namespace) -> int:
    from apiuser.lab import open_lab  # noqa: PLC0415  # late: other commands start faster

    return open_lab(
        options.folder, browser=not options.no_browser, replace=_ask_to_replace
    )


def _open_form(options: argparse.Namespace) -> int:
    from apiuser.lab import open_form  # noqa: PLC0415  # late: other commands start faster

    return open_form(options.folder, browser=not options.no_browser)


def _ask_to_replace(path: Path) -> bool:
    """Ask whether a changed file may be overwritten; keep it if nobody answers."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        complain(f"{path} was changed and is kept.")
        return False
    prompt(f"{path} was changed. Overwrite it? [y/N] ")
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}
