"""What the place of a session can do: keep work, know tenants, read and write files."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from apiuser.checklist.state import Checklist
from apiuser.credentials.credential import Secret

if TYPE_CHECKING:
    from apiuser.checklist.asking import Said, Told
    from apiuser.checklist.session import Session
    from apiuser.checklist.tenants import Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesFile:
    """A file with names in use, or the reason why it could not be read.

    Attributes:
        name: The file as the person knows it.
        path: Where it can be read again; blank where it cannot.
        names: The usernames in it.
        unreadable: How many of its records could not be read.
        refusal: Why it could not be read.
        asks: What would allow it to be read, as names of reading options.
        again: Whether it may be read as it is, if a person wants it.
        digest: The SHA-256 of the bytes that were read last, as hexadecimal digits;
            blank where none could be read.
        read_at: When that was.
        tenant: Whose it is; blank until the tenant is named.
        halves: Which of the words active and inactive its records have.
    """

    name: str
    path: str = ""
    names: tuple[str, ...] = ()
    unreadable: int = 0
    refusal: str = ""
    asks: tuple[str, ...] = ()
    again: bool = False
    digest: str = ""
    read_at: str = ""
    tenant: str = ""
    halves: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """An encrypted file that was written for the secret of a sheet.

    Attributes:
        path: Where it is.
        kind: What opens it.
        digest: The SHA-256 of its bytes, as hexadecimal digits.
    """

    path: str
    kind: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWork:
    """Work that was begun before and can be gone on with.

    Attributes:
        name: What a press names it by.
        checklist: Its values; the secret is not among them.
        at: When it was kept last.
    """

    name: str
    checklist: Checklist
    at: dt.datetime


class Desk(Protocol):
    """What the place of a session can do beside showing it."""

    can_write: bool
    """Whether it can write encrypted files."""

    can_ask: bool
    """Whether it can ask Autotask."""

    def keep(self, session: "Session") -> None:
        """Keep what is not secret, to be offered again."""

    def drop(self) -> None:
        """Forget the kept work: it is finished, or somebody starts anew."""

    def list_kept(self) -> tuple[KeptWork, ...]:
        """List the work that can be gone on with, the latest first."""

    def take_up(self, name: str) -> KeptWork | None:
        """Return kept work, which is kept on under the same name."""

    def list_tenants(self) -> "tuple[Tenant, ...]":
        """List the tenants that are known."""

    def keep_tenant(self, tenant: "Tenant") -> None:
        """Keep the facts of a tenant."""

    def read_names(self, path: str, options: Mapping[str, str]) -> NamesFile:
        """Read the names in use from a file."""

    def look_up(self, login: str) -> "tuple[Said, ...]":
        """Ask Autotask for the zone of a login, once."""

    def log_in(self, login: str, secret: Secret, identifier: str) -> "Told":
        """Log in once, in the zone that was looked up."""

    def keep_file(self, file: NamesFile, tenant: str) -> NamesFile:
        """Keep a file that was dropped with those of its tenant; return it there."""

    def remove_file(self, file: NamesFile) -> None:
        """Delete the copy of a file that is used no longer."""

    def store(self, session: "Session", values: Mapping[str, str]) -> StoredFile:
        """Write the encrypted file."""
