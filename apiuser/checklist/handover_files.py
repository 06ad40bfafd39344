"""The encrypted files that were written for one sheet."""

from dataclasses import dataclass, field

from apiuser.checklist.desk import StoredFile

_SEALED = "Reveal or copy the passphrase of {} first: it is shown nowhere else."
TICKED_ALREADY = "Ticked: the file exists. Click again to untick it."


@dataclass(slots=True)
class HandoverFiles:
    """The files, and those of them that nobody can open yet.

    Attributes:
        stored: The files, in the order in which they were written.
        sealed: The paths of those whose passphrase nobody has seen.
        ticked: Whether "stored" was ticked without a click, and none has come since.
    """

    stored: list[StoredFile] = field(default_factory=list)
    sealed: set[str] = field(default_factory=set)
    ticked: bool = False

    @property
    def readable(self) -> bool:
        """Whether somebody has a file and what opens it."""
        return not {file.path for file in self.stored} <= self.sealed

    def list_sealed(self) -> list[str]:
        """Say of each file that nobody can open what to do about it."""
        return [_SEALED.format(path) for path in sorted(self.sealed)]

    def refuse_tick(self, *, tick: bool) -> str:
        """Return why "stored" stays as it is after a click; blank if it does not."""
        ticked, self.ticked = self.ticked, False
        if tick:
            return next(iter(self.list_sealed()), "")
        return TICKED_ALREADY if ticked else ""

    def add(self, file: StoredFile, *, sealed: bool) -> None:
        """Add a file that was written."""
        self.stored.append(file)
        if sealed:
            self.sealed.add(file.path)

    def forget_sealed(self) -> None:
        """Forget the files that nobody will be able to open."""
        self.stored = [one for one in self.stored if one.path not in self.sealed]
        self.sealed.clear()
