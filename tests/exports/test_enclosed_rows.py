"""Two stray quotation marks make one record of several, which is doubted."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from apiuser.auditing import audit
from tests.exports.export_reading import Reader, each_reader

HEADER = ["Resource ID", "Last Name", "Username", "Status", "License Type"]


def make_rows(number: int) -> list[list[str]]:
    return [
        [
            f"296820{at:03}",
            f"Sample{at}",
            f"user{at}x",
            ("Active", "Inactive")[at % 2],
            "3",
        ]
        for at in range(number)
    ]


def write(path: Path, rows: Sequence[Sequence[str]], end: str = "\n") -> Path:
    path.write_bytes(end.join(map(",".join, [HEADER, *rows, []])).encode())
    return path


@each_reader
@pytest.mark.parametrize("at", [0, 1, 4])
@pytest.mark.parametrize("between", [0, 1, 2])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_marks_that_enclose_rows_leave_the_result_open(
    tmp_path: Path, at: int, between: int, end: str, read: Reader
) -> None:
    rows = make_rows(6)
    rows[1][at] = f'"{rows[1][at]}'
    rows[2 + between][at] += '"'

    table = read(write(tmp_path / "export.csv", rows, end))

    assert table.records == 5 - between
    assert table.doubts == (
        "quotation marks seem to enclose whole rows (record in line 3)",
    )
    assert not audit([table], co_managed=False).proved


@each_reader
@pytest.mark.parametrize(
    "note",
    [
        "Sample\nRoad",
        "1, Sample Road,\nSample Town, a, b",
        "a,b\nc,d,e",
        "\n,,,",
        "a,b,c",
    ],
)
def test_several_lines_in_a_field_are_nothing_odd(
    tmp_path: Path, note: str, read: Reader
) -> None:
    rows = make_rows(6)
    rows[1][1] = f'"{note}"'

    assert audit([read(write(tmp_path / "export.csv", rows))], co_managed=False).proved


@each_reader
@pytest.mark.parametrize("between", [1, 700, 1500])
def test_enclosed_rows_are_seen_however_many_they_are(
    tmp_path: Path, between: int, read: Reader
) -> None:
    rows = make_rows(3000)
    rows[200][1] = f'"{rows[200][1]}'
    rows[200 + between][1] += '"'

    table = read(write(tmp_path / "export.csv", rows))

    assert "whole rows (record in line 202)" in "".join(table.doubts)


@each_reader
def test_a_note_in_a_table_of_two_columns_is_nothing_odd(
    tmp_path: Path, read: Reader
) -> None:
    path = tmp_path / "export.csv"
    path.write_text('Username,Status\na1,Active\nb1,"x,Inactive\ny"\nc1,Inactive\n')

    assert read(path).doubts == ()
