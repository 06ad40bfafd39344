"""The header of another export in a file is none of its records, however written."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from apiuser.auditing import audit
from apiuser.exports.engine.large_table import LargeTable
from apiuser.exports.repeated_headers import find_headers
from tests.exports.export_reading import Reader, each_reader

FIRST = "Resource ID,Username,Status,License Type"


def make_records(number: int, first: int) -> list[str]:
    """Make records whose IDs are in no order."""
    ids = (first + at * 7919 % (number + 9) for at in range(number))
    return [
        f"{one},u{one}x,{('Active', 'Inactive')[one % 2]},Professional" for one in ids
    ]


def join(path: Path, header: str, sizes: Sequence[int] = (5000, 300)) -> Path:
    """Write two exports below each other."""
    above, below = sizes
    rows = [FIRST, *make_records(above, 29_000_000), header]
    path.write_text("\n".join([*rows, *make_records(below, 39_000_000), ""]), "utf-8")
    return path


@each_reader
@pytest.mark.parametrize(
    "header",
    [
        FIRST,
        f"\ufeff{FIRST}",
        FIRST.upper(),
        "Resource ID,Login,Status,License Type",
        "\ufeffid,userName,isActive,licenseType",
        "Ressourcen-ID,User_Name,Aktiv,Lizenztyp",
    ],
)
@pytest.mark.many
def test_a_header_in_other_words_hides_no_cut(
    tmp_path: Path, header: str, read: Reader
) -> None:
    table = read(join(tmp_path / "a.csv", header))

    report = audit([table], co_managed=False)

    assert (table.records, table.skipped_lines) == (5300, 1)
    assert "line 5002 is the header again" in "".join(report.notices)
    assert "5000 rows in part 1 of 2, where" in "".join(report.missing)
    assert not report.complete


@each_reader
@pytest.mark.parametrize(
    "header",
    [
        "Username,Resource ID,Status,License Type",
        "Resource ID,License Type,Status,Username",
    ],
)
def test_a_header_in_another_order_is_listed(
    tmp_path: Path, header: str, read: Reader
) -> None:
    report = audit([read(join(tmp_path / "a.csv", header))], co_managed=False)

    (listed,) = report.tables[0].unreadable[:1]
    assert (listed.line, report.proved) == (5002, False)
    assert "may be a header, such as that of another export" in listed.reason


@each_reader
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("header", "second"),
    [
        (
            "Username,First Name,License Type,Status",
            "First Name,Username,License Type,Status",
        ),
        ("Username,Cost Centre,Status", "Cost Centre,Username,Status"),
        ("Resource ID,Username,First Name", "Resource ID,First Name,Username"),
        ("Username,First Name", "First Name,Username"),
        ("Username,Phone", "Phone,Username"),
    ],
)
def test_a_header_with_unknown_columns_in_another_order_is_listed(
    tmp_path: Path, header: str, second: str, mark: str, read: Reader
) -> None:
    cells = {
        "Username": "p{0}y",
        "First Name": "Ada",
        "Resource ID": "2968{0}",
        "License Type": "Professional",
        "Status": "Active",
        "Phone": "+45 1{0}",
        "Cost Centre": "north",
    }
    path = tmp_path / "a.csv"
    rows = [
        ",".join(cells[name] for name in some.split(",")).format(100 + at)
        for some, numbers in ((header, range(9)), (second, range(9, 12)))
        for at in numbers
    ]
    rows.insert(9, mark + second)
    path.write_text("\n".join([header, *rows, ""]), "utf-8")

    report = audit([read(path)], co_managed=False)

    assert 11 in [one.line for one in report.tables[0].unreadable]
    assert not report.proved


@each_reader
def test_a_word_under_its_own_header_may_be_a_state(
    tmp_path: Path, read: Reader
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Username,City,Active\nada,city,Active\ncity,x,Inactive\n")

    assert read(path).unreadable == ()


@each_reader
@pytest.mark.parametrize("name", ["USERNAME", "user name"])
def test_a_header_that_may_be_a_name_is_listed(
    tmp_path: Path, name: str, read: Reader
) -> None:
    path = tmp_path / "a.csv"
    names = [f"p{at}y" for at in range(5000)]
    path.write_text("\n".join(["Username", *names, name, "b1", ""]), "utf-8")

    report = audit([read(path)], co_managed=False)

    assert [one.line for one in report.tables[0].unreadable] == [5002]
    assert "5000 rows in part 1 of 2, where" in "".join(report.missing)


@each_reader
@pytest.mark.parametrize(
    "lines",
    [
        "Login,Active ada,Active login,Active Email,Inactive ID, b1,Inactive",
        "Username ada login b1",
    ],
)
def test_somebody_may_be_called_like_a_header(
    tmp_path: Path, lines: str, read: Reader
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join([*lines.split(), ""]), "utf-8")

    table = read(path)

    records = len(lines.split()) - 1
    assert (table.records, table.skipped_lines, table.unreadable) == (records, 0, ())


@each_reader
def test_a_name_like_a_header_leaves_the_reader_as_it_is(
    tmp_path: Path, read: Reader
) -> None:
    record = "29682885,login,Active,Professional"

    table = read(join(tmp_path / "a.csv", record, (9, 9)))

    assert table.records == 19
    assert isinstance(table, LargeTable) == (not table.usernames)


def test_headers_that_a_person_named_are_known_in_other_letters() -> None:
    found = find_headers(
        {"username": "who", "status": "Is there"},
        {"username": ["ada", "WHO"], "status": ["yes", "is there"]},
    )

    assert found == {1: True}
