"""What a person asks about exports, and what was found last, if it still holds."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar


@dataclass(frozen=True, kw_only=True, eq=False)
class Result:
    """What was found.

    Attributes:
        basis: What it depended on, to be compared with what is asked now.
        seconds: How long it took.
    """

    basis: object = None
    seconds: float = 0.0


Latest = TypeVar("Latest", bound=Result)


@dataclass(slots=True, kw_only=True)
class Study(ABC, Generic[Latest]):
    """What is asked, and what was found last.

    Attributes:
        folder: Where a relative path begins.
        result: What was found last; None if nothing was, or if it was forgotten.
        edition: Rises when what is shown changes; a view then asks again.
    """

    folder: Path
    result: Latest | None = None
    edition: int = 0

    @property
    @abstractmethod
    def basis(self) -> object:
        """What a result depends on."""

    @property
    def stale(self) -> bool:
        """Whether what is asked has changed since the result that is shown."""
        return self.result is not None and self.result.basis != self.basis

    def keep(self, result: Latest) -> None:
        """Keep what was found."""
        self.result = result
        self.edition += 1

    def forget(self) -> None:
        """Forget what was found, so that nothing old is shown as the result."""
        if self.result is not None:
            self.result = None
            self.edition += 1
