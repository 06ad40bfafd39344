"""What is known of a tenant, as a small file: the second API user needs it again."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from apiuser.errors import ApiuserError, SavedWorkError
from apiuser.files import parse_toml, read_whole, write_whole

if TYPE_CHECKING:
    from apiuser.checklist.desk import NamesFile
    from apiuser.checklist.state import Checklist, Value

_FACTS: Mapping[str, type] = {
    "menu_word": str,
    "existing_username": str,
    "policy": str,
    "minimum_length": int,
    "strong_passwords": bool,
}
"""The fields that are facts of a tenant, with their types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """The facts of a tenant.

    Attributes:
        values: What fields of the sheet hold for it.
        files: Where the exports are that hold its names in use.
    """

    name: str
    values: "Mapping[str, Value]" = field(default_factory=dict)
    files: tuple[str, ...] = ()

    @classmethod
    def of(cls, checklist: "Checklist", files: "Iterable[NamesFile]") -> Self:
        """Take the facts out of a checklist."""
        values = {
            key: checklist.values[key]
            for key, kind in _FACTS.items()
            if checklist.has(key) and type(checklist.values[key]) is kind
        }
        if not values.get("existing_username") and checklist.suffix:
            values["existing_username"] = f"@{checklist.suffix}"
        return cls(
            name=str(checklist.values["tenant"]).strip(),
            values=values,
            files=tuple(file.path for file in files if file.path and not file.refusal),
        )


def read_tenants(folder: Path) -> tuple[Tenant, ...]:
    """Read the tenants of a folder, by name; a damaged file is passed over."""
    tenants = []
    for path in sorted(folder.glob("*.toml")):
        try:
            tenants.append(read_tenant(path))
        except ApiuserError:
            continue
    return tuple(sorted(tenants, key=lambda tenant: tenant.name.casefold()))


def read_tenant(path: Path) -> Tenant:
    """Read a tenant from its file.

    Raises:
        AccessError: The file cannot be read.
        SavedWorkError: It is no file of a tenant.
    """
    found = parse_toml(read_whole(path), str(path), SavedWorkError)
    name, files = found.get("name"), found.get("files", [])
    good = (
        isinstance(name, str)
        and isinstance(files, list)
        and all(isinstance(file, str) for file in files)
        and all(
            type(found[key]) is kind for key, kind in _FACTS.items() if key in found
        )
    )
    if not good:
        message = f"{path}: is not a file of a tenant. Correct or delete it."
        raise SavedWorkError(message)
    return Tenant(
        name=str(name),
        values={key: found[key] for key in _FACTS if key in found},
        files=tuple(files),
    )


def write_tenant(tenant: Tenant, folder: Path) -> Path:
    """Write a tenant into a folder, under a name made of its own.

    Raises:
        AccessError: The file cannot be written.
    """
    import tomli_w  # noqa: PLC0415  # late: the core needs the standard library only

    path = folder / f"{name_file(tenant.name)}.toml"
    facts = {"name": tenant.name, **tenant.values, "files": list(tenant.files)}
    write_whole(path, tomli_w.dumps(facts).encode(), mode=0o600)
    return path


def name_file(text: str) -> str:
    """Return a text as a part of a file name: small ASCII letters, digits, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:60] or "tenant"
