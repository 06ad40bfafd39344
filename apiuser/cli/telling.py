"""What the commands print: nothing in it steers the terminal or fakes a line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from apiuser.errors import escape_invisible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apiuser.howto.step import Note
    from apiuser.rules.rule import Finding

WIDTH = 88
"""Characters of a line at every terminal, so that the guide shows the same text."""


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


def find_loss() -> OSError | None:
    """Find why something that was said on the error output is lost, if it is."""
    raw = getattr(getattr(sys.stderr, "buffer", None), "raw", None)
    lost: OSError | None = getattr(raw, "lost", None)
    return lost


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


def wrap(text: str, indent: str = "", further: str | None = None) -> list[str]:
    """Return a text as lines that fit, without breaking a word.

    Args:
        text: The text.
        indent: What the first line begins with.
        further: What the other lines begin with, if that differs.
    """
    import textwrap  # noqa: PLC0415  # late: `apiuser check NAME` starts faster

    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if further is None else further,
        break_long_words=False,
        break_on_hyphens=False,
    )


def note_as_json(note: Note) -> dict[str, object]:
    """Return a statement with its certainty and sources, for JSON."""
    return {
        "text": note.text,
        "certainty": note.certainty,
        "sources": [{"title": s.title, "url": s.url} for s in note.sources],
    }


def finding_as_json(finding: Finding) -> dict[str, str]:
    """Return what breaks a rule, for JSON."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.rule.message_given,
        "where": finding.where,
    }
