"""The command `apiuser compare`."""

import argparse
from itertools import chain
from pathlib import Path

from apiuser.cli.options import (
    CLEAN,
    FOUND,
    Commands,
    add_command,
    add_json,
    read_path,
)
from apiuser.cli.reading_options import ExportReader, add_reading
from apiuser.cli.telling import print_json, tell_whole
from apiuser.errors import AccessError, InputError
from apiuser.exports.hidden_files import may_hold_exports, refuse_hidden
from apiuser.files.file_names import is_hidden

_EXAMPLES = """\
  apiuser compare before.csv after.csv
  apiuser compare before.json after.json --expect key1@sample.example.com
  apiuser compare monday tuesday --json
"""
_MOMENT = (
    "an export, or a folder that contains the exports of one moment and nothing else"
)


def add_to(commands: Commands) -> None:
    """Add the command."""
    compare = add_command(
        commands,
        "compare",
        _compare,
        "Say what changed between two exports, and whether it is what was expected.",
        examples=_EXAMPLES,
        codes="0 nothing compared changed, or all is as expected; 1 something changed or may\n"
        "have, or not all is as expected; the others as “apiuser --help” says",
    )
    compare.add_argument("before", type=read_path, metavar="BEFORE", help=_MOMENT)
    compare.add_argument(
        "after", type=read_path, metavar="AFTER", help="the same, later"
    )
    compare.add_argument(
        "--expect",
        metavar="NAME",
        help="prove that this API user is new, there once and active, and that nothing "
        "else changed in the columns compared",
    )
    add_reading(compare)
    add_json(compare)


def _compare(options: argparse.Namespace) -> int:
    # Late: other help is quick.
    from apiuser.auditing import check_expected, compare  # noqa: PLC0415
    from apiuser.auditing.expectation import holds_all  # noqa: PLC0415
    from apiuser.reports.comparison_report import (  # noqa: PLC0415
        comparison_as_json,
        render_comparison,
    )

    expected = options.expect or ""
    if options.expect is not None and not expected.partition("@")[0].strip():
        message = "--expect names no username. Give the key of the new API user."
        raise InputError(message)
    moments = [_list_exports(path) for path in (options.before, options.after)]
    reader = ExportReader(options, chain(*moments))
    tables = [[reader.read(path) for path in files] for files in moments]
    reader.refuse_unfound()
    comparison = compare(*tables)
    checks = check_expected(comparison, expected) if expected else ()
    if options.json:
        print_json(comparison_as_json(comparison, checks, expected=expected))
    else:
        text = render_comparison(
            comparison, checks, expected=expected, rest="--json shows all"
        )
        tell_whole((text, "\n"))
    if comparison.unreadable and not options.keep_going:
        return InputError.exit_code
    if checks:
        return CLEAN if holds_all(checks) else FOUND
    return FOUND if comparison.changes or comparison.missing else CLEAN


def _list_exports(path: Path) -> list[Path]:
    """Return a file, or all files of a folder except hidden ones."""
    try:
        if not path.is_dir():
            return [path]
        inside = sorted(path.iterdir())
    except OSError as error:
        reason = f"cannot be read ({error.strerror}). Check the path and the rights."
        raise AccessError(reason, path=path) from None
    hidden = [one for one in inside if is_hidden(one.name)]
    for one in filter(may_hold_exports, hidden):
        refuse_hidden(one)
    found = [one for one in inside if one not in hidden]
    if not found:
        reason = "contains no file. Put the exports of one moment into it."
        raise InputError(reason, path=path)
    return found
