"""Exports are read strictly: each record is read, listed, or the file refused."""

import gzip
import io
import os
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiuser.errors import AccessError, SourceError
from apiuser.exports import ResourceTable, read_names, read_resources

Export = Callable[..., Path]
HEADER = "ID,Username,Status\n"


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def write(content: str | bytes, name: str = "export.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def names(table: ResourceTable) -> list[str]:
    return table.usernames.to_pylist()


def refusal(path: Path, **options: object) -> str:
    with pytest.raises(SourceError) as caught:
        read_resources(path, **options)
    return str(caught.value)


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


def test_big_endian_marks_are_known(export: Export) -> None:
    path = export(b"\xfe\xff" + f"{HEADER}1,a1,Active\n".encode("utf-16-be"))

    table = read_resources(path)

    assert table.encoding == "UTF-16 (big endian)"


def test_the_first_byte_that_is_not_utf8_is_named_with_its_place(
    export: Export,
) -> None:
    path = export(HEADER.encode() + b"1,a1,Active\n2,caf\xe9,Active\n")

    message = refusal(path)

    assert "byte 0xE9 in line 3, column 6" in message
    assert "--encoding cp1252" in message


def test_a_named_encoding_is_used(export: Export) -> None:
    path = export(HEADER.encode() + b"2,caf\xe9,Active\n")

    table = read_resources(path, encoding="cp1252")

    assert names(table) == ["café"]


def test_a_mark_says_more_than_the_encoding_given_for_all_files(
    export: Export,
) -> None:
    path = export((HEADER + "1,café1,Active\n").encode("utf-16"))

    table = read_resources(path, encoding="cp1252")

    assert table.usernames.to_pylist() == ["café1"]
    assert table.encoding == "UTF-16 (little endian), by its mark and not as given"


@pytest.mark.parametrize("encoding", ["klingon", "base64", "rot13"])
def test_an_unknown_encoding_is_refused(export: Export, encoding: str) -> None:
    path = export(HEADER)

    assert "not known" in refusal(path, encoding=encoding)


def test_utf16_without_a_mark_is_refused_with_the_option(export: Export) -> None:
    path = export(f"{HEADER}1,a1,Active\n".encode("utf-16-be"))

    assert "--encoding utf-16-be" in refusal(path)


def test_a_cut_utf16_file_is_refused(export: Export) -> None:
    path = export(f"{HEADER}1,a1,Active\n".encode("utf-16")[:-1])

    assert "line 3, column 1" in refusal(path) or "line 2" in refusal(path)


def test_accents_encoded_twice_are_noticed(export: Export) -> None:
    twice = "zoë1".encode().decode("latin-1")
    path = export(f"{HEADER}1,{twice},Active\n")

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


def test_a_stray_quote_in_a_header_is_part_of_it(export: Export) -> None:
    table = read_resources(export('19" rack,Username\n1,a1\n'))

    assert table.headers == ('19" rack', "Username")


def test_text_stays_text(export: Export) -> None:
    path = export(f"{HEADER}007,NA,TRUE\n1e5,1e5,1\n2026-01-02,007,no\n, a ,\n")

    table = read_resources(path)

    assert names(table) == ["NA", "1e5", "007", " a "]
    assert table.frame["resource_id"].tolist() == ["007", "1e5", "2026-01-02", ""]
    assert table.frame["status"].tolist() == ["active", "active", "inactive", ""]


def test_a_suffix_stands_in_a_column_of_its_own(export: Export) -> None:
    path = export("Username\na1@sample.example.com\nb1\nc1@\nd@e@f\n")

    frame = read_resources(path).frame

    assert frame["username"].tolist()[0] == "a1@sample.example.com"
    assert frame["suffix"].fillna("missing").tolist() == [
        "sample.example.com",
        "missing",
        "",
        "e@f",
    ]


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
        ('2,"b1,Active\n3,c1,Active\n', "opened, not closed"),
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


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \n\t\r\n ", b"\xff\xfe"])
def test_a_file_without_data_is_refused(export: Export, content: bytes) -> None:
    assert "no data" in refusal(export(content))


def test_a_header_alone_gives_no_resources_and_a_notice(export: Export) -> None:
    table = read_resources(export(HEADER))

    assert table.records == 0
    assert "no resources" in table.notices[0]
    assert table.frame.empty


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_header_in_quotes_is_read_by_each_delimiter(
    export: Export, delimiter: str
) -> None:
    header = delimiter.join(['"ID"', '"Username"', '"Last, First; Name"'])
    path = export(f"{header}\n1{delimiter}a1{delimiter}x\n")

    assert names(read_resources(path)) == ["a1"]


def test_an_unclosed_quote_in_the_header_is_refused(export: Export) -> None:
    assert "line 1: a quotation mark is opened" in refusal(export('"ID,Username\n1,a'))


@pytest.mark.parametrize(
    "header",
    ["USERNAME", "User Name", "userName", "Username (Key)", "*Username", "[Login]"],
)
def test_the_known_headers_are_found_in_any_case(export: Export, header: str) -> None:
    table = read_resources(export(f"ID,{header}\n1,a1\n"))

    assert names(table) == ["a1"]


def test_an_unknown_header_is_refused_with_the_headers_found(export: Export) -> None:
    path = export("Nr,Benutzername\n1,a1\n")

    message = refusal(path)

    assert "Nr, Benutzername" in message
    assert "--column" in message
    assert names(read_resources(path, column="benutzername")) == ["a1"]


def test_two_username_columns_are_refused(export: Export) -> None:
    path = export("Username,Login\na1,b1\n")

    assert "2 username columns (Username, Login)" in refusal(path)
    assert names(read_resources(path, column="Login")) == ["b1"]


def test_a_doubled_username_column_cannot_be_chosen(export: Export) -> None:
    path = export("Username,Username\na1,b1\n")

    assert "2 username columns" in refusal(path, column="Username")


def test_a_doubled_further_column_is_not_used(export: Export) -> None:
    table = read_resources(export("Username,Status,Status\na1,Active,Inactive\n"))

    assert table.frame["status"].tolist() == [""]
    assert "more than once" in table.notices[0]


def test_title_lines_are_refused_with_the_likely_header_line(export: Export) -> None:
    path = export(f"Resources\nof Sample MSP, all\n{HEADER}1,a1,Active\n")

    assert "--skip-lines 2" in refusal(path)
    table = read_resources(path, skip_lines=2)
    assert (names(table), table.frame["line"].tolist()) == (["a1"], [4])


def test_skipping_everything_is_refused(export: Export) -> None:
    assert "smaller --skip-lines" in refusal(export(HEADER), skip_lines=9)
    assert "no data after" in refusal(export(HEADER), skip_lines=1)


def test_a_footer_is_listed_and_not_read(export: Export) -> None:
    table = read_resources(export(f"{HEADER}1,a1,Active\nTotal: 1\n"))

    assert [item.line for item in table.unreadable] == [3]


def test_a_file_whose_records_all_differ_from_the_header_is_refused(
    export: Export,
) -> None:
    path = export(f"{HEADER}1;a1;Active\n")

    assert "no record is as wide as the header" in refusal(path)


def test_blank_lines_are_passed_over_with_a_notice(export: Export) -> None:
    table = read_resources(export(f"{HEADER}\n1,a1,Active\n\r\n2,b1,Active\n"))

    assert table.frame["line"].tolist() == [3, 5]
    assert "2 blank lines" in table.notices[0]


def test_status_words_not_understood_are_named(export: Export) -> None:
    table = read_resources(export(f"{HEADER}1,a1,on leave\n2,b1,active\n"))

    assert table.frame["status"].tolist() == ["", "active"]
    assert "on leave" in table.notices[0]


def test_a_column_called_inactive_means_the_opposite(export: Export) -> None:
    table = read_resources(export("Username,Inactive\na,yes\nb,No\nc,Active\nd,?\n"))

    assert table.frame["status"].tolist() == ["inactive", "active", "active", ""]


@pytest.mark.parametrize(
    ("license_type", "level", "kind"),
    [
        ("7", "", "api user"),
        ("API User", "Full Access", "api user"),
        ("", "API User (system)", "api user"),
        ("", "Zapier only (API-only)", "api user"),
        ("Professional", "", "other"),
        ("9", "", "co managed"),
        ("", "24", ""),
        ("", "", ""),
    ],
)
def test_the_kind_of_user_comes_from_licence_and_level(
    export: Export, license_type: str, level: str, kind: str
) -> None:
    path = export(f"Username,License Type,User Type\na1,{license_type},{level}\n")

    assert read_resources(path).frame["kind"].tolist() == [kind]


def test_a_header_of_a_million_characters_is_read(export: Export) -> None:
    path = export(f'"{"x" * (1 << 20)}\n,y",Username\n1,a1\n')

    table = read_resources(path, max_cell=1 << 21)

    assert (names(table), table.frame["line"].tolist()) == (["a1"], [3])


def test_a_large_file_without_a_header_is_refused(export: Export) -> None:
    path = export("Nr,Nick\n" + "1,a\n" * 300_000)

    assert "its headers are: Nr, Nick" in refusal(path)


def test_many_notices_of_one_kind_are_cut(export: Export) -> None:
    rows = "".join(f"{at},a{at}\u200b,Active\n" for at in range(25))

    notices = read_resources(export(HEADER + rows)).notices

    assert len(notices) == 21
    assert "5 more usernames" in notices[-1]


def test_a_file_that_is_given_as_a_folder_of_a_file_is_named(export: Export) -> None:
    with pytest.raises(AccessError, match="cannot be read"):
        read_resources(export(HEADER) / "inner.csv")


def test_limits_are_named_when_hit(export: Export) -> None:
    wide = export("Username," + ",".join(f"c{at}" for at in range(30)) + "\n", "w.csv")
    long = export(f"{HEADER}1,{'a' * 50},Active\n", "l.csv")

    assert "--max-columns" in refusal(wide, max_columns=20)
    assert "--max-cell" in refusal(long, max_cell=40)
    assert read_resources(long, max_cell=50).records == 1


def zipped(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped("a.csv"), "a zip archive"),
        (zipped("xl/workbook.xml"), "an Excel workbook"),
        (gzip.compress(b"x"), "a gzip archive"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"<!DOCTYPE html><table>", "an HTML page"),
        (b'<?xml version="1.0"?>', "an XML document"),
        (b'\xef\xbb\xbf[{"Username": "a1"}]', "a JSON file"),
        (b'{"items": []}', "a JSON file"),
    ],
)
def test_other_kinds_of_file_are_recognised_by_content(
    export: Export, content: bytes, kind: str
) -> None:
    assert kind in refusal(export(content))


