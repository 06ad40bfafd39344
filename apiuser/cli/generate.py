"""The command `apiuser generate`."""

import argparse
import sys

from apiuser.cli.credential_options import make_credential
from apiuser.cli.options import (
    CLEAN,
    USAGE,
    WOULD_KEEP,
    Commands,
    add_command,
    add_json,
    add_making,
    find_policy,
)
from apiuser.cli.telling import complain, print_json, tell
from apiuser.errors import InputError

_EXAMPLES = """\
  apiuser generate
  apiuser generate --suffix sample.example.com --taken names.txt
  apiuser generate --length 40 --json --show-secret
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    generate = add_command(
        commands,
        "generate",
        _generate,
        "Make a key and a secret.",
        examples=_EXAMPLES,
    )
    add_making(generate)
    generate.add_argument(
        "--show-secret", action="store_true", help="print it to a pipe or file too"
    )
    add_json(generate)


def _check_suffix(suffix: str | None) -> None:
    from apiuser.credentials.validation import check_suffix  # noqa: PLC0415

    if suffix is not None and check_suffix(suffix):
        message = (
            "The suffix is not a domain; give what comes after the @ of a username."
        )
        raise InputError(message)


def _generate(options: argparse.Namespace) -> int:
    if not (options.show_secret or sys.stdout.isatty()):
        complain(f"{WOULD_KEEP.format('secret')}.")
        return USAGE
    # Late, so that the other commands do not wait for the generator.
    from apiuser.credentials.drawing import entropy_bits  # noqa: PLC0415
    from apiuser.rules.case import Subject  # noqa: PLC0415

    policy = find_policy(options.policy)
    _check_suffix(options.suffix)
    made = make_credential(options)
    answer = {
        "username": made.username.full,
        "secret": made.secret.reveal(),
        "policy": policy.name,
        "username_bits": entropy_bits(policy, subject=Subject.LOCAL_PART),
        "secret_bits": entropy_bits(
            policy, len(made.secret), alphabet=options.alphabet
        ),
    }
    if options.json:
        print_json(answer)
    else:
        tell(f"Username (key)     {answer['username']}")
        tell(f"Password (secret)  {answer['secret']}")
        tell(
            f"{answer['username_bits']:.1f} and {answer['secret_bits']:.1f} bits, "
            f"policy {policy.name}. Store both before you press Save."
        )
    return CLEAN
