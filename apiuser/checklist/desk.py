"""What the place of a session can do: keep work, know tenants, read and write files."""

import datetime as dt
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from apiuser.checklist.known_tenants import Tenant
from apiuser.checklist.names_file import NamesFile, read_names_file
from apiuser.checklist.state import Checklist
from apiuser.checklist.stored_file import StoredFile
from apiuser.credentials.credential import Secret
from apiuser.credentials.encodings_of_a_secret import SecretEncodings
from apiuser.errors import InputError

if TYPE_CHECKING:
    from apiuser.verification.zones import Zone

ToldLine = tuple[str, str]
"""A level, such as ok or warning, and a sentence."""
ASKS_NOBODY = "This page does not call Autotask. Use the notebook, or apiuser verify."


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWork:
    """Work that was begun earlier and can be continued.

    Attributes:
        name: What a press names it by.
        checklist: Its values; the secret is not among them.
        at: When it was last kept.
    """

    name: str
    checklist: Checklist
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came back from Autotask.

    Attributes:
        lines: What a person is told.
        symptom: The code of the symptom that it is; blank if there is none.
        zone: The zone of the username that was asked for; None if there is none.
    """

    lines: tuple[ToldLine, ...]
    symptom: str = ""
    zone: "Zone | None" = None


class Desk:
    """What the place of a session can do besides showing it.

    A plain one keeps nothing, knows no tenants, asks nobody and writes no file.

    Attributes:
        can_write: Whether it can write encrypted files.
        can_ask: Whether it can ask Autotask.
        keeps_records: Whether the record of finished work is kept by itself.
        passphrases: The generated passphrase of each file, by its path.
    """

    can_write = False
    can_ask = False
    keeps_records = False
    passphrases: Mapping[str, Secret] = MappingProxyType({})

    def keep(self, checklist: Checklist) -> None:
        """Keep what is not secret, to be offered again."""

    def drop(self) -> None:
        """Forget the kept work: it is finished, or somebody starts again."""

    def list_kept(self) -> tuple[KeptWork, ...]:
        """List the work that can be continued, latest first."""
        return ()

    def take_up(self, name: str) -> KeptWork | None:
        """Return kept work, which stays kept under the same name."""
        return next((work for work in self.list_kept() if work.name == name), None)

    def list_tenants(self) -> tuple[Tenant, ...]:
        """List the tenants that are known."""
        return ()

    def keep_tenant(self, tenant: Tenant) -> None:
        """Keep the facts of a tenant."""

    def drop_tenant(self, name: str) -> None:
        """Keep nothing of a tenant, such as one whose name was a secret."""

    def read_file(self, path: str, options: Mapping[str, str]) -> NamesFile:
        """Read the names in use from a file; a refusal is part of the answer."""
        return read_names_file(Path(path), options)

    def holds_secret(self, path: str, secret: Secret) -> bool:
        """Tell whether a file that can be read holds a secret in its bytes."""
        try:
            return SecretEncodings(secret).find(Path(path).read_bytes()) is not None
        except OSError:
            return False

    def keep_file(self, file: NamesFile, tenant: str) -> NamesFile:
        """Keep a dropped file with those of its tenant; return it there.

        Raises:
            AccessError: It cannot be kept there.
        """
        return replace(file, tenant=tenant)

    def remove_file(self, file: NamesFile) -> None:
        """Delete our copy of a file that is no longer used."""

    def look_up(self, username: str) -> Told:
        """Ask Autotask for the zone of a username, once.

        Raises:
            ApiuserError: There was no usable answer, or nobody is asked from here.
        """
        raise InputError(ASKS_NOBODY)

    def log_in(
        self,
        zone: "Zone",
        username: str,
        secret: Secret,
        identifier: str,
        dropped: threading.Event,
    ) -> Told:
        """Log in once, in the zone that was found for the username.

        After `dropped` is set, nothing is sent.

        Raises:
            ApiuserError: There was no usable answer, or nobody is asked from here.
        """
        raise InputError(ASKS_NOBODY)

    def propose_file(self, name: str) -> tuple[Path, str]:
        """Return the folder of encrypted files, and a name that is free in it.

        Args:
            name: What it should be called, or the path of a former one.
        """
        return Path(), name

    def is_there(self, path: str) -> bool:  # a page has no files
        """Tell whether a file that was written is still where it was."""
        return True

    def store(self, checklist: Checklist, values: Mapping[str, str]) -> StoredFile:
        """Write the encrypted file.

        Raises:
            ApiuserError: A value is missing, or no file can be written there or here.
        """
        message = "No encrypted file can be written from here; use apiuser lab."
        raise InputError(message)
