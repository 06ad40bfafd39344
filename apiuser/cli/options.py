"""Options that several commands share, and how a command answers."""

from __future__ import annotations

from argparse import ArgumentTypeError, RawDescriptionHelpFormatter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from apiuser.cli.telling import WIDTH
from apiuser.errors import ApiuserError, InputError, PlaceError
from apiuser.rules.character_sets import ALPHABETS, COPY_SAFE
from apiuser.rules.policies import (
    DEFAULT_POLICY,
    POLICIES,
    SECRET_LENGTH,
    Policy,
    read_policy,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from apiuser.errors import Remedy

_MOST_DIGITS = 19
_FOR_ONE_FILE = ("encoding", "column", "skip_lines")
"""Options that may begin with the file they are for."""
WOULD_KEEP = (
    "the output is not a terminal and would keep the {0}; add --show-{0} if that is what "
    "you want"
)
CLEAN, FOUND, USAGE, INTERRUPTED = 0, 1, 2, 130

# Asking the terminal for its width would slow the command.
format_help = partial(RawDescriptionHelpFormatter, width=WIDTH)

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


def add_command(  # noqa: PLR0913  # one value for each part of the help
    commands: Commands,
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
    *,
    examples: str,
    codes: str = "",
) -> argparse.ArgumentParser:
    """Add a command with its help, which ends in lines that can be run.

    Args:
        commands: Where it goes.
        name: Its name.
        run: What runs it.
        text: What it does.
        examples: Lines that can be run.
        codes: Exit codes with a meaning of their own.
    """
    lead = f"exit codes: {codes}\n\n" if codes else ""
    command = commands.add_parser(
        name,
        help=text,
        description=text,
        epilog=f"{lead}examples:\n{examples}",
        formatter_class=format_help,
    )
    command.set_defaults(run=run)
    return command


def find_near(word: str, known: Iterable[str]) -> str:
    """Return which of the known words somebody may have meant; blank if none."""
    from difflib import get_close_matches  # noqa: PLC0415  # late: seldom needed

    return "".join(get_close_matches(word, known, n=1))


def read_count(text: str, *, least: int = 0) -> int:
    """Return a whole number of the command line, within bounds.

    Raises:
        ArgumentTypeError: It is not one, or too small; the text is not repeated.
    """
    known = text.isascii() and text.isdecimal() and len(text) < _MOST_DIGITS
    if not known or int(text) < least:
        message = f"give a whole number from {least} to {'9' * (_MOST_DIGITS - 1)}"
        raise ArgumentTypeError(message)
    return int(text)


def read_path(text: str) -> Path:
    """Return a path of the command line; an empty one would be the current folder.

    Raises:
        ArgumentTypeError: It is empty, as a variable is that was not set.
    """
    if not text:
        message = "the path is empty; name a file or folder"
        raise ArgumentTypeError(message)
    return Path(text)


def add_json(command: argparse.ArgumentParser) -> None:
    """Add the option --json."""
    command.add_argument(
        "--json", action="store_true", help="print JSON, for a program to read"
    )


def add_policy(command: argparse.ArgumentParser) -> None:
    """Add the option --policy."""
    command.add_argument(
        "--policy",
        default=DEFAULT_POLICY.name,
        help=f"{', '.join(POLICIES)}, or the tenant's own TOML file; "
        f"{DEFAULT_POLICY.name} if not given",
    )


def add_taken(command: argparse.ArgumentParser) -> None:
    """Add the option --taken."""
    command.add_argument(
        "--taken", metavar="FILE", help="a file with the names in use, one per line"
    )


def add_making(command: argparse.ArgumentParser) -> None:
    """Add the options on how a key and a secret are made."""
    add_policy(command)
    command.add_argument(
        "--suffix", help="what comes after the @ in the tenant's usernames"
    )
    add_taken(command)
    command.add_argument(
        "--alphabet",
        choices=ALPHABETS,
        default=COPY_SAFE,
        help=f"what a secret is made of: only what scripts leave alone ({COPY_SAFE}, if "
        "not given), or every character that the policy allows",
    )
    command.add_argument(
        "--length",
        type=read_count,
        help=f"characters of the secret; {SECRET_LENGTH} if not given",
    )


def find_policy(name: str) -> Policy:
    """Return a policy by name or from a file.

    Raises:
        InputError: There is no such policy.
    """
    if name in POLICIES:
        return POLICIES[name]
    if name.endswith(".toml"):
        return read_policy(name)
    message = f"No policy has this name; use {', '.join(POLICIES)} or a .toml."
    raise InputError(message)


def explain_error(error: ApiuserError, file: str = "") -> str:
    """Say what is wrong, and which option would allow it.

    Args:
        error: What is wrong.
        file: The file that an option would be for; blank if there is only one.
    """
    said = error.explain(partial(_name_option, file=file))
    if isinstance(error, PlaceError):
        said += f" Or give {_dash(error.permission)}."
    return said


def _name_option(remedy: Remedy, file: str) -> str:
    option = _dash(remedy.option)
    if remedy.value is None:
        return option
    if file and remedy.option in _FOR_ONE_FILE:
        import shlex  # noqa: PLC0415  # late: few errors need it

        return f"{option} {shlex.quote(f'{file}:{remedy.value}')}"
    return f"{option} {remedy.value}"


def _dash(parameter: str) -> str:
    return f"--{parameter.replace('_', '-')}"
