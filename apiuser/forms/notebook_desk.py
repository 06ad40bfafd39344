"""What the notebook's folder keeps for the work sheet: work, tenants, exports, files."""

import datetime as dt
import os
import shutil
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from apiuser.checklist import Checklist, Desk, NamesFile, StoredFile
from apiuser.checklist.desk import KeptWork, Told
from apiuser.checklist.known_tenants import (
    Tenant,
    name_file,
    place_tenant,
    read_tenants,
    write_tenant,
)
from apiuser.checklist.names_file import hash_file
from apiuser.checklist.saving import resume, save
from apiuser.credentials.credential import Secret
from apiuser.errors import AccessError, ApiuserError, InputError, PlaceError
from apiuser.files import find_free_path, write_whole
from apiuser.files.failures import advise
from apiuser.files.file_names import read_path
from apiuser.forms.widgets.arrivals import PrivateFolder

if TYPE_CHECKING:
    from apiuser.handover import Entry, Handover, Sheet
    from apiuser.verification.zones import Zone

_MOST_KEPT = 5


class NotebookDesk(Desk):
    """A folder beside the notebook.

    Attributes:
        folder: Where everything is kept.
        can_write: Encrypted files can be written here.
        can_ask: Autotask can be asked from here.
        keeps_records: The record of finished work is kept here.
        typed: The passphrase as typed, and as repeated.
        sheet: The handover sheet of the last file written.
        dropped: Where dropped exports are until they are a tenant's.
    """

    can_write = True
    can_ask = True
    keeps_records = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.passphrases: dict[str, Secret] = {}
        self.typed: dict[str, Secret] = {}
        self.sheet: Sheet | None = None
        self.dropped = PrivateFolder()
        self._path: Path | None = None

    def keep(self, checklist: Checklist) -> None:
        """Keep what is not secret in a file of its own."""
        if checklist.find_secret_in_fields():
            return
        if self._path is None:
            now = checklist.clock()
            self._path = self._make("work") / f"{now:%Y%m%d-%H%M%S-%f}.json"
        save(checklist, self._path)

    def drop(self) -> None:
        """Forget the kept work and every passphrase.

        Raises:
            AccessError: The kept work cannot be deleted; all else is forgotten.
        """
        path, self._path = self._path, None
        self.forget()
        if path is not None:
            _delete(path)

    def forget(self) -> None:
        """Forget what was typed and generated here."""
        self.passphrases, self.typed = {}, {}

    def list_kept(self) -> tuple[KeptWork, ...]:
        """List the work that can be continued, latest first."""
        found: list[KeptWork] = []
        works = {path: _find_time(path) for path in self.folder.glob("work/*.json")}
        for path in sorted(works, key=works.__getitem__, reverse=True):
            if path == self._path or len(found) == _MOST_KEPT:
                continue
            try:
                checklist = resume(path)
            except ApiuserError:
                continue
            kept_at = dt.datetime.fromtimestamp(works[path]).astimezone()
            found.append(KeptWork(name=path.name, checklist=checklist, at=kept_at))
        return tuple(found)

    def take_up(self, name: str) -> KeptWork | None:
        """Return kept work by its name; it stays kept in the same file."""
        work = super().take_up(name)
        if work is not None:
            self._path = self.folder / "work" / name
        return work

    def keep_record(self, name: str, page: str) -> str:
        """Keep the record of finished work in a new file; return where it is.

        Raises:
            AccessError: It cannot be written.
        """
        path = find_free_path(self._make("records") / f"{name_file(name)}.html")
        write_whole(path, page.encode())
        return str(path.resolve())

    def list_tenants(self) -> tuple[Tenant, ...]:
        """List the tenants of the folder."""
        return read_tenants(self.folder / "tenants")

    def keep_tenant(self, tenant: Tenant) -> None:
        """Keep the facts of a tenant."""
        write_tenant(tenant, self._make("tenants"))

    def drop_tenant(self, name: str) -> None:
        """Remove the file of a tenant."""
        _delete(place_tenant(name, self.folder / "tenants"))

    def read_file(self, path: str, options: Mapping[str, str]) -> NamesFile:
        """Read the names in use from an export; the answer may be a refusal."""
        return replace(super().read_file(str(self.folder / path), options), path=path)

    def holds_secret(self, path: str, secret: Secret) -> bool:
        """Tell whether a file holds a secret, also in the parts of a workbook."""
        from apiuser.leaks import scan_for  # noqa: PLC0415  # late: shown sooner

        return bool(scan_for(secret, [self.folder / path]).leaks)

    def keep_file(self, file: NamesFile, tenant: str) -> NamesFile:
        """Keep a dropped file in its tenant's folder, and replace nothing there.

        Raises:
            AccessError: It cannot be kept there.
        """
        own = place_tenant(tenant, self.folder / "tenants").stem
        self._make("exports")
        folder = self._make(f"exports/{own}")
        place = find_free_path(
            folder / file.name,
            lambda one: os.path.lexists(one) and hash_file(one) != file.digest,
        )
        if not os.path.lexists(place):
            _copy(Path(file.path), place)
        self.remove_file(file)
        path = place.relative_to(self.folder).as_posix()
        return replace(file, name=place.name, path=path, tenant=tenant)

    def remove_file(self, file: NamesFile) -> None:
        """Delete our copy of a file, unless somebody has changed or replaced it."""
        place = (self.folder / file.path).resolve()
        ours = [self.dropped.path] if self.dropped.path else []
        ours += [self.folder / "exports"] if hash_file(place) == file.digest else []
        if any(place.is_relative_to(folder.resolve()) for folder in ours):
            _delete(place)

    def look_up(self, username: str) -> Told:
        """Ask Autotask for the zone of a username, once.

        Raises:
            ApiuserError: The text is not a full username, or there was no usable answer.
        """
        from apiuser.howto.diagnosis.evidence import NAME_EXISTS  # noqa: PLC0415  # as below
        from apiuser.verification.zones import (  # noqa: PLC0415  # late: shown sooner
            STILL_OPEN,
            UNKNOWN,
            look_up_zone,
        )

        zone = look_up_zone(username)
        if zone is None:
            return Told(lines=(("error", UNKNOWN.text),))
        found = ", ".join(filter(None, (zone.name, zone.address)))
        proves = (("notice", NAME_EXISTS.text), ("notice", STILL_OPEN.text))
        return Told(lines=(("ok", f"Zone: {found}"), *proves), zone=zone)

    def log_in(
        self,
        zone: "Zone",
        username: str,
        secret: Secret,
        identifier: str,
        dropped: threading.Event,
    ) -> Told:
        """Log in once, in the zone that was found for it, unless it was dropped.

        Raises:
            ApiuserError: A value cannot be sent, or there was no usable answer.
        """
        from apiuser.howto.diagnosis import load_symptoms  # noqa: PLC0415  # as below
        from apiuser.verification.calls import Network  # noqa: PLC0415  # as below
        from apiuser.verification.logins import (  # noqa: PLC0415  # late: shown sooner
            STILL_OPEN_AFTER,
            WORKS,
            try_login,
        )

        network = Network(dropped=dropped)
        answered = try_login(zone, username, secret, identifier, network=network)
        if not answered.symptoms:
            return Told(lines=(("ok", WORKS.text), ("notice", STILL_OPEN_AFTER.text)))
        refused = (
            f"The log-in was refused (status {answered.status}). The causes are below; "
            "check them before another try."
        )
        first, *others = answered.symptoms
        if others:
            titles = "; ".join(load_symptoms()[code].title for code in others)
            refused += f" It may also be: {titles}."
        return Told(lines=(("error", refused),), symptom=first)

    def propose_file(self, name: str) -> tuple[Path, str]:
        """Return the folder of encrypted files, and a name that is free in it.

        It is the home folder: the notebooks may lie in a git work tree, where an
        encrypted file is refused. A former file elsewhere has the next one beside it.

        Args:
            name: What it should be called, or the path of a former one.
        """
        home = Path.home()
        free = find_free_path(home / name)
        return home, free.name if free.parent == home else str(free)

    def is_there(self, path: str) -> bool:
        """Tell whether a file that was written is still where it was."""
        return Path(path).exists()

    def store(self, checklist: Checklist, values: Mapping[str, str]) -> StoredFile:
        """Write the encrypted file, and keep its passphrase to be shown.

        Raises:
            ApiuserError: A value is missing, or the file cannot be written.
        """
        from apiuser.handover import (  # noqa: PLC0415  # late: the form is shown sooner
            Sheet,
            check_sheet_texts,
            generate_passphrase,
            write_handover,
        )

        typed, self.typed = self.typed, {}  # the boxes are emptied, too
        entry = _make_entry(checklist, values)
        generated = None
        lock: Secret | list[str]
        match values.get("lock", "generated"):
            case "recipient":
                lock = [values.get("recipient", "").strip()]
            case "own":
                lock = _take_typed(typed)
            case _:
                lock = generated = generate_passphrase()
        path = Path.home() / read_path(values.get("file", "").strip())
        people = {
            "made_by": checklist.text("consultant"),
            "meant_for": values.get("receiver", "").strip(),
        }
        check_sheet_texts(entry, path, **people)
        try:
            handover: Handover = write_handover(entry, str(path), lock)
        except PlaceError as error:
            if error.permission != "overwrite":
                raise
            free = find_free_path(path).name
            reason = f"already exists. Choose another name, such as {free}."
            raise InputError(reason, path=path) from None
        if generated is not None:
            self.passphrases[str(handover.path)] = generated
        self.sheet = Sheet.of(entry, handover, **people)
        return StoredFile(
            path=str(handover.path),
            kind=handover.kind,
            digest=handover.sha256,
            generated=generated is not None,
        )

    def _make(self, name: str) -> Path:
        folder = self.folder / name
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            message = f"{folder}: cannot be made ({error.strerror})."
            raise AccessError(message) from None
        return folder


