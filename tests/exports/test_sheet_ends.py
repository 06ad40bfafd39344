"""Exports that fill a sheet to its last row were probably cut there."""

from pathlib import Path

import pytest

from apiuser.auditing import AuditReport, audit
from apiuser.exports.engine.large_table import LargeTable
from tests.exports.export_reading import READERS, Reader, each_reader

OLD, NEW = 65_536, 1_048_576
"""The last row of a sheet, in .xls and in .xlsx."""


def audit_rows(path: Path, read: Reader, rows: int, below: str = "") -> AuditReport:
    """Audit a file with as many rows, the header among them."""
    records = [
        f"n{at}x,{'Active' if at % 2 else 'Inactive'},3\n"
        for at in range(rows - 1 - below.count("\n"))
    ]
    text = "".join(["Username,Status,License Type\n", below, *records])
    path.write_text(text, "utf-8")
    return audit([read(path)], co_managed=False)


@each_reader
@pytest.mark.parametrize("below", ["", "--------,------,------------\n"])
def test_an_old_sheet_that_is_full_was_probably_cut(
    tmp_path: Path, read: Reader, below: str
) -> None:
    path = tmp_path / "export.csv"

    report = audit_rows(path, read, OLD, below)

    said = f"{path} reaches row 65536, the last of a sheet, and was probably cut"
    assert said in report.missing
    assert (report.counts["AUD001"], report.proved) == (1, False)


@pytest.mark.timeout(300)
def test_a_sheet_that_is_full_was_probably_cut(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"

    report = audit_rows(path, READERS[1], NEW)

    assert isinstance(report.tables[0], LargeTable)
    assert report.missing == (
        f"{path} reaches row 1048576, the last of a sheet, and was probably cut",
    )
    (message,) = (row.message for row in report.rows() if row.code == "AUD001")
    assert "the records reach its last row, 1048576" in message


@each_reader
@pytest.mark.parametrize("rows", [OLD - 1, OLD + 1])
def test_a_sheet_with_another_row_or_one_less_was_not_cut(
    tmp_path: Path, read: Reader, rows: int
) -> None:
    report = audit_rows(tmp_path / "export.csv", read, rows)

    assert report.proved
