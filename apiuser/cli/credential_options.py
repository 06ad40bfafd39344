"""What several commands make, and the lists of names that they read for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiuser.cli.options import find_policy
from apiuser.cli.telling import complain
from apiuser.errors import NotNamesError, SourceError, count_noun, join_some, show_start

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from apiuser.credentials.credential import Credential

_SHOWN = 5
_TO_COMPARE = (
    "To compare with an export: “apiuser audit EXPORT --proposed FILE”, where FILE lists "
    "the new names."
)


def make_credential(options: argparse.Namespace) -> Credential:
    """Make a key and a secret as the command line says."""
    # Late, so that the other commands do not wait for the generator.
    from apiuser.credentials.credential import Credential  # noqa: PLC0415
    from apiuser.credentials.drawing import (  # noqa: PLC0415
        generate_secret,
        generate_username,
    )

    policy = find_policy(options.policy)
    username = generate_username(
        policy=policy, taken=read_taken_names(options.taken), suffix=options.suffix
    )
    secret = generate_secret(
        policy=policy,
        alphabet=options.alphabet,
        length=options.length,
        username=username,
    )
    return Credential(username=username, secret=secret)


def read_taken_names(path: str | Path | None) -> list[str]:
    """Read names in use from a file, if one is given, and the words in them."""
    if path is None:
        return []
    # Late, as below.
    from apiuser.exports.name_lists import (  # noqa: PLC0415
        add_words,
        list_hidden_lines,
    )

    try:
        names = read_given_names(path)
    except NotNamesError as error:
        error.reason = f"{error.reason} {_TO_COMPARE}"
        raise
    if hidden := list_hidden_lines(names):
        shown = [show_start(names[at]) for at in hidden[:_SHOWN]]
        hide = "hides a name" if len(hidden) == 1 else "hide names"
        complain(
            f"{path}: {count_noun(len(hidden), 'line')} {hide} "
            f"({join_some(shown, len(hidden))}), so nothing shows that a name is free. "
            "List the usernames as they are."
        )
    return add_words(names)


def read_given_names(path: str | Path | None) -> list[str]:
    """Read names from a file, if one is given; each of them once."""
    if path is None:
        return []
    # Late: commands that read no names start faster.
    from apiuser.exports import read_names  # noqa: PLC0415

    try:
        return [*dict.fromkeys(read_names(path))]
    except SourceError as error:
        if error.remedies:  # the options of reading are those of exports
            error.remedies = ()
            error.reason = f"{error.reason} Save the list of names as UTF-8."
        raise
