"""Write an encrypted handover file, whole, for its owner only."""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from apiuser.credentials.credential import Secret
from apiuser.errors import AccessError, InputError
from apiuser.files import read_whole
from apiuser.files.reversal import write_reversibly
from apiuser.handover.age_files import (
    check_pyrage,
    read_recipients,
    seal_age_for_passphrase,
    seal_age_for_recipients,
    write_lines,
)
from apiuser.handover.entry import TRACKING_FIELD, Entry
from apiuser.handover.kdbx import seal_kdbx
from apiuser.handover.passphrase import check_passphrase
from apiuser.handover.places import check_place, refuse_telling_name
from apiuser.handover.reopening import count_age_recipients, read_age, read_kdbx

KINDS = {".kdbx": "KeePass database (KDBX 4)", ".age": "age file"}
"""The kinds of files by the ending of their name."""

OWN_KEY = "the receiver's own key"
"""What opens a file that was made for a key."""

_SEALS = {".kdbx": seal_kdbx, ".age": seal_age_for_passphrase}


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A written handover file, as far as everyone may know it.

    Attributes:
        kind: What sort of file it is.
        size: Its length in bytes.
        sha256: The fingerprint of the encrypted file, in hex.
        opened_with: What the receiver needs to open it.
        made_at: When it was written, in UTC.
    """

    path: Path
    kind: str
    size: int
    sha256: str
    opened_with: str
    made_at: dt.datetime


def check_handover(
    path: str | Path,
    *,
    recipients: Sequence[str] = (),
    overwrite: bool = False,
    inside_git: bool = False,
) -> None:
    """Refuse what cannot work, before anybody is asked for a secret.

    Raises:
        AccessError: The folder is missing or not writable.
        ExtraError: An .age file is wanted without the extra `handover`.
        InputError: The ending is unknown, a recipient cannot be used, the file
            exists, or it would lie in a git work tree.
    """
    ending = Path(path).suffix.lower()
    if ending not in KINDS:
        reason = f"a handover file ends in {' or '.join(KINDS)}."
        raise InputError(reason, path=path)
    if ending == ".age":
        check_pyrage()
    if recipients and ending != ".age":
        reason = "only an .age file can be made for a recipient's key."
        raise InputError(reason, path=path)
    if recipients:
        read_recipients(recipients)
    check_place(path, overwrite=overwrite, inside_git=inside_git)


def write_handover(  # noqa: PLR0913  # what may happen to the file, by keyword
    entry: Entry,
    path: str | Path,
    lock: Secret | Sequence[str],
    *,
    overwrite: bool = False,
    inside_git: bool = False,
    announce: Callable[[Handover], None] = lambda _handover: None,
) -> Handover:
    """Encrypt an entry into a file that only its owner may read.

    Args:
        entry: What is handed over.
        path: Where the file goes; .kdbx or .age says what kind it is.
        lock: The passphrase that opens it, or the age public keys of those who may.
        overwrite: Whether an existing file may be replaced.
        inside_git: Whether it may lie in a git work tree.
        announce: Called once the file is in its place. If it fails, for example because
            nobody can be shown what opens the file, the file is taken back and an old
            one is restored.

    Raises:
        AccessError: It cannot be written; an old file is untouched.
        ExtraError: An .age file is wanted without the extra `handover`.
        InputError: The place, the passphrase or a recipient cannot be used, or what
            was made does not open again.
        LeftError: Something stays that should not, and is named.
    """
    recipients = () if isinstance(lock, Secret) else tuple(lock)
    check_handover(
        path, recipients=recipients, overwrite=overwrite, inside_git=inside_git
    )
    refuse_telling_name(path, entry.secret)
    kind = Path(path).suffix.lower()
    if not isinstance(lock, Secret):
        sealed = seal_age_for_recipients(entry, recipients)
    else:
        check_passphrase(lock, openly=_list_known(entry, Path(path)))
        sealed = _SEALS[kind](entry, lock)
    if not _opens(sealed, entry, lock, kind):
        reason = (
            "what was made does not open again, so nothing is written. "
            "Use plain letters in title and notes, and report this fault."
        )
        raise InputError(reason, path=path)
    handover = Handover(
        path=Path(path),
        kind=KINDS[kind],
        size=len(sealed),
        sha256=hashlib.sha256(sealed).hexdigest(),
        opened_with=(OWN_KEY if recipients else "a passphrase, sent another way"),
        made_at=dt.datetime.now(dt.UTC).replace(microsecond=0),
    )
    with write_reversibly(path, lambda: sealed, new=not overwrite):
        if read_whole(path) != sealed:
            reason = "was changed while it was written. Write it again."
            raise AccessError(reason, path=path)
        announce(handover)
    return handover


def _opens(
    sealed: bytes, entry: Entry, lock: Secret | Sequence[str], kind: str
) -> bool:
    """Tell whether the entry comes out again, or may for those with other keys."""
    try:
        if not isinstance(lock, Secret):
            return count_age_recipients(sealed).total() == len(lock)
        if kind == ".age":
            return read_age(sealed, lock) == write_lines(entry)
        return read_kdbx(sealed, lock) == _list_strings(entry)
    except ValueError:
        return False


def _list_known(entry: Entry, path: Path) -> dict[str, Secret | str]:
    """Return what a guesser tries first, or what must not open the file."""
    return {
        **dict(entry.list_open_fields()),
        "name of the file": path.stem,
        "secret": entry.secret,
    }


def _list_strings(entry: Entry) -> dict[str, Secret | str]:
    """Return what a KeePass file holds, by the names of its strings."""
    strings: dict[str, Secret | str] = {
        "Title": entry.title,
        "UserName": entry.username.full,
        "URL": entry.url,
        "Notes": entry.notes,
        "Password": entry.secret,
    }
    if entry.tracking_identifier:
        strings[TRACKING_FIELD] = Secret(entry.tracking_identifier)
    return strings
