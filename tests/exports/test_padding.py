"""Names in padded columns are read without the blanks, and may be cut."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from apiuser.auditing import AuditReport, audit
from tests.exports.export_reading import Reader, each_reader

ROWS = [("29682885", "rmm2link", "1", "7"), ("29682886", "ada", "0", "3")]


def audit_padded(
    path: Path, names: Sequence[str], widths: Sequence[int], read: Reader
) -> AuditReport:
    head = ("id", "username", "isActive", "license")
    lines = [head, tuple("-" * width for width in widths), *ROWS]
    lines += [(str(29682900 + at), name, "1", "3") for at, name in enumerate(names)]
    path.write_text(
        "".join(
            ",".join(
                cell.ljust(width) for cell, width in zip(line, widths, strict=True)
            )
            + "\n"
            for line in lines
        )
    )
    return audit([read(path)], co_managed=False)


@each_reader
def test_blanks_that_pad_a_name_are_no_part_of_it(tmp_path: Path, read: Reader) -> None:
    report = audit_padded(tmp_path / "a.csv", ["ben"], (10, 20, 8, 8), read)

    assert [*report.tables[0].usernames] == ["rmm2link", "ada", "ben"]
    assert (report.counts, report.proved) == ({}, True)


@each_reader
@pytest.mark.parametrize("names", [["ada.arch"], ["benjamin", "ada.arch"]])
def test_names_that_fill_their_column_may_be_cut(
    tmp_path: Path, names: Sequence[str], read: Reader
) -> None:
    report = audit_padded(tmp_path / "a.csv", names, (10, 8, 8, 8), read)

    said = f"{1 + len(names)} usernames as long as the column, 8 characters, may be cut"
    assert said in "".join(report.missing)
    assert not report.proved


@each_reader
def test_a_rule_as_long_as_a_header_without_blanks_says_nothing(
    tmp_path: Path, read: Reader
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "id,username,isActive,licenseType\n--,--------,--------,-----------\n"
        "29682885,rmm2link,1,7\n29682886,ada,0,3\n"
    )

    assert audit([read(path)], co_managed=False).proved
