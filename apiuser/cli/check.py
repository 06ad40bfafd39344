"""The command `apiuser check`."""

import argparse

from apiuser.cli.asking import ask_secret
from apiuser.cli.credential_options import read_taken_names
from apiuser.cli.options import (
    CLEAN,
    FOUND,
    USAGE,
    Commands,
    add_command,
    add_json,
    add_policy,
    add_taken,
    find_policy,
)
from apiuser.cli.telling import complain, finding_as_json, print_json, tell
from apiuser.credentials.validation import (
    check_secret,
    check_username,
    resembles_secret,
)

_EXAMPLES = """\
  apiuser check presh2integration
  apiuser check key1@sample.example.com --taken names.txt --email key1@example.com
  apiuser check --secret --username key1@sample.example.com
"""
_PERHAPS = (
    "this would do as a secret. If it is one, your shell remembers it: make a new one, "
    "and check a secret with --secret."
)


def add_to(commands: Commands) -> None:
    """Add the command."""
    check = add_command(
        commands,
        "check",
        _check,
        "Check a username, or a secret asked for at a prompt.",
        examples=_EXAMPLES,
    )
    check.add_argument("name", nargs="?", metavar="NAME")
    check.add_argument("--secret", action="store_true", help="ask for a secret")
    add_policy(check)
    check.add_argument("--username", help="the username that the secret is for")
    add_taken(check)
    check.add_argument("--email", default="", help="the user's e-mail address")
    add_json(check)


def _check(options: argparse.Namespace) -> int:
    if (options.name is None) != options.secret:
        complain("give either a NAME or --secret.")
        return USAGE
    other = "--taken" if options.secret and options.taken else ""
    other = "--username" if options.username and not options.secret else other
    if other:
        what = "a NAME" if options.secret else "--secret"
        complain(f"{other} goes only with {what}.")
        return USAGE
    policy = find_policy(options.policy)
    if options.secret:
        findings = check_secret(
            ask_secret("Secret"),
            policy=policy,
            username=options.username,
            email=options.email,
        )
    else:
        if resembles_secret(options.name):
            complain(_PERHAPS)
        findings = check_username(
            options.name,
            policy=policy,
            taken=read_taken_names(options.taken),
            email=options.email,
        )
    serious = any(finding.severity.matters for finding in findings)
    if options.json:
        name = {} if options.secret else {"username": options.name}
        print_json(
            name | {"findings": [finding_as_json(finding) for finding in findings]}
        )
    elif findings:
        tell(*findings)
        if not serious:
            tell("Nothing else found: it follows the policy.")
    else:
        tell("Nothing found: it follows every rule of the policy.")
    if not (serious or options.secret or options.taken or options.json):
        tell("Not compared with the names in use: add --taken FILE.")
    return FOUND if serious else CLEAN
