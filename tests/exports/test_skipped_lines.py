"""Lines skipped before the header are told, and may say that the list is a part."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from apiuser.auditing import audit
from apiuser.exports import ReadOptions, ResourceTable
from tests.exports.export_reading import Export, Reader, each_reader

HEAD = ("Username", "License Type", "Status", "Department")
ROWS = [
    ("aarcher", "Professional", "Active", "Sales"),
    ("bbaker", "Professional", "Inactive", "Sales"),
    ("presh7key", "API User", "Active", ""),
]
PART = "skipped before the header, says that the list is a part"
OF_PART = """
Resources 1-7 of 900; filter: Status = Active
Showing 1 to 3 of 1,900 entries
Page 2
Seite 1 von 3
Page 1/3
Rows 3 out of 12
The first 3 resources
Filter: Department is Sales
Filter | License Type = Professional
Filtered
Gefiltert nach Abteilung
Department = Sales
Last Name begins with A, License Type contains Professional
Search: archer
Locked users
Resources A-M
900 resources
Benutzer: 12
Total: 1.900
Filter: Status = Active
Inactive resources
Aktive Benutzer
API users
Co-managed resources
"""
OF_ALL = """
Resources of Sample MSP, all
Resources/Users (HR)
Resources 1-3 of 3
Page 1 of 1 (3 resources)
Exported 03/04/2026 10:15 by Ada
Exported 11/28, for the audit of 12/2026
Report of 2026-11-28
2026 resources
Filter: none
No filter
Ohne Filter
Unfiltered
Filter: Status = Active, Inactive
Filter:
Search:
Active and inactive resources
Users of Active Directory
Department = "
Total: 3
"""


def write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    if path.suffix == ".csv":
        path.write_text("".join(f"{','.join(row)}\n" for row in rows), "utf-8")
        return
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)


def skip(path: Path, above: str, read: Reader) -> ResourceTable:
    """Read an export below a title line, with a cell for each part of it."""
    cells = [cell.strip() for cell in above.split("|")]
    if path.suffix == ".csv":
        cells = [f'"{cell}"' if "," in cell else cell for cell in cells]
    write(path, [cells, HEAD, *ROWS])
    return read(path, ReadOptions(skip_lines=1))


@each_reader
@pytest.mark.parametrize("name", ["export.csv", "export.xlsx"])
@pytest.mark.parametrize("above", OF_PART.strip().splitlines())
def test_a_title_of_a_part_leaves_the_result_open(
    tmp_path: Path, name: str, above: str, read: Reader
) -> None:
    table = skip(tmp_path / name, above, read)

    assert table.doubts == (f"line 1, {PART}",)
    assert not audit([table], co_managed=False).proved


@each_reader
@pytest.mark.parametrize("name", ["export.csv", "export.xlsx"])
@pytest.mark.parametrize("above", OF_ALL.strip().splitlines())
def test_a_title_of_all_proves_as_much_as_none(
    tmp_path: Path, name: str, above: str, read: Reader
) -> None:
    table = skip(tmp_path / name, above, read)

    assert table.doubts == ()
    assert audit([table], co_managed=False).proved


@each_reader
def test_the_title_of_a_half_fits_a_file_that_is_this_half(
    export: Export, read: Reader
) -> None:
    parts = [
        ("Active resources", "aarcher,Professional,Active\n"),
        ("Filter: Active = Yes", "dan,Professional,Active\n"),
        ("Filter: Status = Inactive", "bbaker,Professional,Inactive\n"),
        ("API users", "presh7key,API User,Active\n"),
    ]
    tables = [
        read(
            export(f"{title}\nUsername,License Type,Status\n{row}", f"{at}.csv"),
            ReadOptions(skip_lines=1),
        )
        for at, (title, row) in enumerate(parts)
    ]

    assert audit(tables, co_managed=False).proved


@each_reader
def test_skipped_lines_are_told_with_their_beginning(
    export: Export, read: Reader
) -> None:
    titles = ["Sample MSP", "", f"By Ada{90 * ' and Ben'}", *"abcdef"]
    path = export("".join(f"{one}\n" for one in [*titles, "Username", "aarcher"]))

    table = read(path, ReadOptions(skip_lines=len(titles)))

    assert table.notices[0] == (
        f"{path}: skipped as told: line 1 (Sample MSP), line 3 "
        f"(By Ada{14 * ' and Ben'} a...), line 4 (a), line 5 (b), line 6 (c) "
        "and 3 more."
    )


@each_reader
def test_a_type_line_may_be_a_title_too(export: Export, read: Reader) -> None:
    table = read(export("#TYPE Page 1 of 3\nUsername,Status\naarcher,Active\n"))

    assert table.doubts == (f"line 1, {PART}",)
