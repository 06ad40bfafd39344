"""Many records at a time, if every one of them proves to be plain.

Many lines are split at once, with each line end as a field of its own. If the line
ends, and nothing else, are where the width of the header puts them, every line has as
many fields as the header. Quotation marks are taken out first, if each pair encloses a
whole field; the delimiters and line ends inside are replaced by characters that do not
occur in the text. Anything else is left to `records`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from apiuser.exports.delimited.records import may_enclose_rows
from apiuser.exports.resources import Unreadable
from apiuser.exports.rows import describe_width
from apiuser.exports.surroundings import is_row_count

_STEPS = 100
"""How often the end of a record is searched for; each search may take a whole text."""
_LINE_ENDS = ("\r\n", "\n", "\r")
# ASCII, so that an ASCII text stays ASCII: Python needs one byte per character then.
_MARKS = [chr(code) for code in range(32) if chr(code) not in "\t\n\r"]


class Shape(NamedTuple):
    """What the records of a text must look like.

    Attributes:
        delimiter: The character between two fields.
        width: How many fields there must be.
        wanted: The positions of the wanted fields.
        longest: The most characters in one cell.
    """

    delimiter: str
    width: int
    wanted: Sequence[int]
    longest: int


class PlainLines(NamedTuple):
    """What some lines contain.

    Attributes:
        columns: A column for each wanted field, from the records of the right width.
        lines: The line in which each of these begins.
        numbers: The number of each of these.
        next_line: The line after them all.
        unreadable: The records of a different width.
        unread: Their texts.
        blank_lines: How many lines are empty.
    """

    columns: Sequence[Sequence[str]]
    lines: Sequence[int]
    numbers: Sequence[int]
    next_line: int
    unreadable: Sequence[Unreadable] = ()
    unread: Sequence[str] = ()
    blank_lines: int = 0


def find_end(text: str, *, ended: bool) -> int:
    """Return where the last whole record of a text ends; 0 if marks are not paired.

    Args:
        text: The text, which starts with a record.
        ended: Whether the text ends here.
    """
    if ended:
        return len(text)
    # A return at the very end may be half a line end.
    end = _find_line(text, len(text) - text.endswith("\r"))
    odd = text.count('"', 0, end) % 2
    for _ in range(_STEPS):
        if not (end and odd):
            return end
        # That line end is inside a field, after the mark that opens it.
        before = _find_line(text, text.rfind('"', 0, end))
        odd ^= text.count('"', before, end) % 2
        end = before
    return 0


def _find_line(text: str, before: int) -> int:
    """Return where the line with a position begins."""
    line = text.rfind("\n", 0, before) + 1
    return text.rfind("\r", line, before) + 1 or line


def split_lines(
    text: str, shape: Shape, *, line: int, number: int
) -> PlainLines | None:
    """Split records; None if they are not plain.

    Args:
        text: Whole records.
        shape: What they must look like.
        line: The line in which the first record begins.
        number: The number of the first record.
    """
    quoted = '"' in text
    holds_nothing = quoted and _holds_nothing(text, shape)
    too_long = len(text) > shape.longest and (quoted or _is_long(text, shape))
    if not text or (too_long and not holds_nothing):
        return None
    text = text.removesuffix("\n").removesuffix("\r")  # one line end, of any kind
    if holds_nothing or not text.strip(f"{shape.delimiter}\r\n"):
        return _pass_blank_lines(_unify_line_ends(text), shape, line)
    marks: Mapping[str, str] | None = None
    if not quoted:
        text = _unify_line_ends(text)
        fields = _split_all(text, shape)
    else:
        fields = _split_all_quoted(text, shape)
        if fields is None:
            unquoted = _remove_quotes(text, shape)
            if unquoted is None:
                return None
            text, marks = unquoted
            fields = _split_all(text, shape)
    lines = _number_lines(text, marks, line)
    if fields is None:
        return _sort_lines(text, shape, marks, lines, number)
    size = len(lines) - 1
    return PlainLines(
        columns=_pick(fields, shape.wanted, shape.width + 1, marks),
        lines=lines[:size],
        numbers=range(number, number + size),
        next_line=lines[size],
    )


def _holds_nothing(text: str, shape: Shape) -> bool:
    """Tell whether all fields of all lines are empty, whether in quotes or not."""
    if text.strip(f'{shape.delimiter}"\r\n'):
        return False
    border = re.escape(shape.delimiter)
    # A line of just two marks is a record with one field.
    line = f'(?:(?:"")?+(?:{border}(?:"")?+)++)?+'
    return re.fullmatch(rf"(?:{line}[\r\n]++)*+{line}", text) is not None


def _unify_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _is_long(text: str, shape: Shape) -> bool:
    """Tell whether a cell is longer than allowed."""
    return any(
        len(row) > shape.longest
        and max(map(len, row.split(shape.delimiter))) > shape.longest
        for row in _unify_line_ends(text).split("\n")
    )


def _split_all_quoted(text: str, shape: Shape) -> list[str] | None:
    """Return the fields as `_split_all` does; None also if not all are in quotes."""
    if not (text.startswith('"') and text.endswith('"')):
        return None
    text = text.replace('"\r\n"', '"\n"')
    ends = text.count("\n")
    # As many marks as all borders and both ends need: none is inside a field.
    if text.count('"') != 2 * shape.width * (ends + 1) or "\r" in text:
        return None
    border = f'"{shape.delimiter}"'
    fields = text[1:-1].replace('"\n"', f"{border}\n{border}").split(border)
    return fields if _is_even(fields, shape.width, ends) else None


def _split_all(text: str, shape: Shape) -> list[str] | None:
    """Return the fields, with a line end after each line.

    None if a width differs, or all fields of a line are empty.
    """
    border = f"{shape.delimiter}\n{shape.delimiter}"
    ends = text.count("\n")
    fields = text.replace("\n", border).split(shape.delimiter)
    if shape.width == 1 and "" in fields:
        return None  # an empty line is blank, and not a record with one field
    return fields if _is_even(fields, shape.width, ends) else None


def _is_even(fields: Sequence[str], width: int, ends: int) -> bool:
    """Tell whether all lines are records of a width.

    Then line ends come after the fields of each and nowhere else.
    """
    step = width + 1
    even = len(fields) == (ends + 1) * step - 1
    return (
        even
        and fields[width::step].count("\n") == ends
        and not ("" in fields[::step] and _holds_blank(fields, width))
    )


def _holds_blank(fields: Sequence[str], width: int) -> bool:
    """Tell whether all fields of a line are empty."""
    begins = range(0, len(fields), width + 1)
    return not all(any(fields[at : at + width]) for at in begins)


def _pass_blank_lines(text: str, shape: Shape, line: int) -> PlainLines:
    size = text.count("\n") + 1
    return PlainLines(
        columns=[[] for _ in shape.wanted],
        lines=(),
        numbers=(),
        blank_lines=size,
        next_line=line + size,
    )


def _sort_lines(
    text: str,
    shape: Shape,
    marks: Mapping[str, str] | None,
    starts: Sequence[int],
    number: int,
) -> PlainLines | None:
    """Separate records of the right width from others and from blank lines."""
    kept, lines, numbers, unreadable, unread = [], [], [], [], []
    blank_lines = 0
    for row, line in zip(text.split("\n"), starts, strict=False):
        found = row.count(shape.delimiter) + 1
        if not row.strip(shape.delimiter):
            if marks is not None and not row:
                return None  # it may have been two marks, which make a field
            blank_lines += 1
            continue
        if found == shape.width:
            kept.append(row)
            lines.append(line)
            numbers.append(number)
        else:
            if is_row_count(row):
                return None
            reason = describe_width(found, shape.width)
            unreadable.append(Unreadable(line=line, record=number, reason=reason))
            unread.append(row)
        number += 1
    fields = shape.delimiter.join(kept).split(shape.delimiter) if kept else []
    return PlainLines(
        columns=_pick(fields, shape.wanted, shape.width, marks),
        lines=lines,
        numbers=numbers,
        unreadable=unreadable,
        unread=unread,
        blank_lines=blank_lines,
        next_line=starts[-1],
    )


def _number_lines(
    text: str, marks: Mapping[str, str] | None, line: int
) -> Sequence[int]:
    """Return the line in which each row of a text begins, and the one after them."""
    inside = [mark for mark, meant in (marks or {}).items() if meant in _LINE_ENDS]
    if not inside:
        return range(line, line + text.count("\n") + 2)
    for mark in inside[1:]:
        text = text.replace(mark, inside[0])
    lines = [line]
    for part in text.split(inside[0]):  # there are many more rows than such marks
        rows = part.count("\n")
        lines += range(line + 1, line + rows + 1)
        line += rows + 1
    return [*lines, line]


def _pick(
    fields: Sequence[str],
    wanted: Sequence[int],
    step: int,
    marks: Mapping[str, str] | None,
) -> list[Sequence[str]]:
    """Return the wanted columns, with marks replaced by what they stand for."""
    columns = [fields[at::step] for at in wanted]
    if not marks:
        return columns
    joined = map("".join, columns)
    return [
        _put_back(column, {mark: marks[mark] for mark in marks if mark in text})
        for column, text in zip(columns, joined, strict=True)
    ]


def _put_back(texts: Sequence[str], marks: Mapping[str, str]) -> Sequence[str]:
    """Replace marks by what they stand for."""
    for mark, meant in marks.items():
        texts = [text.replace(mark, meant) if mark in text else text for text in texts]
    return texts


def _count_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _remove_quotes(text: str, shape: Shape) -> tuple[str, dict[str, str]] | None:
    """Return a text without quotation marks, and the marks used inside its fields.

    `"a;b";c` becomes `a`, a mark that means a semicolon, and `b;c`. None if a quotation
    mark is inside a field or may enclose whole rows, or if no character is left as a
    mark.
    """
    delimiter = shape.delimiter
    # Outside and inside quotation marks in turn, such as nothing, a;b and ;c.
    parts = text.split('"')
    # While the marks are there: an empty field may be between two line ends.
    parts[::2] = outside = _unify_line_ends('"'.join(parts[::2])).split('"')
    between = set(outside[1:-1])
    borders = {delimiter, "\n"}
    if (
        len(parts) % 2 == 0
        or any(part and part[-1] not in borders for part in {*between, outside[0]})
        or any(part and part[0] not in borders for part in {*between, outside[-1]})
    ):
        return None
    free = (mark for mark in _MARKS if mark not in text)
    marks: dict[str, str] = {}
    inside = '"'.join(parts[1::2])
    if any(end in inside for end in _LINE_ENDS) and any(
        may_enclose_rows(part.count(delimiter), _count_ends(part), shape.width)
        for part in parts[1::2]
    ):
        return None
    for meant in (*_LINE_ENDS, delimiter):
        if meant in inside:
            mark = next(free, "")
            marks[mark] = meant
            inside = inside.replace(meant, mark)
    if marks:
        parts[1::2] = inside.split('"')
    if "" in between:  # a doubled mark, which closes a field and opens it again
        mark = next(free, "")
        marks[mark] = '"'
        parts[2:-1:2] = [part or mark for part in outside[1:-1]]
    return None if "" in marks else ("".join(parts), marks)
