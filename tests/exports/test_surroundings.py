"""Lines around the table: skipped where that is certain, else refused with advice."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from apiuser.errors import InputError
from apiuser.exports import ReadOptions, read_resources
from apiuser.exports.odd_headers import is_split_header
from apiuser.exports.surroundings import is_row_count, is_rule
from tests.exports.export_reading import HEADER, Export, names, refusal


def write_text(path: Path, rows: Sequence[Sequence[str]]) -> None:
    path.write_text("\n".join(map(",".join, rows)), encoding="utf-8")


def write_workbook(path: Path, rows: Sequence[Sequence[str]]) -> None:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)


WRITERS = {".csv": write_text, ".xlsx": write_workbook}
TABLE = f"{HEADER}1,a1,Active\n2,b1,Inactive\n"


@pytest.mark.parametrize(
    "line", ["#TYPE Autotask.Resource", '"#TYPE System.Object"', "#TYPE x"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_type_line_of_powershell_is_skipped(
    tmp_path: Path, line: str, encoding: str
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(f"{line}\n{TABLE}", encoding=encoding)

    table = read_resources(path)

    assert (names(table), list(table.lines)) == (["a1", "b1"], [3, 4])
    assert "line 1, PowerShell's #TYPE" in table.notices[0]


@pytest.mark.parametrize("rule", ["--,--------,------", "--  ,  ----,-"])
def test_the_rule_under_the_header_is_not_a_user(export: Export, rule: str) -> None:
    table = read_resources(export(TABLE.replace(HEADER, f"{HEADER}{rule}\n")))

    assert (names(table), list(table.numbers)) == (["a1", "b1"], [1, 2])
    assert "line 2 is a line of dashes under the header" in table.notices[0]
    assert table.skipped_lines == 1


@pytest.mark.parametrize(
    "line",
    [
        *("(2 rows affected)", "(2 row(s) affected)", "(2 Zeilen betroffen)"),
        *("(2 rows)", "2 rows in set (0.00 sec)", "(2 lignes affectées)"),
    ],
)
@pytest.mark.parametrize("between", ["", "\n"])
def test_a_count_of_the_rows_is_skipped(
    export: Export, line: str, between: str
) -> None:
    table = read_resources(export(f"{TABLE}{between}{line}\n"))

    assert (names(table), table.unreadable) == (["a1", "b1"], ())
    assert any("counts the records" in notice for notice in table.notices)


def test_a_count_of_other_rows_is_listed_as_unreadable(export: Export) -> None:
    table = read_resources(export(f"{TABLE}(12 rows affected)\n"))

    assert [u.line for u in table.unreadable] == [4]
    assert "counts 12 rows, but 2 are above" in table.unreadable[0].reason


def test_a_count_below_a_single_column_is_not_a_name(export: Export) -> None:
    table = read_resources(export("userName\n--------\na1\nb2\n\n(2 rows affected)\n"))

    assert names(table) == ["a1", "b2"]


@pytest.mark.parametrize(
    "text",
    [
        "userName\n--------\na1\nb2\n(9 rows affected)\n",
        "userName\na1\n(9 rows affected)\nb2\n",
        "ID,userName,isActive\n1,a1,1\n2,b2,1\n,(9 rows affected),\n",
    ],
)
def test_a_wrong_count_is_unreadable_wherever_it_stands(
    export: Export, text: str
) -> None:
    table = read_resources(export(text))

    assert names(table) == ["a1", "b2"]
    (listed,) = table.unreadable
    assert "counts 9 rows, but" in listed.reason
    assert f"{text.splitlines()[listed.line - 1]}".strip(",") == "(9 rows affected)"


def test_what_cannot_be_read_is_listed_in_its_order(export: Export) -> None:
    table = read_resources(export(f"{HEADER},(9 rows),\nshort\n{ROW}1,a1,\n"))

    assert [one.record for one in table.unreadable] == [1, 2, 3]


def test_a_right_count_may_have_the_width_of_the_table(export: Export) -> None:
    table = read_resources(export(f"{TABLE},(2 rows affected),\n"))

    assert (names(table), table.unreadable) == (["a1", "b1"], ())


@pytest.mark.parametrize("text", ["rows", "12", "12 monkeys", "(rows affected)", "a1"])
def test_other_lines_are_not_counts(text: str) -> None:
    assert not is_row_count(text)


def test_a_repeated_header_is_not_a_user(export: Export) -> None:
    table = read_resources(export(f"{TABLE}{TABLE}"))

    assert names(table) == ["a1", "b1", "a1", "b1"]
    assert (list(table.lines), list(table.numbers)) == ([2, 3, 5, 6], [1, 2, 4, 5])
    assert any("line 4 is the header again" in notice for notice in table.notices)


@pytest.mark.parametrize("front", ["\n", ";;\n\n", ",,\n", "  \n"])
def test_blank_lines_before_the_header_are_skipped(export: Export, front: str) -> None:
    table = read_resources(export(f"{front}{TABLE}"))

    assert names(table) == ["a1", "b1"]
    assert table.lines[0] == front.count("\n") + 2


def test_a_hundred_blank_lines_before_the_header_are_skipped(
    export: Export,
) -> None:
    assert names(read_resources(export("\n" * 100 + TABLE))) == ["a1", "b1"]
    assert "header seems to be in line 102" in refusal(export("\n" * 101 + TABLE))


ROW = "29682885,Ada Miller,amiller,ada@example.com,1,7\n"


@pytest.mark.parametrize("column", [None, "amiller"])
def test_a_missing_header_is_refused_and_loses_no_record(
    export: Export, column: str | None
) -> None:
    path = export(f"{ROW}29682886,Ben Stone,bstone,ben@example.com,0,3\n")

    said = refusal(path, column=column)

    assert "line 1: the header seems to be missing" in said
    assert "by their numbers, such as column='3'" in said


def test_columns_of_a_table_without_a_header_are_named_by_number(
    export: Export,
) -> None:
    path = export(f"{ROW}29682886,Ben Stone,bstone,ben@example.com,0,3\n")
    columns = {"status": "5", "license_type": "6"}

    table = read_resources(path, ReadOptions(column="3", columns=columns))

    assert table.headers == tuple("123456")
    assert (names(table), list(table.lines)) == (["amiller", "bstone"], [1, 2])
    assert table.frame["status"].tolist() == ["active", "inactive"]
    assert table.frame["kind"].tolist() == ["api user", "other"]


def test_a_first_record_of_words_is_one_if_a_person_says_so(export: Export) -> None:
    path = export("amiller,Active\nbstone,Inactive\n")

    options = ReadOptions(no_header=True, column="1", max_columns=2)

    assert names(read_resources(path, options)) == ["amiller", "bstone"]


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize(
    "last", ["Professional", "Executive", ""], ids=["shared", "unique", "none"]
)
def test_a_first_record_with_a_state_is_one_if_columns_go_by_number(
    tmp_path: Path, ending: str, last: str
) -> None:
    path = tmp_path / f"export{ending}"
    rows = [
        ["29682887", "rmmlink77", "Active", last],
        ["29682885", "abyron", "Active", "Professional"],
        ["29682901", "RmmLink77", "Inactive", "API User"],
    ]
    WRITERS[ending](path, rows)
    columns = {"status": "3", "license_type": "4"}

    table = read_resources(path, ReadOptions(column="2", columns=columns))

    assert names(table) == ["rmmlink77", "abyron", "RmmLink77"]
    assert table.unreadable == ()


@pytest.mark.parametrize("ending", WRITERS)
def test_a_line_that_may_be_header_or_record_is_refused_if_columns_go_by_number(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"export{ending}"
    WRITERS[ending](path, [["rmmlink77", "Active"], ["abyron", "Inactive"]])

    said = refusal(path, column="1")

    assert "line 1: may be a header or a record (rmmlink77, Active)" in said
    assert "no_header=..." in said
    assert names(read_resources(path, ReadOptions(column="1", no_header=True))) == [
        "rmmlink77",
        "abyron",
    ]


def test_the_number_of_the_usernames_is_needed_without_a_header(
    export: Export,
) -> None:
    for column in (None, "9", "x"):
        assert "by their numbers" in refusal(export(ROW), no_header=True, column=column)


@pytest.mark.parametrize(
    "header",
    [
        "ID,User,License,Status\n,Name,Type,\n",
        "ID,Username,License,Status\n,,Type,\n",
        ",User,Licence,\nID,Name,Type,Status\n",
    ],
)
def test_a_header_in_two_lines_is_refused(export: Export, header: str) -> None:
    said = refusal(export(f"{header}1,a1,7,Active\n"))

    assert "be in two lines, 1 and 2" in said


def test_a_header_that_occurs_twice_can_be_named_by_its_number(export: Export) -> None:
    path = export("Username,ID,Username\na1,1,b1\n")

    assert "column='1' for the first" in refusal(path)
    assert names(read_resources(path, ReadOptions(column="3"))) == ["b1"]


def test_files_of_several_shapes_are_read_with_the_same_options(
    export: Export, tmp_path: Path
) -> None:
    shapes = {
        "a.csv": f"#TYPE x\n{TABLE}",
        "b.csv": "Benutzername;Status\nc1;Aktiv\n",
        "c.csv": "userName,isActive\n--------,--------\nd1,0\n\n(1 rows affected)\n",
    }
    found = []
    for name, text in shapes.items():
        (tmp_path / name).write_text(text)
        found += names(read_resources(tmp_path / name))

    assert found == ["a1", "b1", "c1", "d1"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("\nuserName isActive\n-------- --------\na1           True\n", "table"),
        ("+----------+--------+\n| userName | active |\n", "table"),
        (" userName | active \n----------+--------\n a1       | t\n", "table"),
        ("\n\nuserName : a1\nisActive : True\n\nuserName : b1\n", "list"),
    ],
)
def test_what_was_written_for_the_screen_is_refused(
    export: Export, text: str, kind: str
) -> None:
    said = refusal(export(text))

    assert f"is a {kind} for the screen" in said
    assert "Export-Csv" in said


def test_title_lines_in_pairs_are_not_a_list_for_the_screen(export: Export) -> None:
    path = export(f"Report: Resources\nFor: Sample MSP\n{TABLE}")

    assert "in line 3: give skip_lines=2" in refusal(path)


def test_what_a_named_column_loses_is_said(export: Export) -> None:
    path = export("who,there\na1,yes\n")
    columns = {"status": "their"}

    table = read_resources(
        path, ReadOptions(column="who", columns=columns, elsewhere=columns)
    )

    said = " ".join(table.notices)
    assert "no column their for the status" in said
    assert "found for the status, the licence type, the security level" in said


NO_NAME = "A column is named by its header; give one, or leave the option out."


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"column": " "}, NO_NAME),
        ({"columns": {"status": ""}}, NO_NAME),
        ({"skip_lines": -1}, "The lines to skip cannot be fewer than 0."),
    ],
)
def test_values_that_no_option_can_have_are_refused(
    options: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError) as caught:
        ReadOptions(**options)  # type: ignore[arg-type]
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("fields", "ruled"),
    [
        (["--", "-"], True),
        (["=", "=="], True),
        (["-", "-"], False),
        (["--", ""], False),
        (["--", "X"], False),
        (["--"], False),
    ],
)
def test_a_rule_has_a_dash_in_each_column_and_more_in_one(
    fields: list[str], *, ruled: bool
) -> None:
    assert is_rule(fields, 2) is ruled


@pytest.mark.parametrize(
    ("first", "second", "split"),
    [
        (["ID", "Username"], ["", "", "License Type"], True),
        (["ID", "User", "Status"], ["", "Name"], True),
        (["Login"], ["name"], False),
        (["ID", "Username"], ["7", "a1"], False),
    ],
)
def test_a_header_in_two_lines_may_have_lines_of_two_widths(
    first: list[str], second: list[str], *, split: bool
) -> None:
    assert is_split_header(first, second) is split


def test_every_line_that_is_not_a_record_is_found_wherever_it_is(
    export: Export,
) -> None:
    rows = "1,,Active\n,(9 rows affected),\n ID,Username ,Status\n==,==,==\n2,b1,\n"

    table = read_resources(export(f"ID,Username,Status\n{rows}"))

    assert names(table) == ["", "b1"]
    assert [one.line for one in table.unreadable] == [3]
    assert table.skipped_lines == 2


def test_a_rule_further_down_or_a_pair_alone_is_not_for_the_screen(
    export: Export,
) -> None:
    assert "for the screen" not in refusal(export("x\ny\n--- ---"))
    assert "for the screen" not in refusal(export("n : a1"))
    assert "for the screen" in refusal(export("n : a1\ni : True"))
