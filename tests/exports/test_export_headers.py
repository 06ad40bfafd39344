"""The columns of an export are found by their headers, or the file is refused."""

import pytest

from apiuser.exports import ReadOptions, read_resources
from tests.exports.export_reading import HEADER, Export, names, refusal


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
    path = export("Nr,Kürzel\n1,a1\n")

    message = refusal(path)

    assert "Nr, Kürzel" in message
    assert "column=..." in message
    assert names(read_resources(path, ReadOptions(column="kürzel"))) == ["a1"]


def test_an_exactly_named_column_is_the_one_used(export: Export) -> None:
    path = export("who,WHO\na1,b1\n")

    table = read_resources(path, ReadOptions(column="WHO"))

    assert (table.username_column, names(table)) == ("WHO", ["b1"])


def test_no_more_than_twenty_headers_are_shown_and_no_long_one_in_full(
    export: Export,
) -> None:
    headers = ["h" * 41, *(f"h{at}" for at in range(20))]
    shown = ", ".join(["h" * 40, *headers[1:20]])

    assert f"the headers are: {shown}." in refusal(export(",".join(headers[:20])))
    assert f"the headers are: {shown} and 1 more." in refusal(export(",".join(headers)))


def test_two_username_columns_are_refused(export: Export) -> None:
    path = export("Username,Login\na1,b1\n")

    assert "2 username columns (Username, Login)" in refusal(path)
    assert names(read_resources(path, ReadOptions(column="Login"))) == ["b1"]


def test_a_username_column_that_occurs_twice_cannot_be_chosen(export: Export) -> None:
    path = export("Username,Username\na1,b1\n")

    assert "2 username columns" in refusal(path, column="Username")


def test_another_column_that_occurs_twice_is_not_used(export: Export) -> None:
    table = read_resources(export("Username,Status,Status\na1,Active,Inactive\n"))

    assert table.frame["status"].tolist() == [""]
    assert "more than once" in table.notices[0]


def test_title_lines_are_refused_with_the_likely_header_line(export: Export) -> None:
    path = export(f"Resources\nof Sample MSP, all\n{HEADER}1,a1,Active\n")

    assert "give skip_lines=2" in refusal(path)
    table = read_resources(path, ReadOptions(skip_lines=2))
    assert (names(table), table.frame["line"].tolist()) == (["a1"], [4])


def test_skipping_everything_is_refused(export: Export) -> None:
    assert "Skip fewer with skip_lines=..." in refusal(export(HEADER), skip_lines=9)
    assert "no data after" in refusal(export(HEADER), skip_lines=1)


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
        ("9", "Full Access", "co managed"),
        ("", "Co-managed help desk", "co managed"),
        ("Professional", "API User (system)", "api user"),
        ("Professional", "Technician (Co-managed accounts)", "other"),
        ("3", "Co-managed Clients Team Lead", "other"),
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

    table = read_resources(path, ReadOptions(max_cell=1 << 21))

    assert (names(table), table.frame["line"].tolist()) == (["a1"], [3])


def test_a_large_file_without_a_header_is_refused(export: Export) -> None:
    path = export("Nr,Nick\n" + "1,a\n" * 300_000)

    assert "the headers are: Nr, Nick" in refusal(path)
