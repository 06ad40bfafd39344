"""The scripts of widgets, joined into one module if a widget has several.

A widget's script is one text, so scripts that import one another are joined. This way,
what they share with the page of the guide is written only once, in files of its own.
"""

import re
from pathlib import Path

WIDGETS = Path(__file__).parent
_IMPORT = re.compile(r'^import [^;]*? from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)", re.MULTILINE)


def find_scripts(name: str) -> dict[str, str]:
    """Return the text of a script of this folder by its name, after those it imports."""
    text = (WIDGETS / name).read_text("utf-8")
    found: dict[str, str] = {}
    for imported in _IMPORT.findall(text):
        found |= find_scripts(imported)
    return found | {name: text}


def join_scripts(name: str) -> str:
    """Join a script, which keeps its exports, and those that it imports."""
    *parts, last = (_IMPORT.sub("", text) for text in find_scripts(name).values())
    return "\n".join([*(_EXPORT.sub("", part) for part in parts), last])
