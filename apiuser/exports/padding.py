"""Columns of a fixed width, as sqlcmd writes them: padded with blanks, perhaps cut."""

from collections.abc import Iterator, Sequence

from apiuser.errors import count_noun
from apiuser.exports.rows import Rows


def find_width(header: Sequence[str], rule: Sequence[str], username: int) -> int:
    """Return how wide the username column is; 0 if the columns are not padded.

    Args:
        header: The header, with its blanks.
        rule: The line under it, with a dash for each character of a column.
        username: The position of the username column.
    """
    padded = any(name != name.rstrip() for name in header)
    same = [*map(len, header)] == [*map(len, rule)]
    return len(rule[username]) if padded and same else 0


def trim_names(rows: Rows) -> list[int]:
    """Take the blanks off padded names, and return the rows of those that may be cut."""
    if not rows.name_width:
        return []
    names = [name.rstrip() for name in rows.texts["username"]]
    rows.texts["username"] = names
    return [at for at, name in enumerate(names) if len(name) == rows.name_width]


def describe_cut_names(rows: Rows, cut: Sequence[int]) -> Iterator[str]:
    """Say which usernames may be cut, if any may be."""
    if cut:
        yield (
            f"{count_noun(len(cut), 'username')} as long as the column, "
            f"{count_noun(rows.name_width, 'character')}, may be cut "
            f"({rows.list_lines(cut)})"
        )
