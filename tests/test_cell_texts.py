"""What programs write for nothing, and IDs as tables write them."""

import pytest

from apiuser.exports import read_resources
from tests.export_reading import Export

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