def test_what_cannot_be_opened_is_named_with_the_reason(tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "gone.csv")
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    reasons = {
        tmp_path / "missing.csv": "is not there",
        tmp_path: "is a folder",
        link: "link to a file that is gone",
        pipe: "is a pipe",
        Path("a\0b"): "cannot be read",
    }

    for path, reason in reasons.items():
        with pytest.raises(AccessError, match=reason):
            read_resources(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_without_permission_is_named(export: Export) -> None:
    path = export(HEADER)
    path.chmod(0)

    with pytest.raises(AccessError, match="cannot be read"):
        read_resources(path)


def test_names_are_read_one_a_line(export: Export) -> None:
    path = export("\ufeffa1\r\n\n b1\rc1,x\n")

    assert read_names(path) == ["a1", " b1", "c1,x"]


CELL = st.text(st.sampled_from('ab1é@,;"\r\n\t \0|'), max_size=6)
ROW = st.lists(CELL, min_size=1, max_size=4)


def quote(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


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

    assert table.records + len(table.unreadable) == scan(text) - 1
    wanted = [row[1] for row in [["1", "a1"], *rows] if len(row) == 2]
    assert names(table) == wanted


@given(
    rows=st.lists(ROW, max_size=8), quoted=st.booleans(), end=st.sampled_from("\n\r")
)
def test_the_fast_reader_reads_what_the_careful_one_reads(
    tmp_path_factory: pytest.TempPathFactory,
    *,
    rows: list[list[str]],
    quoted: bool,
    end: str,
) -> None:
    def write(row: list[str]) -> str:
        cells = [quote(c) if quoted or set(c) & set(',"\r\n') else c for c in row]
        return ",".join(cells)

    end = "\n" if end == "\n" else "\r\n"
    text = end.join(["ID,Username", "1,a1", *map(write, rows)]).replace("\0", "")
    path = tmp_path_factory.getbasetemp() / f"readers-{threading.get_ident()}.csv"
    path.write_bytes(text.encode())
    fast = read_resources(path)
    # A byte of zero makes the fast reader leave the file alone.
    path.write_bytes(f"{text}{end}\0,last".encode())

    careful = read_resources(path)

    assert [*names(fast), "last"] == names(careful)
    assert fast.lines.tolist() == careful.lines.tolist()[:-1]
    assert fast.numbers.tolist() == careful.numbers.tolist()[:-1]
    assert fast.unreadable == careful.unreadable


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
