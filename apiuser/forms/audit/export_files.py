"""Exports as the person knows them, found in folders and read under their names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from apiuser.auditing import find_tenants
from apiuser.errors import ApiuserError
from apiuser.exports import HUGE, ReadOptions, ResourceTable, read_resources
from apiuser.forms.audit.export_choice import name_tenant
from apiuser.forms.widgets.reading_choice import explain_refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file to be audited.

    Attributes:
        path: Where it is.
        name: How the person knows it; no two of a form have the same.
        tenant: Whose it is.
    """

    path: Path
    name: str
    tenant: str


def list_exports(chosen: Iterable[tuple[str, Path]]) -> tuple[Export, ...]:
    """Return the files chosen and all exports of the folders chosen, each once.

    Raises:
        ApiuserError: A folder cannot be read, or holds no export.
    """
    found: dict[Path, Export] = {}
    for name, path in chosen:
        for export in _look_into(name, path) if path.is_dir() else [_take(name, path)]:
            found.setdefault(export.path.resolve(), export)
    return tuple(found.values())


def _take(name: str, path: Path) -> Export:
    return Export(path=path, name=name, tenant=name_tenant(path))


def _look_into(name: str, folder: Path) -> Iterator[Export]:
    try:
        tenants = find_tenants(folder)
    except ApiuserError as error:
        raise type(error)(str(error).replace(str(folder), name)) from None
    for tenant, paths in tenants.items():
        for path in paths:
            below = path.relative_to(folder).as_posix()
            yield Export(path=path, name=f"{name}/{below}", tenant=tenant)


def read_export(export: Export, reading: ReadOptions) -> ResourceTable:
    """Read an export; what is said of it calls it by the name the person knows.

    Raises:
        ApiuserError: It cannot be read or understood.
    """
    try:
        return read_resources(export.path, reading, name=export.name, narrow_from=HUGE)
    except ApiuserError as error:
        raise explain_refusal(error) from None
