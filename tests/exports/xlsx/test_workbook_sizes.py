"""A workbook that takes too much room, lies about it or is none is refused."""

import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from apiuser.errors import SourceError
from apiuser.exports import ReadOptions, read_resources
from apiuser.exports.xlsx.workbook_check import CELL, check_workbook

GIBIBYTE = 1 << 30


def check(data: bytes, most: int = GIBIBYTE) -> None:
    options = ReadOptions(max_unpacked=most)
    check_workbook(io.BytesIO(data), Path("export.xlsx"), options)


def make_workbook(*cells: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Username"])
    for cell in cells:
        book.active[cell] = "x"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_above_the_limit_is_refused_with_the_option(tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    path.touch()
    os.truncate(path, 3 * GIBIBYTE)  # it takes no room on the disk

    with pytest.raises(SourceError, match="max_size="):
        read_resources(path)


def test_cells_far_apart_are_refused_before_room_is_made_for_all_between() -> None:
    cells = [f"A{row}" for row in range(2, 50_001)]

    with pytest.raises(SourceError, match=r"reach to row 50000.*max_unpacked="):
        check(make_workbook(*cells, "T50000"), 1_000_000 * CELL)


@pytest.mark.parametrize("cell", ["XFD1048576", "O1048576", "D1048576", "XFD1000"])
def test_a_cell_far_from_all_others_is_refused_with_what_to_do(cell: str) -> None:
    with pytest.raises(SourceError, match=r"than 2 cells up to row [0-9]+\. Delete"):
        check(make_workbook(cell))


@pytest.mark.parametrize("cells", [["A1048576"], ["XFD9"], ["B2", "C3"]])
def test_cells_within_the_limit_are_let_through(cells: list[str]) -> None:
    check(make_workbook(*cells))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_size_that_an_archive_lies_about_is_found_out(method: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<x>{' ' * 4_000_000}</x>")
        for part in archive.infolist():
            part.file_size = 9

    with pytest.raises(SourceError, match="cannot be read as an Excel workbook"):
        check(buffer.getvalue())


def test_a_workbook_is_refused_by_the_size_it_names_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(4_000_000))
        archive.infolist()[0].file_size = 3 * GIBIBYTE

    with pytest.raises(SourceError, match="unpacks to more than 1073741824 bytes"):
        check(buffer.getvalue())


def test_what_is_not_an_archive_is_refused() -> None:
    broken = bytearray(make_workbook("B2"))
    broken[60:90] = b"\xff" * 30

    for data in (b"PK\x03\x04", bytes(broken)):
        with pytest.raises(SourceError, match="cannot be read as an Excel workbook"):
            check(data)


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.png", "data/cells"])
@pytest.mark.parametrize("cell", ['<c r="XFD1048576"/>', "<c t='s' r = 'xfd1048576'/>"])
def test_cells_are_searched_for_in_every_part(name: str, cell: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        row = f'<sheetData><row r="1048576">{cell}</row></sheetData>'
        archive.writestr(name, row)

    with pytest.raises(SourceError, match="up to row 1048576"):
        check(buffer.getvalue())


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "data/cells.bin"])
def test_cells_outside_xml_are_refused(name: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "<p><br></p><sheetData><row></sheetData>")

    with pytest.raises(SourceError, match="Save it again"):
        check(buffer.getvalue())


@pytest.mark.parametrize("name", ["content.xml", "xl/workbook.bin"])
def test_a_workbook_of_another_kind_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "export.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr(name, "<x/>")

    with pytest.raises(SourceError, match=r"different kind of workbook.*Save it"):
        read_resources(path)
