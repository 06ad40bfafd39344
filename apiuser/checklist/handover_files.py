"""The encrypted files that were written for one sheet."""

from dataclasses import dataclass, field

from apiuser.checklist.desk import StoredFile


@dataclass(slots=True)
class HandoverFiles:
    """The files, and those of them that nobody can open yet.

    Attributes:
        stored: The files, in the order in which they were written.
        sealed: The paths of those whose passphrase nobody has seen.
    """

    stored: list[StoredFile] = field(default_factory=list)
    sealed: set[str] = field(default_factory=set)

    @property
    def readable(self) -> bool:
        """Whether somebody has a file and what opens it."""
        return not {file.path for file in self.stored} <= self.sealed

    def add(self, file: StoredFile, *, sealed: bool) -> None:
        """Add a file that was written."""
        self.stored.append(file)
        if sealed:
            self.sealed.add(file.path)

    def forget_sealed(self) -> None:
        """Forget the files that nobody will be able to open."""
        self.stored = [one for one in self.stored if one.path not in self.sealed]
        self.sealed.clear()
