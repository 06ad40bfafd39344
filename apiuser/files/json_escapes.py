"""JSON that neither steers a terminal nor contains a lone surrogate."""

import json
import re
from functools import partial

# The encoder escapes the control characters below the blank; DEL it does not.
_TO_WEIGH = re.compile(r"[^\n\x20-\x7e]")


def escape_json(text: str, *, ascii_only: bool = False) -> str:
    """Escape in JSON what cannot be seen, which readers undo.

    Many readers refuse a lone surrogate, as names of files that are not UTF-8 have, so
    it is written as its code point.

    Args:
        text: JSON by an encoder that leaves what is not ASCII as it is.
        ascii_only: Escape all that is not ASCII.
    """
    if text.isprintable() and not ascii_only:  # as nearly all are
        return text
    return _TO_WEIGH.sub(partial(_escape, ascii_only=ascii_only), text)


def _escape(found: re.Match[str], *, ascii_only: bool) -> str:
    sign = found[0]
    if "\ud800" <= sign <= "\udfff":
        return f"<U+{ord(sign):04X}>"
    return sign if sign.isprintable() and not ascii_only else json.dumps(sign)[1:-1]
