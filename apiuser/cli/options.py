"""Options that several commands share, and how a command answers."""

from __future__ import annotations

import sys
from argparse import RawDescriptionHelpFormatter
from functools import partial

from apiuser.errors import InputError
from apiuser.rules.policies import DEFAULT_POLICY, POLICIES, Policy, read_policy

TYPE_CHECKING = False  # as typing has it, whose import costs the command time
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

CLEAN, FOUND, USAGE, INTERRUPTED = 0, 1, 2, 130

# One width at every terminal, so that the guide shows the same text; asking the
# terminal would cost the command time.
format_help = partial(RawDescriptionHelpFormatter, width=88)

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


def add_command(
    commands: Commands,
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
    *,
    examples: str,
) -> argparse.ArgumentParser:
    """Add a command with its help, which ends in lines that can be run."""
    command = commands.add_parser(
        name,
        help=text,
        description=text,
        epilog=f"examples:\n{examples}",
        formatter_class=format_help,
    )
    command.set_defaults(run=run)
    return command


def add_policy(command: argparse.ArgumentParser) -> None:
    """Add the option --policy."""
    command.add_argument(
        "--policy",
        default=DEFAULT_POLICY.name,
        help=f"{', '.join(POLICIES)}, or a TOML file of the tenant's own",
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
    message = f"There is no policy of this name; take {', '.join(POLICIES)} or a .toml."
    raise InputError(message)


def read_names(path: str | Path | None) -> list[str]:
    """Read names from a file, where one is given."""
    if path is None:
        return []
    from apiuser.exports import read_names as read  # noqa: PLC0415  # late: needs pyarrow

    return read(path)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    import json  # noqa: PLC0415  # late: `apiuser check NAME` starts faster

    # What the output's encoding may lack is escaped, which JSON readers undo.
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(value, indent=2, ensure_ascii=not unicode))
