"""Write an encrypted handover file, whole, for its owner only."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from apiuser.credentials.credential import Secret
from apiuser.errors import InputError
from apiuser.files import write_whole
from apiuser.handover.agefile import (
    check_recipients,
    seal_age_for_passphrase,
    seal_age_for_recipients,
)
from apiuser.handover.entry import Entry
from apiuser.handover.extra import check_pyrage
from apiuser.handover.kdbx import seal_kdbx
from apiuser.handover.passphrase import check_passphrase
from apiuser.handover.places import check_place, refuse_telling_name

KINDS = {".kdbx": "KeePass database (KDBX 4)", ".age": "age file"}
"""The kinds of files by the ending of their name."""

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
        message = f"{path}: a handover file ends in {' or '.join(KINDS)}."
        raise InputError(message)
    if ending == ".age":
        check_pyrage()
    if recipients and ending != ".age":
        message = f"{path}: only an .age file can be made for a recipient's key."
        raise InputError(message)
    if recipients:
        check_recipients(recipients)
    check_place(path, overwrite=overwrite, inside_git=inside_git)


def write_handover(
    entry: Entry,
    path: str | Path,
    lock: Secret | Sequence[str],
    *,
    overwrite: bool = False,
    inside_git: bool = False,
) -> Handover:
    """Encrypt an entry into a file that only its owner may read.

    Args:
        entry: What is handed over.
        path: Where the file goes; .kdbx or .age says what kind it is.
        lock: The passphrase that opens it, or the age public keys of those who may.
        overwrite: Whether an existing file may be replaced.
        inside_git: Whether it may lie in a git work tree.

    Raises:
        AccessError: It cannot be written; an old file is still whole.
        ExtraError: An .age file is wanted without the extra `handover`.
        InputError: The place, the passphrase or a recipient cannot be used.
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
        check_passphrase(lock)
        sealed = _SEALS[kind](entry, lock)
    write_whole(path, sealed, mode=0o600)
    return Handover(
        path=Path(path),
        kind=KINDS[kind],
        size=len(sealed),
        sha256=hashlib.sha256(sealed).hexdigest(),
        opened_with=(
            "the receiver's own key"
            if recipients
            else "a passphrase, sent on another way"
        ),
        made_at=dt.datetime.now(dt.UTC).replace(microsecond=0),
    )
