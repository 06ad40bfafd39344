"""Facts as a table of Markdown, whatever is in their texts."""

from collections.abc import Iterable

from apiuser.errors import escape_invisible

# Entities where Markdown's dialects differ on what a backslash may precede.
_MARKS = str.maketrans(
    {sign: f"\\{sign}" for sign in "\\`*_[]"}
    | {sign: f"&#{ord(sign)};" for sign in "<>&|~$"}
)


def tabulate(facts: Iterable[tuple[str, str]]) -> str:
    """Write a table with a name and a text on each row."""
    rows = (f"| {keep_text(name)} | {keep_text(text)} |\n" for name, text in facts)
    return f"| | |\n| --- | --- |\n{''.join(rows)}"


def keep_text(text: str) -> str:
    """Return a text as Markdown shows it on one line, its marks kept as they are."""
    lines = (escape_invisible(line).translate(_MARKS) for line in text.splitlines())
    return "<br>".join(lines)
