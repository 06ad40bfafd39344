"""A file that is no export, or cannot be read, is refused with the reason."""

import gzip
import io
import os
import zipfile
from functools import partial
from pathlib import Path

import pytest

from apiuser.credentials.matching import TakenNames
from apiuser.errors import AccessError, SourceError
from apiuser.exports import ReadOptions, read_names, read_resources
from apiuser.exports.name_lists import add_words
from tests.exports.export_reading import HEADER, Export, refusal

ROWS = f"{HEADER}1,ada,Active\n2,ben,Inactive\n"


def test_a_file_that_is_given_as_a_folder_of_a_file_is_named(export: Export) -> None:
    with pytest.raises(AccessError, match="cannot be read"):
        read_resources(export(HEADER) / "inner.csv")


def test_limits_are_named_when_hit(export: Export) -> None:
    wide = export("Username," + ",".join(f"c{at}" for at in range(30)) + "\n", "w.csv")
    long = export(f"{HEADER}1,{'a' * 50},Active\n", "l.csv")

    assert "max_columns=..." in refusal(wide, max_columns=30)
    assert read_resources(wide, ReadOptions(max_columns=31)).records == 0
    assert "max_cell=..." in refusal(long, max_cell=40)
    assert read_resources(long, ReadOptions(max_cell=50)).records == 1
    quoted = export(f'{HEADER}1,"{"a" * 50}",Active\n', "q.csv")
    assert read_resources(quoted, ReadOptions(max_cell=50)).records == 1


@pytest.mark.parametrize("text", [ROWS, '[{"userName": "ada"}, {"userName": "ben"}]'])
def test_more_records_than_may_be_in_memory_are_refused(
    export: Export, text: str
) -> None:
    path = export(text)

    assert refusal(path, max_records=1) == (
        f"{path}: has more than 1 record, all to be kept in memory. Audit the exports "
        "that it was made from. DuckDB, from the extra large, keeps few records of a "
        ".csv file, but only if none is in doubt. If there is 1 GB of memory for every "
        "two million records, raise the limit with max_records=...."
    )
    assert read_resources(path, ReadOptions(max_records=2)).records == 2


def test_a_huge_export_has_no_such_limit_unless_a_record_is_in_doubt(
    export: Export,
) -> None:
    pytest.importorskip("duckdb")
    read = partial(read_resources, options=ReadOptions(max_records=1), narrow_from=0)

    assert read(export(ROWS)).records == 2
    with pytest.raises(SourceError, match="more than 1 record,"):
        read(export(f"{ROWS}1,short\n"))


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
        (gzip.compress(b"x", mtime=0), "a gzip archive"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"<!DOCTYPE html><table>", "an HTML page"),
        (b'<?xml version="1.0"?>', "an XML document"),
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
        tmp_path / "missing.csv": "does not exist",
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


@pytest.mark.parametrize(
    "line",
    [
        "b1x # old",
        "b1x -> RMM",
        "b1x RMM vendor",
        "RMM b1x",
        "a1 c1 b1x",
        "b1x:RMM",
        "S\\b1x",
        "mailto:b1x@example.com",
        "b1x?",
        "a1\u2028b1x",
        "a1\vb1x",
        "a1\fb1x",
        "b1x\xa0# old",
        "b1x\u200bold",
        "b1x\u3000old",
        "\u2022b1x",
        "b1x\u2192c1",
        "b1x\u2013old",
        "b1x.",
        "@b1x",
        "b1x\uff0cc1",
        "**b1x** old",
    ],
)
def test_a_name_in_use_is_found_among_other_words(export: Export, line: str) -> None:
    taken = TakenNames(add_words(read_names(export(f"{line}\n"))))

    assert "b1x" in taken
    assert "b2x" not in taken


def test_names_are_read_one_per_line(export: Export) -> None:
    path = export("\ufeffa1\r\n\n b1\rc 1@x\t\n")

    assert read_names(path) == ["a1", " b1", "c 1@x\t"]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("a1\n1,b1,Active\n", "a comma"),
        ("a1\n1;b1\n", "a semicolon"),
        ("a1\n1\tb1\n", "a tab"),
        ("a1\n1|b1\n", "a vertical bar"),
        ('a1\n"b1"\n', "a quotation mark"),
        ("a1\n1     b1\n", "several blanks"),
    ],
)
def test_an_export_is_not_a_list_of_names(export: Export, text: str, sign: str) -> None:
    with pytest.raises(
        SourceError, match=f"line 2: contains {sign}, so this is an export"
    ):
        read_names(export(text))


@pytest.mark.parametrize(
    "line",
    [
        *("- b1", "* b1", "\u2022 b1", "1. b1", "12) b1", "(3) b1", "- [ ] b1"),
        "'b1'",
        "`b1`",
        "**b1**",
        "\u201cb1\u201d",
        "\u201eb1\u201c",
        "\u00abb1\u00bb",
        *("[b1]", "(b1)", "<b1>", "{b1}", "b1 (inactive)", "b1 [API user]"),
        *("b1 Active", "b1 - inactive", "b1 inaktiv", "Username: b1", "login=b1"),
        *("\ufeffb1", "b1\0", "b1\x1a"),
    ],
)
def test_a_name_in_a_list_with_marks_is_refused(export: Export, line: str) -> None:
    with pytest.raises(SourceError, match="line 2: has more than a username: a mark"):
        read_names(export(f"a1\n{line}\n"))


_ODD_NAMES = """
o'brien '-ada -ada ada- *ada b1) b(1) 1.ada 7 ada@x.example.com X\\ada ada:1
active ren\u00e9 username a.b_c+d #1 a[b]c
"""


@pytest.mark.parametrize(
    "name", [*_ODD_NAMES.split(), "Ada Lovelace", "b1 actor", "ada\u00a0lovelace"]
)
def test_an_odd_name_in_use_is_one(export: Export, name: str) -> None:
    assert read_names(export(f"a1\n{name}\n")) == ["a1", name]


def test_json_is_not_a_list_of_names(export: Export) -> None:
    with pytest.raises(SourceError, match="is a JSON file, not a list of names"):
        read_names(export('\n[{"userName": "b1"}]\n'))


@pytest.mark.parametrize("text", ["", "\ufeff", "\n \n\t\r\n"])
def test_a_list_without_names_is_refused(export: Export, text: str) -> None:
    with pytest.raises(SourceError, match="contains no names"):
        read_names(export(text))


@pytest.mark.parametrize(
    "text",
    [
        '"ID,Username,Status"\n"1,a1,Active"\n',
        '"ID;""Username"";Status"\n"1;""a1"";Active"\n',
    ],
)
def test_lines_in_quotation_marks_are_refused_with_what_to_do(
    export: Export, text: str
) -> None:
    said = refusal(export(text))

    assert "line 1: the whole line is in quotation marks" in said
    assert "Remove the marks around each line" in said
