"""Where cells stand and what they share is known before a workbook is opened."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from apiuser.errors import SourceError
from apiuser.exports import ReadOptions
from apiuser.exports.xlsx.workbook_check import CELL, check_workbook

CHUNK = 1 << 16
GIBIBYTE = 1 << 30
REMARKS = "there are remarks among the cells"
OUTSIDE = "there are cells outside the first table"
IN_MARKS = "a text contains marks, or is in other marks than those of a text"
NO_NUMBER = "a cell shares a text by a number that is not one"


def far(place: str) -> str:
    return f"the reference {place} lies beyond XFD1048576, the last cell"


def twice(place: str) -> str:
    return f"{place} comes twice or out of order, so something would be lost"


def pack(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def sheet(rows: str, *, before: str = "") -> str:
    return f"<worksheet>{before}<sheetData>{rows}</sheetData></worksheet>"


def check(most: int = GIBIBYTE, **parts: str) -> None:
    options = ReadOptions(max_unpacked=most)
    check_workbook(io.BytesIO(pack(**parts)), Path("export.xlsx"), options)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ('<row r="2"><c r="ZZZZ2"/></row>', far("ZZZZ2")),
        ('<row r="200000"><c r="CRPXNM200000"/></row>', far("CRPXNM200000")),
        ('<row r="2"><c r="XFE2"/></row>', far("XFE2")),
        ('<row><c r="XFD1"/><c/></row>', far("a cell of row 1")),
        ('<row r="1048577"/>', far("1048577")),
        (f'<row r="{"9" * 21}"/>', far("9" * 20)),
        ('<row r="2"/><row r="2"/>', twice("row 2")),
        ('<row r="2"><c r="A2"/></row><row r="1"/>', twice("row 1")),
        ('<row r="2"/><row/><row r="3"/>', twice("row 3")),
        ('<row r="2"><c r="B2"/><c r="B2"/></row>', twice("B2")),
        ('<row r="2"><c r="B2"/><c/><c r="C2"/></row>', twice("C2")),
        ('<row r="2"><c r="A3"/></row>', twice("A3")),
        ("<x:row spans='>' r = \"2\"/><row r='2'>", twice("row 2")),
        ('<row r="2.0"/>', "a row has a number that is not one"),
        ('<row r="\u0662"/>', "a row has a number that is not one"),
        ('<row r="2"><c r="2"/></row>', "a cell has a reference that is not one"),
        ('<!-- <c a=" --><row r="2"/><!-- "> -->', REMARKS),
        ('<?x <c a="?><row r="2"/><?x "> ?>', REMARKS),
        (f'<row r="2"><c{" " * (2 << 20)}r="A2"/></row>', "a tag is too long"),
        ('<row r="2"><c r="A2"><![CDATA[a]]></c></row>', REMARKS),
        ("<a>" * 99, "marks are nested too deeply"),
        ("<row><c/></row>" * 9 + "<a>" * 99, "marks are nested too deeply"),
        ("<row/></sheetData><row><c/></row><sheetData>", OUTSIDE),
        ("<row/></sheetData><sheetData><row><c/></row>", OUTSIDE),
        ('<row r="2"><c r="A2"><v>1</v><v>2</v></c></row>', "a cell has two values"),
        ('<row r="2"><c r="A2"><v/><is/></c></row>', "a cell has two values"),
        ('<row r="2"><c r="A2"><is><t>x<rPh/>a1</t></is></c></row>', IN_MARKS),
        ('<row r="2"><c r="A2"><is><ext><t>x</t></ext></is></c></row>', IN_MARKS),
        ('<row><c t="s"><v>+1</v></c></row>', NO_NUMBER),
        ('<row><c t="s"><v>x</v></c></row>', NO_NUMBER),
        ('<row><c t="s"><v> 1</v></c></row>', NO_NUMBER),
    ],
)
def test_a_cell_without_a_place_of_its_own_is_refused(rows: str, what: str) -> None:
    with pytest.raises(SourceError) as caught:
        check(cells=sheet(rows))

    advice = "Save it again with Excel, or export the resources as CSV."
    assert str(caught.value) == f"export.xlsx: in cells {what}. {advice}"


def test_marks_may_be_nested_a_hundred_times() -> None:
    check(cells=sheet("<a>" * 98 + "</a>" * 98))


@pytest.mark.many
def test_a_large_part_of_short_tags_is_let_through() -> None:
    check(cells=sheet("<row/>" * 200_000))


def test_a_part_that_declares_what_its_marks_mean_is_refused() -> None:
    with pytest.raises(SourceError, match="a document type declaration"):
        check(cells="<!DOCTYPE x [<!ENTITY a 'b'>]>" + sheet(""))


def test_a_part_in_another_encoding_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet("").encode("utf-16"))

    with pytest.raises(SourceError, match="cannot be read as an Excel workbook"):
        check_workbook(buffer, Path("export.xlsx"), ReadOptions())


@pytest.mark.parametrize("size", range(CHUNK - 120, CHUNK - 20, 3))
def test_a_cell_is_seen_wherever_the_content_is_cut(size: int) -> None:
    rows = '<row r="2"><c s="1" r="A2"/></row><row r="2"><c r="A2"/></row>'

    with pytest.raises(SourceError, match=twice("row 2")):
        check(cells=sheet(rows, before=" " * size))


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "<row/><row><c/><c/></row>",
        '<row r="3"><c r="B3" t="s"><v>0</v></c><c/><c r="AA3"/></row><row/>',
        '<row r="1048576" spans="1:2"><c t="n" r="A1048576"/></row>',
    ],
)
def test_cells_in_order_are_let_through(rows: str) -> None:
    check(cells=sheet(rows))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><cell><v>1</v></cell></row></sheetData><sheetData><row r="1"/>',
        '<row r="2"/></sheetData><from><xdr:row>0</xdr:row></from><sheetData>',
    ],
    ids=["links to two sheets of another workbook", "a button"],
)
def test_what_is_not_a_cell_of_the_sheet_has_no_order(rows: str) -> None:
    parts: dict[str, Any] = {"xl/worksheets/sheet1.xml": sheet(rows)}
    check(**parts)


def test_pictures_and_numbers_of_no_string_are_left_to_the_reader() -> None:
    check(
        picture="\x89PNG\r\n",
        empty="",
        cells=sheet('<row><c t="s"><v/></c><c t="s"><v>7</v></c></row>'),
    )


def test_attributes_of_that_name_outside_of_cells_say_nothing() -> None:
    check(
        chain='<calcChain><c r="B2"/><c r="A1"/><c r="A1"/></calcChain>',
        theme='<a:rect r="4294967298"/><!-- a remark -->',
    )


def test_a_shared_string_counts_once_for_each_cell_that_holds_it() -> None:
    cell = '<row><c t="s"><v>1</v></c></row>'
    strings = f"<sst><si><t>a</t></si><si><t>{'b' * 9_000}</t></si></sst>"
    rows = sheet(cell * 1_000)

    with pytest.raises(SourceError, match=r"more than 8000000 bytes.*max_unpacked="):
        check(8_000_000, cells=rows, strings=strings)
    check(10_000_000, cells=rows, strings=strings)
    check(1_000_000, cells=rows.replace("<v>1<", "<v>0<"), strings=strings)


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="s"><f>x</f><v>1</v></c>',
        """<c s='1' t = 's'><x:v>1</x:v></c>""",
        '<c t="s"><v a="">1</v></c>',
        '<c t="s"><v>0000000001</v></c>',
    ],
)
def test_what_a_cell_shares_is_seen_however_it_is_written(
    cell: str,
) -> None:
    cell = f"<row>{cell}</row>"
    strings = f"<sst><si/><x:si><t>{'b' * 9_000}</t></x:si></sst>"

    with pytest.raises(SourceError, match="more than 8000000 bytes"):
        check(8_000_000, strings=strings, cells=sheet(cell * 1_000))


def test_a_string_longer_than_a_chunk_is_measured_as_a_whole() -> None:
    strings = f"<sst><si><t>{'b' * 3 * CHUNK}</t></si></sst>"
    cell = '<row><c t="s"><v>0</v></c></row>'

    with pytest.raises(SourceError, match="its own copy of a shared text"):
        check(6 * CHUNK, cells=sheet(cell * 2), strings=strings)
    check(10 * CHUNK, cells=sheet(cell * 2), strings=strings)


@pytest.mark.parametrize("size", range(CHUNK - 120, CHUNK - 20, 5))
def test_what_a_cell_shares_is_seen_wherever_the_content_is_cut(size: int) -> None:
    rows = sheet('<row><c t="s"><v>0</v></c></row>', before=" " * size)
    strings = f"<sst><si>a</si><si>{'b' * CHUNK}</si></sst>"

    check(2 * CHUNK + 1_000, cells=rows, strings=strings)


def test_a_part_that_several_sheets_name_counts_for_each() -> None:
    rows = sheet('<row r="1000"><c r="J1000"/></row>')
    cells = 10_000 * CELL
    listed = "<sheets>{}</sheets>"

    check(cells + 2_000, cells=rows, book=listed.format("<sheet/>"))
    with pytest.raises(SourceError, match=r"3 sheets.*max_unpacked="):
        check(3 * cells, cells=rows, book=listed.format("<x:sheet r:id='1'/>" * 3))
    check(3 * cells + 2_000, cells=rows, book=listed.format("<sheet/>" * 3))
    check(
        3 * cells + 102_000,
        cells=rows,
        book=listed.format("<sheet/>" * 3),
        other="a" * 100_000,
    )


def test_the_parts_of_a_workbook_count_together() -> None:
    rows = sheet('<row r="1000"><c r="J1000"/></row>')
    cells = 10_000 * CELL

    check(cells + 2_000, one=rows)
    with pytest.raises(SourceError, match="reach to row 1000"):
        check(2 * cells - 1, one=rows, two=rows)
    check(2 * cells + 2_000, one=rows, two=rows)
    with pytest.raises(SourceError, match="unpacks to more than 5000 bytes"):
        check(5_000, one="a" * 3_000, two="b" * 3_000)
    check(6_000, one="a" * 3_000, two="b" * 3_000)
