"""Names that a program altered when it wrote the export leave nothing proved."""

from pathlib import Path

import pytest

from apiuser.auditing import audit
from apiuser.auditing.report import AuditReport
from apiuser.credentials.matching import fold_lookalike, fold_lookalikes
from apiuser.exports import read_resources
from apiuser.exports.engine.large_table import LargeTable
from tests.exports.export_reading import READERS, Reader, each_reader

HEADER = "ID,Username,Status,License Type"


def audit_beside(
    path: Path, field: str, *, beside: str = "ada", read: Reader
) -> AuditReport:
    """Audit an export with one field beside a name that is plain."""
    rows = [HEADER, f"1,{beside},Active,Professional", f"2,{field},Inactive,3"]
    path.write_text("\n".join([*rows, "3,ben,Active,Professional", ""]), "utf-8")
    table = read(path)
    assert isinstance(table, LargeTable) == (read is READERS[1])
    return audit([table], co_managed=False)


@each_reader
@pytest.mark.parametrize(
    "field", ['"=""ada"""', '"=""ada@x.example.com"""', '"= ""ada"" "', '"=""007"""']
)
def test_a_formula_that_keeps_a_text_leaves_nothing_proved(
    tmp_path: Path, field: str, read: Reader
) -> None:
    report = audit_beside(tmp_path / "export.csv", field, read=read)

    assert report.tables[0].summary.odd_names == 1
    assert not report.proved
    assert "letters in the wrong encoding (line 3)" in "".join(report.notices)


@each_reader
@pytest.mark.parametrize("name", ["=ada", "+ada", "-ada", "-ada@x.example.com", "-é"])
def test_an_apostrophe_put_before_a_formula_hides_no_conflict(
    tmp_path: Path, name: str, read: Reader
) -> None:
    path = tmp_path / "export.csv"

    report = audit_beside(path, f"'{name}", beside=name, read=read)

    assert [(m.group, m.username) for m in report.members] == [
        (1, name),
        (1, f"'{name}"),
    ]


@each_reader
@pytest.mark.parametrize(
    "local",
    [
        *("NULL", "None", "NAN", "NaN", "undefined", "n/a", "N/A", "(null)", "n.a."),
        *("#N/A", "#NAME?", "#REF!", "1.23E+15", "10-Mar", "Mar-10", "7.0", "12:30"),
        *("Jan 2026", "2026-03-10", "Err:502", "##"),
    ],
)
def test_what_a_program_wrote_before_a_suffix_leaves_nothing_proved(
    tmp_path: Path, local: str, read: Reader
) -> None:
    report = audit_beside(tmp_path / "a.csv", f"{local}@x.example.com", read=read)

    assert report.tables[0].summary.odd_names == 1
    assert not report.proved


@each_reader
@pytest.mark.parametrize(
    "local", ["nullx", "ada-10", "j.d.80", "10-ada", "7.1a", "anna", "nanette", "na"]
)
def test_a_name_with_a_suffix_that_begins_like_that_stays_one(
    tmp_path: Path, local: str, read: Reader
) -> None:
    assert audit_beside(tmp_path / "a.csv", f"{local}@x.example.com", read=read).proved


def test_an_apostrophe_elsewhere_is_one() -> None:
    names = [
        "'-ada",
        "\u2019=ada",
        " '+ada\t",
        "'ada",
        "o'-brien",
        "'é",
        "'-é",
        "''-ada",
    ]

    assert [*map(fold_lookalike, names)] == fold_lookalikes(names)
    assert fold_lookalikes(names)[:4] == ["-ada", "=ada", "+ada", "'ada"]
    assert fold_lookalike("o'-brien") == fold_lookalike("o\u2019-brien")


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
    "name",
    [
        "jos\ufffd",
        "jos\ufffd@x.example.com",
        *(
            name.encode().decode(codec)
            for name, codec in [
                ("ren\u00e9", "cp1252"),
                ("\u00c9MILE@x.example.com", "latin-1"),
                ("\u00c9MILE@x.example.com", "cp1252"),
                ("stra\u00dfe", "cp1252"),
                ("ivan\u0438", "cp1252"),
                ("o\u2019neil", "cp1252"),
            ]
        ),
    ],
)
def test_a_name_of_broken_characters_leaves_nothing_proved(
    tmp_path: Path, name: str, read: Reader
) -> None:
    report = audit_beside(tmp_path / "export.csv", name, read=read)

    assert report.tables[0].summary.odd_names == 1
    assert "1 username that may be written differently in Autotask" in (report.missing)
    assert "letters in the wrong encoding (line 3)" in "".join(report.notices)


@each_reader
@pytest.mark.parametrize(
    "name",
    ["ren\u00e9", "\u00c3na", "JO\u00c3O", "\u00e3\u00ba1", "\u0438\u0432\u0430\u043d"],
)
def test_accents_and_other_letters_are_not_broken_characters(
    tmp_path: Path, name: str, read: Reader
) -> None:
    assert audit_beside(tmp_path / "export.csv", name, read=read).proved


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

    report = audit_beside(tmp_path / "export.csv", field, beside=field, read=read)

    assert report.tables[0].summary.nameless == 2
    assert not report.members
    assert not report.proved
