"""What the usernames tell that were read from exports."""

from functools import lru_cache
from itertools import chain

from apiuser.credentials.credential import Username
from apiuser.credentials.matching import TakenNames

Exported = tuple[tuple[str, ...], ...]
"""The usernames of each export."""


@lru_cache(maxsize=8)
def find_suffix(exported: Exported) -> str | None:
    """Return the one suffix that all of them have; None if there are several."""
    names = (Username.parse(name) for name in chain(*exported))
    seen = {name.suffix.casefold() for name in names if name.suffix}
    return seen.pop() if len(seen) == 1 else None


@lru_cache(maxsize=8)
def index_names(typed: str, exported: Exported) -> TakenNames:
    """Return the names in use: those typed, one per line, and those read."""
    lines = (line.strip() for line in typed.split("\n"))
    return TakenNames(chain(lines, *exported))