def _copy(source: Path, place: Path) -> None:
    """Copy a file to a free path, readable by its owner only."""
    try:
        with source.open("rb") as old, place.open("xb") as new:
            place.chmod(0o600)
            try:
                shutil.copyfileobj(old, new)
            except OSError:
                place.unlink()
                raise
    except OSError as error:
        message = f"{place}: cannot be written ({error.strerror}). {advise(error)}"
        raise AccessError(message) from None


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        message = f"{path}: cannot be deleted ({error.strerror}). Delete it by hand."
        raise AccessError(message) from None


def _find_time(path: Path) -> float:
    """Return when a file was written; 0 if it is a link to nothing, or gone by now."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0


def _make_entry(checklist: Checklist, values: Mapping[str, str]) -> "Entry":
    from apiuser.handover import Entry  # noqa: PLC0415  # late: the form is shown sooner

    if checklist.secret is None:
        message = "There is no secret to store; generate or paste it first."
        raise InputError(message)
    tenant = checklist.text("tenant")
    title = f"Autotask API user, {checklist.integration_title}"
    return Entry(
        title=values.get("title", "").strip()
        or (f"{title}, {tenant}" if tenant else title),
        username=checklist.username,
        secret=checklist.secret,
        url=values.get("url", "").strip(),
        tracking_identifier=checklist.text("tracking_identifier"),
        notes=values.get("notes", ""),
    )


def _take_typed(typed: Mapping[str, Secret]) -> Secret:
    first, second = typed.get("passphrase"), typed.get("passphrase again")
    if not first or not second:
        message = "Type the passphrase in both boxes, or have one generated."
        raise InputError(message)
    if first != second:
        message = "The two passphrases differ. Type it again."
        raise InputError(message)
    return first
