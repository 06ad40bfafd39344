"""Exports that are too large are refused in a sentence, before or when memory ends."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from apiuser.cli import main
from apiuser.errors import SourceError
from apiuser.exports import ReadOptions, read_names, read_resources
from apiuser.exports.xlsx.workbook_check import check_workbook

GIBIBYTE = 1 << 30
HEADER = b"ID,Username,Status\n"
Sparse = Callable[[int], Path]


@pytest.fixture
def sparse(tmp_path: Path) -> Sparse:
    """Make a file that takes no room on the disk."""

    def make(size: int) -> Path:
        path = tmp_path / "export.csv"
        path.write_bytes(HEADER)
        os.truncate(path, size)
        return path

    return make


def test_a_file_above_the_limit_is_refused_with_the_option(
    sparse: Sparse, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sparse(6 * GIBIBYTE)

    code = main(["audit", str(path)])

    said = capsys.readouterr().err
    assert code == 3
    assert f"{path}: is 6442450944 bytes" in said
    assert "the limit of 2147483648" in said
    assert "--max-size" in said


def test_a_workbook_above_the_limit_is_refused_too(sparse: Sparse) -> None:
    path = sparse(3 * GIBIBYTE)
    workbook = path.rename(path.with_suffix(".xlsx"))

    with pytest.raises(SourceError, match="max_size="):
        read_resources(workbook)


def test_the_limit_is_an_option(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(HEADER + b"1,a1,Active\n")
    size = path.stat().st_size

    with pytest.raises(SourceError, match="max_size="):
        read_resources(path, ReadOptions(max_size=size - 1))
    assert read_resources(path, ReadOptions(max_size=size)).records == 1
    assert main(["audit", str(path), "--max-size", str(size - 1)]) == 3
    assert main(["audit", str(path), "--max-size", str(size)]) == 1


def test_a_list_of_names_above_its_limit_is_refused(sparse: Sparse) -> None:
    with pytest.raises(SourceError, match="268435456"):
        read_names(sparse(GIBIBYTE))


def run_in_a_gibibyte(*arguments: str) -> subprocess.CompletedProcess[str]:
    import resource  # noqa: PLC0415  # not everywhere

    return subprocess.run(
        [sys.executable, "-m", "apiuser", *arguments],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (GIBIBYTE, GIBIBYTE)),
        check=False,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
def test_an_export_larger_than_the_memory_is_named(sparse: Sparse) -> None:
    path = sparse(2 * GIBIBYTE)

    run = run_in_a_gibibyte("audit", str(path), "--max-cell", "2000000000")

    assert (run.returncode, run.stdout) == (3, "")
    assert f"{path}: does not fit into memory" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
def test_running_out_of_memory_elsewhere_is_one_sentence(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_bytes(b"ab\n" * 14_000_000)

    run = run_in_a_gibibyte("check", "a1", "--taken", str(names))

    assert (run.returncode, run.stdout) == (3, "")
    assert run.stderr.startswith("apiuser: there is not enough memory.")


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


def test_cells_far_apart_are_refused_before_room_is_made_for_all_between() -> None:
    with pytest.raises(SourceError, match=r"reach to row 1048576.*max_unpacked="):
        check(make_workbook("XFD1048576"))


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

    with pytest.raises(SourceError, match="max_unpacked="):
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
