"""A table from the records that a reader hands over: what the words in them mean."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from apiuser.errors import count_noun
from apiuser.exports.dialects import Dialect
from apiuser.exports.encodings import Text
from apiuser.exports.headers import escape_invisible, map_columns
from apiuser.exports.notices import describe_rows
from apiuser.exports.resources import ResourceTable
from apiuser.exports.rows import Rows
from apiuser.exports.texts import Texts
from apiuser.exports.words import code_kinds, code_statuses

_SHOWN_WORDS = 5


def build_table(
    path: Path,
    decoded: Text,
    dialect: Dialect,
    rows: Rows,
    *,
    notices: Sequence[str] = (),
) -> ResourceTable:
    """Code status and kind of user, and say what is odd.

    Args:
        path: The file.
        decoded: Its text, or the beginning of it.
        dialect: Where the columns are.
        rows: The records.
        notices: What the reader noticed.
    """
    columns, doubled = map_columns(dialect.headers, dialect.username)
    notices = [
        *notices,
        *dialect.notices,
        *(
            f"{path}: the header {name} occurs more than once and is not used."
            for name in doubled
        ),
    ]
    size = len(rows.lines)
    statuses = np.zeros(size, np.int8)
    if "status" in rows.columns:
        header = dialect.headers[columns["status"]]
        statuses, odd = code_statuses(rows.columns["status"], header)
        if odd:
            shown = ", ".join(
                escape_invisible(word[:40]) for word in odd[:_SHOWN_WORDS]
            )
            notices.append(
                f"{path}: {count_noun(len(odd), 'word')} of the column {escape_invisible(header)} said neither "
                f"active nor inactive ({shown})."
            )
    texts = Texts.of(rows.columns["username"])
    alone = len(dialect.headers) == 1
    notices += describe_rows(path, decoded, rows, texts, alone=alone)
    return ResourceTable(
        path=path,
        encoding=decoded.encoding,
        delimiter=dialect.delimiter,
        headers=dialect.headers,
        username_column=dialect.headers[dialect.username],
        columns=rows.columns,
        texts=texts,
        lines=rows.lines,
        numbers=rows.numbers,
        statuses=statuses,
        kinds=code_kinds(
            rows.columns.get("license_type"),
            rows.columns.get("security_level"),
            size=size,
        ),
        unreadable=tuple(rows.unreadable),
        notices=tuple(notices),
    )
