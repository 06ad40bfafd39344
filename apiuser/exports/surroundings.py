"""Lines around a table that are not records: rules, counts of rows, the header again."""

import re
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import NoReturn

from apiuser.errors import Remedy, SourceError, count_noun
from apiuser.exports.headers import list_roles
from apiuser.exports.rows import Rows
from apiuser.exports.vocabulary import fold_letters, fold_words

_COUNT = (
    r"\(?([0-9]{1,9})\s+([^0-9()]+(?:\([^0-9()]*\)[^0-9()]*)*)"
    r"(?:\([0-9.,]+\s*s\w*\))?\)?\.?"
)
_LONGEST_COUNT = 200
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


def _match_count(text: str) -> re.Match[str] | None:
    # The pattern takes the square of the length; no count is long.
    line = text.strip()
    may = len(line) <= _LONGEST_COUNT and line.lstrip("(")[:1].isdecimal()
    return re.fullmatch(_COUNT, line) if may else None


def is_row_count(text: str) -> bool:
    """Tell whether a line counts rows, as in `(9 rows affected)`."""
    found = _match_count(text)
    return found is not None and fold_letters(found[2]) in fold_words("rows counted")


AGAIN = "is the header again"
COUNTS = "counts the records"
UNDERLINE = "is a rule under the header"
"""What a line is that is not a record."""


def explain_row_count(text: str, above: int) -> str:
    """Say why a row count is wrong; blank if it is right.

    Args:
        text: The line.
        above: How many records are above it.
    """
    found = _match_count(text)
    counted = int(found[1]) if found else 0
    if counted == above:
        return ""
    return f"counts {count_noun(counted, 'row')}, but {above} are above"


def is_rule(fields: Sequence[str], width: int) -> bool:
    """Tell whether a line is only a rule under the header, as sqlcmd writes it."""
    long = any(len(field.strip()) > 1 for field in fields)
    return len(fields) == width and long and all(map(is_dashes, fields))


def is_dashes(text: str) -> bool:
    """Tell whether a text is a rule."""
    return bool(text.strip()) and not text.strip().strip("-=")


def find_surroundings(rows: Rows) -> tuple[dict[int, str], dict[int, str]]:
    """Return the rows that are not records, with what each is, and wrong counts."""
    header = rows.find_header("username").strip()
    found: dict[int, str] = {}
    wrong: dict[int, str] = {}
    names = rows.texts["username"]
    # Nearly all names are nothing but letters and digits.
    odd = [at for at, name in enumerate(names) if name == header or not name.isalnum()]
    for at in odd:
        name = names[at]
        if name.strip() == header:
            what = AGAIN
            same = all(
                texts[at].strip() == rows.find_header(role).strip()
                for role, texts in rows.texts.items()
            )
        elif not name:
            continue
        elif name[:1] in {"-", "="}:
            what = "is a rule"
            same = all(is_dashes(texts[at]) for texts in rows.texts.values())
        elif is_row_count(name):
            what = COUNTS
            same = not any(
                texts[at].strip()
                for role, texts in rows.texts.items()
                if role != "username"
            )
            why = explain_row_count(name, rows.numbers[at] - 1 - len(found))
            if same and why:
                wrong[at] = why
                continue
        else:
            continue
        if same:
            found[at] = what
    return found, wrong


def looks_like_data(fields: Sequence[str]) -> bool:
    """Tell whether what is in the header's place is more like a record."""
    texts = [field.strip() for field in fields]
    return not list_roles(fields) and any(
        re.fullmatch(_NUMBER, text) or re.fullmatch(_ADDRESS, text) for text in texts
    )


def is_split_header(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether a header takes two lines, as one with merged cells does."""
    cells = [*zip_longest(first, second, fillvalue="")]
    joined = [f"{above} {below}".strip() for above, below in cells]
    roles = list_roles(first)
    if len(list_roles(joined)) > max(len(roles), len(list_roles(second))):
        return True
    # Or one of its words goes on below, as Type does below License. What is below the
    # usernames may be a name.
    known = {
        at: found for at, (one, _) in enumerate(cells) if (found := list_roles([one]))
    }
    return any(
        fold_letters(cells[at][1])
        for at, found in known.items()
        if found != ["username"]
    ) and all(list_roles([joined[at]]) == found for at, found in known.items())


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
