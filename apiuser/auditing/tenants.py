"""Exports of many tenants: which is whose, and an audit of each tenant alone."""

import os
import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NoReturn

from apiuser.auditing.report import AuditReport, TenantFault
from apiuser.auditing.running import Progress, audit, tell_nobody
from apiuser.auditing.suffixes import list_api_suffixes
from apiuser.auditing.tenant_names import is_tenant, name_apart, name_tenant
from apiuser.errors import AccessError, ApiuserError, InputError
from apiuser.exports import (
    ENDINGS,
    HUGE,
    ResourceTable,
    read_resources,
)
from apiuser.exports.hidden_files import is_table, may_hold_exports, refuse_hidden
from apiuser.exports.missing_names import count_unread
from apiuser.files.file_names import is_hidden
from apiuser.rules.policies import DEFAULT_POLICY, Policy

_SKIPPED = (
    f"was skipped: the names of exports end in {', '.join(ENDINGS)}. Rename it if it "
    "is one, or move it out of the tenant's folder."
)
_OPEN = (
    "is open in another program, as a file beside it says, so changes may not be "
    "saved yet. Close it and audit again; if it is not open, delete that file: {lock}"
)
_NO_FOLDER = (
    "does not exist. Give a folder that contains the exports of each tenant; the form "
    "for a new user makes one, “exports” beside the notebook, when it keeps the first "
    "export of a tenant."
)
_SHARED = (
    "The API users of another tenant have the same suffix, @{suffix}: {others}. If "
    "both are one tenant, put their exports into one folder."
)
_LOCKS = re.compile(r"~\$(.+)|\.~lock\.(.+)#")
"""What Excel and LibreOffice put beside a file that they have open."""
Reader = Callable[[Path], ResourceTable]
_READ = partial(read_resources, narrow_from=HUGE)

