"""Headers whose quotation marks hide where their fields end."""

from collections.abc import Sequence
from pathlib import Path

from apiuser.errors import SourceError
from apiuser.exports.delimited.records import (
    STRAY_QUOTE,
    Record,
)
from apiuser.exports.headers import DELIMITERS, find_usernames


def refuse_stray_quote(
    text: str, path: Path, readings: Sequence[tuple[str, Record]], column: str | None
) -> None:
    """Refuse a header with a username column if a mark may hide its borders.

    Raises:
        SourceError: One of the readings has such a header.
    """
    for _, record in readings:
        if record.reason and find_usernames(record.fields, column):
            line, at = record.stray
            place = at - max(text.rfind("\n", 0, at), text.rfind("\r", 0, at))
            reason = (
                f"{STRAY_QUOTE}, so it is not certain where each header ends. "
                "Remove it, or put that header in quotation marks and write this one twice."
            )
            raise SourceError(reason, path=path, line=line, column=place)


def refuse_quoted_lines(record: Record, path: Path, column: str | None) -> None:
    """Refuse a header that is a single field with all headers in it.

    Raises:
        SourceError: The header is like that.
    """
    header = record.fields[0]
    inside = any(
        find_usernames(header.split(delimiter), column)
        for delimiter in DELIMITERS
        if delimiter in header
    )
    if len(record.fields) == 1 and inside:
        reason = (
            "the whole line is in quotation marks, so it is one field. Remove the "
            "marks around each line and write those inside once, or export again."
        )
        raise SourceError(reason, path=path, line=record.line)
