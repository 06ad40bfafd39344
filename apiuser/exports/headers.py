"""Which column of an export is what: an exact list of headers, nothing guessed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from apiuser.errors import Remedy, SourceError, escape_invisible
from apiuser.exports.read_options import RAISE

# The columns of the grid are not documented; these are the headers known from
# the page, the API and its clients. The first of a list wins over the later ones.
SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "username": ("Username", "User Name", "Username (Key)", "Login"),
        "resource_id": ("Resource ID", "ID"),
        "status": ("Status", "Active", "isActive", "Inactive"),
        "license_type": ("License Type", "Licence Type"),
        "security_level": ("Security Level", "User Type"),
        "locked": ("Locked", "Is Locked"),
        "integration": ("Integration Vendor", "API Tracking Identifier"),
        "email": ("Email Address", "Email", "Primary Email"),
    }
)


def fold_header(header: str) -> str:
    """Fold what does not tell headers apart: case, blanks, asterisks, brackets."""
    return "".join(c for c in header.casefold() if not c.isspace() and c not in "*()[]")


def find_column(headers: Sequence[str], name: str) -> list[int]:
    """Return the positions of a header given by a person."""
    wanted = fold_header(name)
    exact = [at for at, header in enumerate(headers) if header.strip() == name.strip()]
    return exact or [
        at for at, header in enumerate(headers) if fold_header(header) == wanted
    ]


def find_usernames(headers: Sequence[str], column: str | None) -> list[int]:
    """Return the positions of all username columns, or of the one asked for."""
    if column is not None:
        return find_column(headers, column)
    wanted = {fold_header(name) for name in SYNONYMS["username"]}
    return [at for at, header in enumerate(headers) if fold_header(header) in wanted]


def map_columns(
    headers: Sequence[str], username: int
) -> tuple[dict[str, int], list[str]]:
    """Return the position of each known column, and the headers that are doubled.

    A role whose header occurs twice is left out: nothing says which one holds.
    """
    folded = [fold_header(header) for header in headers]
    positions = {"username": username}
    doubled = []
    for role, names in SYNONYMS.items():
        if role == "username":
            continue
        for name in names:
            count = folded.count(fold_header(name))
            if count == 1:
                at = folded.index(fold_header(name))
                if at != username:
                    positions[role] = at
                break
            if count > 1:
                doubled.append(name)
                break
    return positions, doubled


def show_headers(headers: Sequence[str], limit: int = 20) -> str:
    """Return headers for a message: odd characters escaped, long lists cut."""
    shown = [escape_invisible(header[:40]) for header in headers[:limit]]
    more = f" and {len(headers) - limit} more" if len(headers) > limit else ""
    return ", ".join(shown) + more


def refuse_wide_header(columns: int, path: Path, *, line: int, most: int) -> None:
    """Refuse a header above the limit of columns.

    Raises:
        SourceError: It has more than `most`.
    """
    if columns > most:
        reason = f"there are {columns} columns, above the limit of {most}."
        advice = Remedy(option="max_columns", advice=RAISE)
        raise SourceError(reason, path=path, line=line, remedies=(advice,))


def choose_username(
    headers: Sequence[str], found: Sequence[int], path: Path, *, line: int
) -> int:
    """Return the position of the one username column.

    Raises:
        SourceError: There are several.
    """
    if len(found) > 1:
        names = show_headers([headers[at] for at in found])
        reason = f"there are {len(found)} username columns ({names})."
        advice = "Keep one of them in the export, or name one with {}."
        remedy = Remedy(option="column", advice=advice)
        raise SourceError(reason, path=path, line=line, remedies=(remedy,))
    return found[0]
