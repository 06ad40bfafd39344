"""What the usernames tell that were read from exports."""

from collections import Counter
from functools import lru_cache
from itertools import chain

from apiuser.credentials.credential import Username
from apiuser.credentials.matching import TakenNames

Exported = tuple[tuple[str, ...], ...]
"""The usernames of each export."""


@lru_cache(maxsize=8)
def list_suffixes(exported: Exported) -> tuple[str, ...]:
    """Return the suffixes that they have, in lower case and the most common first."""
    names = (Username.parse(name) for name in chain(*exported))
    seen = Counter(name.suffix.casefold() for name in names if name.suffix)
    return tuple(suffix for suffix, _ in seen.most_common())


@lru_cache(maxsize=8)
def index_names(typed: str, exported: Exported) -> TakenNames:
    """Return the names in use: those typed, one per line, and those read.

    A word beside a name, such as `# old`, does not hide it.
    """
    if not typed.strip():
        return TakenNames(chain(*exported))
    # Late: the form is there sooner, and most know no names at first.
    from apiuser.exports.name_lists import add_words  # noqa: PLC0415

    lines = [line.strip() for line in typed.split("\n")]
    return TakenNames(chain(lines, *exported), also=add_words(lines))
