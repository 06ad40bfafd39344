"""The command `apiuser form`."""

import argparse

from apiuser.cli.options import Commands, add_command, add_folder

_EXAMPLES = """\
  apiuser form
  apiuser form --no-browser work
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    form = add_command(
        commands,
        "form",
        _form,
        "Open the form alone in the browser, without JupyterLab around it.",
        examples=_EXAMPLES,
    )
    add_folder(form)


def _form(options: argparse.Namespace) -> int:
    from apiuser.lab import open_form  # noqa: PLC0415  # late: other commands start faster

    return open_form(options.folder, browser=not options.no_browser)
