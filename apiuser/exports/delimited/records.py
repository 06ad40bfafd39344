"""One record after the other, with its line and what is wrong with it.

Only CR, LF and CRLF end a line. A record that cannot be read is yielded with the
reason; if nothing after it could be trusted either, the file is refused.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

# Possessive: an unclosed mark must not be tried again from every position.
_QUOTED = r'"([^"]*+(?:""[^"]*+)*+)"'
LINE_END = re.compile(r"\r\n|\r|\n")
STRAY_QUOTE = "a quotation mark inside a field that does not begin with one"
_FEWEST_COLUMNS = 3
"""In a table of fewer columns, a comma in a field of two lines is nothing odd."""
_FORMULA = (
    '="..." to keep text is not CSV: a quotation mark inside a field that does not '
    "begin with one. Save the file again without that option"
)


class Record(NamedTuple):
    """One record of a delimited text.

    Attributes:
        fields: Its texts, unquoted; empty if it cannot be read.
        line: The line it begins in, from 1.
        end: Where the next record begins in the text.
        next_line: The line in which that one begins.
        blank: Whether all of its fields are empty.
        reason: Why it cannot be read; blank if it can.
        stray: The line and the place of the mark that is the reason.
    """

    fields: list[str]
    line: int
    end: int
    next_line: int
    blank: bool = False
    reason: str = ""
    stray: tuple[int, int] = (0, 0)


class QuoteError(Exception):
    """Quotation marks that leave open where records begin.

    Attributes:
        line: The line of the mark.
        at: Its place in the text.
        reason: What is wrong with it.
    """

    def __init__(self, line: int, at: int, reason: str) -> None:
        self.line = line
        self.at = at
        self.reason = reason


def scan_records(
    text: str, *, delimiter: str, start: int = 0, line: int = 1, ended: bool = True
) -> Iterator[Record]:
    """Yield the records of a text.

    Args:
        text: The decoded text, or the beginning of it.
        delimiter: The one character between two fields.
        start: Where to begin in the text.
        line: The number of the line that begins there.
        ended: Whether the text ends here; a record that may go on is not yielded.

    Raises:
        QuoteError: A quotation mark is not closed, or text follows a closing one.
    """
    size = len(text)
    while start < size:
        match = LINE_END.search(text, start)
        end, after = match.span() if match else (size, size)
        row = text[start:end]
        if '"' in row:
            record = _scan_quoted(text, delimiter, start, line, ended=ended)
            if record is None:
                return
            yield record
            after, line = record.end, record.next_line
        elif ended or not _may_go_on(text[end:after], after, size):
            fields = row.split(delimiter)
            yield Record(fields, line, after, line + 1, blank=not any(fields))
            line += 1
        else:
            return
        start = after


def encloses_rows(fields: Sequence[str], delimiter: str) -> bool:
    """Tell whether a field holds the end of its row, whole rows and the start of one.

    Two stray quotation marks in different rows make one record of all between them.
    """
    width = len(fields)
    for at, text in enumerate(fields if width >= _FEWEST_COLUMNS else ()):
        if "\n" in text or "\r" in text:
            first, *whole, last = (
                row.count(delimiter) + 1 for row in LINE_END.split(text)
            )
            if first == width - at and last == at + 1 and {*whole} <= {width}:
                return True
    return False


def may_enclose_rows(delimiters: int, line_ends: int, width: int) -> bool:
    """Tell whether `encloses_rows` may hold for a field with so many of these."""
    return delimiters == line_ends * (width - 1) > 0 and width >= _FEWEST_COLUMNS


def _may_go_on(border: str, end: int, size: int) -> bool:
    """Tell whether more text could change where the last line ends."""
    return end == size and border in {"", "\r"}


def _scan_quoted(
    text: str, delimiter: str, start: int, line: int, *, ended: bool
) -> Record | None:
    """Read a record with quotation marks; None if it may go on."""
    match_field = _field_pattern(delimiter).match
    fields: list[str] = []
    reason, stray = "", (0, 0)
    ends = 0
    position = start
    while True:
        match = match_field(text, position)
        if match is None:
            opened = re.compile(_QUOTED).match(text, position)
            if opened is None and not ended:
                return None
            raise QuoteError(line + ends, position, _explain(opened))
        quoted, plain, border = match.groups()
        position = match.end()
        if not ended and _may_go_on(border, position, len(text)):
            return None
        if quoted is None:
            if '"' in plain and not reason:
                reason = _FORMULA if plain.lstrip().startswith('="') else STRAY_QUOTE
                stray = line + ends, match.start() + plain.index('"')
            fields.append(plain)
        else:
            if "\n" in quoted or "\r" in quoted:
                ends += len(LINE_END.findall(quoted))
            fields.append(quoted.replace('""', '"'))
        if border != delimiter:
            break
    return Record(
        fields=[] if reason else fields,
        line=line,
        end=position,
        next_line=line + ends + 1,
        blank=not (reason or any(fields)) and len(fields) > 1,
        reason=reason,
        stray=stray,
    )


def _explain(opened: re.Match[str] | None) -> str:
    """Say why no field can be read at a quotation mark."""
    if opened is None:
        return "a quotation mark is opened but not closed"
    hint = " (a backslash does not protect it)" if opened[1].endswith("\\") else ""
    return f"text follows a closing quotation mark{hint}"


@cache
def _field_pattern(delimiter: str) -> re.Pattern[str]:
    border = re.escape(delimiter)
    plain = rf'(?!")([^{border}\r\n]*+)'
    return re.compile(rf"(?:{_QUOTED}|{plain})({border}|\r\n|\r|\n|\Z)")
