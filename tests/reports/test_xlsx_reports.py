"""Every reader finds in a workbook what the report holds, and as it stands there."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from apiuser.auditing import AuditReport, audit
from apiuser.reports import render_xlsx

NAMES = ["ab1", "AB1", " ab1", "a<b>&'1", "é1", "say 'x1'", "say 'xl'"]


Make = Callable[..., AuditReport]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def make(*names: str) -> AuditReport:
        path = tmp_path / "export.csv"
        lines = ["Username,License Type", *(f"{name},7" for name in names)]
        path.write_text("\n".join(lines), encoding="utf-8")
        return audit(path, proposed=["ab1", "c1"])

    return make


def test_two_readers_find_the_findings_and_the_names_in_conflict(make: Make) -> None:
    report = make(*NAMES)
    data = render_xlsx(report)
    findings = [
        (row.code, row.line, row.record, row.message, row.group or None)
        for row in report.rows()
    ]
    names = [(m.group, m.username, m.line, m.record) for m in report.members]

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    other = CalamineWorkbook.from_filelike(io.BytesIO(data))

    for sheet, at, expected in (
        ("Findings", (0, 3, 4, 6, 7), findings),
        ("Conflicts", (0, 2, 6, 7), names),
    ):
        rows = list(book[sheet].iter_rows(min_row=2, values_only=True))
        assert [tuple(row[i] for i in at) for row in rows] == expected
        read = other.get_sheet_by_name(sheet).to_python(skip_empty_area=False)[1:]
        assert [tuple(row[i] or None for i in at) for row in read] == expected


def test_a_name_that_looks_like_the_code_of_a_character_stays_a_name(
    make: Make,
) -> None:
    data = render_xlsx(make("_x0041_", "_X0041_"))
    part = "xl/worksheets/sheet2.xml"

    xml = zipfile.ZipFile(io.BytesIO(data)).read(part).decode()

    assert ">_x005F_x0041_<" in xml
    assert ">_x0041_<" not in xml


@pytest.mark.parametrize("name", ["\U0001f600" * 20_000, "a" + "\U0001f600" * 16_400])
def test_a_name_is_cut_if_excel_counts_too_many_characters(
    make: Make, name: str
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(make(name, "a1"))))

    (cell,) = {
        str(row[5])
        for row in book["Findings"].iter_rows(values_only=True)
        if "\U0001f600" in str(row[5])
    }
    assert 32_000 < len(cell.encode("utf-16-le")) / 2 <= 32_767
    assert f" of {len(name):,} characters are shown" in cell
    shown = len(cell.partition(" (")[0])
    assert name.startswith(cell[:shown])
    assert f"The first {shown:,} of" in cell


def test_a_sheet_without_rows_has_its_header(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Username,Status,License Type\na,Active,9\nb,Inactive,3\n")

    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(audit(path))))

    rows = list(book["Findings"].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Code"]


def test_an_interrupt_between_the_parts_of_a_book_stays_one(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = make(*NAMES)

    class Pressed(zipfile.ZipFile):
        """Interrupted where a part counts as open, and nobody can close it yet."""

        def writestr(self, *_: object) -> NoReturn:
            self._writing = True
            raise KeyboardInterrupt

    monkeypatch.setattr("apiuser.reports.xlsx_writer.ZipFile", Pressed)

    with pytest.raises(KeyboardInterrupt):
        render_xlsx(report)
