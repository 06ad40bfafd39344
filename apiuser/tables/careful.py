"""The careful reader: one record after the other, with line and reason.

Only CR, LF and CRLF end a line. A record that cannot be read is handed over as
such; where nothing after it could be trusted either, the file is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_LINE_END = re.compile(r"\r\n|\r|\n")
STRAY_QUOTE = "a quotation mark inside a field that does not begin with one"


@dataclass(slots=True)
class Record:
    """One record of a delimited text.

    Attributes:
        fields: Its texts, unquoted; empty where there is a problem.
        line: The line it begins in, from 1.
        end: Where the next record begins in the text.
        blank: Whether the line holds nothing at all.
        problem: Why it cannot be read; blank where it can.
    """

    fields: list[str]
    line: int
    end: int
    blank: bool = False
    problem: str = ""


class QuoteError(Exception):
    """Quotation marks that leave open where records begin; the message says how."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def scan_records(
    text: str, *, delimiter: str, start: int = 0, line: int = 1
) -> Iterator[Record]:
    """Yield the records of a text.

    Args:
        text: The decoded text.
        delimiter: The one character between two fields.
        start: Where to begin in the text.
        line: The number of the line that begins there.

    Raises:
        QuoteError: A quotation mark is not closed, or text follows a closing one.
    """
    size = len(text)
    while start < size:
        match = _LINE_END.search(text, start)
        end, after = match.span() if match else (size, size)
        row = text[start:end]
        if '"' not in row:
            yield Record(row.split(delimiter), line, after, blank=not row)
            line += 1
        else:
            record, ends = _scan_quoted(text, delimiter, start, line)
            yield record
            after = record.end
            line += ends
        start = after


def _scan_quoted(
    text: str, delimiter: str, start: int, line: int
) -> tuple[Record, int]:
    """Read a record with quotation marks; also count the line ends it covers."""
    quoted, plain = _patterns(delimiter)
    fields: list[str] = []
    problem = ""
    ends = 0
    position = start
    while True:
        if text.startswith('"', position):
            match = quoted.match(text, position)
            if match is None:
                raise QuoteError(line + ends, "a quotation mark is opened, not closed")
            value = match[1]
            ends += len(_LINE_END.findall(value))
            fields.append(value.replace('""', '"'))
            position = match.end()
            follower = text[position : position + 1]
            if follower not in (delimiter, "\r", "\n", ""):
                hint = " (a backslash does not protect it)"
                reason = "text follows a closing quotation mark"
                raise QuoteError(
                    line + ends, reason + (hint if value.endswith("\\") else "")
                )
        else:
            match = plain.match(text, position)
            value = match[0] if match else ""
            if '"' in value:
                problem = STRAY_QUOTE
            fields.append(value)
            position += len(value)
        if not text.startswith(delimiter, position):
            break
        position += 1
    match = _LINE_END.match(text, position)
    after = match.end() if match else position
    ends += match is not None
    return Record([] if problem else fields, line, after, problem=problem), ends


@cache
def _patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    # Possessive: an unclosed mark must not be tried again from every position.
    quoted = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*+")
    return quoted, plain
