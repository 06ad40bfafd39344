"""Exports of many tenants: whose is which, and an audit of each, never mixed."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn

from apiuser.auditing.report import AuditReport
from apiuser.auditing.running import Progress, audit, tell_nobody
from apiuser.errors import AccessError, ApiuserError, InputError
from apiuser.exports import ENDINGS, HUGE, ResourceTable, read_resources
from apiuser.rules.policies import DEFAULT_POLICY, Policy

_HALVES = {"active", "inactive"}

Reader = Callable[[Path], ResourceTable]
_READ = partial(read_resources, narrow_from=HUGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantAudit:
    """The audit of one tenant.

    Attributes:
        tenant: Its name, from the folder or the beginning of the file names.
        report: What was found; None where no file could be read.
        refused: Why files could not be read, one sentence each.
        exit_code: The gravest exit code of a refusal, 0 where there is none.
    """

    tenant: str
    report: AuditReport | None
    refused: tuple[str, ...] = ()
    exit_code: int = 0

    @property
    def complete(self) -> bool:
        """Whether all files and records were read and no half is missing."""
        return self.report is not None and self.report.complete


def find_tenants(folder: str | Path) -> Mapping[str, tuple[Path, ...]]:
    """Return the exports of each tenant, sorted.

    A subfolder is a tenant with all exports in and below it. A file beside the
    subfolders belongs to the tenant whose name it begins with, up to the first
    underscore: `sample_active.csv` to `sample`. Hidden files, lock files of Office
    and files with other endings are passed over.

    Raises:
        AccessError: The folder or one in it cannot be read.
        InputError: There is no export in it.
    """
    folder = Path(folder)
    found: dict[str, list[Path]] = {}
    try:
        if not folder.is_dir():
            message = f"{folder}: is no folder; give one that holds exports."
            raise AccessError(message)
        for path in sorted(_walk(folder)):
            below = path.relative_to(folder)
            if not _is_export(below):
                continue
            inside = len(below.parts) > 1
            tenant = below.parts[0] if inside else path.stem.partition("_")[0]
            found.setdefault(tenant or path.stem, []).append(path)
    except OSError as error:
        place = error.filename or folder
        message = f"{place}: cannot be read ({error.strerror}). Check the rights."
        raise AccessError(message) from None
    if not found:
        message = (
            f"{folder}: holds no export; their names end in {', '.join(ENDINGS)}. "
            "Put each tenant's exports into a folder of its own."
        )
        raise InputError(message)
    return {tenant: tuple(found[tenant]) for tenant in sorted(found)}


def _walk(folder: Path) -> Iterator[Path]:
    """Yield all files in and below a folder; one that may not be entered is told."""

    def refuse(error: OSError) -> NoReturn:
        raise error

    for place, _, names in os.walk(folder, onerror=refuse):
        yield from (Path(place, name) for name in names)


def audit_tenants(  # noqa: PLR0913  # options, by keyword only
    tenants: Mapping[str, Sequence[Path]],
    *,
    proposed: Sequence[str] = (),
    policy: Policy = DEFAULT_POLICY,
    co_managed: bool = True,
    progress: Progress | None = None,
    read: Reader = _READ,
) -> tuple[TenantAudit, ...]:
    """Audit each tenant for itself; a file that is refused stops no other.

    Args:
        tenants: The exports of each tenant.
        proposed: Usernames to judge against each tenant's exports.
        policy: The rules to judge by.
        co_managed: Whether the tenants may have co-managing users.
        progress: Told how far the work is.
        read: Reads one export.

    Raises:
        InputError: A tenant is called active or inactive, after a file that names a
            half of the resources and no tenant.
    """
    for tenant, paths in tenants.items():
        if tenant.casefold() in _HALVES:
            message = (
                f"{paths[0]}: is named after no tenant. Put the exports of each tenant "
                "into a folder of its own, or begin the name with the tenant's, as in "
                f"sample_{paths[0].name}"
            )
            raise InputError(message)
    tell = progress or tell_nobody
    steps = sum(map(len, tenants.values()))
    done = 0
    audits = []
    for tenant, paths in tenants.items():
        tables: list[ResourceTable] = []
        errors: list[ApiuserError] = []
        for path in paths:
            tell(done, steps, f"reading {tenant}: {path.name}")
            done += 1
            try:
                tables.append(read(path))
            except ApiuserError as error:
                errors.append(error)
        report = None
        if tables:
            try:
                report = audit(
                    tables,
                    proposed=proposed,
                    policy=policy,
                    co_managed=co_managed,
                    refused=tuple(map(str, errors)),
                )
            except ApiuserError as error:
                errors.append(error)
        refused = tuple(map(str, errors))
        audits.append(
            TenantAudit(
                tenant=tenant,
                report=report,
                refused=refused,
                exit_code=max((error.exit_code for error in errors), default=0),
            )
        )
    tell(steps, steps, "done")
    return tuple(audits)


def iterate_reports(
    audits: Sequence[TenantAudit],
) -> Iterator[tuple[str, AuditReport]]:
    """Yield each tenant that has a report, with it."""
    for one in audits:
        if one.report is not None:
            yield one.tenant, one.report


def _is_export(below: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in below.parts)
    return not hidden and below.suffix.lower() in ENDINGS
