"""Lines above the header, which are told, and may say that the list is a part."""

from collections.abc import Mapping, Sequence

from apiuser.errors import escape_invisible, join_some
from apiuser.exports.resources import Status, UserKind
from apiuser.exports.rows import Rows, show_lines

_APART = "Save that table in a file of its own, and give both"
_WHOLE = "Export all of the list, or delete the line if it is not so."
_FEWEST_OF_TABLE = 3
_TOLD_LINES = 5
_TOLD_CHARACTERS = 120
_LONGEST = 1000
"""Characters of a title in which words are looked for."""
_BETWEEN = " | "


def take_above(
    rows: Rows, lines: Sequence[Sequence[str]], told: int, between: str = "\t"
) -> None:
    """Keep the lines above the header, and tell those that were to be skipped.

    Args:
        rows: The rows to come.
        lines: The cells of each line, beginning with the first.
        told: How many were to be skipped.
        between: What is between two cells.
    """
    # A comma may belong to a title, and to the number in it.
    joint = _BETWEEN if between.isspace() else between
    cells = [[cell.strip('\ufeff" \t') for cell in line] for line in lines]
    texts = [joint.join(some).strip(joint) for some in cells]
    rows.above = [(at, text) for at, text in enumerate(texts, start=1) if text]
    tables = [
        at
        for at, some in enumerate(cells[:told], start=1)
        if sum(map(bool, some)) >= _FEWEST_OF_TABLE
    ]
    if skipped := [(at, text) for at, text in rows.above if at <= told]:
        shown = [f"line {at} ({_show(text)})" for at, text in skipped[:_TOLD_LINES]]
        what = join_some(shown, len(skipped))
        rows.notices.append(f"{rows.path}: skipped as told: {what}.")
    if len(tables) > 1:  # a single one may be a title with a date and an author
        rows.doubts[f"{show_lines(tables)} seem to be another table"] = _APART
        rows.unread.lose()
        rows.above = []  # that may be its title


def _show(text: str) -> str:
    more = "..." * (len(text) > _TOLD_CHARACTERS)
    return escape_invisible(text[:_TOLD_CHARACTERS]) + more


def doubt_titles(
    rows: Rows, statuses: Mapping[Status, int], kinds: Mapping[UserKind, int]
) -> dict[str, str]:
    """Say which lines above the header say that the list is a part, and what to do.

    Args:
        rows: The records read.
        statuses: How many records have each status.
        kinds: How many are of each kind.
    """
    if not rows.above:
        return {}
    # Late: few exports have anything above the header.
    from apiuser.exports.titles import (  # noqa: PLC0415
        denies_half,
        denies_kinds,
        tells_of_less,
    )

    found = [
        at
        for at, text in rows.above
        if tells_of_less(text[:_LONGEST], rows.headers, rows.records)
        or denies_half(text[:_LONGEST], statuses)
        or denies_kinds(text[:_LONGEST], kinds)
    ]
    if not found:
        return {}
    say = "says" if len(found) == 1 else "say"
    doubt = (
        f"{show_lines(found)}, skipped before the header, {say} that the list is a part"
    )
    return {doubt: _WHOLE}
