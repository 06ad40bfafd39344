"""Where the header stands and what separates its fields."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from apiuser.errors import SourceError
from apiuser.exports.careful import QuoteError, Record, scan_records
from apiuser.exports.headers import find_usernames, show_headers
from apiuser.exports.openings import read_opening

DELIMITERS = (",", ";", "\t", "|")
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_LINE_END = re.compile(r"\r\n|\r|\n")
_SEARCHED_LINES = 30
_PROOF_RECORDS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a text is laid out.

    Attributes:
        delimiter: The character between two fields.
        headers: The fields of the header.
        username: The position of the username column.
        start: Where the first record begins in the text.
        line: The line in which it begins.
        notices: What is odd about what stands in front of it, as sentences.
    """

    delimiter: str
    headers: tuple[str, ...]
    username: int
    start: int
    line: int
    notices: tuple[str, ...] = ()


def find_dialect(
    text: str, path: Path, *, column: str | None, skip_lines: int, max_columns: int
) -> Dialect:
    """Find the header and the delimiter; refuse what leaves a choice.

    Raises:
        SourceError: There is no header with a username column, or more than one
            reading of it.
    """
    begin = _skip(text, path, skip_lines)
    opening = read_opening(text, path, start=begin, line=skip_lines + 1)
    start, line = opening.start, opening.line
    allowed = (opening.delimiter,) if opening.delimiter else DELIMITERS
    if start == len(text):
        message = f"{path}: holds no data after the lines skipped. Check --skip-lines."
        raise SourceError(message)
    readings = _read_headers(text, path, allowed, start=start, line=line)
    hits = [
        (delimiter, record, found)
        for delimiter, record in readings
        if len(record.fields) <= max_columns
        and (found := find_usernames(record.fields, column))
    ]
    widest = max(len(record.fields) for _, record in readings)
    if not hits and widest > max_columns:
        message = (
            f"{path}: line {line} has {widest} columns, above the limit "
            f"of {max_columns}. Raise it with --max-columns if this is right."
        )
        raise SourceError(message)
    if not hits:
        _refuse_header(text, path, readings, column=column, line=line)
    if len(hits) > 1:
        hits = _prove_widths(text, path, hits, start)
    delimiter, record, found = hits[0]
    if len(found) > 1:
        names = show_headers([record.fields[at] for at in found])
        message = (
            f"{path}: line {line} has {len(found)} username columns ({names}). "
            "Export with one of them, or name one with --column."
        )
        raise SourceError(message)
    next_line = line + len(_LINE_END.findall(text, start, record.end))
    return Dialect(
        delimiter=delimiter,
        headers=tuple(record.fields),
        username=found[0],
        start=record.end,
        line=next_line,
        notices=opening.notices,
    )


def _skip(text: str, path: Path, lines: int) -> int:
    start = 0
    for _ in range(lines):
        match = _LINE_END.search(text, start)
        if match is None:
            message = (
                f"{path}: has no more than {lines} lines, and all are skipped. "
                "Give a smaller --skip-lines."
            )
            raise SourceError(message)
        start = match.end()
    return start


def _read_headers(
    text: str, path: Path, delimiters: Iterable[str], *, start: int, line: int
) -> list[tuple[str, Record]]:
    """Read the header by each delimiter that its quotation marks allow."""
    readings = []
    reasons = []
    for delimiter in delimiters:
        records = scan_records(text, delimiter=delimiter, start=start, line=line)
        try:
            record = next(records)
        except QuoteError as error:
            reasons.append(f"line {error.line}: {error.reason}")
            continue
        if record.problem:
            row = text[start : record.end].rstrip("\r\n")
            record.fields = row.split(delimiter)
        readings.append((delimiter, record))
    if not readings:
        message = f"{path}: {reasons[0]}. Export the file again."
        raise SourceError(message)
    return readings


def _prove_widths(
    text: str, path: Path, hits: list[tuple[str, Record, list[int]]], start: int
) -> list[tuple[str, Record, list[int]]]:
    """Keep the readings under which all records are as wide as the header."""
    if all(len(record.fields) == 1 for _, record, _ in hits):
        _refuse_split_records(text, path, hits, start)
        return hits[:1]
    fitting = [hit for hit in hits if _fits(text, hit[0], hit[1])]
    if len(fitting) == 1:
        return fitting
    readings = "; or ".join(
        f"by {NAMES.get(delimiter, delimiter)}: {show_headers(record.fields)}"
        for delimiter, record, _ in hits
    )
    message = (
        f"{path}: the header can be read in more than one way ({readings}). "
        "Export with another delimiter, or begin the file with a line such as sep=;"
    )
    raise SourceError(message)


def _refuse_split_records(
    text: str, path: Path, hits: list[tuple[str, Record, list[int]]], start: int
) -> None:
    """Refuse a header of one column where most records are split by a delimiter.

    What the first delimiter splits is listed record by record instead.
    """
    for delimiter, header, _ in hits[1:]:
        line = header.line + len(_LINE_END.findall(text, start, header.end))
        try:
            some = list(
                islice(
                    scan_records(
                        text, delimiter=delimiter, start=header.end, line=line
                    ),
                    _PROOF_RECORDS,
                )
            )
        except QuoteError:
            continue
        split = [record.line for record in some if len(record.fields) > 1]
        if 2 * len(split) > len(some):
            message = (
                f"{path}: line {header.line} has one column, but records hold more, "
                f"read by {NAMES[delimiter]}, the first in line {split[0]}. Export "
                "again with a header over each column; if all of it belongs to the "
                "usernames, begin the file with a line sep=,"
            )
            raise SourceError(message)


def _fits(text: str, delimiter: str, header: Record) -> bool:
    records = scan_records(text, delimiter=delimiter, start=header.end)
    try:
        return all(
            len(record.fields) == len(header.fields)
            for _, record in zip(range(_PROOF_RECORDS), records, strict=False)
            if not record.blank
        )
    except QuoteError:
        return False


def _refuse_header(
    text: str,
    path: Path,
    readings: list[tuple[str, Record]],
    *,
    column: str | None,
    line: int,
) -> None:
    _, record = max(readings, key=lambda reading: len(reading[1].fields))
    wanted = "no username column" if column is None else "no column of the name given"
    likely = _find_likely_line(text, readings[0][1].end, column)
    if likely:
        advice = (
            f"The header seems to be in line {line + likely}: "
            f"give --skip-lines {line + likely - 1}"
        )
    else:
        advice = (
            "Name the username column with --column, "
            "or export again with the column Username shown."
        )
    message = (
        f"{path}: line {line} has {wanted}; its headers are: "
        f"{show_headers(record.fields)}. {advice}"
    )
    raise SourceError(message)


def _find_likely_line(text: str, start: int, column: str | None) -> int:
    """Return how many lines below the header is one with a username column."""
    for below in range(1, _SEARCHED_LINES):
        match = _LINE_END.search(text, start)
        end, after = match.span() if match else (len(text), len(text))
        row = text[start:end].replace('"', "")
        for delimiter in DELIMITERS:
            if delimiter in row and find_usernames(row.split(delimiter), column):
                return below
        if match is None:
            break
        start = after
    return 0
