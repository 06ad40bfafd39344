"""Headers that are missing, in two lines, or in another line than the first."""

import re
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import NoReturn

from apiuser.errors import Remedy, SourceError
from apiuser.exports.headers import (
    list_each,
    list_roles,
    names_number,
    show_headers,
)
from apiuser.exports.vocabulary import fold_letters, fold_word, fold_words

SEARCHED_LINES = 30
"""Lines in which a header is looked for; titles and filters above one are fewer."""
_NUMBER = r"[+-]?[0-9]+(?:[.,][0-9]+)?"
_SCREEN_RULE = r"[|+]?[-=]{2,}(?:[ |+]+[-=]{2,})+[|+]?"
_PAIR = r"[A-Za-z_][\w .]* : ?"
_ADDRESS = r"[^\s@]+@[^\s@]+\.[^\s@]+"
NO_HEADER = Remedy(
    option="no_header",
    advice="If the first line is a record already, say so with {} and name columns by "
    "their numbers.",
)
"""How to read a table that has no header, if the first record looks like one."""


def point_below(line: int) -> Remedy:
    """Return how to read a table whose header seems to be in a line further below."""
    advice = f"The header seems to be in line {line}: give {{}}"
    return Remedy(option="skip_lines", value=line - 1, advice=advice)


def looks_like_data(fields: Sequence[str]) -> bool:
    """Tell whether what is in the header's place is more like a record."""
    texts = [field.strip() for field in fields]
    return not _list_named(texts) and any(
        re.fullmatch(_NUMBER, text) or re.fullmatch(_ADDRESS, text) for text in texts
    )


def _list_named(texts: Sequence[str]) -> list[str]:
    """Return the roles of headers; a state such as Active may be a cell as well."""
    return list_roles([text for text in texts if not _is_state(text)])


def _is_state(text: str) -> bool:
    return fold_word(text) in fold_words("active", "inactive")


def lacks_header(
    fields: Sequence[str], path: Path, *, column: str | None, line: int
) -> bool:
    """Tell whether a column is named by its number because there are no headers.

    Raises:
        SourceError: All that is known of the fields is a state, such as Active, which
            may be a header or a cell.
    """
    if column is None or not names_number(column):
        return False
    if looks_like_data(fields):
        return True
    if any(map(_is_state, fields)) and not _list_named(fields):
        reason = (
            f"may be a header or a record ({show_headers(fields)}). If it is a header, "
            "name the column by its header."
        )
        raise SourceError(reason, path=path, line=line, remedies=(NO_HEADER,))
    return False


def is_split_header(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether a header takes two lines, as one with merged cells does."""
    cells = [*zip_longest(first, second, fillvalue="")]
    joined = [f"{above} {below}".strip() for above, below in cells]
    roles = list_roles(first)
    if len(list_roles(joined)) > max(len(roles), len(list_roles(second))):
        return True
    # Or one of its words goes on below, as Type does below License. What is below the
    # usernames may be a name.
    known = {at: found for at, found in enumerate(list_each(first)) if found}
    below = list_each(joined)
    return any(
        fold_letters(cells[at][1])
        for at, found in known.items()
        if found != ["username"]
    ) and all(below[at] == found for at, found in known.items())


def refuse_split_header(path: Path, *, line: int) -> NoReturn:
    """Refuse a header that takes two lines.

    Raises:
        SourceError: Always.
    """
    reason = (
        f"the header seems to be in two lines, {line} and {line + 1}. Make one line "
        "of them, with one header over each column."
    )
    raise SourceError(reason, path=path, line=line)


def refuse_screen_table(
    lines: Sequence[str], path: Path, *, line: int, listed: bool
) -> None:
    """Refuse what was written for the screen: columns separated by blanks, or pairs.

    Args:
        lines: The first lines, beginning with one that is not blank.
        path: The file, for messages.
        line: The number of the first of them.
        listed: Whether they may be pairs, since no header is below them.

    Raises:
        SourceError: It is such a table.
    """
    lines, what = lines[:2], ""
    if any(re.fullmatch(_SCREEN_RULE, one.strip()) for one in lines):
        what = "is a table for the screen, as Format-Table and sqlcmd write it"
    elif len(lines) > 1 and listed and all(re.match(_PAIR, one) for one in lines):
        what = "is a list for the screen, as Format-List writes it"
    if what:
        reason = (
            f"{what}: long cells may be cut. In PowerShell, use Export-Csv "
            "-NoTypeInformation instead; or export with a delimiter, as with sqlcmd "
            '-W -s ";".'
        )
        raise SourceError(reason, path=path, line=line)


def refuse_missing_header(path: Path, *, line: int) -> NoReturn:
    """Refuse a table without a header: its columns have to be named by number.

    Raises:
        SourceError: Always.
    """
    reason = (
        "the header seems to be missing: a number or an e-mail address is where a "
        "header has words. Export again with the header,"
    )
    advice = "or name the columns by their numbers, such as {} for the third."
    remedy = Remedy(option="column", value="3", advice=advice)
    raise SourceError(reason, path=path, line=line, remedies=(remedy,))


def refuse_other_header(
    first: Sequence[str], second: Sequence[str], path: Path, *, line: int
) -> None:
    """Refuse a header that takes two lines, or none.

    Args:
        first: What is in the header's place.
        second: What is below it.
        path: The file, for messages.
        line: The line of the first.

    Raises:
        SourceError: It is such a header.
    """
    if is_split_header(first, second):
        refuse_split_header(path, line=line)
    if looks_like_data(first):
        refuse_missing_header(path, line=line)
