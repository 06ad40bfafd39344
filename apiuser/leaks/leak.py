"""What a scan found, and what it could not search."""

from dataclasses import dataclass
from pathlib import Path

from apiuser.errors import escape_invisible


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A place that holds a secret; never the secret itself.

    Attributes:
        path: The file.
        place: Where in the file.
        form: How the secret is written there.
    """

    path: Path
    place: str
    form: str

    def __str__(self) -> str:
        return escape_invisible(f"{self.path}: {self.place} ({self.form})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file, or a part of one, that was not searched."""

    path: Path
    place: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return escape_invisible(f"{self.path}: {place}{self.reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReport:
    """Everything a scan reports.

    Attributes:
        files: How many files there are.
        searched: How many of them were searched at least in part; without a known
            secret, only those that are notebooks or hold one.
        skipped: How many links, pipes and devices were skipped.
    """

    leaks: tuple[Leak, ...]
    unread: tuple[Unread, ...]
    files: int
    searched: int
    skipped: int
