"""Many lines split at once are the records one by one, in pieces of any size."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from apiuser.errors import SourceError
from apiuser.exports import ReadOptions
from apiuser.exports.delimited import delimited_text
from apiuser.exports.delimited.delimited_text import read_text
from apiuser.exports.delimited.plain_lines import Shape, find_end, split_lines
from apiuser.exports.delimited.records import QuoteError, scan_records
from apiuser.exports.resources import Unreadable
from apiuser.exports.rows import describe_width

ANY = st.text(st.sampled_from('ab,,"""\r\n\n\0\1\té'), max_size=40)
FIELD = st.one_of(
    st.sampled_from(["", "a", "b1", "é", " "]),
    st.text(st.sampled_from('a,;"\r\n\0\1'), max_size=4).map(
        lambda text: '"' + text.replace('"', '""') + '"'
    ),
)
ROWS = st.lists(st.lists(FIELD, min_size=1, max_size=4), max_size=6)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
TIDY = st.builds(
    lambda rows, end: "".join(",".join(row) + end for row in rows), ROWS, ENDS
)


def read_one_by_one(text: str, width: int) -> tuple[object, ...]:
    kept, unreadable, blank = [], [], 0
    number = 5
    line = 3
    for record in scan_records(text, delimiter=",", line=3):
        line = record.next_line
        if record.blank:
            blank += 1
            continue
        assert not record.reason  # only this reader explains one
        fields = record.fields
        if len(fields) == width:
            kept.append((fields[0], fields[-1], record.line, number))
        else:
            reason = describe_width(len(fields), width)
            item = Unreadable(line=record.line, record=number, reason=reason)
            unreadable.append(item)
        number += 1
    return kept, unreadable, blank, line


@example(text='a\r""\nb', width=1, longest=9)  # no field between two halves of an end
@example(text="a,b\n\nc,d\ne\n\nf,g", width=2, longest=9)
@example(text='"",""\n\n,\r\n"",\n', width=2, longest=1)
@example(text='"",""\n""\n', width=2, longest=9)
@example(text='"""",\n', width=2, longest=9)
@example(text='"a","b"\r\n"","c,d"\r\n', width=2, longest=9)
@example(text='"a\nb","c"\n"","d"\n', width=2, longest=9)
@example(text='"a""b",c\nd,"e\r\nf"\n', width=2, longest=9)
@given(text=st.one_of(ANY, TIDY), width=st.integers(1, 4), longest=st.integers(1, 50))
@pytest.mark.many
def test_lines_split_at_once_are_the_records_one_by_one(
    text: str, width: int, longest: int
) -> None:
    shape = Shape(delimiter=",", width=width, wanted=[0, width - 1], longest=longest)
    plain = split_lines(text, shape, line=3, number=5)
    assume(plain is not None)
    assert plain is not None

    kept = list(zip(*plain.columns, plain.lines, plain.numbers, strict=True))

    found = (kept, list(plain.unreadable), plain.blank_lines, plain.next_line)
    assert found == read_one_by_one(text, width)
    assert all(len(cell) <= longest for record in kept for cell in record[:2])


def test_lines_that_are_all_plain_are_numbered_at_once() -> None:
    shape = Shape(delimiter=",", width=2, wanted=[0], longest=12)

    for text in ("a,b\nc,d\n", '"a","b"\nc,d\n', '"a,""",b\nc,d'):
        plain = split_lines(text, shape, line=3, number=5)
        assert plain is not None
        assert (plain.lines, plain.numbers) == (range(3, 5), range(5, 7))
    empty = split_lines(",\r\n\n,,\r", shape, line=3, number=5)
    assert empty is not None
    assert (empty.blank_lines, empty.next_line, empty.columns) == (3, 6, [[]])


