"""A file for the import of a password manager; not encrypted, made on demand only.

The columns are those that Bitwarden documents for a personal vault in "Condition a
Bitwarden .csv or .json"; its example writes a custom field as `name: value`.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from apiuser.errors import InputError
from apiuser.files.reversal import write_reversibly
from apiuser.handover.entry import TRACKING_FIELD, Entry
from apiuser.handover.places import check_place, find_work_tree, refuse_telling_name

COLUMNS = (
    "folder",
    "favorite",
    "type",
    "name",
    "notes",
    "fields",
    "reprompt",
    "login_uri",
    "login_username",
    "login_password",
    "login_totp",
)


def check_plaintext(path: str | Path, *, overwrite: bool = False) -> None:
    """Refuse a place before anybody is asked for a secret.

    Raises:
        AccessError: The folder is missing or not writable.
        InputError: The ending is not .csv, the file exists, or it would be in a git
            work tree, which nothing allows.
    """
    if Path(path).suffix.lower() != ".csv":
        message = f"{path}: a file for Bitwarden's import ends in .csv."
        raise InputError(message)
    check_place(path, overwrite=overwrite, inside_git=True)
    tree = find_work_tree(Path(path).parent)
    if tree is not None:
        message = (
            f"{path}: is in the git work tree {tree}, where an unencrypted file is "
            "never written. Choose a folder outside it."
        )
        raise InputError(message)


@contextmanager
def write_plaintext(
    entry: Entry, path: str | Path, *, overwrite: bool = False
) -> Iterator[None]:
    """Write an entry, secret included, as Bitwarden's import reads it.

    If the block fails, the file is taken back and an old one is restored.

    Args:
        entry: What is handed over.
        path: Where the file goes; only its owner may read it.
        overwrite: Whether an existing file may be replaced.

    Raises:
        AccessError: It cannot be written; an old file is untouched.
        InputError: The place cannot be used.
        LeftError: Something stays that should not, and is named.
    """
    check_plaintext(path, overwrite=overwrite)
    refuse_telling_name(path, entry.secret)
    with write_reversibly(
        path, lambda: _write(entry).getvalue().encode(), new=not overwrite
    ):
        yield


def _write(entry: Entry) -> io.StringIO:
    text = io.StringIO(newline="")
    identifier = entry.tracking_identifier
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerow(
        (
            "",
            "",
            "login",
            entry.title,
            entry.notes,
            f"{TRACKING_FIELD}: {identifier}" if identifier else "",
            "",
            entry.url,
            entry.username.full,
            entry.secret.reveal(),
            "",
        )
    )
    return text
