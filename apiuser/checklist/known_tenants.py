"""What is known about a tenant, as a small file: the second API user needs it again."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Self

from apiuser.checklist.names_file import NamesFile
from apiuser.checklist.state import Checklist, Value
from apiuser.errors import ApiuserError, SavedWorkError
from apiuser.files import find_free_path, parse_toml, read_whole, write_whole
from apiuser.howto import Job

TENANT_FACTS: Mapping[str, type] = {
    "menu_word": str,
    "existing_username": str,
    "taken_names": str,
    "policy": str,
    "minimum_length": int,
    "strong_passwords": bool,
}
"""The fields that are facts of a tenant, with their types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownExport:
    """An export that was read for a tenant, to be recognised again.

    Attributes:
        path: Where it is.
        sha256: The SHA-256 of its bytes, as hexadecimal digits.
        read: When it was read.
        given: How it was read, as a person said it beside the file.
    """

    path: str
    sha256: str
    read: str
    given: Mapping[str, str] = field(default_factory=dict)

    def compare(self, file: NamesFile, tenant: str) -> NamesFile:
        """Return a file as it was read now, or refused if it is another one."""
        if file.digest == self.sha256:
            return replace(file, tenant=tenant)
        what = (
            "has changed since it" if file.digest else "cannot be found or opened; it"
        )
        then = "Read it again" if file.digest else "Put it back and read it again"
        return NamesFile(
            name=file.name,
            path=self.path,
            refusal=f"{what} was read on {self.read}. {then}, or remove it.",
            again=True,
            digest=self.sha256,
            read_at=self.read,
            tenant=tenant,
            given=self.given,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """The facts of a tenant.

    Attributes:
        values: What fields of the sheet hold for it.
        files: The exports that hold its names in use.
    """

    name: str
    values: Mapping[str, Value] = field(default_factory=dict)
    files: tuple[KnownExport, ...] = ()

    @classmethod
    def of(cls, checklist: Checklist, files: Iterable[NamesFile]) -> Self:
        """Take the facts out of a checklist."""
        values = {
            key: checklist.values[key]
            for key, kind in TENANT_FACTS.items()
            if checklist.has(key) and type(checklist.values[key]) is kind
        }
        if not values.get("existing_username") and checklist.suffix:
            values["existing_username"] = f"@{checklist.suffix}"
        if checklist.finished_at and checklist.makes_key:
            # A name made here is in use, though no export shows it yet.
            names = str(values.get("taken_names") or "")
            values["taken_names"] = add_names(names, (checklist.username.full,))
        return cls(
            name=checklist.text("tenant"),
            values=values,
            files=tuple(
                KnownExport(
                    path=file.path,
                    sha256=file.digest,
                    read=file.read_at,
                    given=file.given,
                )
                for file in files
                if file.tenant
            ),
        )

    @property
    def taken_names(self) -> tuple[str, ...]:
        """The names in use that no export may show; a suffix alone is none."""
        lines = str(self.values.get("taken_names", "")).splitlines()
        return tuple(
            line for line in map(str.strip, lines) if line[:1] not in {"", "@"}
        )

    def is_called(self, name: str) -> bool:
        """Tell whether a name is this tenant's, however its letters are written."""
        return is_same_name(self.name, name)


def read_tenants(folder: Path) -> tuple[Tenant, ...]:
    """Read the tenants of a folder, by name; a damaged file is skipped."""
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
        SavedWorkError: It is not a tenant's file.
    """
    found = parse_toml(read_whole(path), str(path), SavedWorkError)
    name, files = found.get("name"), found.get("files", [])
    good = (
        isinstance(name, str)
        and isinstance(files, list)
        and all(_is_export(file) for file in files)
        and all(
            type(found[key]) is kind
            for key, kind in TENANT_FACTS.items()
            if key in found
        )
    )
    if not good:
        message = f"{path}: is not a tenant's file. Correct or delete it."
        raise SavedWorkError(message)
    return Tenant(
        name=str(name),
        values={key: found[key] for key in TENANT_FACTS if key in found},
        files=tuple(KnownExport(**file) for file in files),
    )


def carry_over(former: Checklist, following: Checklist) -> None:
    """Give the next job for a tenant what belongs to the tenant and the person."""
    for key in ("tenant", "consultant", *TENANT_FACTS):  # every job asks for them
        following.set(key, former.values[key])
    made = former.username
    if made.local and made.full not in former.taken:
        names = add_names(following.text("taken_names"), (made.full,))
        following.set("taken_names", names)
    other = following.job not in {Job.CREATE, former.job}  # else it is for another user
    if other and former.finished_at and not former.deactivates:
        following.set("username", made.full)


def add_names(text: str, names: Iterable[str]) -> str:
    """Add names to those of a text, one per line; each is in it once."""
    lines = (*map(str.strip, text.splitlines()), *names)
    return "\n".join(filter(None, dict.fromkeys(lines)))


def write_tenant(tenant: Tenant, folder: Path) -> Path:
    """Write a tenant into a folder, into its own file.

    Raises:
        AccessError: The file cannot be written.
    """
    import tomli_w  # noqa: PLC0415  # late: the core needs the standard library only

    path = place_tenant(tenant.name, folder)
    files = [asdict(file) for file in tenant.files]
    facts = {"name": tenant.name, **tenant.values, "files": files}
    write_whole(path, tomli_w.dumps(facts).encode())
    return path


def place_tenant(name: str, folder: Path) -> Path:
    """Return the file of a tenant: the one that is its own, or the first free one."""
    wanted = folder / f"{name_file(name)}.toml"
    return find_free_path(wanted, lambda path: not _can_hold(path, name))


def is_same_name(one: str, other: str) -> bool:
    """Tell whether two names are one tenant's, whatever their spaces and capitals."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _can_hold(path: Path, name: str) -> bool:
    """Tell whether a file is free or the tenant's own; a damaged one is neither."""
    try:
        return not path.exists() or read_tenant(path).is_called(name)
    except ApiuserError:
        return False


def _is_export(file: object) -> bool:
    if not isinstance(file, dict):
        return False
    facts, given = dict(file), file.get("given", {})
    facts.pop("given", None)
    return (
        set(facts) == {"path", "sha256", "read"}
        and isinstance(given, dict)
        and all(isinstance(text, str) for text in (*facts.values(), *given.values()))
    )


def name_file(text: str) -> str:
    """Return a text as a part of a file name: lower-case ASCII letters, digits, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:60] or "tenant"
