"""The command `apiuser scan`."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from apiuser.cli.asking import ask_secret
from apiuser.cli.options import (
    CLEAN,
    FOUND,
    Commands,
    add_command,
    add_json,
    read_count,
    read_path,
)
from apiuser.cli.telling import complain, print_json, tell
from apiuser.credentials.credential import Secret
from apiuser.errors import AccessError, InputError, count_noun

if TYPE_CHECKING:
    from apiuser.leaks import ScanReport

_HELP = "Search notebooks for secrets left there, or all files for a value you type."
_MEBIBYTE = 1024 * 1024

_EXAMPLES = """\
  apiuser scan apiuser-notebooks
  apiuser scan --secret apiuser-notebooks exports
  apiuser scan --limit 64 --json apiuser-notebooks
"""
_CODES = (
    "0 nothing found; 1 a secret found; 4 nothing found, but something could not be\n"
    "searched, or there was nothing to search"
)


def add_to(commands: Commands) -> None:
    """Add the command."""
    scan = add_command(commands, "scan", _scan, _HELP, examples=_EXAMPLES, codes=_CODES)
    scan.add_argument(
        "paths",
        nargs="+",
        type=read_path,
        metavar="PATH",
        help="files or folders to search",
    )
    scan.add_argument(
        "--secret", action="store_true", help="ask for a value and search all files"
    )
    scan.add_argument(
        "--limit",
        type=partial(read_count, least=1),
        metavar="MIB",
        help="the most MiB of one file or part to take apart; 256 if not given",
    )
    add_json(scan)


def _scan(options: argparse.Namespace) -> int:
    from apiuser.leaks import (  # noqa: PLC0415  # late: other commands start faster
        MOST_IN_MEMORY,
        scan_for,
        scan_unknown,
    )

    limit = MOST_IN_MEMORY if options.limit is None else options.limit * _MEBIBYTE
    if options.secret:
        report = scan_for(_ask_whole(), options.paths, limit=limit)
    else:
        report = scan_unknown(options.paths, limit=limit)
    if options.json:
        print_json(_describe(report))
    else:
        _tell(report, known=options.secret)
    if report.leaks:
        return FOUND  # worth more than a file that could not be searched
    clean = report.searched and not report.unread
    return CLEAN if clean else AccessError.exit_code


def _ask_whole() -> Secret:
    """Ask for the value; one that was pasted with a blank would be found nowhere."""
    secret = ask_secret("Secret")
    ends = secret.reveal()[:1] + secret.reveal()[-1:]
    if " " in ends or not ends.isprintable():
        message = (
            "The value begins or ends with a space or an invisible character, which no "
            "secret does. Type it again without it."
        )
        raise InputError(message)
    return secret


def _tell(report: "ScanReport", *, known: bool) -> None:
    tell(*report.leaks)
    for unread in report.unread:
        complain(unread)
    tell(_count(report, known=known))
    if report.skipped:
        tell(
            f"Links, pipes and devices skipped in folders: {report.skipped}. "
            "Give what a link leads to as a PATH to have it searched."
        )
    if report.leaks:
        tell(
            "Make a new secret in Autotask, then clear these places: "
            "a secret that was stored openly is no longer one."
        )


def _count(report: "ScanReport", *, known: bool) -> str:
    """Say how many places contain something, unless nothing was searched."""
    count = len(report.leaks)
    places = "1 place contains" if count == 1 else f"{count} places contain"
    nothing = not (count or report.searched)
    if nothing and (known or not report.files):
        return "Nothing was searched."
    if known:
        return f"{places} a secret; {count_noun(report.searched, 'file')} searched."
    files = count_noun(report.files, "file")
    said = (
        f"Nothing was searched: no notebook could be read in {files}."
        if nothing
        else f"{places} what looks like a secret; of {files} only notebooks were searched."
    )
    return f"{said} Add --secret to search all of them for a value you type."


def _describe(report: "ScanReport") -> dict[str, object]:
    return {
        "leaks": [
            {"path": str(leak.path), "place": leak.place, "form": leak.form}
            for leak in report.leaks
        ],
        "unread": [
            {"path": str(part.path), "place": part.place, "reason": part.reason}
            for part in report.unread
        ],
        "files": report.files,
        "searched": report.searched,
        "skipped": report.skipped,
    }
