"""A workbook that cannot be used is refused in sentences with its place."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from apiuser.errors import SourceError
from apiuser.exports import ReadOptions, read_resources

Cells = Sequence[Sequence[Any]]
TOLD = "there is no sheet with a username column"
ASK = (
    "Name the column with column=..., or skip lines with skip_lines=.... If the first "
    "line is a record already, say so with no_header=... and name columns by their "
    "numbers."
)
NAMED: Cells = [("ID", "Username"), (1, "a1")]


def make(path: Path, sheets: Sequence[Cells]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for at, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"S{at}")
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("sheets", "options", "said"),
    [
        ([[]], {}, f"line 1: {TOLD} (all are empty). {ASK}"),
        (
            [[("Nr", "Nick"), (1, "a")], [], [(), ("x",)]],
            {"skip_lines": 0},
            f"line 1: {TOLD} (S1: Nr, Nick; S3: x). {ASK}",
        ),
        (
            [[("x",)]] * 7,
            {},
            f"line 1: {TOLD} (S1: x; S2: x; S3: x; S4: x; S5: x). {ASK}",
        ),
        ([NAMED], {"skip_lines": 2}, f"line 3: {TOLD} (all are empty). {ASK}"),
        (
            [[(), ("of Sample MSP",), (), *NAMED]],
            {},
            (
                f"line 2: {TOLD} (S1: of Sample MSP). The header seems to be in line 4: "
                "give skip_lines=3"
            ),
        ),
        (
            [[("x",)], [(), *NAMED], [("Username",)]],
            {},
            (
                "line 2: there are 2 sheets with a username column (S1: x; S2: ID, "
                "Username; S3: Username). Save each sheet as a file of its own and give "
                "all of them."
            ),
        ),
        (
            [[(), ("Username", "Login")]],
            {},
            (
                "line 2: there are 2 username columns (Username, Login). Keep one of "
                "them in the export, or name one with column=...."
            ),
        ),
        (
            [[(), ("a", "b", "Username")]],
            {"max_columns": 2},
            (
                "line 2: there are 3 columns, above the limit of 2. Raise the "
                "limit with max_columns=... if this is right."
            ),
        ),
        (
            [[(), ("ID", "User", "License"), (None, "Name", "Type")]],
            {},
            (
                "line 2: the header seems to be in two lines, 2 and 3. Make one line "
                "of them, with one header over each column."
            ),
        ),
        (
            [[(), (1, "a@example.com")]],
            {},
            (
                "line 2: the header seems to be missing: a number or an e-mail address "
                "is where a header has words. Export again with the header, or name "
                "the columns by their numbers, such as column='3' for the third."
            ),
        ),
        (
            [[*NAMED, (2, "b" * 41)]],
            {"max_cell": 40},
            (
                "a cell contains more than 40 characters. Raise the limit with max_cell=... "
                "if this is right."
            ),
        ),
    ],
)
def test_a_workbook_without_one_table_of_resources_is_refused_in_full_sentences(
    tmp_path: Path, sheets: Sequence[Cells], options: dict[str, Any], said: str
) -> None:
    path = make(tmp_path / "export.xlsx", sheets)

    with pytest.raises(SourceError) as caught:
        read_resources(path, ReadOptions(**options))

    assert str(caught.value) == f"{path}: {said}"


def test_the_header_is_looked_for_in_the_first_thirty_rows(tmp_path: Path) -> None:
    for above, found in ((29, True), (30, False)):
        rows = [("x",)] * above + list(NAMED)
        path = make(tmp_path / "export.xlsx", [rows])

        with pytest.raises(SourceError) as caught:
            read_resources(path)

        assert (f"in line {above + 1}: give" in str(caught.value)) is found


def test_more_records_than_may_be_in_memory_are_refused(tmp_path: Path) -> None:
    path = make(tmp_path / "a.xlsx", [[*NAMED, (2, "b1")]])

    with pytest.raises(SourceError, match="has more than 1 record, all to be kept"):
        read_resources(path, ReadOptions(max_records=1))
    assert read_resources(path, ReadOptions(max_records=2)).records == 2
