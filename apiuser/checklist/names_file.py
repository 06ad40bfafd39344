"""The names in use, read from an export as the sheet needs them."""

from collections.abc import Mapping
from pathlib import Path

from apiuser.checklist.desk import NamesFile
from apiuser.errors import ApiuserError, Remedy

_FIELDS = {
    "encoding": "Encoding",
    "column": "Username column",
    "skip_lines": "Lines before the header",
}
"""What can be asked about a file, as the sheet calls it."""


def read_names_file(path: Path, options: Mapping[str, str]) -> NamesFile:
    """Read the names in use from an export; a refusal is part of the answer.

    Args:
        path: The export.
        options: How to read it, as a person typed it, by the names of reading options.
    """
    from apiuser.exports import (  # noqa: PLC0415  # late: the sheet is shown sooner
        ReadOptions,
        read_resources,
    )

    lines = options.get("skip_lines", "").strip()
    reading = ReadOptions(
        encoding=options.get("encoding", "").strip() or None,
        column=options.get("column", "").strip() or None,
        skip_lines=int(lines) if lines.isascii() and lines.isdecimal() else 0,
    )
    try:
        table = read_resources(path, reading, name=path.name)
    except ApiuserError as error:
        return NamesFile(
            name=path.name,
            path=str(path),
            refusal=error.explain(_name_field).removeprefix(f"{path.name}: "),
            asks=tuple(r.option for r in error.remedies if r.option in _FIELDS),
        )
    return NamesFile(
        name=path.name,
        path=str(path),
        names=tuple(text for text in table.usernames if text),
        unreadable=len(table.unreadable),
    )


def _name_field(remedy: Remedy) -> str:
    label = _FIELDS.get(remedy.option)
    if label is None:
        return f"apiuser audit --{remedy.option.replace('_', '-')}"
    shown = "" if remedy.value is None else f"{remedy.value} in "
    return f"{shown}the field “{label}”"
