"""The encrypted files that were written for one sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from apiuser.checklist.desk import Desk
from apiuser.checklist.progress import hides_secret
from apiuser.checklist.state import Checklist
from apiuser.checklist.stored_file import UNOPENED, StoredFile

_SEALED = "Reveal or copy the passphrase of {} first: it is shown nowhere else."
_NOBODYS = "Nobody has the secret yet. Copy it or write the file first."
_FORMER = "holds a former value"
TICKED = "Ticked: the file exists."
TICKED_ALREADY = f"{TICKED} Click again to untick it."


@dataclass(slots=True)
class HandoverFiles:
    """The files of a checklist, and those of them that nobody can open yet.

    Attributes:
        checklist: Its key and secret are in them.
        desk: It writes them.
        ticked: Whether "stored" was ticked without a click, and none has come since.
    """

    checklist: Checklist
    desk: Desk
    ticked: bool = False

    @property
    def stored(self) -> Sequence[StoredFile]:
        """The files of use, in the order in which they were written.

        One that nobody could open and that is gone is none of them.
        """
        return [
            one
            for one in self.checklist.files
            if not (one.useless or (one.sealed and not self.desk.is_there(one.path)))
        ]

    @property
    def place(self) -> str:
        """Where the secret is, to go on a sentence; blank if it is in no file."""
        return f" in {Path(self.stored[-1].path).name}" if self.stored else ""

    @property
    def useless(self) -> Sequence[StoredFile]:
        """The files that are of no use by now, as long as they are there."""
        files = self.checklist.files
        return [one for one in files if one.useless and self.desk.is_there(one.path)]

    @property
    def _sealed(self) -> Sequence[StoredFile]:
        return [one for one in self.stored if one.sealed]

    def list_sealed(self) -> list[str]:
        """Say of each file that nobody can open what to do about it."""
        return [_SEALED.format(path) for path in sorted(f.path for f in self._sealed)]

    def list_useless(self) -> list[str]:
        """Say of each file that is of no use by now what to do about it."""
        return [f"{one.path}: {one.useless}. Delete it." for one in self.useless]

    def refuse_tick(self, *, tick: bool) -> str:
        """Return why "stored" stays as it is after a click; blank if it does not."""
        ticked, self.ticked = self.ticked, False
        if tick and not self._sealed and hides_secret(self.checklist):
            return _NOBODYS
        if tick:
            return next(iter(self.list_sealed()), "")
        return TICKED_ALREADY if ticked else ""

    def store(self, given: Mapping[str, str]) -> StoredFile:
        """Write a file as a person said; nobody can open it yet if that is to be seen.

        Raises:
            ApiuserError: It cannot be written.
        """
        written = self.desk.store(self.checklist, given)
        stored = replace(written, sealed=written.generated)
        others = [one for one in self.checklist.files if one.path != stored.path]
        self.checklist.files = [*others, stored]
        if stored.sealed:
            self.checklist.set("stored", value=False)
        return stored

    def note_opened(self, path: str) -> bool:
        """Note that somebody can open a file; tell whether all are so and ticked."""
        if path not in {one.path for one in self.stored}:
            return False  # of an earlier secret
        self.checklist.files = [
            replace(one, sealed=False) if one.path == path else one
            for one in self.checklist.files
        ]
        self.checklist.note_given()
        if self._sealed or self.checklist.secret is None:
            return False
        self.checklist.set("stored", value=True)
        self.ticked = True
        return True

    def give_up_all(self) -> None:
        """Call the files useless, which hold another value by now."""
        self.checklist.set("stored", value=False)
        self._give_up(self.stored, _FORMER)
        self.ticked = False

    def lose_secret(self) -> None:
        """Forget the secret, and the files that nobody will be able to open."""
        self.checklist.forget_secret()
        sealed = self._sealed
        self._give_up(sealed, UNOPENED)
        if sealed:
            self.checklist.set("stored", value=bool(self.stored))

    def _give_up(self, files: Sequence[StoredFile], why: str) -> None:
        self.checklist.files = [
            replace(one, useless=why) if one in files else one
            for one in self.checklist.files
        ]
