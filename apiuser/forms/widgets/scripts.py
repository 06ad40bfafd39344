"""The scripts of widgets, as one module if a widget is made of several.

A widget's script is one text, so scripts that import one another are put together:
what they share with the page of the guide exists once, as files of their own.
"""

import re
from pathlib import Path

WIDGETS = Path(__file__).parent
_IMPORT = re.compile(r'^import [^;]*? from "\./[\w.]+";\n', re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)", re.MULTILINE)


def join_scripts(*names: str) -> str:
    """Put scripts of this folder together; the last one keeps what it exports."""
    *parts, last = ((WIDGETS / name).read_text("utf-8") for name in names)
    shared = [_EXPORT.sub("", _IMPORT.sub("", part)) for part in parts]
    return "\n".join([*shared, _IMPORT.sub("", last)])
