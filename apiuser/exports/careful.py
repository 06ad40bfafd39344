"""The careful reader: one record after the other, with line and reason.

Only CR, LF and CRLF end a line. A record that cannot be read is handed over as
such; where nothing after it could be trusted either, the file is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

# Possessive: an unclosed mark must not be tried again from every position.
_QUOTED = r'"([^"]*+(?:""[^"]*+)*+)"'
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
    match_field = _field_pattern(delimiter).match
    fields: list[str] = []
    problem = ""
    ends = 0
    position = start
    while True:
        match = match_field(text, position)
        if match is None:
            raise QuoteError(line + ends, _explain(text, position))
        quoted, plain, border = match.groups()
        position = match.end()
        if quoted is None:
            if '"' in plain:
                problem = STRAY_QUOTE
            fields.append(plain)
        else:
            if "\n" in quoted or "\r" in quoted:
                ends += len(_LINE_END.findall(quoted))
            fields.append(quoted.replace('""', '"'))
        if border != delimiter:
            break
    ends += bool(border)
    return Record([] if problem else fields, line, position, problem=problem), ends


def _explain(text: str, position: int) -> str:
    """Say why no field can be read at a quotation mark."""
    opened = re.compile(_QUOTED).match(text, position)
    if opened is None:
        return "a quotation mark is opened, not closed"
    hint = " (a backslash does not protect it)" if opened[1].endswith("\\") else ""
    return f"text follows a closing quotation mark{hint}"


@cache
def _field_pattern(delimiter: str) -> re.Pattern[str]:
    border = re.escape(delimiter)
    plain = rf'(?!")([^{border}\r\n]*+)'
    return re.compile(rf"(?:{_QUOTED}|{plain})({border}|\r\n|\r|\n|\Z)")
