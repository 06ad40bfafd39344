"""Hidden files and folders that may contain exports: what is skipped is named."""

import os
from pathlib import Path
from typing import NoReturn

from apiuser.errors import InputError
from apiuser.exports.file_kinds import ENDINGS, OTHER_ENDINGS
from apiuser.files.file_names import SYSTEM_FOLDERS, is_hidden

_TABLES = (*ENDINGS, *OTHER_ENDINGS)
_OF_PROGRAMS = (
    *(".git", ".svn", ".hg", ".idea", ".vscode", ".trash", ".trashes"),
    *(".spotlight-v100", ".fseventsd", ".documentrevisions-v100", ".temporaryitems"),
    *(".stfolder", ".stversions", ".sync", ".dropbox.cache"),
    *SYSTEM_FOLDERS,
)
"""Folders that programs keep, and in which nobody puts exports."""
_TRASH = ".trash-"
"""The beginning of the folder that Linux keeps on a disk for what was deleted."""
_APPLE_DOUBLE = b"\x00\x05\x16\x07"
"""What macOS knows of a file, and puts beside it on the disks of others, begins so."""
_MOST_LOCK_BYTES = 256
"""Office notes who has a file open in fewer bytes."""
_HEAD = 1 << 12
_HIDDEN = (
    "is hidden, and was not read. Take the {sign} off its name if it is an export, or "
    "move it to another folder."
)
_HIDDEN_FOLDER = (
    "is a hidden folder that may contain exports, and was not read. Take the dot off its "
    "name if it does, or move it to another folder."
)


def may_hold_exports(path: Path) -> bool:
    """Tell whether a hidden file or folder may contain exports."""
    if path.is_dir():
        return path.is_symlink() or _folder_may(path)
    if path.name.startswith("~$") and _is_small(path):
        return False
    # Not the files of systems that `is_hidden` knows, such as Thumbs.db.
    return path.name.startswith((".", "~$")) and _may_be_list(path)


def refuse_hidden(path: Path) -> NoReturn:
    """Refuse what is hidden and may contain exports.

    Raises:
        InputError: Always.
    """
    if path.is_dir():
        raise InputError(_HIDDEN_FOLDER, path=path)
    sign = "dot" if path.name.startswith(".") else "~$"
    raise InputError(_HIDDEN.format(sign=sign), path=path)


def is_table(path: Path) -> bool:
    """Tell whether a file is an export, or may hold a table of another kind."""
    return path.name.lower().endswith(_TABLES)


def _folder_may(folder: Path) -> bool:
    name = folder.name.lower()
    if name in _OF_PROGRAMS or name.startswith(_TRASH):
        return False
    failed: list[OSError] = []
    for place, _, names in os.walk(folder, onerror=failed.append):
        for one in names:
            path = Path(place, one)
            if may_hold_exports(path) if is_hidden(one) else _may_be_list(path):
                return True
    return bool(failed)


def _may_be_list(path: Path) -> bool:
    return is_table(path) and _may_hold_records(path)


def _is_small(path: Path) -> bool:
    try:
        return path.stat().st_size <= _MOST_LOCK_BYTES
    except OSError:
        return False


def _may_hold_records(path: Path) -> bool:
    """Tell whether a file is more than one line of text, or not text at all."""
    if path.exists() and not path.is_file():
        return False  # a pipe or the like
    try:
        with path.open("rb") as file:
            first = file.read(_HEAD)
    except OSError:
        return True
    if first.startswith(_APPLE_DOUBLE):
        return False
    text = first.lstrip()
    return (
        text.startswith((b"[", b"{", b"<", b"PK"))
        or any(sign in text for sign in (b"\n", b"\r", b"\0"))
        or not text.isascii()
    )
