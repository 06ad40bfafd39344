"""The command `apiuser`."""

import argparse
import os
import sys
from collections.abc import Sequence

from apiuser.cli import (
    audit,
    check,
    generate,
    handover,
    listing,
    notebooks,
    scan,
)
from apiuser.cli.options import INTERRUPTED
from apiuser.errors import AccessError, ApiuserError

_EXAMPLES = """examples:
  apiuser lab                                    open the notebooks in JupyterLab
  apiuser generate                               make a key and a secret
  apiuser check presh2integration                judge a username
  apiuser check --secret                         judge a secret, asked for at a prompt
  apiuser audit active.csv inactive.csv          look for conflicts and broken rules
  apiuser audit *.csv --proposed names.txt --report report.html
  apiuser handover --generate --to new.kdbx      make both into an encrypted file
  apiuser scan notebooks                         look for secrets left in notebooks
  apiuser rules                                  list every rule with its source

exit codes: 0 nothing worse than a notice, 1 errors or warnings found,
2 wrong usage, 3 input refused, 4 could not read or write, 130 interrupted
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _build_parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except ApiuserError as error:
        print(f"apiuser: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("apiuser: interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone, as in `apiuser rules | head`; nothing more to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return AccessError.exit_code
    return code


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="apiuser",
        description="Create, check and audit Autotask PSA API users.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for module in (notebooks, generate, check, audit, handover, scan, listing):
        module.add_to(commands)
    return parser
