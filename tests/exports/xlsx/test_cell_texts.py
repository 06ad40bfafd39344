"""What programs write for nothing, and IDs as tables write them."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from apiuser.exports import read_resources
from apiuser.exports.cells import write_cell
from apiuser.exports.rows import Rows
from tests.exports.export_reading import Export

HEADER = "Username,Email,Resource ID,Integration Vendor\n"


@pytest.mark.parametrize("word", ["NULL", " null ", "None", "N/A", "\\N"])
def test_a_word_for_no_value_counts_as_blank_in_every_column(
    export: Export, word: str
) -> None:
    rows = f"{word},{word},{word},{word}\na1,b,7,c\n"

    table = read_resources(export(HEADER + rows))

    assert list(table.usernames) == ["", "a1"]
    assert {role: list(texts) for role, texts in table.columns.items()} == {
        "email": ["", "b"],
        "resource_id": ["", "7"],
        "integration": ["", "c"],
    }


@pytest.mark.parametrize("word", ["NA", "nil", "\u2013", "\u2014"])
def test_a_word_that_may_be_a_name_stays_in_the_username_column(
    export: Export, word: str
) -> None:
    table = read_resources(export(f"{HEADER}{word},{word},{word},{word}\n"))

    assert list(table.usernames) == [word]
    assert list(table.columns["email"]) == [word]
    assert list(table.columns["resource_id"]) == [""]
    assert list(table.columns["integration"]) == [""]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        *(("a", "a"), (True, "TRUE"), (False, "FALSE"), (0.5, "0.5"), (-7.0, "-7")),
        *((2.0**53 - 1, "9007199254740991"), (2.0**53, "9007199254740992.0")),
        *((Decimal("-7.00"), "-7"), (Decimal("7.10"), "7.10"), (b"a", "b'a'")),
        *((dt.time(1, 2), "01:02:00"), (dt.date(2026, 1, 2), "2026-01-02")),
    ],
)
def test_a_cell_is_written_as_the_text_it_stands_for(cell: object, text: str) -> None:
    assert write_cell(cell) == text


def test_rows_share_the_words_of_a_column_and_count_all_records() -> None:
    rows = Rows(Path("export.csv"), ["Username", "Status"], 0)
    words = [str(b"Active", "ascii") for _ in range(4)]

    rows.add(["a1", words[0]], line=2, longest=9)
    rows.extend([["b1", "c1"], words[1:3]], lines=[3, 4], numbers=[2, 3])
    rows.add(["d1", words[3]], line=5, longest=9)

    assert len({id(text) for text in rows.texts["status"]}) == 1
    assert rows.texts == {"username": ["a1", "b1", "c1", "d1"], "status": words}
    assert rows.records == 4


@pytest.mark.parametrize(
    ("written", "number"),
    [
        *(("29682885", "29682885"), ("29682885.0", "29682885"), ("7,00", "7")),
        *(("29,682,885", "29682885"), ("29 682 885", "29682885")),
        *(("29'682'885", "29682885"), ("29.682.885", "29682885")),
        *((" 1,234 ", "1234"), ("1.234", "1.234"), ("1,23", "1,23")),
        *(("29,682885", "29,682885"), ("A-7.0", "A-7.0"), (" x ", " x ")),
    ],
)
def test_an_id_is_the_same_however_a_spreadsheet_writes_it(
    export: Export, written: str, number: str
) -> None:
    text = f'{HEADER}a1,a,"{written}",x\nb1,b,7,x\n'

    table = read_resources(export(text))

    assert list(table.columns["resource_id"]) == [number, "7"]
