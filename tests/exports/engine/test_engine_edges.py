"""What DuckDB gives back reads as the reader of records writes it."""

import tempfile
from pathlib import Path

import pytest

from apiuser.errors import AccessError
from apiuser.exports import ResourceTable, read_resources, select_candidates
from apiuser.exports.engine.database import Database


@pytest.fixture
def exports(tmp_path: Path) -> list[Path]:
    return [tmp_path / "one.csv", tmp_path / "two.csv"]


def read_both_ways(
    paths: list[Path], names: list[str] | None = None
) -> tuple[list[ResourceTable], list[ResourceTable]]:
    narrow = [read_resources(path, narrow_from=0) for path in paths]
    return [read_resources(path) for path in paths], [
        *select_candidates(narrow, names or ())
    ]


def test_ids_that_a_spreadsheet_wrote_are_plain_numbers(exports: list[Path]) -> None:
    path = exports[0]
    path.write_text('Username,ID\na1,7.0\nA1,"29,682,885"\n', "utf-8")

    (whole,), (narrow,) = read_both_ways([path])

    assert [*narrow.columns["resource_id"]] == ["7", "29682885"]
    assert [*whole.columns["resource_id"]] == ["7", "29682885"]


@pytest.mark.parametrize(
    ("ids", "counted"),
    [
        (range(20), True),
        (range(1, 21), True),
        (range(20, 0, -1), True),
        ([*range(1, 20), 21], False),
        ([*range(1, 20), 19], False),
        ([*range(1, 20), "x"], False),
        ([""] * 20, False),
        (range(29_682_885, 29_682_905), False),
        ([f"{one}.0" for one in range(1, 21)], True),
        ([f'"{one},00 "' for one in range(20)], True),
        ([f"{one}.0" for one in [*range(1, 20), 21]], False),
        ([f"{one}.0" for one in [*range(1, 20), 19]], False),
        ([*range(1, 20), "20."], False),
        ([f"{one}.000" for one in range(1, 21)], False),
    ],
)
def test_ids_that_number_the_rows_are_noticed(
    exports: list[Path], ids: list[object], *, counted: bool
) -> None:
    for path in exports:
        rows = "".join(f"a{row},{one}\n" for row, one in enumerate(ids))
        path.write_text(f"Username,ID\n{rows}", "utf-8")

    whole, narrow = read_both_ways(exports)

    assert [table.summary.ids_number_rows for table in whole] == [counted] * 2
    assert [table.summary.ids_number_rows for table in narrow] == [counted] * 2


def test_a_place_for_what_does_not_fit_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))

    with pytest.raises(AccessError) as caught:
        Database()

    assert str(caught.value) == (
        "no temporary folder can be made (No such file or directory). Make room, or "
        "name another place in the variable TMPDIR."
    )
