"""Lines in front of the records: separators, marks, and headers of one column."""

from collections.abc import Callable
from pathlib import Path

import pytest

from apiuser.errors import SourceError
from apiuser.exports import ReadOptions, read_resources

Export = Callable[[str], Path]
MARK = "\ufeff"
PART = 1 << 16


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def write(text: str) -> Path:
        path = tmp_path / "export.csv"
        path.write_bytes(text.encode())
        return path

    return write


def names(path: Path) -> list[str]:
    return list(read_resources(path).usernames)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|", ":", "^", "~", "!"])
def test_a_separator_line_names_one_sign_or_a_tab(export: Export, sign: str) -> None:
    path = export(f"sep={sign}\nID{sign}Username\n1{sign}a1\n")

    assert names(path) == ["a1"]


@pytest.mark.parametrize("line", ['"sep=;"', "SEP=;", "sep=;"])
def test_a_separator_line_may_be_in_quotes_or_capitals(
    export: Export, line: str
) -> None:
    assert names(export(f"{line}\nID;Username\n1;a1\n")) == ["a1"]


@pytest.mark.parametrize(
    "sign", ["", '"', '""', "€", "ab", ";;", " ", "a", "7", "\0", "\x1f", "é", MARK]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_other_separator_is_refused_with_its_line(
    export: Export, sign: str, end: str
) -> None:
    path = export(f"sep={sign}{end}ID{sign}Username{end}1{sign}a1{end}")

    with pytest.raises(
        SourceError, match=r"line 1: sep= is followed by .*Correct"
    ) as error:
        read_resources(path)
    assert str(error.value).isprintable()


def test_a_separator_line_alone_is_refused(export: Export) -> None:
    for text in ("sep=", "sep=;", "sep=;\n"):
        with pytest.raises(SourceError, match=r"export\.csv"):
            read_resources(export(text))


@pytest.mark.parametrize("front", ["sep=;\n", "", "sep=;\r\n"])
def test_a_mark_before_the_header_is_reported_and_not_part_of_it(
    export: Export, front: str
) -> None:
    # At the beginning of the file the first mark says the encoding.
    path = export(f"{front or MARK}{MARK}ID;Username\n1;a1\n")

    table = read_resources(path)

    assert table.headers == ("ID", "Username")
    assert "byte order mark" in table.notices[0]


@pytest.mark.parametrize("rest", [0, 3 * PART])
def test_a_mark_before_a_record_stays_part_of_it(export: Export, rest: int) -> None:
    path = export(f"Username;x\n{MARK}a1;{'y' * rest}\n{MARK}b1;y\n")

    table = read_resources(path, ReadOptions(max_cell=4 * PART))

    assert table.usernames == [f"{MARK}a1", f"{MARK}b1"]
    assert "U+FEFF" in table.notices[0]


def test_a_mark_stays_if_records_before_it_cannot_be_read(export: Export) -> None:
    path = export(f"Username;x\nshort\n{MARK}a1;y\nb1;y\n")

    table = read_resources(path)

    assert table.usernames == [f"{MARK}a1", "b1"]
    assert len(table.unreadable) == 1


def test_a_mark_at_the_start_of_any_part_of_a_large_file_stays(export: Export) -> None:
    row = f"{MARK}a1;{'y' * 1000}\n"
    path = export("Username;x\n" + row * (3 * PART // len(row)))

    assert set(names(path)) == {f"{MARK}a1"}


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_one_header_over_records_of_several_fields_is_refused(
    export: Export, sign: str
) -> None:
    rows = f"a{sign}b{sign}c\n" * 3 + "d\n"

    with pytest.raises(
        SourceError, match=r"line 1: the header has one column.*line 2"
    ) as error:
        read_resources(export(f"Username\n{rows}"))
    assert "sep=," in str(error.value)
    assert names(export(f"sep=,\nUsername\n{rows}")) == [f"a{sign}b{sign}c"] * 3 + ["d"]


def test_the_delimiter_that_explains_the_marks_is_the_one_named(
    export: Export,
) -> None:
    path = export('Username\n"a"|b|c\n')

    with pytest.raises(SourceError, match="records have more, split by pipe"):
        read_resources(path)


def test_half_of_the_records_are_not_most_of_them(export: Export) -> None:
    assert names(export("Username\na1\nb;1\n")) == ["a1", "b;1"]


@pytest.mark.parametrize("more", ["\n", "(1 rows affected)\n", "(1 rows affected);;\n"])
def test_what_is_not_a_record_says_nothing_about_the_delimiter(
    export: Export, more: str
) -> None:
    assert names(export(f'Username,x;Login\n"a";b\n{more}')) == ["b"]


def test_the_first_thousand_records_say_the_delimiter(export: Export) -> None:
    text = "Username,x;Login\n" + '"a";b\n' * 1_000 + "c,d\n"

    table = read_resources(export(text))

    assert table.usernames == ["b"] * 1_000
    assert [one.line for one in table.unreadable] == [1_002]


def test_few_names_with_a_delimiter_in_them_are_reported(export: Export) -> None:
    path = export("Username\na1\nb;1\nb2\nc|1\nd1\n")

    table = read_resources(path)

    assert table.records == 5
    assert "2 usernames with a" in table.notices[0]
    assert "line 3, record 2" in table.notices[0]


def test_a_delimiter_in_a_name_beside_other_columns_hints_at_no_column(
    export: Export,
) -> None:
    (notice,) = read_resources(export("ID,Username\n1,a;b\n")).notices

    assert "columns are missing" not in notice


@pytest.mark.parametrize(
    ("above", "skipped"),
    [("title\n", 1), ('"two\nlines"\n', 2), ('"a\r\n\rb",c\n\n', 4), ("sep=;\nx\n", 2)],
)
def test_the_likely_header_is_named_by_its_line_and_can_be_reached(
    export: Export, above: str, skipped: int
) -> None:
    path = export(f"{above}Username,Email\na1,b\n")

    with pytest.raises(SourceError) as caught:
        read_resources(path)

    assert caught.value.remedies[0].value == skipped
    assert f"line {skipped + 1}: give" in str(caught.value)
    table = read_resources(path, ReadOptions(skip_lines=skipped))
    assert table.usernames == ["a1"]


def test_the_likely_header_is_looked_for_in_the_first_thirty_lines(
    export: Export,
) -> None:
    for above, found in ((29, True), (30, False)):
        path = export("x\n" * above + '"ID","Username"')

        with pytest.raises(SourceError) as caught:
            read_resources(path)

        assert (f"in line {above + 1}: give" in str(caught.value)) is found
