"""Exports in encodings people meet are read; any other name gets a sentence."""

import encodings.aliases
import pkgutil
import random
from pathlib import Path

import pytest

from apiuser.auditing import audit
from apiuser.errors import SourceError
from apiuser.exports import ReadOptions, read_names, read_resources
from apiuser.exports.encodings import CHARSETS, decode, find_charset

TEXT = "ID,Username,Status\n1,a1,Active\n"
PYTHON_NAMES = sorted(
    {
        *encodings.aliases.aliases,
        *encodings.aliases.aliases.values(),
        *(module.name for module in pkgutil.iter_modules(encodings.__path__)),
    }
)
ODD_NAMES = ("", " ", "klingon", "a\0b", "\udcff", "é", "x" * 10_000, "..", "utf-8\n")


@pytest.mark.parametrize("name", [*PYTHON_NAMES, *ODD_NAMES])
def test_every_name_reads_the_export_or_gets_a_sentence(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / "export.csv"
    charset = find_charset(name)
    path.write_bytes(TEXT.encode(charset or "utf-8"))

    if charset is None:
        with pytest.raises(SourceError, match="such as utf-8, utf-16, cp1252"):
            read_resources(path, ReadOptions(encoding=name))
        with pytest.raises(SourceError, match="such as utf-8, utf-16, cp1252"):
            read_names(path, encoding=name)
    else:
        assert read_resources(path, ReadOptions(encoding=name)).usernames == ["a1"]


@pytest.mark.parametrize(
    "name",
    ["base64", "hex", "hz", "idna", "punycode", "rot13", "unicode_escape", "utf-7"],
)
def test_what_is_not_an_encoding_of_exports_is_not_accepted(name: str) -> None:
    assert find_charset(name) is None


@pytest.mark.parametrize(
    ("name", "charset"),
    [
        ("Latin-1", "iso8859-1"),
        ("windows-1252", "cp1252"),
        ("ANSI_X3.4-1968", "ascii"),
        ("Shift_JIS", "shift_jis"),
        ("ms932", "cp932"),
        ("macintosh", "mac-roman"),
        ("UTF8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("GB18030", "gb18030"),
    ],
)
def test_encodings_are_known_by_their_other_names(name: str, charset: str) -> None:
    assert find_charset(name) == charset


@pytest.mark.parametrize("cut", range(1, 9))
def test_a_bad_byte_is_named_with_its_place_wherever_the_text_is_cut(cut: int) -> None:
    data = b"\xc3\xa9\r\nb\r\xc3\xa9\xff"
    blocks = [data[at : at + cut] for at in range(0, len(data), cut)]
    _, pieces = decode(iter(blocks), Path("export.csv"), None)

    with pytest.raises(SourceError) as caught:
        list(pieces)

    assert "line 3, column 2: the byte 0xFF is not UTF-8" in str(caught.value)


@pytest.mark.parametrize(
    ("data", "place"),
    [(b"a\n\n\xff", "line 3, column 1"), (b"a\r\nab\xff", "line 2, column 3")],
)
@pytest.mark.parametrize("cut", [1, 2, 9])
def test_the_place_of_a_bad_byte_counts_each_line_end_once(
    data: bytes, place: str, cut: int
) -> None:
    blocks = [data[at : at + cut] for at in range(0, len(data), cut)]

    with pytest.raises(SourceError, match=f"{place}: the byte 0xFF"):
        list(decode(iter(blocks), Path("export.csv"), None)[1])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("utf-8", "Leave the encoding out, or give another one."),
        ("utf-16-le", "Give the encoding: encoding='utf-16-le'"),
    ],
)
def test_an_encoding_with_a_mark_is_refused_where_there_is_none(
    tmp_path: Path, encoding: str, written: str, advice: str
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(TEXT.encode(written))

    with pytest.raises(SourceError) as caught:
        read_resources(path, ReadOptions(encoding=encoding))

    assert "byte order mark" in str(caught.value)
    assert advice in str(caught.value)


def test_a_mark_is_not_outdone_by_an_encoding_that_is_given() -> None:
    blocks = iter([b"\xef\xbb\xbfa\xff"])

    with pytest.raises(SourceError) as caught:
        list(decode(blocks, Path("export.csv"), None)[1])

    assert str(caught.value) == (
        "export.csv: line 1, column 2: the byte 0xFF is not UTF-8. Check the encoding or "
        "export again."
    )


def test_the_encoding_given_is_the_one_shown(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(TEXT)

    assert read_resources(path, ReadOptions(encoding="latin-1")).encoding == "ISO8859-1"


@pytest.mark.parametrize(
    ("charset", "name"),
    [
        *[("mac-roman", "zoë1"), ("mac-roman", "josé.x"), ("cp1250", "dvořák1")],
        *[("cp1254", "şule1"), ("cp1251", "жили1"), ("cp1253", "λίκς1")],
        *[("cp1252", "zoë1"), ("gbk", "张伟1")],
    ],
)
@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_names_in_an_encoding_that_only_a_person_gave_prove_nothing(
    tmp_path: Path, charset: str, name: str, ending: str
) -> None:
    active = tmp_path / "active.csv"
    active.write_text(f"Username,Status,License Type\n{name},Active,3\n", "utf-8")
    path = tmp_path / f"inactive{ending}"
    path.write_text(
        f"Username,Status,License Type\nada,Inactive,3\n{name},Inactive,3\n"
        if ending == ".csv"
        else f"""[{{"userName": "ada", "isActive": false, "licenseType": 3}},
{{"userName": "{name}", "isActive": false, "licenseType": 3}}]""",
        charset,
    )
    given = "gbk" if charset == "gbk" else "cp1252"

    table = read_resources(path, ReadOptions(encoding=given))
    report = audit([active, table], co_managed=False)

    said = "1 username that may be written differently in Autotask"
    assert report.missing == (said,)
    line = 3 if ending == ".csv" else 2
    assert any(
        f"1 username with non-ASCII letters (line {line})" in notice
        and f"read as {given.upper()} because" in notice
        and "Export as UTF-8, or as a workbook" in notice
        for notice in report.notices
    )


@pytest.mark.parametrize(
    "given", [None, "utf-8", "utf-16", "cp1252"], ids=["none", "utf-8", "mark", "ascii"]
)
def test_names_are_sure_where_bytes_show_the_encoding_or_all_have_the_same(
    tmp_path: Path, given: str | None
) -> None:
    name = "ada" if given == "cp1252" else "zoë1"
    path = tmp_path / "export.csv"
    text = f"Username,Status,License Type\n{name},Active,3\nben,Inactive,3\n"
    path.write_text(text, given or "utf-8")

    table = read_resources(path, ReadOptions(encoding=given))

    assert audit([table], co_managed=False).proved


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (b"a\0b\0cc", "UTF-8"),
        (b"a\0b\0c\0\0d", "UTF-8"),
        (b"\0\0\0\0\0a\0b", "UTF-8"),
        (b"a\0b\0c\0d", "le"),
        (b"\0a\0b\0c", "be"),
    ],
)
def test_bytes_that_are_mostly_empty_at_every_second_place_are_utf_16(
    data: bytes, label: str
) -> None:
    if label == "UTF-8":
        assert decode(iter([data]), Path("export.csv"), None)[0] == label
    else:
        with pytest.raises(SourceError, match=f"encoding='utf-16-{label}'"):
            decode(iter([data]), Path("export.csv"), None)


@pytest.mark.parametrize("charset", sorted(CHARSETS))
@pytest.mark.many
def test_bytes_that_do_not_belong_are_named_and_never_a_traceback(
    tmp_path: Path, charset: str
) -> None:
    path = tmp_path / "export.csv"
    draw = random.Random(0)  # noqa: S311  # the same bytes each time
    for _ in range(20):
        path.write_bytes(TEXT.encode(charset) + draw.randbytes(31))
        try:
            table = read_resources(path, ReadOptions(encoding=charset))
        except SourceError as error:
            assert str(path) in str(error)  # noqa: PT017  # both ways are right
        else:
            assert table.records + len(table.unreadable) >= 1
