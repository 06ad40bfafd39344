"""The command `apiuser audit`."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from apiuser.cli.credential_options import read_given_names
from apiuser.cli.options import (
    CLEAN,
    FOUND,
    USAGE,
    Commands,
    add_command,
    add_json,
    add_policy,
    find_policy,
    read_path,
)
from apiuser.cli.reading_options import ExportReader, add_reading
from apiuser.cli.telling import complain, lacks_unicode, tell_whole
from apiuser.errors import AccessError, InputError, escape_invisible
from apiuser.exports import (
    HALVES,
    HUGE,
    ResourceTable,
    Status,
    assume_status,
)
from apiuser.rules.catalogue.audit_rules import (
    NO_CO_MANAGED,
    ONE_HALF,
    SEVERAL_TENANTS,
)

if TYPE_CHECKING:
    from apiuser.auditing import AuditReport, Progress

_ADVICE = {
    NO_CO_MANAGED.code: "If the tenant has none, say so with --no-co-managed.",
    SEVERAL_TENANTS.code: "Put each one's exports into a folder, and give the folder "
    "around them with --tenants.",
}
_ALONE = "without --tenants: --active FILE --inactive FILE."
_TENANT_ADVICE = _ADVICE | {
    ONE_HALF.code: f"If no column shows the status, audit this tenant alone, {_ALONE}",
}
_REST = "--report NAME.json contains all"
_EXAMPLES = """\
  apiuser audit active.csv inactive.csv
  apiuser audit *.csv --proposed names.txt --report report.html --report report.xlsx
  apiuser audit --active active.csv --inactive inactive.csv --no-co-managed
  apiuser audit --tenants exports --report tenants.csv
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    audit = add_command(
        commands,
        "audit",
        _audit,
        "Look for conflicts and broken rules in exports.",
        examples=_EXAMPLES,
    )
    audit.add_argument(
        "files", nargs="*", type=read_path, metavar="FILE", help="exports of resources"
    )
    for half in HALVES:
        audit.add_argument(
            f"--{half}",
            type=read_path,
            action="append",
            default=[],
            metavar="FILE",
            help=f"an export of {half} resources, if no column says so",
        )
    audit.add_argument(
        "--no-co-managed",
        action="store_true",
        help="the tenant has no co-managing users, so none need be seen",
    )
    audit.add_argument(
        "--tenants",
        type=read_path,
        metavar="FOLDER",
        help="audit each tenant on its own: each subfolder is a tenant, and a file "
        "beside the subfolders belongs to the tenant it is named after, up to the "
        "first _ and without a last word such as -active or -inactive",
    )
    add_policy(audit)
    audit.add_argument(
        "--proposed",
        type=read_path,
        metavar="FILE",
        help="a file with names to check, one per line",
    )
    audit.add_argument(
        "--report",
        type=read_path,
        action="append",
        default=[],
        metavar="PATH",
        help="write a report, .csv, .json, .html or .xlsx; may be repeated",
    )
    audit.add_argument(
        "--overwrite", action="store_true", help="replace existing reports"
    )
    add_reading(audit)
    add_json(audit)


def _audit(options: argparse.Namespace) -> int:
    files = [*options.files, *options.active, *options.inactive]
    if bool(files) == (options.tenants is not None):
        halves = options.tenants and (options.active or options.inactive)
        alone = f" To say which half a file is, audit its tenant alone, {_ALONE}"
        complain(f"give either FILEs or --tenants.{alone if halves else ''}")
        return USAGE
    for path in files:
        if os.path.isdir(path):  # noqa: PTH112  # `is_dir` raises for a long name
            reason = "is a folder; name a file in it, or give --tenants and the folder."
            raise AccessError(reason, path=path)
    return _audit_files(options, files) if files else _audit_tenants(options)


def _audit_files(options: argparse.Namespace, files: list[Path]) -> int:
    from apiuser import reports  # noqa: PLC0415  # late: other help is quick
    from apiuser.auditing import audit  # noqa: PLC0415

    policy = find_policy(options.policy)
    proposed = read_given_names(options.proposed)
    reader = ExportReader(options, files)
    _check_reports(options, files)
    with _show_progress() as progress:
        tables = _read(reader, options, files, progress)
        report = audit(
            tables,
            proposed=proposed,
            policy=policy,
            co_managed=not options.no_co_managed,
            progress=progress,
        )
    if options.json:
        tell_whole(reports.render_json(report, ascii_only=lacks_unicode()))
    else:
        advice = _ADVICE | _advise_on_halves(report)
        text = reports.render_terminal(report, advice=advice, rest=_REST)
        tell_whole((text, "\n"))
    for path in options.report:
        reports.write(report, path)
    return _grade(report, keep_going=options.keep_going)


