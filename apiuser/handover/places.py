"""Where a handover file may be written."""

import os
from pathlib import Path

from apiuser.credential import Secret
from apiuser.errors import AccessError, InputError, PlaceError


def check_place(
    path: str | Path, *, overwrite: bool = False, inside_git: bool = False
) -> None:
    """Refuse a place before any work is done.

    Args:
        path: Where the file is to go.
        overwrite: Whether an existing file may be replaced.
        inside_git: Whether it may lie in a git work tree.

    Raises:
        AccessError: The folder is missing or not writable, or the name too long.
        InputError: It is a folder.
        PlaceError: The file exists, or would lie in a git work tree.
    """
    place = Path(path)
    folder = place.parent
    try:
        found, is_folder = folder.is_dir(), place.is_dir()
    except OSError as error:  # a name too long, or a folder that may not be entered
        message = f"{path}: cannot be used ({error.strerror}). Choose another."
        raise AccessError(message) from None
    if not found:
        message = f"{path}: the folder does not exist. Make it or choose another."
        raise AccessError(message)
    if not os.access(folder, os.W_OK | os.X_OK):
        message = f"{path}: the folder is not writable. Choose another."
        raise AccessError(message)
    if is_folder:
        message = f"{path}: is a folder. Give the name of a file."
        raise InputError(message)
    if os.path.lexists(place) and not overwrite:
        message = f"{path}: exists already. Choose another name."
        raise PlaceError(message, permission="overwrite")
    tree = find_work_tree(folder)
    if tree is not None and not inside_git:
        message = (
            f"{path}: lies in the git work tree {tree}, from where it is soon "
            "committed. Choose a folder outside."
        )
        raise PlaceError(message, permission="inside_git")


def find_work_tree(folder: Path) -> Path | None:
    """Return the git work tree that a folder lies in, if any."""
    resolved = folder.resolve()
    return next(
        (
            parent
            for parent in (resolved, *resolved.parents)
            if os.path.lexists(parent / ".git")
        ),
        None,
    )


def refuse_telling_name(path: str | Path, secret: Secret) -> None:
    """Refuse a place whose name tells the secret.

    Raises:
        InputError: It does.
    """
    if secret.reveal() in str(path):
        message = "The name of the file holds the secret. Choose another one."
        raise InputError(message)
