"""Rows that stand for several records, whose values they join in their cells."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from apiuser.errors import count_noun, show_start
from apiuser.exports.categories import says_status
from apiuser.exports.rows import Rows
from apiuser.exports.vocabulary import fold_word, fold_words

ONE_EACH = "Export again with one record in each row."
_BLANK = "[ \t\r\n\u00a0]"
JOINED_IDS = (
    rf"[0-9]{_BLANK}*[;|\r\n]{_BLANK}*[0-9]|[0-9]{_BLANK}*,{_BLANK}+[0-9]"
    "|[0-9]{5}[,/+& \u00a0]{1,3}[0-9]{5}"
)
"""Several numbers, for Python and for DuckDB, and no thousands of one."""
JOINED_ADDRESSES = r"@[^@<(\[]*@|@[^@,;|\r\n]*[,;|\r\n][^@]*@"
"""Several addresses, for both: `ada@x <ada@x>` is one."""
_BETWEEN_STATES = re.compile(r"[,;|/+&\r\n]")


def describe_joined(
    rows: Rows, texts: Mapping[str, Sequence[str]], ids: Sequence[int]
) -> Iterator[str]:
    """Say which cells hold the values of several records, unless marks enclose rows.

    Args:
        rows: The records.
        texts: The texts of their columns.
        ids: Their Resource IDs.
    """
    if rows.enclosing:
        return
    numbers, emails = texts.get("resource_id", ()), texts.get("email", ())
    states = texts.get("status", ())
    several = {*list_joined_states({*states})}
    found = {
        "resource_id": [
            at
            for at, number in enumerate(ids)
            if number < 0 and re.search(JOINED_IDS, numbers[at])
        ],
        "email": [
            at
            for at, text in enumerate(emails)
            if text.count("@") > 1 and re.search(JOINED_ADDRESSES, text)
        ],
        "status": [at for at, text in enumerate(states) if text in several]
        if several
        else [],
    }
    for role, places in found.items():
        if places:
            yield (
                f"the column {show_start(rows.find_header(role).strip())} has several "
                f"values in one cell, in {count_noun(len(places), 'record')} "
                f"({rows.list_lines(places)})"
            )


def list_joined_states(words: Iterable[str]) -> list[str]:
    """Return those words that are several states, such as Active, Inactive.

    The column of one export has either states or answers such as yes, not both.
    """
    kinds = fold_words("active", "inactive"), fold_words("yes", "no")
    return [
        word
        for word in words
        if len(parts := [*filter(str.strip, _BETWEEN_STATES.split(word))]) > 1
        and any(kind.issuperset(map(fold_word, parts)) for kind in kinds)
        and not says_status(word)
    ]