def _audit_tenants(options: argparse.Namespace) -> int:
    from apiuser import reports  # noqa: PLC0415  # late: other help is quick
    from apiuser.auditing import audit_tenants, find_tenants  # noqa: PLC0415

    policy = find_policy(options.policy)
    proposed = read_given_names(options.proposed)
    tenants = find_tenants(options.tenants)
    files = [path for paths in tenants.values() for path in paths]
    reader = ExportReader(options, files)
    _check_reports(options, files)
    with _show_progress() as progress:
        audits = audit_tenants(
            tenants,
            proposed=proposed,
            policy=policy,
            co_managed=not options.no_co_managed,
            progress=progress,
            read=partial(reader.read, narrow_from=HUGE),
        )
    reader.refuse_unfound()
    if options.json:
        tell_whole(reports.render_tenants_json(audits, ascii_only=lacks_unicode()))
    else:
        text = reports.render_tenants_terminal(
            audits, advice=_TENANT_ADVICE, rest=_REST
        )
        tell_whole((text, "\n"))
    for path in options.report:
        reports.write_tenants(audits, path)
    codes = [one.exit_code for one in audits]
    codes += [
        _grade(one.report, keep_going=options.keep_going)
        for one in audits
        if one.report is not None
    ]
    return max(codes)


def _advise_on_halves(report: "AuditReport") -> dict[str, str]:
    """Say which option gives the half of the resources that is missing."""
    from apiuser.auditing.completeness import find_halves  # noqa: PLC0415  # late, as above

    seen = find_halves(report.tables)
    halves = [word for word, half in HALVES.items() if half not in seen]
    if len(halves) > 1:
        options = ", ".join(f"--{half} FILE" for half in halves)
        advice = f"Or say which file is which: {options}."
    else:
        advice = "".join(
            f"Give the {half} ones as --{half} FILE if no column says so."
            for half in halves
        )
    return {ONE_HALF.code: advice}


def _grade(report: "AuditReport", *, keep_going: bool) -> int:
    if report.unreadable and not keep_going:
        return InputError.exit_code
    serious = any(rule.severity.matters for rule in report.rules)
    return FOUND if serious else CLEAN


def _read(
    reader: ExportReader,
    options: argparse.Namespace,
    files: list[Path],
    progress: "Progress",
) -> list[ResourceTable]:
    halves = [Status.UNKNOWN] * len(options.files)
    for word, half in HALVES.items():
        halves += [half] * len(getattr(options, word))
    tables = []
    for done, (path, half) in enumerate(zip(files, halves, strict=True)):
        progress(done, len(files), f"reading {path.name}")
        table = reader.read(path, narrow_from=HUGE)
        tables.append(assume_status(table, half) if half else table)
    reader.refuse_unfound()
    return tables


def _check_reports(options: argparse.Namespace, files: list[Path]) -> None:
    """Refuse reports that cannot be, before any work is done."""
    # Late: other help is quick.
    from apiuser.files import refuse_guarded, refuse_taken  # noqa: PLC0415
    from apiuser.reports import check_path  # noqa: PLC0415

    given = (*files, options.proposed, options.policy)
    inputs = {os.path.realpath(path) for path in given if path is not None}
    for path in options.report:
        check_path(path)
        if os.path.realpath(path) in inputs:
            message = f"{path}: is one of the inputs; give the report another name."
            raise InputError(message)
        if os.path.lexists(path) and not options.overwrite:
            refuse_taken(path)
        refuse_guarded(path)


@contextmanager
def _show_progress() -> Iterator[Callable[[int, int, str], None]]:
    """Show a bar on a terminal, and nothing anywhere else."""
    if not sys.stderr.isatty():
        yield lambda _done, _steps, _text: None
        return
    from tqdm import tqdm  # noqa: PLC0415  # late: only a terminal needs it

    with tqdm(leave=False, bar_format="{l_bar}{bar}| {n_fmt}/{total_fmt}") as bar:

        def show(done: int, steps: int, text: str) -> None:
            bar.total = steps
            bar.n = done
            bar.set_description_str(escape_invisible(text))

        yield show
