"""The scripts of widgets, joined into one module if a widget has several.

A widget's script is one text, so scripts that import one another are joined. This way,
what they share with the page of the guide is written only once, in files of its own.
"""

import re
from pathlib import Path

WIDGETS = Path(__file__).parent
_IMPORT = re.compile(r'^import [^;]*? from "\./[\w.]+";\n', re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)", re.MULTILINE)


def join_scripts(*names: str) -> str:
    """Join scripts of this folder; the last one keeps its exports."""
    *parts, last = ((WIDGETS / name).read_text("utf-8") for name in names)
    shared = [_EXPORT.sub("", _IMPORT.sub("", part)) for part in parts]
    return "\n".join([*shared, _IMPORT.sub("", last)])
