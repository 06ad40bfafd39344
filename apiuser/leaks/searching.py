"""Search files for a known secret, or notebooks for what looks like one."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from apiuser.credentials.credential import Secret
from apiuser.credentials.encodings_of_a_secret import SecretEncodings
from apiuser.leaks.archive_members import (
    DEEPEST_ARCHIVE,
    Closed,
    Piece,
    join,
    open_piece,
)
from apiuser.leaks.detection import (
    Find,
    Found,
    Hit,
    Searched,
    find_known,
    find_unknown,
)
from apiuser.leaks.leak import Leak, ScanReport, Unread
from apiuser.leaks.stores import is_store, open_store

MOST_IN_MEMORY = 256 * 1024 * 1024
"""The most bytes of a file or part that are held in memory at once."""

_CHUNK = 16 * 1024 * 1024


def scan_for(
    secret: Secret,
    paths: Iterable[str | Path],
    *,
    limit: int = MOST_IN_MEMORY,
) -> ScanReport:
    """Search files and folders for a known secret in all usual encodings.

    Notebooks, SQLite stores, archives and compressed files are taken apart;
    everything else is searched as bytes. Links inside folders are not followed.

    Args:
        secret: What to look for; it is in no finding.
        paths: Files and folders; hidden ones inside them are searched too.
        limit: The most bytes of one file or part to hold in memory.

    Raises:
        InputError: The secret is too short to search for.
    """
    needles = SecretEncodings(secret)
    return _scan(paths, lambda piece: find_known(piece, needles), needles, limit)


def scan_unknown(
    paths: Iterable[str | Path],
    *,
    limit: int = MOST_IN_MEMORY,
) -> ScanReport:
    """Search notebooks for texts that look like a secret.

    All texts of notebooks are examined, also inside archives and checkpoints.

    Args:
        paths: Files and folders; hidden ones inside them are searched too.
        limit: The most bytes of one file or part to hold in memory.
    """
    return _scan(paths, find_unknown, None, limit)


def _scan(
    paths: Iterable[str | Path],
    find: Find,
    needles: SecretEncodings | None,
    limit: int,
) -> ScanReport:
    leaks: list[Leak] = []
    unread: list[Unread] = []
    files = searched = skipped = 0
    for path, reason in _list_files(paths):
        shown = path if needles is None else Path(needles.hide(str(path)))
        if reason:
            unread.append(Unread(path=shown, place="", reason=reason))
            continue
        if not _is_regular(path):
            skipped += 1
            continue
        files += 1
        looked = False
        if shown != path:
            leaks.append(Leak(path=shown, place="name of the file", form="as it is"))
        for found in _search_file(path, find, needles, limit):
            if isinstance(found, Searched):
                looked = True
                continue
            place = found.place if needles is None else needles.hide(found.place)
            if isinstance(found, Closed):
                unread.append(Unread(path=shown, place=place, reason=found.reason))
            else:
                leaks.append(Leak(path=shown, place=place, form=found.form))
        searched += looked
    return ScanReport(
        leaks=tuple(leaks),
        unread=tuple(unread),
        files=files,
        searched=searched,
        skipped=skipped,
    )


def _list_files(paths: Iterable[str | Path]) -> Iterator[tuple[Path, str]]:
    """Return every file, and every folder that cannot be listed, with the reason."""
    for given in paths:
        path = Path(given)
        # Those of Path raise an error if the system refuses a name, such as a long one.
        if not os.path.isdir(path):  # noqa: PTH112
            # What a person names is read, even through a link.
            reason = _find_unfit(path)
            yield path if reason else path.resolve(), reason
            continue
        errors: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=errors.append):
            folders.sort()
            for name in sorted(names):
                yield Path(folder, name), ""
            # A link to a folder is listed as a folder, and not entered.
            yield from (
                (Path(folder, name), "")
                for name in folders
                if Path(folder, name).is_symlink()
            )
        for error in errors:
            yield Path(error.filename), f"cannot be listed ({error.strerror})"


def _find_unfit(path: Path) -> str:
    if not os.path.exists(path):  # noqa: PTH110
        return "does not exist"
    return "" if path.is_file() else "is a pipe or device, which is not searched"


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return True  # reading it will say what is wrong


def _search_file(
    path: Path, find: Find, needles: SecretEncodings | None, limit: int
) -> Found:
    try:
        if path.stat().st_size > limit:
            yield from _search_large(path, needles, limit)
            return
        data = path.read_bytes()
    except OSError as error:
        yield Closed(place="", reason=f"cannot be read ({error.strerror})")
        return
    yield from _search(
        Piece(place="", data=data, name=path.name), find, limit, DEEPEST_ARCHIVE
    )


def _search(piece: Piece, find: Find, limit: int, depth: int) -> Found:
    found = False
    parts = (
        open_store(piece) if is_store(piece.data) else open_piece(piece, limit=limit)
    )
    for part in parts:
        if isinstance(part, Closed):
            yield part
        elif depth == 0:
            reason = f"is more than {DEEPEST_ARCHIVE} archives deep; unpack it first"
            yield Closed(place=part.place, reason=reason)
        else:
            for inner in _search(part, find, limit, depth - 1):
                found = found or isinstance(inner, Hit)
                yield inner
    if not found:
        # What was found inside is not reported again as bytes of the whole.
        for hit in find(piece):
            if isinstance(hit, Hit):
                yield Hit(join(piece.place, hit.place), hit.form)
            else:
                yield hit


def _search_large(path: Path, needles: SecretEncodings | None, limit: int) -> Found:
    """Search a file that does not fit into memory, as bytes only."""
    if needles is not None:
        yield Searched()
        kept = b""
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                form = needles.find(kept + chunk)
                if form is not None:
                    yield Hit("bytes", form)
                    return
                kept = (kept + chunk)[-needles.longest :]
    reason = (
        f"is larger than {limit // 1024**2} MiB and was not taken apart; "
        "raise the limit"
    )
    yield Closed(place="", reason=reason)
