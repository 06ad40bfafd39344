"""The bytes alone show the number of records, and in which line each begins."""

import io
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiuser.exports.delimited.dialects import Dialect
from apiuser.exports.delimited.records import scan_records
from apiuser.exports.engine.record_count import RecordCount, count_records

pytestmark = pytest.mark.many

BLOCK = 512
"""The smallest block that is counted at a time, in bytes."""
CELLS = st.sampled_from(
    ["a", "é", '""', '"b"', '"b,c"', '"d""e"', '"f\n"', '"\n"', '"g\r\nh"', '"\n\ni"']
)


def count(text: str) -> RecordCount | None:
    return count_records(
        io.BytesIO(text.encode()),
        Dialect(delimiter=",", headers=("A", "B", "C"), username=0, start=0, line=3),
        longest=3 * BLOCK,
        stop=threading.Event(),
    )


@given(
    rows=st.lists(st.tuples(st.sampled_from(["a", "x" * 60]), CELLS), min_size=1),
    end=st.sampled_from(["\n", "\r\n"]),
    ended=st.booleans(),
)
def test_records_and_lines_are_those_of_the_reader(
    rows: list[tuple[str, str]], *, end: str, ended: bool
) -> None:
    text = end.join(f"{last},{first}{end}{first},{last}" for first, last in rows * 9)
    text += end * ended
    records = [*scan_records(text, delimiter=",", line=3)]

    counted = count(text)

    assert counted is not None
    assert counted.records == len(records)
    lines = [counted.find_line(number) for number in range(1, len(records) + 1)]
    assert lines == [record.line for record in records]


@pytest.mark.parametrize("before", [0, 200])
@pytest.mark.parametrize("after", [0, 200])
@pytest.mark.parametrize(
    "odd",
    [
        *("a,b\0\n", "a\rb,c\n"),
        *('a,b"c\n', 'a,"b"c\n', 'a,b "c"\n', '"a"b,c\n', 'a,b"\n"c,d\n'),
    ],
)
def test_what_the_bytes_do_not_show_is_left_to_the_reader(
    odd: str, before: int, after: int
) -> None:
    assert count("a,b\n" * before + "a,b\n" + odd + "a,b\n" * after) is None


@pytest.mark.parametrize("last", ['a,"b\n', 'a,"b', '"', "a,b\r"])
@pytest.mark.parametrize("before", [1, 200])
def test_a_text_that_breaks_off_is_left_to_the_reader(last: str, before: int) -> None:
    assert count("a,b\n" * before + last) is None


@pytest.mark.parametrize("line", ["b" * 100, "b" * 99 + "\n", "b" * 800 + "\n"])
@pytest.mark.parametrize("before", range(0, 520, 8))
def test_a_cell_of_more_than_three_blocks_is_left_to_the_reader(
    line: str, before: int
) -> None:
    front = "a,b\n" * (before // 4)
    long = (line * 40)[: 3 * BLOCK + 1]

    assert count(f'{front}a,"{long}"\na,b\n') is None
    assert count(f'{front}a,"{long[: BLOCK // 2]}"\na,b\n') is not None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("before", [0, 200])
def test_many_blank_lines_are_left_to_the_reader(before: int, end: str) -> None:
    assert count(f"a,b{end}" * before + f",{end}" * BLOCK) is None


@pytest.mark.parametrize("before", range(BLOCK))
def test_blank_lines_of_a_cell_are_counted(before: int) -> None:
    cell = ",\n" * 50

    counted = count(f'a,{"b" * before}\na,"{cell}"\na,b\n')

    assert counted is not None
    assert counted.records == 3
