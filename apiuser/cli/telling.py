"""What the commands print: nothing in it steers the terminal or fakes a line."""

from __future__ import annotations

import sys

from apiuser.errors import escape_invisible

TYPE_CHECKING = False  # like the one in typing, whose import slows the command
if TYPE_CHECKING:
    from collections.abc import Iterable


def tell(*lines: object) -> None:
    """Print lines; what cannot be seen in one is shown by its code point."""
    for line in lines:
        print(escape_invisible(str(line)))


def tell_whole(parts: Iterable[str]) -> None:
    """Print a text as it is: its lines are escaped already, or JSON."""
    for part in parts:
        print(part, end="")


def complain(text: object) -> None:
    """Print a sentence to the error output."""
    print(f"apiuser: {escape_invisible(str(text))}", file=sys.stderr)


def announce(*lines: object) -> None:
    """Print lines to the error output at once: what is about to be done."""
    for line in lines:
        print(escape_invisible(str(line)), file=sys.stderr, flush=True)


def prompt(text: str) -> None:
    """Print what waits for an answer on the same line."""
    print(escape_invisible(text), end="", file=sys.stderr, flush=True)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    import json  # noqa: PLC0415  # late: `apiuser check NAME` starts faster

    from apiuser.files.json_escapes import escape_json  # noqa: PLC0415

    text = json.dumps(value, indent=2, ensure_ascii=False)
    print(escape_json(text, ascii_only=lacks_unicode()))


def lacks_unicode() -> bool:
    """Tell whether the output's encoding may lack characters, so that JSON escapes."""
    return not (sys.stdout.encoding or "").lower().startswith("utf")
