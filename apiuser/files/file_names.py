"""Names of files: for those that arrive with one, and those that nobody sees."""

import re
from pathlib import Path, PureWindowsPath

_LONGEST_NAME = 120
"""Bytes of a name; most systems take 255, and some of them are for what is added."""

_ENDING = r"(?a)\.\w{1,8}$"
# Windows takes these for devices, whatever ending they have.
_DEVICES = r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)"
SYSTEM_FOLDERS = frozenset({"$recycle.bin", "system volume information", "@eadir"})
"""Folders that systems put beside those of people, without a dot."""
_LEFT = SYSTEM_FOLDERS.union({"thumbs.db", "ehthumbs.db", "desktop.ini"})


def is_hidden(name: str) -> bool:
    """Tell whether a file or folder is one that programs leave behind unseen."""
    return name.startswith((".", "~$")) or name.lower() in _LEFT


def read_path(typed: str) -> Path:
    """Read a path as a person types it: ~ is the home folder, of whoever has one."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:  # nobody is called so
        return Path(typed)


def take_name(name: str) -> str:
    """Return the last part of a name that somebody gave, made fit for a file.

    What no system can show or accept is replaced, and a long name is shortened before
    its ending, which says how to read the file.
    """
    last = PureWindowsPath(name).name  # it splits at both kinds of slash
    plain = "".join(c if c.isprintable() and c not in '<>:"|?*' else "_" for c in last)
    plain = plain.strip(". ")
    if re.match(_DEVICES, plain):
        plain = f"_{plain}"
    data = plain.encode()
    if len(data) > _LONGEST_NAME:
        found = re.search(_ENDING, plain)
        ending = found[0] if found else ""
        stem = data[: _LONGEST_NAME - len(ending)].decode(errors="ignore")
        plain = stem.rstrip(". ") + ending
    return plain or "export.csv"
