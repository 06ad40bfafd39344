"""Lines around a table that are not records: rules, counts of rows, the header again."""

import re
from collections.abc import Sequence

from apiuser.errors import count_noun
from apiuser.exports.rows import Rows
from apiuser.exports.vocabulary import fold_letters, fold_words

_COUNT = (
    r"\(?([0-9]{1,9})\s+([^0-9()]+(?:\([^0-9()]*\)[^0-9()]*)*)"
    r"(?:\([0-9.,]+\s*s\w*\))?\)?\.?"
)
_LONGEST_COUNT = 200


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
