"""The encrypted files that were written for one sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from apiuser.checklist.desk import Desk, StoredFile
from apiuser.checklist.progress import hides_secret
from apiuser.checklist.state import Checklist

_SEALED = "Reveal or copy the passphrase of {} first: it is shown nowhere else."
_NOBODYS = "Nobody has the secret yet. Copy it or write the file first."
_FORMER = "holds a former value"
_LOST = "nobody can open it any more"
TICKED = "Ticked: the file exists."
TICKED_ALREADY = f"{TICKED} Click again to untick it."


@dataclass(slots=True)
class HandoverFiles:
    """The files, and those of them that nobody can open yet.

    Attributes:
        checklist: Its key and secret are in them.
        desk: It writes them.
        stored: The files, in the order in which they were written.
        sealed: The paths of those whose passphrase nobody has seen.
        useless: Why others that were written are of no use by now, by their paths.
        ticked: Whether "stored" was ticked without a click, and none has come since.
    """

    checklist: Checklist
    desk: Desk
    stored: list[StoredFile] = field(default_factory=list)
    sealed: set[str] = field(default_factory=set)
    useless: dict[str, str] = field(default_factory=dict)
    ticked: bool = False

    def list_sealed(self) -> list[str]:
        """Say of each file that nobody can open what to do about it."""
        return [_SEALED.format(path) for path in sorted(self.sealed)]

    def list_useless(self) -> list[str]:
        """Say of each file that is of no use by now what to do about it."""
        return [f"{path}: {why}. Delete it." for path, why in self.useless.items()]

    def refuse_tick(self, *, tick: bool) -> str:
        """Return why "stored" stays as it is after a click; blank if it does not."""
        ticked, self.ticked = self.ticked, False
        if tick and not self.sealed and hides_secret(self.checklist):
            return _NOBODYS
        if tick:
            return next(iter(self.list_sealed()), "")
        return TICKED_ALREADY if ticked else ""

    def store(self, given: Mapping[str, str]) -> StoredFile:
        """Write a file as a person said; nobody can open it yet if that is to be seen.

        Raises:
            ApiuserError: It cannot be written.
        """
        stored = self.desk.store(self.checklist, given)
        self.stored.append(stored)
        self.useless.pop(stored.path, None)
        if stored.generated:
            self.sealed.add(stored.path)
            self.checklist.set("stored", value=False)
        return stored

    def note_opened(self, path: str) -> bool:
        """Note that somebody can open a file; tell whether all are so and ticked."""
        if path not in {one.path for one in self.stored}:
            return False  # of an earlier secret
        self.sealed.discard(path)
        self.checklist.note_given()
        if self.sealed or self.checklist.secret is None:
            return False
        self.checklist.set("stored", value=True)
        self.ticked = True
        return True

    def forget_all(self) -> None:
        """Forget the files, which hold another value by now."""
        self.checklist.set("stored", value=False)
        self.useless |= {one.path: _FORMER for one in self.stored}
        self.stored, self.sealed, self.ticked = [], set(), False

    def lose_secret(self) -> None:
        """Forget the secret, and the files that nobody will be able to open."""
        self.checklist.forget_secret()
        if self.sealed:
            self.stored = [one for one in self.stored if one.path not in self.sealed]
            self.useless |= dict.fromkeys(sorted(self.sealed), _LOST)
            self.sealed.clear()
            self.checklist.set("stored", value=bool(self.stored))
