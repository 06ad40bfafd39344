"""What a file is, if it is not a text table, and why one cannot be read."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from apiuser.errors import AccessError
from apiuser.exports import ReadOptions, read_resources
from apiuser.exports.file_kinds import JSON, WORKBOOK, read_blocks, recognise


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            # Without the time, since tests are called by what they are given.
            file.writestr(zipfile.ZipInfo(name), "x" * 70_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (archive("a", "b", "xl/workbook.xml"), "export.csv", WORKBOOK),
        (archive("xl/workbook.xml", "a", "b"), "export.csv", WORKBOOK),
        (b"\x1f\x8b xl/workbook.xml", "export.csv", "a gzip archive"),
        (b"BZh xl/workbook.xml", "export.csv", "a bzip2 archive"),
        (b"%PDF- xl/workbook.xml", "export.csv", "a PDF document"),
        (b"PK\x05\x06 xl/workbook.xml", "export.csv", "an empty zip archive"),
        (b"\xef\xbb\xbf <html>", "export.csv", "an HTML page"),
        ("\ufeff<BODY >".encode("utf-16-le"), "export.csv", "an HTML page"),
        ("\ufeff<table>".encode("utf-32-be"), "export.csv", "an HTML page"),
        (b"\n<?xml ?>", "export.csv", "an XML document"),
        ("\ufeff[]".encode("utf-16-be"), "export.csv", JSON),
        (b"ID,Username\n", "export.JSON", JSON),
        (b"ID,Username\n", "export.csv", None),
        (b"ID,Username\n", "export.xlsx", None),
        ("\ufeffID,\u0159".encode("utf-16-le"), "export.xlsx", None),
        (b"\x13\xe4\x8f\x00", "export.XLSX", "a damaged Excel workbook"),
        (archive("a", "b")[:99], "export.xlsx", "a damaged Excel workbook"),
        (archive("a", "b")[:99], "export.csv", "a zip archive"),
        (archive("a", "b"), "export.xlsx", "a zip archive"),
        (b"\x13\xe4\x8f\x00", "export.csv", None),
        (b"", "export.csv", None),
    ],
)
def test_a_file_is_recognised_by_what_it_holds(
    content: bytes, name: str, kind: str | None
) -> None:
    file = io.BytesIO(content)

    assert recognise(file, len(content), Path(name)) == kind
    assert file.tell() == 0


def test_no_more_of_a_file_is_read_than_it_held_at_first() -> None:
    grown = io.BytesIO(b"x" * 200_000)

    assert [*map(len, read_blocks(grown, 150_000))] == [65_536, 65_536, 18_928]
    assert [*read_blocks(grown, 1)] == [b"x"]
    assert [*read_blocks(grown, 0)] == []
    assert len(grown.read()) == 49_999


def test_what_cannot_be_read_is_named_with_what_to_do(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("gone")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    file = tmp_path / "file"
    file.touch()
    check = "Check the path and the rights."

    for path, said in {
        tmp_path / "none": "does not exist; check the path.",
        link: "is a link to a file that is gone.",
        tmp_path: "is a folder; name a file in it.",
        pipe: "is a pipe; save the export to a file first.",
        Path("/dev/null"): "is a device; save the export to a file first.",
        file / "x": f"cannot be read (Not a directory). {check}",
        Path("a\0b"): f"cannot be read (embedded null byte). {check}",
    }.items():
        with pytest.raises(AccessError) as caught:
            read_resources(path, ReadOptions(), name="theirs")

        assert str(caught.value) == f"theirs: {said}"
