"""A workbook is refused, or what is odd about it told, in full sentences."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from apiuser.errors import SourceError
from apiuser.exports import ReadOptions
from apiuser.exports.xlsx.workbook_check import CELL, check_workbook
from apiuser.exports.xlsx.workbook_part import OddRows

PATH = Path("export.xlsx")
BOOK = "xl/workbook.xml"
AGAIN = "Save it again with Excel, or export the resources as CSV."
RAISE = "or raise the limit with max_unpacked=... if this is right."
EMPTY = f"Delete rows and columns that seem empty, {RAISE}"
DAMAGED = "cannot be read as an Excel workbook ({}). Save it again, or export the resources as CSV."


def check(
    parts: Mapping[str, str | bytes], *, longest: int = 100, most: int = 1 << 20
) -> OddRows:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return check_workbook(
        buffer, PATH, ReadOptions(max_cell=longest, max_unpacked=most)
    )


def sheet(rows: str) -> str:
    return f"<sheetData>{rows}</sheetData>"


def row(*cells: str) -> str:
    return f"<row>{''.join(cells)}</row>"


def share(number: str) -> str:
    return f'<c t="s"><v>{number}</v></c>'


@pytest.mark.parametrize(
    ("parts", "options", "said"),
    [
        (
            {"content.xml": "<x/>"},
            {},
            (
                "is a different kind of workbook from what its name says. Save it as "
                ".xlsx, or export the resources as CSV."
            ),
        ),
        (
            {"a": "b" * 51},
            {"most": 50},
            f"unpacks to more than 50 bytes. {EMPTY}",
        ),
        (
            {"a": sheet('<row r="7"><c r="B7"/></row>'), "b": sheet("<row/>")},
            {"most": 14 * CELL},
            (
                f"unpacks to more than {14 * CELL} bytes and its cells reach to row 7. "
                f"{EMPTY}"
            ),
        ),
        (
            {"a": sheet(row(share("0"))), "b": f"<si>{'c' * 50}</si>"},
            {"most": 160},
            (
                "the cells of 1 sheet take more than 160 bytes once each has its own "
                "copy of a shared text. Shorten the long texts that cells repeat, "
                f"{RAISE}"
            ),
        ),
        (
            {"a.XML": "<x>"},
            {},
            DAMAGED.format("a.XML: no element found: line 1, column 3"),
        ),
        (
            {f"{'a' * 197}.xml": "<x>"},
            {},
            DAMAGED.format(f"{'a' * 197}.xm"),
        ),
        (
            {"a": sheet(""), "b\u00e9": f"<>{' ' * ((1 << 16) - 6)}sheetData"},
            {},
            f"in b\\xe9 there are cells outside XML. {AGAIN}",
        ),
        (
            {"a" * 81: "<>sheetData"},
            {},
            f"in {'a' * 80} there are cells outside XML. {AGAIN}",
        ),
        (
            {"a": sheet("<row><c/></row><p>"), "b": ""},
            {},
            DAMAGED.format("a: mismatched tag: line 1, column 31"),
        ),
        (
            {"a": "<!DOCTYPE x><x/>"},
            {},
            f"in a there is a document type declaration. {AGAIN}",
        ),
        ({}, {}, DAMAGED.format("it is empty")),
        (
            {"a": sheet(row("<c><v>abc</v></c>"))},
            {"longest": 2},
            (
                "a cell contains more than 2 characters. Raise the limit with max_cell=... if "
                "this is right."
            ),
        ),
    ],
)
def test_a_workbook_is_refused_in_full_sentences(
    parts: dict[str, str], options: dict[str, int], said: str
) -> None:
    with pytest.raises(SourceError) as caught:
        check(parts, **options)

    assert str(caught.value) == f"{PATH}: {said}"


def test_a_part_must_be_in_utf_8_whatever_it_declares() -> None:
    declared = '<?xml version="1.0" encoding="{}"?><sheetData>\u00e9</sheetData>'
    for encoding, reason in (
        ("iso-8859-1", "a.xml: not well-formed (invalid token): line 1, column 54"),
        ("utf-16", "a.xml: not in UTF-8"),
    ):
        with pytest.raises(SourceError) as caught:
            check({"a.xml": declared.format(encoding).encode(encoding)})

        assert str(caught.value) == f"{PATH}: {DAMAGED.format(reason)}"


@pytest.mark.parametrize(
    ("cell", "unsure", "lacking"),
    [
        ("<c><v>1</v></c>", False, False),
        ("<c><f>x</f><v>1</v></c>", True, False),
        ('<c t="str"><f>x</f><v></v></c>', True, False),
        ('<c t="str"><f>x</f></c>', True, True),
        ("<c><f>x</f><v/></c>", True, True),
        ('<c t="e"><v>#N/A</v></c>', True, True),
        ('<c t="e"/>', False, True),
        ('<c t="inlineStr"><is><t>a</t></is></c>', False, False),
        ('<c t="inlineStr"><v>a</v></c>', True, False),
        ("<c/><f>x</f><v>1</v><v>2</v>", False, False),
    ],
)
def test_rows_whose_cells_may_not_be_as_they_say_are_known(
    cell: str, *, unsure: bool, lacking: bool
) -> None:
    odd = check({"a": sheet(f"<row/><row>{cell}</row><row><c/></row>")})

    assert odd.unsure == ({2} if unsure else set())
    assert odd.lacking == ({2} if lacking else set())


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ('<table totalsRowCount="1" ref="B3:C9"/>', {(3, 9)}),
        ('<table totalsRowCount="1" ref="B3"/>', {(3, 3)}),
        ('<table totalsRowCount="1"/>', set()),
        ('<table totalsRowCount="0" ref="B3:C9"/>', set()),
        ('<table ref="B3:C9"/>', set()),
        ('<x totalsRowCount="1" ref="B3:C9"/>', set()),
    ],
)
def test_only_a_table_with_a_row_of_totals_is_one(
    table: str, rows: set[tuple[int, int]]
) -> None:
    assert check({"a": table}).tables == rows


def test_a_workbook_may_take_as_much_as_the_limit_says() -> None:
    cells = map(share, ["0", "00", "1", "2"])
    parts = {"a": sheet(row(*cells)), "b": "<x><si>abc</si><si>\u00e9</si></x>"}
    texts = 3 + 3 + 2
    parts["picture"] = "x" * 99
    least = sum(len(part.encode()) for part in parts.values()) + 4 * CELL + texts

    check(parts, most=least)
    with pytest.raises(SourceError, match="its own copy of a shared text"):
        check(parts, most=least - 1)


@pytest.mark.parametrize(
    "rows",
    [
        "{0}<row>{0}<c><v>abcde</v></c><c><v>abcde</v></c></row>",
        "<row><c><is>abc</is><f>de</f></c></row>",
    ],
)
def test_a_cell_may_hold_as_many_characters_as_the_limit_says(rows: str) -> None:
    parts = {
        "a": sheet(rows.format(" " * 5)),
        "b": "<x><si>abcde</si><si>abcde</si></x>",
    }

    check(parts, longest=5)
    with pytest.raises(SourceError, match="more than 4 characters"):
        check(parts, longest=4)
