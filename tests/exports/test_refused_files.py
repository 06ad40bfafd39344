"""Files that are no text tables are refused in sentences that say what to do."""

import io
import zipfile
from typing import Any

import pytest

from apiuser.errors import AccessError, SourceError
from apiuser.exports import name_lists, read_names
from tests.exports.export_reading import HEADER, Export, refusal

ROW = HEADER.encode() + b"1,caf\xe9,Active\n"
SAVE = "Open it in a spreadsheet program and save it as .xlsx"
AS_CSV = "export the resources as CSV."
AGAIN = "Save the answer of the API again, whole and unchanged."
GIVE = (
    "Give an answer of the API, a list of objects, or an object per line. Or name the "
    "username with column=...."
)


def archive(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(name, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (
            ROW,
            {},
            (
                "line 2, column 6: the byte 0xE9 is not UTF-8. Export as UTF-8, or give "
                "the encoding, such as encoding='cp1252'"
            ),
        ),
        (
            ROW,
            {"encoding": "ascii"},
            (
                "line 2, column 6: the byte 0xE9 is not ASCII. Check the encoding or "
                "export again."
            ),
        ),
        (
            (HEADER * 3).encode("utf-16")[:-1],
            {},
            (
                "line 3, column 19: the byte 0x0A is not UTF-16-LE. Check the encoding "
                "or export again."
            ),
        ),
        *(
            (
                HEADER.encode(order),
                {},
                (
                    "looks like UTF-16 without a byte order mark. Give the encoding: "
                    f"encoding='{order}'"
                ),
            )
            for order in ("utf-16-le", "utf-16-be")
        ),
        (
            ROW,
            {"encoding": "klingon"},
            (
                "the encoding given is not known. Give one such as utf-8, utf-16, "
                "cp1252, iso-8859-1, cp850, mac-roman, shift_jis, gbk or euc-kr."
            ),
        ),
        (
            HEADER,
            {"max_size": 3},
            (
                "is 19 bytes, above the limit of 3. Raise the limit with max_size=... if "
                "this is right."
            ),
        ),
    ],
)
def test_bytes_that_are_not_text_are_refused_in_full_sentences(
    export: Export, content: bytes, options: dict[str, Any], said: str
) -> None:
    path = export(content)

    assert refusal(path, **options) == f"{path}: {said}"


@pytest.mark.parametrize(
    ("content", "kind", "advice"),
    [
        (
            archive("a"),
            "a zip archive",
            "Export the resources as CSV and give that file.",
        ),
        (
            archive("xl/workbook.xml"),
            "an Excel workbook",
            f"Name it .xlsx, or {AS_CSV}",
        ),
        (
            archive("xl/workbook.bin"),
            "a binary Excel workbook (.xlsb)",
            f"{SAVE}, or {AS_CSV}",
        ),
        (
            archive("application/vnd.oasis.opendocument.spreadsheet"),
            "an OpenDocument spreadsheet (.ods)",
            f"{SAVE}, or {AS_CSV}",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "an old Excel workbook (.xls) or a protected Office file",
            f"{SAVE} without a password, or {AS_CSV}",
        ),
        (
            b"<html>",
            "an HTML page",
            f"{SAVE} if it is a report with the wrong ending, or {AS_CSV}",
        ),
    ],
)
def test_another_kind_of_file_is_refused_with_the_way_to_a_table(
    export: Export, content: bytes, kind: str, advice: str
) -> None:
    path = export(content)

    assert refusal(path) == f"{path}: is {kind}, not a delimited text file. {advice}"


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("  ", {}, "contains no data. Export the resources again."),
        (
            b'[{"a": "\xe9"}]',
            {"encoding": "ascii"},
            (
                "line 1, column 9: the byte 0xE9 is not ASCII. Check the encoding or "
                "export again."
            ),
        ),
        (
            '[{"name": 1}]',
            {},
            f"no object has a username; their names are: name. {GIVE}",
        ),
        ("[{}]", {}, f"no object has a username; their names are: none. {GIVE}"),
        (
            '{"rows": [{"name": 1, "age": 2}]}',
            {},
            (
                "no object has a username; their names are: rows; the objects under "
                f"rows have: name, age. {GIVE}"
            ),
        ),
        (
            '{"a": [{"userName": "x"}], "b": [{"userName": "y"}]}',
            {},
            (
                "usernames are in 2 lists: a, b. Save each list in a file of its own, "
                "or all objects in one list."
            ),
        ),
        (
            '{"userName": "x", "b": {"c": [{"userName": "y"}]}}',
            {},
            (
                "an object has a username, and so do those under b.c. Save the list "
                "in a file of its own."
            ),
        ),
        (
            '[{"userName": "x"},\n{"userName": "y",}]',
            {},
            f"line 2, column 18: this is not JSON. {AGAIN}",
        ),
        (
            '[{"userName": "x"},\n{"userName": "y"',
            {},
            f"line 2, column 17: the JSON breaks off. {AGAIN}",
        ),
        (
            '[{"userName": "x"},\n{"userName": ' + "[" * 100_000,
            {},
            f"line 2, column 1: values are nested too deeply. {AGAIN}",
        ),
        (
            '{"items": [{"userName": "x"}],\n"items": []}',
            {},
            f"line 2, column 12: a name occurs twice in one object. {AGAIN}",
        ),
        (
            f'[{{"userName": "x"}},\n{{"userName": "{"y" * 500_000}"}}]',
            {"max_cell": 10},
            (
                "line 2: a value contains more than 40 characters. Raise the "
                "limit with max_cell=... if this is right."
            ),
        ),
        (
            '[{"userName": "x"},\n{"userName": "x", "login": "y"}]',
            {"max_columns": 1},
            (
                "line 2: there are 2 columns, above the limit of 1. Raise the "
                "limit with max_columns=... if this is right."
            ),
        ),
    ],
)
def test_json_that_cannot_be_used_is_refused_in_full_sentences(
    export: Export, text: str | bytes, options: dict[str, Any], said: str
) -> None:
    path = export(text, "export.json")

    assert refusal(path, **options) == f"{path}: {said}"


TABLE = "so this is an export or another table, not a list of names. {}"
DUE = "Give a text file with the usernames alone, one per line."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>", f"is an HTML page, not a list of names. {DUE}"),
        (
            b"a1\r\nb\tc",
            f"line 2: contains a tab, {TABLE.format(DUE)}",
        ),
        (b" \n", "contains no names. Write one per line, or leave the file out."),
        (
            b"\xe9",
            (
                "line 1, column 1: the byte 0xE9 is not ASCII. Check the encoding or "
                "export again."
            ),
        ),
        (
            b"b" * 11,
            (
                "is 11 bytes, above the limit of 10. Check whether it is the list of "
                "names."
            ),
        ),
    ],
)
def test_a_file_that_is_no_list_of_names_is_refused_in_full_sentences(
    export: Export, monkeypatch: pytest.MonkeyPatch, content: bytes, said: str
) -> None:
    monkeypatch.setattr(name_lists, "MAX_NAMES", 10)
    path = export(content)

    with pytest.raises(SourceError) as caught:
        read_names(path, encoding="ascii")

    assert str(caught.value) == f"{path}: {said}"


def test_a_list_of_names_may_be_as_large_as_the_limit(
    export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "b" * 70_000
    monkeypatch.setattr(name_lists, "MAX_NAMES", len(name))

    assert read_names(export(name)) == [name]
    with pytest.raises(AccessError, match=r"^none: does not exist"):
        read_names("none")
