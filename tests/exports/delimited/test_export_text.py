"""The text of an export is read by its encoding and delimiter, or refused."""

import pytest

from apiuser.exports import ReadOptions, read_resources
from tests.exports.export_reading import HEADER, Export, names, refusal


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with BOM"),
        ("utf-16", "UTF-16 (little endian)"),
        ("utf-32", "UTF-32 (little endian)"),
    ],
)
def test_unicode_is_read_and_the_encoding_said(
    export: Export, codec: str, encoding: str
) -> None:
    path = export(f"{HEADER}1,zoë1,Active\n".encode(codec))

    table = read_resources(path)

    assert (names(table), table.encoding) == (["zoë1"], encoding)


def test_big_endian_marks_are_recognised(export: Export) -> None:
    path = export(b"\xfe\xff" + f"{HEADER}1,a1,Active\n".encode("utf-16-be"))

    table = read_resources(path)

    assert table.encoding == "UTF-16 (big endian)"


def test_the_first_byte_that_is_not_utf8_is_named_with_its_place(
    export: Export,
) -> None:
    path = export(HEADER.encode() + b"1,a1,Active\n2,caf\xe9,Active\n")

    message = refusal(path)

    assert "line 3, column 6: the byte 0xE9 is not UTF-8" in message
    assert "encoding='cp1252'" in message


def test_a_named_encoding_is_used(export: Export) -> None:
    path = export(HEADER.encode() + b"2,caf\xe9,Active\n")

    table = read_resources(path, ReadOptions(encoding="cp1252"))

    assert names(table) == ["café"]


def test_a_mark_counts_more_than_the_encoding_given_for_all_files(
    export: Export,
) -> None:
    path = export((HEADER + "1,café1,Active\n").encode("utf-16"))

    table = read_resources(path, ReadOptions(encoding="cp1252"))

    assert table.usernames == ["café1"]
    assert table.encoding == "UTF-16 (little endian), as its mark says and not as given"


@pytest.mark.parametrize("encoding", ["klingon", "base64", "rot13"])
def test_an_unknown_encoding_is_refused(export: Export, encoding: str) -> None:
    path = export(HEADER)

    assert "not known" in refusal(path, encoding=encoding)


def test_utf16_without_a_mark_is_refused_with_the_option(export: Export) -> None:
    path = export(f"{HEADER}1,a1,Active\n".encode("utf-16-be"))

    assert "encoding='utf-16-be'" in refusal(path)


def test_a_cut_utf16_file_is_refused(export: Export) -> None:
    path = export(f"{HEADER}1,a1,Active\n".encode("utf-16")[:-1])

    assert "line 3, column 1" in refusal(path) or "line 2" in refusal(path)


def test_accents_encoded_twice_are_noticed(export: Export) -> None:
    twice = "zoë1".encode().decode("latin-1")
    path = export(f"{HEADER}1,{twice},Active\n")

    table = read_resources(path)

    assert "encoded twice" in table.notices[0]


def test_accents_encoded_twice_are_noticed_wherever_the_text_is_cut(
    export: Export,
) -> None:
    twice = "ë".encode().decode("latin-1")
    head = "Username,Email\na1,"
    path = export(f"{head}{'x' * ((1 << 16) - len(head) - 2)}{twice}\n")

    table = read_resources(path)

    assert "encoded twice" in table.notices[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_delimiter_is_found_from_the_header(
    export: Export, delimiter: str
) -> None:
    path = export(f"{HEADER}1,a1,Active\n".replace(",", delimiter))

    table = read_resources(path)

    assert (table.delimiter, names(table)) == (delimiter, ["a1"])


def test_a_separator_line_is_followed(export: Export) -> None:
    path = export("sep=;\nUsername;ID\na,1;5\n")

    table = read_resources(path)

    assert names(table) == ["a,1"]
    assert table.frame["line"].tolist() == [3]


def test_two_readings_are_decided_by_the_widths(export: Export) -> None:
    path = export("Username,x;Login\na1,b;c\nd,1;e\n")
    decided = export('Username,x;Login\n"a";b\nd;e\n', "decided.csv")

    assert "more than one way" in refusal(path)
    assert names(read_resources(decided)) == ["b", "e"]


def test_a_last_record_without_a_line_end_decides_too(export: Export) -> None:
    path = export("Username,x;Login\na;b")

    assert names(read_resources(path)) == ["b"]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ('19" rack,Username', 3),
        ('"a,b",c"d,Username,E', 8),
        ('Username,"a"",b",c"', 19),
    ],
)
def test_a_stray_quote_in_a_header_is_refused_at_its_place(
    export: Export, header: str, column: int
) -> None:
    said = refusal(export(f"{header}\na1,b,c,d\n"))

    assert f"line 1, column {column}: a quotation mark inside a field" in said


def test_text_stays_text(export: Export) -> None:
    path = export(f"{HEADER}007,NA,TRUE\n1e5,1e5,1\n2026-01-02,007,no\n, a ,\n")

    table = read_resources(path)

    assert names(table) == ["NA", "1e5", "007", " a "]
    assert table.frame["resource_id"].tolist() == ["007", "1e5", "2026-01-02", ""]
    assert table.frame["status"].tolist() == ["active", "active", "inactive", ""]


def test_a_suffix_gets_a_column_of_its_own(export: Export) -> None:
    path = export("Username\na1@sample.example.com\nb1\nc1@\nd@e@f\n")

    frame = read_resources(path).frame

    assert frame["username"].tolist()[0] == "a1@sample.example.com"
    assert frame["suffix"].fillna("missing").tolist() == [
        "sample.example.com",
        "missing",
        "",
        "e@f",
    ]
