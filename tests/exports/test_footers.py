"""A footer under the records hides no cut, and is no resource."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from apiuser.auditing import audit
from tests.exports.export_reading import Reader, each_reader

GRID = "Resource ID,Username,Status,License Type"
NAME_FIRST = "Username,Resource ID,Status,License Type"
API = "id,userName,isActive,licenseType"


def make_rows(header: str, number: int) -> list[str]:
    rows = []
    for at in range(number):
        cells = [str(29682885 + 7 * at), f"person{at}x"]
        if header == NAME_FIRST:
            cells.reverse()
        rows.append(",".join([*cells, ("Active", "Inactive")[at % 2], "Professional"]))
    return rows


def write(path: Path, header: str, rows: Sequence[str]) -> Path:
    path.write_text("\n".join([header, *rows, ""]), "utf-8")
    return path


FOOTERS = [
    *("Total,{n},,", "Total: {n},,,", "Grand total,{n},,", "{n},,,", ",{n},,"),
    *("{n} records,,,", "Records: {n},,,", ",Exported by Ada,,", "Summe,{n},,"),
    *(",Total,,", "Anzahl,{n},,", ",,,{n}", "Total,{n}", '"Total: 5,000",,,'),
    *("Nombre total,{n},,", "Antal poster,{n},,", "Exported on,11/27/2026,,"),
    *("Recuento,{n},,", "Printed by,Ada Byron,,", "Stand,heute,,", ",Contagem,{n},"),
]


@each_reader
@pytest.mark.parametrize("header", [GRID, NAME_FIRST])
@pytest.mark.parametrize("footer", FOOTERS)
@pytest.mark.many
def test_a_footer_after_the_limit_hides_no_cut(
    tmp_path: Path, header: str, footer: str, read: Reader
) -> None:
    rows = [*make_rows(header, 5000), footer.format(n=5000)]

    report = audit([read(write(tmp_path / "a.csv", header, rows))], co_managed=False)

    assert report.counts["AUD001"] == 1
    assert (report.complete, report.proved) == (False, False)
    said = " ".join([*report.missing, *(rule.template for rule in report.rules)])
    assert "exactly" not in said
    assert said.count("5000 rows besides 1 possible footer") == 2


@pytest.mark.parametrize("number", [500, 1000])
def test_a_footer_after_whole_pages_hides_no_cut(tmp_path: Path, number: int) -> None:
    rows = [*make_rows(API, number), f"Total,{number},,"]

    report = audit(write(tmp_path / "a.csv", API, rows), co_managed=False)

    assert report.counts["AUD001"] == 1


def test_two_lines_of_footer_hide_no_cut(tmp_path: Path) -> None:
    rows = [*make_rows(GRID, 5000), "Total,5000,,", ",Exported by Ada,,"]

    report = audit(write(tmp_path / "a.csv", GRID, rows), co_managed=False)

    assert report.counts["AUD001"] == 1


def test_footers_between_pasted_exports_hide_no_cut(tmp_path: Path) -> None:
    rows = make_rows(GRID, 10_000)
    rows[5000:5000] = ["Total,5000,,", GRID]

    report = audit(
        write(tmp_path / "a.csv", GRID, [*rows, "Total,5000,,"]), co_managed=False
    )

    assert report.counts["AUD001"] == 1


def test_a_footer_in_a_workbook_hides_no_cut(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [GRID, *make_rows(GRID, 5000), "Total,5000"]:
        book.active.append(row.split(","))
    book.save(tmp_path / "a.xlsx")

    report = audit(tmp_path / "a.xlsx", co_managed=False)

    assert report.counts["AUD001"] == 1


@each_reader
@pytest.mark.parametrize(
    ("header", "parts"),
    [(GRID, (5000, 1)), (GRID, (1, 5000)), (API, (500, 3)), (API, (3, 1000))],
)
@pytest.mark.parametrize("footer", [[], ["Total,5000"]])
@pytest.mark.many
def test_an_export_pasted_to_another_hides_no_cut(
    tmp_path: Path, header: str, parts: tuple[int, int], footer: list[str], read: Reader
) -> None:
    rows = make_rows(header, sum(parts))
    rows[parts[0] : parts[0]] = [*footer, header]

    report = audit([read(write(tmp_path / "a.csv", header, rows))], co_managed=False)

    assert (report.counts["AUD001"], report.complete) == (1, False)
    assert f"in part {1 + (parts[1] > parts[0])} of 2" in " ".join(report.missing)


def test_an_export_pasted_to_another_of_few_rows_is_not_cut(tmp_path: Path) -> None:
    rows = make_rows(GRID, 4999)
    rows[2000:2000] = [GRID]

    assert audit(write(tmp_path / "a.csv", GRID, rows), co_managed=False).proved


@each_reader
@pytest.mark.parametrize(
    "footer", ["Total,3,,", "Total,,,", ",Total: 3,,", "3,,,", ",3 records,,"]
)
def test_a_line_of_totals_is_no_resource(
    tmp_path: Path, footer: str, read: Reader
) -> None:
    path = write(tmp_path / "a.csv", GRID, [*make_rows(GRID, 3), footer])

    table = read(path)

    assert (table.records, len(table.unreadable)) == (3, 1)
    assert table.unreadable[0].line == 5
    assert table.unreadable[0].reason == (
        "seems to be a line of totals and not a resource. Delete it"
    )


@each_reader
@pytest.mark.parametrize(
    "footer", ["Total,,200,", ",Total,200,", "200,Total,,200", "Total,,,200"]
)
def test_a_number_of_all_rows_is_no_code_of_a_state_or_kind(
    tmp_path: Path, footer: str, read: Reader
) -> None:
    path = write(tmp_path / "a.csv", GRID, [*make_rows(GRID, 200), footer])

    table = read(path)

    assert (table.records, [one.line for one in table.unreadable]) == (200, [202])


@each_reader
@pytest.mark.parametrize(
    "footer",
    [
        *(",Total,9,9", ",Total,8,8", ",Gesamtergebnis,9,", ",9,9,9", ",8,8,8"),
        *("9,Gesamtergebnis,9,1", "8,Total,9,8", ",Total,3,1", ",Total:,9,1"),
    ],
)
def test_sums_under_codes_are_no_co_managing_user(
    tmp_path: Path, footer: str, read: Reader
) -> None:
    header = "id,userName,licenseType,isActive"
    rows = [f"{29682885 + at},u{at}x,{3 + at % 2},{at % 2}" for at in range(8)]

    table = read(write(tmp_path / "a.csv", header, [*rows, footer]))

    assert (table.records, [one.line for one in table.unreadable]) == (8, [10])
    assert "no co-managing user was seen" in audit([table]).missing
    assert not audit([table], co_managed=False).proved


@each_reader
@pytest.mark.parametrize(
    "last", ["29717892,total,9,1", ",newcomer,9,1", ",total,Co-managed,Active"]
)
def test_a_last_co_managing_user_is_one(
    tmp_path: Path, last: str, read: Reader
) -> None:
    header = "id,userName,licenseType,isActive"
    rows = [f"{29682885 + at},u{at}x,{3 + at % 2},{at % 2}" for at in range(8)]

    report = audit([read(write(tmp_path / "a.csv", header, [*rows, last]))])

    assert (report.records, report.missing) == (9, ())


@each_reader
@pytest.mark.parametrize(
    "last",
    [
        "29717892,total,Active,Professional",
        "29717892,count,Inactive,Executive",
        "29717892,records1,Active,3",
        "29717892,5001,Active,Professional",
        ",newcomer,Active,Professional",
    ],
)
def test_a_last_resource_with_such_a_name_is_one(
    tmp_path: Path, last: str, read: Reader
) -> None:
    path = write(tmp_path / "a.csv", GRID, [*make_rows(GRID, 30), last])

    report = audit([read(path)], co_managed=False)

    assert (report.records, report.missing, report.proved) == (31, (), True)


@pytest.mark.parametrize("number", [4999, 5001])
def test_resources_alone_are_cut_only_at_the_limit(tmp_path: Path, number: int) -> None:
    path = write(tmp_path / "a.csv", GRID, make_rows(GRID, number))

    assert audit(path, co_managed=False).proved


@each_reader
def test_a_number_beside_a_blank_id_may_be_a_username(
    tmp_path: Path, read: Reader
) -> None:
    path = write(tmp_path / "a.csv", "ID,Username", ["5,a1", ",1"])

    assert read(path).unreadable == ()
