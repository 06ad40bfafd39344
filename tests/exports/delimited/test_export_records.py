"""Each record of an export is read, or listed with its line."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiuser.errors import SourceError
from apiuser.exports import read_resources
from tests.exports.export_reading import HEADER, Export, names, quote, refusal


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("3,c1", "2 fields where the header has 3"),
        ("3,c1,Active,x", "4 fields where the header has 3"),
        ('3,c"1,Active', "a quotation mark inside a field"),
    ],
)
def test_a_record_that_cannot_be_read_is_listed_with_its_line(
    export: Export, row: str, reason: str
) -> None:
    path = export(f'{HEADER}1,"a\n1",Active\n{row}\n4,d1,Active\n')

    table = read_resources(path)

    (item,) = table.unreadable
    assert (item.line, item.record) == (4, 2)
    assert reason in item.reason
    assert names(table) == ["a\n1", "d1"]
    assert table.frame["line"].tolist() == [2, 5]
    assert table.frame["record"].tolist() == [1, 3]


def test_records_beside_a_stray_mark_are_listed_with_their_own_reasons(
    export: Export,
) -> None:
    rows = '1,a"1,x\n\n2,b1\n3,c1,x,y\n"(3 rows affected)",x\n\n4,"d""1",x\n'

    table = read_resources(export(HEADER + rows))

    assert [(one.line, one.record, one.reason) for one in table.unreadable] == [
        (2, 1, "a quotation mark inside a field that does not begin with one"),
        (4, 2, "2 fields where the header has 3"),
        (5, 3, "4 fields where the header has 3"),
        (6, 4, "2 fields where the header has 3"),
    ]
    assert (names(table), list(table.lines)) == (['d"1'], [8])
    assert table.notices[0].endswith(": 2 blank lines skipped.")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_newlines_in_quotes_count_as_lines_but_not_as_records(
    export: Export, end: str
) -> None:
    text = f'{HEADER}1,"a\n1",Active\n2,b1,Active\n"3","c""1",Active'
    path = export(text.replace("\n", end))

    table = read_resources(path)

    assert names(table) == [f"a{end}1", "b1", 'c"1']
    assert table.frame["line"].tolist() == [2, 4, 5]


def test_only_real_line_ends_end_a_record(export: Export) -> None:
    odd = "a\x0b\x0c\x1c\x85\u2028\u2029b"
    path = export(f"{HEADER}1,{odd},Active\n")

    table = read_resources(path)

    assert names(table) == [odd]
    assert "U+000B" in table.notices[0]
    assert "line 2, record 1" in table.notices[0]


@pytest.mark.parametrize("character", ["\0", "\u202e", "\u200b"])
def test_characters_that_cannot_be_seen_are_noticed(
    export: Export, character: str
) -> None:
    path = export(f"{HEADER}1,a1{character},Active\n")

    table = read_resources(path)

    assert names(table) == [f"a1{character}"]
    assert f"U+{ord(character):04X}" in table.notices[0]


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ('2,"b1,Active\n3,c1,Active\n', "opened but not closed"),
        ('2,"b1"x,Active\n3,c1,Active\n', "follows a closing"),
        ('2,"b\\"1",Active\n3,c1,Active\n', "a backslash does not protect it"),
    ],
)
def test_broken_quotes_are_refused_at_their_line(
    export: Export, row: str, part: str
) -> None:
    path = export(f"{HEADER}1,a1,Active\n{row}")

    message = refusal(path)

    assert part in message
    assert "line 3, record 2" in message


def test_a_footer_is_listed_and_not_read(export: Export) -> None:
    table = read_resources(export(f"{HEADER}1,a1,Active\nTotal: 1\n"))

    assert [item.line for item in table.unreadable] == [3]


def test_a_file_whose_records_all_differ_from_the_header_is_refused(
    export: Export,
) -> None:
    path = export(f"{HEADER}1;a1;Active\n")

    assert "no record is as wide as the header" in refusal(path)


@pytest.mark.parametrize("line", [",,", '"","",""', ",,,,", '"",,""'])
@pytest.mark.parametrize("row", ["2,b1,Active", '"2","b1","Active"'])
def test_a_line_of_empty_fields_is_skipped_like_a_blank_one(
    export: Export, line: str, row: str
) -> None:
    table = read_resources(export(f"{HEADER}1,a1,Active\n{line}\n{row}\n"))

    assert names(table) == ["a1", "b1"]
    assert table.frame["line"].tolist() == [2, 4]
    assert "1 blank line skipped" in table.notices[0]
    assert table.unreadable == ()


def test_blank_lines_are_skipped_with_a_notice(export: Export) -> None:
    table = read_resources(export(f"{HEADER}\n1,a1,Active\n\r\n2,b1,Active\n"))

    assert table.frame["line"].tolist() == [3, 5]
    assert "2 blank lines" in table.notices[0]


def test_many_notices_of_one_kind_are_cut(export: Export) -> None:
    rows = "".join(f"{at},a{at}\u200b,Active\n" for at in range(25))

    notices = read_resources(export(HEADER + rows)).notices

    assert len(notices) == 21
    assert "5 more usernames" in notices[-1]


@pytest.mark.parametrize(
    ("ids", "number"),
    [
        (["1", "2", "3", "4", "5"], True),
        (["4", "2", "0", "1", "3"], True),
        ([" 1", "02", "3 ", "4", "5"], True),
        (["1", "2", "3", "4"], False),  # so few may be so by chance
        (["1", "2", "3", "4", "6"], False),
        (["1", "2", "3", "4", "4"], False),
        (["1", "2", "3", "4", ""], False),
        (["1", "2", "3", "4", "x"], False),
        (["1", "2", "3", "4", "\u0665"], False),
        (["9" * 5_000, "2", "3", "4", "5"], False),
    ],
)
def test_ids_that_only_number_the_rows_are_recognised(
    export: Export, ids: list[str], *, number: bool
) -> None:
    rows = "".join(f"{text},a{at},\n" for at, text in enumerate(ids))

    assert read_resources(export(HEADER + rows)).summary.ids_number_rows is number


def test_unreadable_records_are_numbered_too(export: Export) -> None:
    rows = "1,a1,\n2,b1,\n3\n4,d1,\n5,e1,\n6,f1,\n"

    table = read_resources(export(HEADER + rows))

    assert table.summary.ids_number_rows
    assert list(table.numbers) == [1, 2, 4, 5, 6]


CELL = st.text(st.sampled_from('ab1é@,;"\r\n\t \0|'), max_size=6)
ROW = st.lists(CELL, min_size=1, max_size=4)


def scan(text: str) -> int:
    """Count records in another way: one character after the other."""
    records = position = 0
    inside = any_text = False
    while position < len(text):
        character = text[position]
        if character == '"':
            inside = not inside
        if character in "\r\n" and not inside:
            position += text.startswith("\r\n", position)
            records += any_text
            any_text = False
        else:
            any_text = True
        position += 1
    return records + any_text


@given(
    rows=st.lists(ROW, max_size=8),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    closed=st.booleans(),
)
def test_every_record_is_read_or_listed(
    tmp_path_factory: pytest.TempPathFactory,
    *,
    rows: list[list[str]],
    end: str,
    closed: bool,
) -> None:
    lines = [",".join(map(quote, row)) for row in rows]
    text = end.join(["ID,Username", "1,a1", *lines]) + (end if closed else "")
    path = tmp_path_factory.getbasetemp() / f"records-{threading.get_ident()}.csv"
    path.write_bytes(text.encode())

    table = read_resources(path)

    empty = sum(len(row) > 1 and not any(row) for row in rows)
    assert table.records + len(table.unreadable) == scan(text) - 1 - empty
    wanted = [row[1] for row in [["1", "a1"], *rows] if len(row) == 2 and any(row)]
    assert names(table) == wanted


@given(content=st.binary(max_size=300), headed=st.booleans())
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, *, content: bytes, headed: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / f"bytes-{threading.get_ident()}.csv"
    path.write_bytes((HEADER.encode() if headed else b"") + content)

    try:
        table = read_resources(path)
    except SourceError as error:
        assert str(path) in str(error)  # noqa: PT017  # both ways are right
    else:
        assert len(names(table)) == table.records
