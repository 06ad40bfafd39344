"""Where the header is and what separates its fields."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple, NoReturn

from apiuser.errors import ColumnError, Remedy, SourceError, count_noun, show_start
from apiuser.exports.delimited.preamble import Preamble, read_preamble
from apiuser.exports.delimited.quoted_headers import (
    refuse_quoted_lines,
    refuse_stray_quote,
)
from apiuser.exports.delimited.records import (
    LINE_END,
    QuoteError,
    Record,
    scan_records,
)
from apiuser.exports.headers import (
    DELIMITER_NAMES,
    DELIMITERS,
    choose_username,
    find_column,
    find_usernames,
    list_choice,
    refuse_wide_header,
    show_headers,
)
from apiuser.exports.odd_headers import (
    NO_HEADER,
    SEARCHED_LINES,
    is_split_header,
    lacks_header,
    looks_like_data,
    point_below,
    refuse_missing_header,
    refuse_other_header,
    refuse_screen_table,
    refuse_split_header,
)
from apiuser.exports.padding import find_width
from apiuser.exports.read_options import ReadOptions
from apiuser.exports.surroundings import is_row_count, is_rule

_PROOF_RECORDS = 1000
"""Records that show which delimiter splits them as it does the header."""


class Dialect(NamedTuple):
    """How a text is laid out.

    Attributes:
        delimiter: The character between two fields.
        headers: The fields of the header.
        username: The position of the username column.
        start: Where the first record begins in the text.
        line: The line in which it begins.
        rule: The line of dashes under the header; 0 if there is none.
        name_width: How wide a padded username column is; 0 if it is not padded.
        above: The cells of each line above the header.
        notices: What is odd before it, as sentences.
    """

    delimiter: str
    headers: tuple[str, ...]
    username: int
    start: int
    line: int
    rule: int = 0
    name_width: int = 0
    above: Sequence[Sequence[str]] = ()
    notices: tuple[str, ...] = ()


class _Reading(NamedTuple):
    """The header as one delimiter splits it, and where its username columns are."""

    delimiter: str
    header: Record
    usernames: list[int]


def find_dialect(
    text: str, path: Path, options: ReadOptions, *, ended: bool
) -> Dialect | None:
    """Find the header and the delimiter; refuse a text that leaves a choice.

    Args:
        text: The text, or the beginning of it.
        path: The file, for messages.
        options: Which column to look for, after how many lines, and how many columns
            are too many.
        ended: Whether the text ends here.

    Returns:
        The dialect; None if the header may go on after the text.

    Raises:
        SourceError: There is no header with a username column, or more than one
            reading of it.
    """
    begin = _skip(text, path, options.skip_lines, ended=ended)
    if begin is None or not (ended or LINE_END.search(text, begin)):
        return None
    preamble = read_preamble(text, path, start=begin, line=options.skip_lines + 1)
    line = preamble.line
    if preamble.start == len(text):
        if not ended:
            return None
        reason = "contains no data after the lines skipped."
        advice = Remedy(option="skip_lines", advice="Check {}.")
        raise SourceError(reason, path=path, remedies=(advice,))
    headers = _read_headers(text, path, preamble, ended=ended)
    if headers is None:
        return None
    widest = max((record.fields for _, record in headers), key=len)
    if options.no_header or lacks_header(
        widest, path, column=options.column, line=line
    ):
        hits = _number_columns(headers, preamble, path, options)
    else:
        hits = _name_columns(text, path, headers, options, line=line)
    hit = hits[0] if len(hits) == 1 else _prove_widths(text, path, hits, ended=ended)
    dialect = _look_below(text, path, preamble, hit, ended=ended)
    lines = LINE_END.split(text[: preamble.start])[:-1]
    return dialect._replace(above=[one.split(dialect.delimiter) for one in lines])


def _name_columns(
    text: str,
    path: Path,
    headers: list[tuple[str, Record]],
    options: ReadOptions,
    *,
    line: int,
) -> list[_Reading]:
    """Return the readings with a username column, or refuse the header."""
    hits = [
        _Reading(delimiter, record, found)
        for delimiter, record in headers
        if len(record.fields) <= options.max_columns
        and not record.reason
        and (found := find_usernames(record.fields, options.column))
    ]
    if not hits:
        widest = max(len(record.fields) for _, record in headers)
        refuse_wide_header(widest, path, line=line, most=options.max_columns)
        _refuse_header(text, path, headers, column=options.column, line=line)
    if options.column is not None and looks_like_data(hits[0].header.fields):
        refuse_missing_header(path, line=line)
    return hits


def _look_below(
    text: str, path: Path, preamble: Preamble, hit: _Reading, *, ended: bool
) -> Dialect:
    """Return the dialect of a reading, unless what is below the header refutes it."""
    delimiter, record, found = hit
    end, after, rule, width = record.end, record.next_line, 0, 0
    second = _find_second(text, hit, ended=ended)
    if is_rule(second.fields, len(record.fields)):
        end, after, rule = second.end, second.next_line, second.line
        width = find_width(record.fields, second.fields, found[0])
    elif is_split_header(record.fields, second.fields):
        refuse_split_header(path, line=preamble.line)
    else:
        shown = text[preamble.start : second.end]
        first = LINE_END.split(shown)
        refuse_screen_table(first, path, line=preamble.line, listed=False)
    return Dialect(
        delimiter=delimiter,
        headers=tuple(record.fields),
        username=choose_username(record.fields, found, path, line=preamble.line),
        start=end,
        line=after,
        rule=rule,
        name_width=width,
        notices=preamble.notices,
    )


def _number_columns(
    headers: list[tuple[str, Record]],
    preamble: Preamble,
    path: Path,
    options: ReadOptions,
) -> list[_Reading]:
    """Take the first line as a record, and numbers as headers."""
    hits = []
    for delimiter, record in headers:
        names = [str(n) for n in range(1, len(record.fields) + 1)]
        found = find_column(names, options.column or "")
        before = Record(names, preamble.line, preamble.start, preamble.line)
        if found and not record.reason and len(names) <= options.max_columns:
            hits.append(_Reading(delimiter, before, found))
    if not hits:
        refuse_missing_header(path, line=preamble.line)
    # If one delimiter splits the line, those that do not are ignored.
    return [hit for hit in hits if len(hit.header.fields) > 1] or hits


def _skip(text: str, path: Path, lines: int, *, ended: bool) -> int | None:
    start = 0
    for _ in range(lines):
        match = LINE_END.search(text, start)
        if match is None:
            if not ended:
                return None
            reason = (
                f"has no more than {count_noun(lines, 'line')}, and all are skipped."
            )
            advice = Remedy(option="skip_lines", advice="Skip fewer with {}.")
            raise SourceError(reason, path=path, remedies=(advice,))
        start = match.end()
    return start


def _read_headers(
    text: str, path: Path, preamble: Preamble, *, ended: bool
) -> list[tuple[str, Record]] | None:
    """Read the header by each delimiter that its quotation marks allow."""
    readings = []
    refused = []
    for delimiter in preamble.delimiter or DELIMITERS:
        records = scan_records(
            text,
            delimiter=delimiter,
            start=preamble.start,
            line=preamble.line,
            ended=ended,
        )
        try:
            record = next(records, None)
        except QuoteError as error:
            refused.append(error)
            continue
        if record is None:
            return None
        if record.reason:
            row = text[preamble.start : record.end].rstrip("\r\n")
            record = record._replace(fields=row.split(delimiter))
        readings.append((delimiter, record))
    if not readings:
        reason = f"{refused[0].reason}. Export the file again."
        raise SourceError(reason, path=path, line=refused[0].line)
    return readings


def _prove_widths(
    text: str, path: Path, hits: list[_Reading], *, ended: bool
) -> _Reading:
    """Return the reading that makes all records as wide as the header."""
    if all(len(hit.header.fields) == 1 for hit in hits):
        _refuse_split_records(text, path, hits, ended=ended)
        return hits[0]
    fitting = [hit for hit in hits if _fits(text, hit, ended=ended)]
    if len(fitting) == 1:
        return fitting[0]
    readings = "; or ".join(
        f"by {DELIMITER_NAMES[hit.delimiter]}: {show_headers(hit.header.fields)}"
        for hit in hits
    )
    reason = (
        f"the header can be read in more than one way ({readings}). "
        "Export with a different delimiter, or begin the file with a line such as sep=;"
    )
    raise SourceError(reason, path=path)


def _refuse_split_records(
    text: str, path: Path, hits: list[_Reading], *, ended: bool
) -> None:
    """Refuse a header of one column if most records are split by a delimiter.

    Records that the first delimiter splits are listed one by one instead.
    """
    for hit in hits[1:]:
        try:
            some = [*_scan_some(text, hit, ended=ended)]
        except QuoteError:
            continue
        split = [record.line for record in some if len(record.fields) > 1]
        if 2 * len(split) > len(some):
            reason = (
                f"the header has one column, but records have more, split by "
                f"{DELIMITER_NAMES[hit.delimiter]}, the first in line {split[0]}. Export again "
                "with a header over each column; if all of it belongs to the "
                "usernames, begin the file with a line sep=,"
            )
            raise SourceError(reason, path=path, line=hit.header.line)


def _fits(text: str, hit: _Reading, *, ended: bool) -> bool:
    try:
        return all(
            len(record.fields) == len(hit.header.fields)
            for record in _scan_some(text, hit, ended=ended)
            if not (record.blank or is_row_count("".join(record.fields)))
        )
    except QuoteError:
        return False


def _scan_some(text: str, hit: _Reading, *, ended: bool) -> Iterator[Record]:
    """Yield the first records after the header."""
    records = scan_records(
        text,
        delimiter=hit.delimiter,
        start=hit.header.end,
        line=hit.header.next_line,
        ended=ended,
    )
    return islice(records, _PROOF_RECORDS)


def _find_second(text: str, hit: _Reading, *, ended: bool) -> Record:
    """Return the line below the header; without fields if it goes on too long."""
    none = Record([], 0, 0, 0)
    try:
        return next(_scan_some(text, hit, ended=ended), none)
    except QuoteError:
        return none


def _refuse_header(
    text: str,
    path: Path,
    readings: list[tuple[str, Record]],
    *,
    column: str | None,
    line: int,
) -> NoReturn:
    delimiter, record = max(readings, key=lambda reading: len(reading[1].fields))
    likely = _find_likely_line(text, readings[0][1], column)
    begin = text.rfind("\n", 0, record.end - 1) + 1
    first = LINE_END.split(text[begin:], 2)
    refuse_screen_table(first, path, line=line, listed=not likely)
    refuse_stray_quote(text, path, readings, column)
    refuse_quoted_lines(record, path, column)
    if column is not None:
        choice = list_choice(record.fields, choose=not likely)
        reason = f"there is no column {show_start(column)}; {choice}"
        remedies = (point_below(likely),) if likely else ()
        raise ColumnError(reason, path=path, line=line, remedies=remedies)
    shown = show_headers(record.fields)
    reason = f"there is no username column; the headers are: {shown}."
    advice = [
        Remedy(
            option="column",
            advice="Name the username column with {}, or export again with the column "
            "Username shown.",
        ),
        NO_HEADER,
    ]
    if likely:
        advice = [point_below(likely)]
    else:
        below = _find_second(text, _Reading(delimiter, record, []), ended=True)
        refuse_other_header(record.fields, below.fields, path, line=line)
    raise SourceError(reason, path=path, line=line, remedies=(*advice,))


def _find_likely_line(text: str, above: Record, column: str | None) -> int:
    """Return the line below a record that has a username column; 0 if none has."""
    start = above.end
    for line in range(above.next_line, above.next_line + SEARCHED_LINES - 1):
        match = LINE_END.search(text, start)
        end, after = match.span() if match else (len(text), len(text))
        row = text[start:end]
        for delimiter in DELIMITERS:
            if delimiter in row and find_usernames(row.split(delimiter), column):
                return line
        start = after
    return 0