@pytest.mark.parametrize(
    "text",
    [
        'ab"c",d\n',
        'a,"b\n', 'a,"b"c\n', 'a,b"\n', '"a" ,b\n', 'a,""b\n',
        '""\n', 'a,"b,b"\n' + "".join(map(chr, range(32))).replace("\n", ""),
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_reader_of_records(text: str) -> None:
    shape = Shape(delimiter=",", width=2, wanted=[0], longest=99)

    assert split_lines(text, shape, line=1, number=1) is None


@example(text='a","\ra', ended=False)
@given(text=st.one_of(ANY, TIDY), ended=st.booleans())
def test_the_end_of_the_last_whole_record_is_the_end_of_one(
    text: str, *, ended: bool
) -> None:
    end = find_end(text, ended=ended)

    try:
        ends = [r.end for r in scan_records(text, delimiter=",", ended=ended)]
        whole = [*scan_records(text, delimiter=",")]
    except QuoteError:
        return
    # Marks inside of fields that begin with none are not paired.
    assume(not any(record.reason for record in whole))
    assert end in (0, *ends) if not ended else end == len(text)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_the_last_whole_record_is_found_by_any_line_end(end: str) -> None:
    whole = f"a,b{end}"

    assert find_end(f"{whole}c", ended=False) == len(whole)
    assert find_end(f'{whole}c,"d{end}e', ended=False) == len(whole)
    assert find_end(f"{whole}c\r", ended=False) == len(whole)
    assert find_end(f"{whole}{whole}c", ended=False) == 2 * len(whole)
    assert find_end(f"{end}c", ended=False) == len(end)


def test_the_end_of_a_record_is_not_looked_for_for_ever() -> None:
    assert find_end('"' + '""\n' * 99, ended=False) == 0
    assert find_end('a\n"' + '""\n' * 99, ended=False) == 2
    assert find_end('a\n"' + '""\n' * 999, ended=False) == 0


@given(text=st.one_of(ANY, TIDY), cuts=st.lists(st.integers(0, 60), max_size=6))
def test_records_are_yielded_when_nothing_after_them_can_change_them(
    text: str, cuts: list[int]
) -> None:
    try:
        whole = list(scan_records(text, delimiter=","))
    except QuoteError:
        return

    for cut in cuts:
        some = list(scan_records(text[:cut], delimiter=",", ended=False))

        assert some == whole[: len(some)]
        assert all(record.end <= cut for record in some)


def test_only_the_last_line_may_go_on() -> None:
    records = scan_records('a\rb,c\r"d"\r', delimiter=",", ended=False)

    assert [record.fields for record in records] == [["a"], ["b", "c"]]


def read_pieces(pieces: list[str], skip_lines: int = 0) -> tuple[object, ...]:
    options = ReadOptions(skip_lines=skip_lines)
    try:
        rows, delimiter, _ = read_text(iter(pieces), Path("x.csv"), options)
    except SourceError as error:
        return (str(error),)
    found = (rows.texts, rows.lines, rows.numbers, rows.unreadable, rows.blank_lines)
    return (delimiter, rows.records, *found)


@pytest.fixture(scope="module", autouse=True)
def _short_head() -> Iterator[None]:
    """Look for the header in the first piece, so that short texts have many pieces."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited_text, "_HEAD", 1)
        yield


@example(text="\n\nb,1\n\nc,2\n", size=1, end="\n")
@given(text=st.one_of(ANY, TIDY), size=st.integers(1, 30), end=ENDS)
def test_a_text_in_pieces_is_the_text_as_a_whole(
    text: str, size: int, end: str
) -> None:
    text = f"ID,Username{end}1,a1{end}{text}"
    pieces = [text[at : at + size] for at in range(0, len(text), size)]

    assert read_pieces(pieces) == read_pieces([text])


@pytest.mark.parametrize(
    ("text", "skipped"),
    [
        ("sep=,\r\nUsername\r\na1\r\n", 0),
        ('"sep=,"\n\nUsername\na1\n', 0),
        ("#TYPE x\r\n,,,\r\nUsername,ID\r\na1,1\r\n", 0),
        ('"ID\r\nor"" ID",Username\r\n"1\n",a1\r\n', 0),
        ("title\r\n\rsep=,\rUsername\ra1\r", 2),
        ("title\nUsername,ID\na1,1", 1),
    ],
)
def test_what_is_above_the_records_may_come_in_any_pieces(
    text: str, skipped: int
) -> None:
    whole = read_pieces([text], skipped)

    assert len(whole) > 1
    for size in range(1, len(text)):
        pieces = [text[at : at + size] for at in range(0, len(text), size)]
        assert read_pieces(pieces, skipped) == whole


def test_accents_encoded_twice_are_told_in_any_pieces() -> None:
    for text in ("ID,Username\n1,zo\u00c3\u00ab", "ID,Username\n1,\u00e2\u20ac"):
        _, _, twice = read_text(iter(text), Path("x.csv"), ReadOptions())
        assert twice
