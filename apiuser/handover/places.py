"""Where a handover file may be written."""

import os
import shutil
import subprocess
from pathlib import Path

from apiuser.credentials.credential import Secret
from apiuser.credentials.encodings_of_a_secret import reveals
from apiuser.errors import AccessError, InputError, PlaceError
from apiuser.files import refuse_guarded, refuse_taken
from apiuser.files.drafts import try_folder

_PATIENCE = 5  # seconds; git answers in milliseconds


def check_place(
    path: str | Path, *, overwrite: bool = False, inside_git: bool = False
) -> None:
    """Refuse a place before any work is done.

    Args:
        path: Where the file is to go.
        overwrite: Whether an existing file may be replaced.
        inside_git: Whether it may lie in a git work tree.

    Raises:
        AccessError: The folder is missing or not writable, the name too long, an
            existing file is read-only or a link, git does not answer, or a file could
            not get its name or be removed there.
        InputError: It is a folder.
        PlaceError: The file exists, or would lie in a git work tree.
    """
    place = Path(path)
    folder = place.parent
    try:
        found, is_folder = folder.is_dir(), place.is_dir()
    except OSError as error:  # a name too long, or a folder that may not be entered
        reason = f"cannot be used ({error.strerror}). Choose another."
        raise AccessError(reason, path=path) from None
    if not found:
        reason = "the folder does not exist. Make it or choose another."
        raise AccessError(reason, path=path)
    if not os.access(folder, os.W_OK | os.X_OK):
        reason = "the folder is not writable. Choose another."
        raise AccessError(reason, path=path)
    if is_folder:
        reason = "is a folder. Give the name of a file."
        raise InputError(reason, path=path)
    if os.path.lexists(place) and not overwrite:
        refuse_taken(path)
    refuse_guarded(place)
    tree = None if inside_git else find_work_tree(folder)
    if tree is not None:
        reason = (
            f"is in the git work tree {tree}, where it is easily committed. "
            "Choose a folder outside it."
        )
        raise PlaceError(reason, path=path, permission="inside_git")
    try_folder(place)


def find_work_tree(folder: Path) -> Path | None:
    """Return the git work tree that a folder lies in, as far as it can be known.

    Git itself is asked too, in that folder and in the current one: variables of the
    environment and the setting `core.worktree` make work trees without a `.git`.

    Raises:
        AccessError: Git does not answer.
    """
    resolved = folder.resolve()
    for parent in (resolved, *resolved.parents):
        if os.path.lexists(parent / ".git"):
            return parent
    for start in (resolved, Path()):
        tree = _ask_git(start)
        if tree is not None and resolved.is_relative_to(tree):
            return tree
    return None


def _ask_git(folder: Path) -> Path | None:
    git = shutil.which("git")
    if git is None:
        return None
    command = [git, "-C", str(folder), "rev-parse", "--show-toplevel"]
    try:
        answer = subprocess.run(  # noqa: S603  # our own words
            command, capture_output=True, check=False, timeout=_PATIENCE
        )
    except OSError:
        return None
    except subprocess.TimeoutExpired:
        message = (
            f"{folder}: git has not answered within {_PATIENCE} seconds, so it is not "
            "known whether this is a git work tree. Find out why it hangs, or choose "
            "another folder."
        )
        raise AccessError(message) from None
    # A folder that is in no work tree is an error to git.
    tree = os.fsdecode(answer.stdout.removesuffix(b"\n"))
    return Path(tree).resolve() if answer.returncode == 0 and tree else None


def refuse_telling_name(path: str | Path, secret: Secret) -> None:
    """Refuse a place whose name reveals the secret.

    Raises:
        InputError: It does.
    """
    if reveals(str(path), secret):
        message = "The name of the file contains the secret. Choose another one."
        raise InputError(message)
