"""Names that a program altered when it wrote the export leave nothing proved."""

from pathlib import Path

import pytest

from apiuser.exports import read_resources
from tests.exports.audited_names import HEADER, audit_beside, audit_names
from tests.exports.export_reading import Reader, each_reader


@each_reader
@pytest.mark.parametrize(
    "field", ['"=""ada"""', '"=""ada@x.example.com"""', '"= ""ada"" "', '"=""007"""']
)
def test_a_formula_that_keeps_a_text_leaves_nothing_proved(
    tmp_path: Path, field: str, read: Reader
) -> None:
    report = audit_beside(tmp_path / "export.csv", field, read)

    assert report.tables[0].summary.odd_names == 1
    assert not report.proved
    assert "letters in the wrong encoding (line 3)" in "".join(report.notices)


@each_reader
@pytest.mark.parametrize("name", ["=ada", "+ada", "-ada", "-ada@x.example.com", "-é"])
def test_an_apostrophe_put_before_a_formula_hides_no_conflict(
    tmp_path: Path, name: str, read: Reader
) -> None:
    path = tmp_path / "export.csv"

    report = audit_beside(path, f"'{name}", read, beside=name)

    assert [(m.group, m.username) for m in report.members] == [
        (1, name),
        (1, f"'{name}"),
    ]


def test_an_unquoted_formula_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    text = f'{HEADER}\n1,="ada",Active,3\n2, ="b",Active,3\n3,ben,Inactive,3\n'
    path.write_text(text, "utf-8")

    records = read_resources(path).unreadable

    assert [record.line for record in records] == [2, 3]
    assert {record.reason for record in records} == {
        (
            '="..." to keep text is not CSV: a quotation mark inside a field that does '
            "not begin with one. Save the file again without that option"
        )
    }


@each_reader
@pytest.mark.parametrize(
    "unseen",
    [
        "\u00ad",
        "\u3164",
        "\u2800",
        "\u200b",
        "\uffa0",
        "\ufe0f",
        "\u00ad \u2800",
        "\x01",
    ],
)
@pytest.mark.parametrize("suffix", ["", "@x.example.com"])
def test_an_invisible_name_is_not_a_name(
    tmp_path: Path, unseen: str, suffix: str, read: Reader
) -> None:
    field = f"{unseen}{suffix}"

    report = audit_beside(tmp_path / "export.csv", field, read, beside=field)

    assert report.tables[0].summary.nameless == 2
    assert not report.members
    assert not report.proved


@each_reader
@pytest.mark.parametrize(
    "unseen", ["\0", "\x1a", "\ufeff", "\u200b", "\u00ad", "\u3164", "\ufe0f"]
)
@pytest.mark.parametrize("field", ["{}ADA", "ada@x.example{}"])
def test_a_name_with_unseen_characters_leaves_nothing_proved(
    tmp_path: Path, unseen: str, field: str, read: Reader
) -> None:
    report = audit_names(tmp_path / "a.csv", [field.format(unseen)], read)

    assert report.missing == ("1 username that may be written differently in Autotask",)
    assert not report.proved
    said = f"cannot be seen (U+{ord(unseen):04X})"
    (notice,) = [one for one in report.notices if said in one]
    assert "line 3, record 2: the username" in notice


_ALTERED = """
System.Collections.Hashtable System.String System.Xml.XmlElement
Microsoft.ActiveDirectory.Management.ADUser 123456789012345000 1234567890123450
$5.00 1.234.567 m_x00FC_ller a_x0041_b \xa35 janv.-26 Avr.-12 juil.-12 dic.-12
12.-janv.-26
"""
_SPACED = (
    "5 \u20ac, 5 EUR, 1 234 567, ene. 26, J\u00e4n 12, 12. J\u00e4n, J\u00e4nner 2026"
)


@each_reader
@pytest.mark.parametrize("suffix", ["", "@x.example.com"])
@pytest.mark.parametrize("name", [*_ALTERED.split(), *_SPACED.split(", ")])
@pytest.mark.many
def test_the_only_name_that_a_program_changed_leaves_nothing_proved(
    tmp_path: Path, name: str, suffix: str, read: Reader
) -> None:
    report = audit_beside(tmp_path / "a.csv", f"{name}{suffix}", read)

    assert report.tables[0].summary.odd_names == 1
    assert not report.proved
    assert "(line 3)" in "".join(report.notices)


_RESEMBLING = """
system.admin System.Admin systemstring 123456789012345 ada_x12 1234567890123456
1234567890123456000 1.234 ada00000000000000000 max_xavier_ben usd5 microsoft.sync
system
"""


@each_reader
@pytest.mark.parametrize("name", _RESEMBLING.split())
def test_a_name_that_only_resembles_a_changed_one_is_a_name(
    tmp_path: Path, name: str, read: Reader
) -> None:
    assert audit_beside(tmp_path / "a.csv", name, read).proved