_EMPTY = TenantFault(
    "its folder contains no export", "Put the tenant's exports into it, or delete it."
)
_MIXED = TenantFault(
    "files named after it have different words beside the name and the half",
    "Put the exports of each tenant into a folder of its own, or give the files of one "
    "tenant the same words.",
)
_ALIKE = TenantFault(
    "another tenant's name differs from this only in capitals",
    "Put the exports of one tenant into one folder, or give the two tenants different "
    "names.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantAudit:
    """The audit of one tenant.

    Attributes:
        tenant: Its name, from the folder or the beginning of the file names.
        report: What was found; None if no file could be read.
        faults: What is wrong with the tenant itself, such as an empty folder.
        refused: Why files could not be read, one sentence each.
        exit_code: The most severe exit code of all these, 0 if there is none.
    """

    tenant: str
    report: AuditReport | None
    faults: tuple[TenantFault, ...] = ()
    refused: tuple[str, ...] = ()
    exit_code: int = 0

    @property
    def complaints(self) -> tuple[str, ...]:
        """What is wrong with it and its files, and what to do, in sentences."""
        return (*map(str, self.faults), *self.refused)

    @property
    def short_complaints(self) -> tuple[str, ...]:
        """What is wrong with it, and how many of its files were not read."""
        reasons = [fault.reason for fault in self.faults]
        if self.refused:
            reasons.append(count_unread(len(self.refused), "file"))
        return tuple(f"{reason[:1].upper()}{reason[1:]}." for reason in reasons)

    @property
    def complete(self) -> bool:
        """Whether there is a report, and that is `complete`."""
        return self.report is not None and self.report.complete


def find_tenants(folder: str | Path) -> Mapping[str, tuple[Path, ...]]:
    """Return the files of each tenant, sorted, those that are not exports included.

    A subfolder is a tenant with all files in and below it, and one without files if it
    is empty. A file beside the subfolders belongs to the tenant it is named after, up
    to the first underscore and to a last word for a half of the resources, with a date
    or a number after it or without:
    `sample_active.csv` and `sample-inactive.csv` to `sample`. Dates, numbers and words
    such as `export` before the name are skipped; other words between the name and
    the half belong to the name where files differ in them. Hidden files and folders
    that certainly contain no exports are skipped, and so are files beside the subfolders
    that are not tables.

    Raises:
        AccessError: The folder or one in it cannot be read.
        InputError: There is no export in it.
    """
    folder = Path(folder)
    try:
        if not folder.exists():
            raise AccessError(_NO_FOLDER, path=folder)
        if not folder.is_dir():
            reason = "is not a folder; give one that contains exports."
            raise AccessError(reason, path=folder)
        found, alone = _list_files(folder)
    except OSError as error:
        reason = f"cannot be read ({error.strerror}). Check the rights."
        raise AccessError(reason, path=error.filename or folder) from None
    shown = [_find_locked(one) or one.with_name(one.name.lstrip(".")) for one in alone]
    beside = [*zip(name_apart(shown), alone, strict=True)]
    named = {tenant for tenant, path in beside if _names_tenant(path)} | {*found}
    for tenant, path in beside:
        if tenant in named:
            found.setdefault(tenant, []).append(path)
    if not any(
        _is_export(path) and not is_hidden(path.name)
        for paths in found.values()
        for path in paths
    ):
        reason = (
            f"contains no exports; their names end in {', '.join(ENDINGS)}. "
            "Put each tenant's exports into a folder of its own."
        )
        raise InputError(reason, path=folder)
    return {tenant: tuple(sorted(found[tenant])) for tenant in sorted(found)}


def _list_files(folder: Path) -> tuple[dict[str, list[Path]], list[Path]]:
    """Return the files of each subfolder by its name, and those beside the subfolders."""
    found: dict[str, list[Path]] = {}
    alone: list[Path] = []
    for path in sorted(_walk(folder)):
        name, *below = path.relative_to(folder).parts
        if any(map(is_hidden, (name, *below))) and not _is_told(path):
            continue
        (found.setdefault(name, []) if below else alone).append(path)
    return found | {one: found.get(one, []) for one in _list_folders(folder)}, alone


def _walk(folder: Path) -> Iterator[Path]:
    """Yield all files in and below a folder; one that may not be entered is reported.

    A link to a folder is yielded as it is, since it may lead anywhere, and so is a
    hidden folder.
    """

    def refuse(error: OSError) -> NoReturn:
        raise error

    for place, folders, names in os.walk(folder, onerror=refuse):
        hidden = [name for name in folders if is_hidden(name)]
        folders[:] = [name for name in folders if name not in hidden]
        links = [name for name in folders if Path(place, name).is_symlink()]
        yield from (Path(place, name) for name in (*links, *hidden, *names))


def _list_folders(folder: Path) -> Iterator[str]:
    """Yield the names of the subfolders, including empty ones."""
    for path in folder.iterdir():
        if path.is_dir() and not is_hidden(path.name):
            yield path.name


def audit_tenants(  # noqa: PLR0913  # options, by keyword only
    tenants: Mapping[str, Sequence[Path]],
    *,
    proposed: Sequence[str] = (),
    policy: Policy = DEFAULT_POLICY,
    co_managed: bool | Container[str] = True,
    progress: Progress | None = None,
    read: Reader = _READ,
) -> tuple[TenantAudit, ...]:
    """Audit each tenant on its own; one file that is refused does not stop the others.

    Args:
        tenants: The exports of each tenant.
        proposed: Usernames to check against each tenant's exports.
        policy: The rules to check by.
        co_managed: Whether the tenants may have co-managing users, or which of them may.
        progress: Told how far the work has got.
        read: Reads one export.

    Raises:
        InputError: A tenant is called active or inactive, after a file that names a
            half of the resources and no tenant.
    """
    _refuse_nameless(tenants)
    faults = _find_faults(tenants)
    tell = progress or tell_nobody
    steps = sum(map(len, tenants.values()))
    numbers = iter(range(steps))

    def read_one(tenant: str, path: Path) -> ResourceTable:
        tell(next(numbers), steps, f"reading {tenant}: {path.name}")
        _refuse_others(path)
        return read(path)

    audits = []
    for tenant, paths in tenants.items():
        tables, errors = _read_all(paths, partial(read_one, tenant))
        audit_tables = partial(
            audit,
            proposed=proposed,
            policy=policy,
            co_managed=co_managed
            if isinstance(co_managed, bool)
            else tenant in co_managed,
        )
        audits.append(
            _audit_alone(tenant, faults[tenant], tables, errors, audit_tables)
        )
    tell(steps, steps, "done")
    return tuple(_note_shared(audits))


def _refuse_nameless(tenants: Mapping[str, Sequence[Path]]) -> None:
    """Refuse files that are named after a half of the resources and no tenant.

    Raises:
        InputError: There is one.
    """
    for tenant, paths in tenants.items():
        if paths and not is_tenant(tenant):
            message = (
                f"{paths[0]}: is not named after a tenant. Put the exports of each "
                "tenant into a folder of its own, or begin the name with the "
                f"tenant's, as in sample_{paths[0].name}"
            )
            raise InputError(message)


def _find_faults(
    tenants: Mapping[str, Sequence[Path]],
) -> Mapping[str, tuple[TenantFault, ...]]:
    """Return what is wrong with each tenant itself."""
    alike = Counter(map(str.casefold, tenants))
    return {
        tenant: (_EMPTY,) * (not paths)
        + (_MIXED,) * _are_mixed(tenant, paths)
        + (_ALIKE,) * (alike[tenant.casefold()] > 1)
        for tenant, paths in tenants.items()
    }


def _are_mixed(tenant: str, paths: Sequence[Path]) -> bool:
    """Tell whether files that only their names give to a tenant may be of several."""
    named = [
        path
        for path in paths
        if name_tenant(path) == tenant and tenant not in path.parent.parts
    ]
    return len({*name_apart(named)} - {tenant}) > 0


def _read_all(
    paths: Sequence[Path], read: Reader
) -> tuple[Sequence[ResourceTable], Sequence[ApiuserError]]:
    """Return what was read, and why the rest could not be."""
    tables: list[ResourceTable] = []
    errors: list[ApiuserError] = []
    for path in paths:
        try:
            tables.append(read(path))
        except ApiuserError as error:
            errors.append(error)
    return tables, errors


def _audit_alone(
    tenant: str,
    faults: tuple[TenantFault, ...],
    tables: Sequence[ResourceTable],
    errors: Sequence[ApiuserError],
    audit_tables: Callable[..., AuditReport],
) -> TenantAudit:
    """Audit the tables of one tenant; without any, there is no report."""
    report = None
    if tables:
        try:
            report = audit_tables(tables, refused=tuple(map(str, errors)))
            report = replace(report, faults=faults)
        except ApiuserError as error:
            errors = (*errors, error)
    codes = [error.exit_code for error in errors]
    codes += [InputError.exit_code] * len(faults)
    return TenantAudit(
        tenant=tenant,
        report=report,
        faults=faults,
        refused=tuple(map(str, errors)),
        exit_code=max(codes, default=0),
    )


def _note_shared(audits: Sequence[TenantAudit]) -> Iterator[TenantAudit]:
    """Yield the audits, with a note where tenants have the same suffix."""
    holders: dict[str, list[str]] = {}
    for tenant, report in iterate_reports(audits):
        for suffix in list_api_suffixes(report.tables):
            holders.setdefault(suffix, []).append(tenant)
    for one in audits:
        notes = tuple(
            _SHARED.format(suffix=suffix, others=", ".join(others))
            for suffix, tenants in holders.items()
            if one.tenant in tenants
            and (others := [name for name in tenants if name != one.tenant])
        )
        if one.report is None or not notes:
            yield one
        else:
            report = replace(one.report, notes=(*one.report.notes, *notes))
            yield replace(one, report=report)


def iterate_reports(
    audits: Sequence[TenantAudit],
) -> Iterator[tuple[str, AuditReport]]:
    """Yield each tenant that has a report, with the report."""
    for one in audits:
        if one.report is not None:
            yield one.tenant, one.report


def _names_tenant(path: Path) -> bool:
    """Tell whether something beside the subfolders shows that there is a tenant."""
    return is_table(path) or (is_hidden(path.name) and path.is_dir())


def _is_told(path: Path) -> bool:
    """Tell whether a hidden file may be an export, or says that one is open."""
    locked = _find_locked(path)
    if locked and locked.exists():
        return True
    return may_hold_exports(path)


def _find_locked(path: Path) -> Path | None:
    """Return the file that another one says is open."""
    found = _LOCKS.fullmatch(path.name)
    return path.with_name(found[1] or found[2]) if found else None


def _refuse_others(path: Path) -> None:
    """Refuse a file that is not read, or is being changed.

    Raises:
        InputError: It is one.
    """
    locked = _find_locked(path)
    if locked and locked.exists():
        raise InputError(_OPEN.format(lock=path.name), path=locked)
    if is_hidden(path.name):
        refuse_hidden(path)
    if not (is_table(path) or path.is_dir()):
        raise InputError(_SKIPPED, path=path)


def _is_export(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS
