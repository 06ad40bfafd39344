"""What a person asks: whether names are free, and what is wrong in some exports."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from apiuser.auditing import AuditReport, Progress, TenantAudit, audit, audit_tenants
from apiuser.auditing.checkup.export_files import (
    ExportFile,
    find_empty_tenants,
    find_exports,
    find_typed,
    read_files,
)
from apiuser.auditing.checkup.study import Result, Study
from apiuser.auditing.summing_up import rank_audits
from apiuser.credentials.drawing import generate_username
from apiuser.credentials.matching import TakenNames
from apiuser.errors import UNKNOWN_EVENT, InputError
from apiuser.files import find_free_name
from apiuser.files.file_names import read_path


@dataclass(frozen=True, kw_only=True, eq=False)
class Answer(Result):
    """What the last check found.

    Attributes:
        audits: The audit of each tenant; one without a report if no export was given.
        many: Whether there may be several tenants, by the person's choice.
        names: The names asked about.
        contents: The exports of each tenant, as they were.
        kept: The names that are kept as in use, by tenant.
    """

    audits: tuple[TenantAudit, ...]
    many: bool
    names: tuple[str, ...]
    contents: Mapping[str, frozenset[object]]
    kept: Mapping[str, TakenNames]

    def find_kept(self, name: str) -> str:
        """Return the tenant for which a name is kept as in use; blank if none is."""
        kept = self.kept.items()
        return next((tenant for tenant, names in kept if name in names), "")

    @cached_property
    def by_tenant(self) -> Mapping[str, TenantAudit]:
        """The audit of each tenant, by its name."""
        return {one.tenant: one for one in self.audits}


@dataclass(slots=True, kw_only=True)
class Inquiry(Study[Answer]):
    """What one audit is about, and what it found; exports are searched for in `folder`.

    Attributes:
        files: The exports, by the names that people know them by.
        folders: The folders that were added; a tenant in them may have no file.
        names: What is in the box of names.
        many: Whether the exports are those of many tenants.
        without_co_managed: The exports, each time all of one audit as they were, of which a person
            said that there are no co-managing users; it is not said of any others.
        tenant: The tenant that is shown.
        kept: The names that are kept as in use, by tenant.
    """

    files: dict[str, ExportFile] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)
    names: str = ""
    many: bool = False
    without_co_managed: set[frozenset[object]] = field(default_factory=set)
    tenant: str = ""
    kept: Mapping[str, TakenNames] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.look_again()

    def look_again(self) -> None:
        """List the folder again; a file still there keeps what is known about it."""
        before, self.files = self.files, {}
        for file in find_exports(self.folder):
            known = before.get(file.name)
            self.files[file.name] = known if known and known.listed else file
        for file in before.values():
            if not file.listed and file.path.exists():
                file.name = find_free_name(file.name, self.files)
                self.files[file.name] = file

    def add(self, typed: str) -> None:
        """Add a file or a folder by its path on this machine.

        Raises:
            ApiuserError: There is none, or no export in it.
        """
        for file in find_typed(self.folder, typed):
            self.take(file)
        path = self.folder / read_path(typed)
        if path.is_dir() and path not in self.folders:
            self.folders.append(path)

    def take(self, file: ExportFile) -> None:
        """Put a file into the list, or find it there, and tick it.

        What was found before says nothing about a new file.
        """
        for known in self.files.values():
            if known.path.resolve() == file.path.resolve():
                known.chosen = True
                return
        file.name = find_free_name(file.name, self.files)
        file.chosen = True
        self.files[file.name] = file
        self.forget()

    def change(self, event: Mapping[str, object]) -> None:
        """Change what is asked, as a person did in the sheet.

        Args:
            event: `do` names it: `tick` (with `name` and `on`), `give` (with `name`
                and `values`), `many` and `co_managed` (with `on`), `tenant` (with
                `tenant`), `add` (with `path`), `look`.

        Raises:
            ApiuserError: It cannot be done.
        """
        file = self.files.get(str(event.get("name")))
        match event.get("do"):
            case "tick" if file:
                file.chosen = bool(event.get("on"))
            case "give" if file:
                file.give(event.get("values"))
            case "many":
                self.many = bool(event.get("on"))
            case "co_managed":
                self._say_co_managed(may_be=bool(event.get("on")))
            case "tenant":
                self.tenant = str(event.get("tenant"))
                self.edition += 1
            case "add":
                self.add(str(event.get("path")).strip())
            case "look":
                self.look_again()
            case _:
                raise InputError(UNKNOWN_EVENT)

    def _say_co_managed(self, *, may_be: bool) -> None:
        """Take it that the exports that are shown have co-managing users, or none."""
        if self.result is None or self.shown is None:
            return
        self.tenant = self.shown.tenant  # which another audit may put further down
        contents = self.result.contents[self.tenant]
        (self.without_co_managed.discard if may_be else self.without_co_managed.add)(
            contents
        )

    @property
    def co_managed(self) -> bool:
        """Whether the exports that are shown may have co-managing users."""
        if self.result is None or self.shown is None:
            return True
        return self.result.contents[self.shown.tenant] not in self.without_co_managed

    @property
    def chosen(self) -> tuple[ExportFile, ...]:
        """The files that are ticked."""
        return tuple(file for file in self.files.values() if file.chosen)

    @property
    def basis(self) -> object:
        """What a check depends on."""
        files = tuple(file.basis for file in self.chosen)
        return files, self.many, frozenset(self.without_co_managed)

    @property
    def shown(self) -> TenantAudit | None:
        """The audit that is shown: the one chosen, or the worst with a report."""
        if self.result is None:
            return None
        audits = rank_audits(self.result.audits)
        first = next((one for one in audits if one.report is not None), None)
        return self.result.by_tenant.get(self.tenant, first or next(iter(audits), None))


def find_answer(inquiry: Inquiry, progress: Progress) -> Answer:
    """Read and audit what is ticked, and check the names; large exports take a while.

    Args:
        inquiry: What is asked; it is not changed, except for what its files show.
        progress: Told how far the work has got.

    Raises:
        InputError: There is nothing to check, or a file is not named after a tenant.
    """
    start = time.perf_counter()
    names = split_names(inquiry.names)
    chosen = inquiry.chosen
    if not chosen and not names:
        message = "Type a name, or tick an export."
        raise InputError(message)
    for file in chosen:
        file.renew()
    basis = inquiry.basis
    many = inquiry.many and bool(chosen)
    known = {Path(file.name): file for file in chosen}
    tenants: dict[str, list[Path]] = {} if many else {"": [*known]}
    if many:
        for path, file in sorted(known.items()):
            tenants.setdefault(file.tenant, []).append(path)
        for tenant in find_empty_tenants(inquiry.folders):
            tenants.setdefault(tenant, [])
    contents = {
        tenant: frozenset(known[path].content for path in paths)
        for tenant, paths in tenants.items()
    }
    co_managed = {
        one for one in contents if contents[one] not in inquiry.without_co_managed
    }
    if many:
        audits = audit_tenants(
            dict(sorted(tenants.items())),
            proposed=names,
            co_managed=co_managed,
            progress=progress,
            read=lambda path: known[path].read(),
        )
    else:
        audits = (_audit_one(chosen, names, "" in co_managed, progress),)
    return Answer(
        audits=audits,
        many=many,
        names=names,
        contents=contents,
        kept=inquiry.kept,
        basis=basis,
        seconds=time.perf_counter() - start,
    )


def _audit_one(
    files: Sequence[ExportFile],
    names: Sequence[str],
    co_managed: bool,  # noqa: FBT001  # a value like the others
    progress: Progress,
) -> TenantAudit:
    total = len(files) + 3  # the three steps of the audit
    numbers = iter(range(total))
    tables, refused = read_files(
        files, lambda text: progress(next(numbers), total, text)
    )
    report = None
    if tables:
        report = audit(
            tables,
            proposed=names,
            co_managed=co_managed,
            refused=refused,
            progress=lambda done, steps, text: progress(
                total - (steps - done), total, text
            ),
        )
    return TenantAudit(tenant="", report=report, refused=tuple(refused))


def split_names(text: str) -> tuple[str, ...]:
    """Return the names of a box, one per line, each once and without blank lines."""
    lines = (line.strip(" \t\r") for line in text.split("\n"))
    return tuple(dict.fromkeys(line for line in lines if line))


def suggest_key(report: AuditReport | None) -> str:
    """Make a key that is free in a report, as far as there is one."""
    while True:
        key = generate_username().full
        if report is None or not report.find_taken([key]):
            return key
