"""Which characters people take for one another: Unicode's table, loaded when needed."""

from functools import cache
from pathlib import Path

UNICODE_VERSION = "17.0.0"
"""The version of the confusable characters (UTS #39) that the table is made from."""

ASCII_FORMS = str.maketrans(
    {
        '"': "''",
        "%": "0/0",
        "1": "l",
        "`": "'",
        "i": "l",
        "m": "rn",
        "o": "0",
        "|": "l",
    }
)
"""The part of the table that most names need, at hand without reading a file."""

_TABLE = Path(__file__).with_name("confusables.txt")


@cache
def load_forms() -> dict[int, str]:
    """Return the form of each character, for `str.translate`; others are their own."""
    forms: dict[int, str] = {}
    for line in _TABLE.read_text("ascii").splitlines():
        if line.startswith("#"):
            continue
        target, _, sources = line.partition(";")
        # One form has a tab in it, which nobody sees.
        form = "".join(chr(int(code, 16)) for code in target.split()).replace("\t", "")
        forms |= dict.fromkeys((int(code, 16) for code in sources.split()), form)
    return forms
