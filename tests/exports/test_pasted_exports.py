"""An export below another one, without its header, hides neither a cut nor IDs."""

import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from apiuser.auditing import audit
from tests.exports.export_reading import Export, Reader, each_reader

GRID = "Resource ID,Username,Status,License Type"
FIRST = 29682885


def make_rows(number: int, first: int = FIRST, name: str = "a") -> list[str]:
    return [
        f"{first + 7 * at},{name}{at}x,{('Active', 'Inactive')[at % 2]},Professional"
        for at in range(number)
    ]


def write(path: Path, rows: Sequence[str], header: str = GRID) -> Path:
    path.write_text("\n".join([header, *rows, ""]), "utf-8")
    return path


@each_reader
@pytest.mark.parametrize("step", [1, -1])
@pytest.mark.parametrize("sizes", [(5000, 3), (3, 5000), (2, 5000, 4)])
@pytest.mark.many
def test_ids_that_begin_again_hide_no_cut(
    tmp_path: Path, sizes: Sequence[int], step: int, read: Reader
) -> None:
    rows = [
        row
        for at, size in enumerate(sizes)
        for row in make_rows(size, FIRST + at, f"p{at}y")[::step]
    ]

    report = audit([read(write(tmp_path / "a.csv", rows))], co_managed=False)

    assert (report.counts["AUD001"], report.complete) == (1, False)
    place = sizes.index(5000) + 1
    said = f"5000 rows in part {place} of {len(sizes)}, where the IDs, the states or"
    assert said in "".join(report.missing)


@each_reader
def test_ids_in_any_order_make_no_parts(tmp_path: Path, read: Reader) -> None:
    rows = make_rows(5001)
    mixed = [*rows[::2], *rows[1::2]]
    mixed[::3] = mixed[::-3][: len(mixed[::3])]

    assert audit(
        [read(write(tmp_path / "a.csv", sorted({*mixed})))], co_managed=False
    ).proved


def test_pages_of_the_api_pasted_without_a_header_hide_no_cut(tmp_path: Path) -> None:
    rows = [*make_rows(500), *make_rows(2, FIRST + 1, "b")]
    path = write(tmp_path / "a.csv", rows, "id,userName,isActive,licenseType")

    assert audit(path, co_managed=False).counts["AUD001"] == 1


@each_reader
@pytest.mark.parametrize("sizes", [(5000, 3), (3, 5000)])
@pytest.mark.parametrize("header", ["Username,Status,License Type", GRID])
def test_halves_below_each_other_hide_no_cut(
    tmp_path: Path, header: str, sizes: Sequence[int], read: Reader
) -> None:
    rows = [
        f"{FIRST + 7 * (at * 7919 % 6007)}," * header.startswith("Res")
        + f"p{at}y,{'Active' if at < sizes[0] else 'Inactive'},Professional"
        for at in range(sum(sizes))
    ]
    path = write(tmp_path / "a.csv", rows, header)

    report = audit([read(path)], co_managed=False)

    assert f"in part {sizes.index(5000) + 1} of 2, where" in "".join(report.missing)


@each_reader
def test_halves_of_other_sizes_prove_what_they_show(
    tmp_path: Path, read: Reader
) -> None:
    rows = [
        f"p{at}y,{'Active' if at < 4700 else 'Inactive'},Professional"
        for at in range(5300)
    ]
    path = write(tmp_path / "a.csv", rows, "Username,Status,License Type")

    assert audit([read(path)], co_managed=False).proved


@each_reader
@pytest.mark.parametrize("name", ["a", "b"])
def test_ids_that_occur_again_prove_nothing(
    tmp_path: Path, name: str, read: Reader
) -> None:
    rows = [*make_rows(6), *make_rows(6, name=name)]

    report = audit([read(write(tmp_path / "a.csv", rows))], co_managed=False)

    said = "6 records have the Resource ID of one above (lines 8, 9, 10, 11, 12, 13)"
    assert said in "".join(report.missing)
    assert (
        f"{said}. Export again, each export into a file of its own; a resource is in a "
        "list once."
    ) in "".join(report.notices)
    assert not report.proved


@each_reader
@pytest.mark.parametrize(
    "form", ['"29,682,892"', "29682892.0", " 29682892", "029682892"]
)
def test_an_id_that_is_written_otherwise_occurs_again(
    tmp_path: Path, form: str, read: Reader
) -> None:
    rows = [*make_rows(6), f"{form},b1,Active,Professional"]

    report = audit([read(write(tmp_path / "a.csv", rows))], co_managed=False)

    assert "1 record has the Resource ID of one above (line 8)" in "".join(
        report.missing
    )


def test_an_id_that_occurs_again_in_a_workbook_proves_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [GRID, *make_rows(3), *make_rows(1)]:
        number, *rest = row.split(",")
        book.active.append([int(number) if number.isdigit() else number, *rest])
    book.save(tmp_path / "a.xlsx")

    report = audit(tmp_path / "a.xlsx", co_managed=False)

    assert "Resource ID of one above (line 5)" in "".join(report.missing)


def test_an_id_that_occurs_again_in_json_proves_nothing(export: Export) -> None:
    users = [
        {"id": FIRST + at, "userName": f"a{at}x", "isActive": at % 2 == 0}
        | {"licenseType": 3}
        for at in (0, 1, 2, 1)
    ]

    report = audit(export(json.dumps({"items": users}), "a.json"), co_managed=False)

    assert "Resource ID of one above" in "".join(report.missing)


@each_reader
@pytest.mark.parametrize(
    "rows",
    [
        ["7,ada,Active,Professional", "7,ben,Inactive,Professional"],
        [",ada,Active,Professional", ",ben,Inactive,Professional"],
        ["see HR,ada,Active,3", "see HR,ben,Inactive,3", "29682999,c1,Active,3"],
    ],
)
def test_what_is_no_id_may_occur_again(
    tmp_path: Path, rows: Sequence[str], read: Reader
) -> None:
    path = write(tmp_path / "a.csv", [*make_rows(2), *rows])

    assert "Resource ID of one above" not in "".join(
        audit([read(path)], co_managed=False).missing
    )
