"""Records of several exports are one resource only where all that is known agrees."""

from collections.abc import Callable
from pathlib import Path

import pytest

from apiuser.auditing import AuditReport, audit, check_expected, compare
from apiuser.reports import as_json, render_terminal
from tests.exports.export_reading import Reader, each_reader

Export = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def write(name: str, header: str, *rows: str) -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]), encoding="utf-8")
        return path

    return write


def conflicts(report: AuditReport) -> int:
    return report.counts.get("USR007", 0)


@pytest.mark.parametrize("number", ['"29,000"', "29.000"])
def test_a_number_with_two_readings_makes_no_two_records_one_resource(
    export: Export, number: str
) -> None:
    header = "Resource ID,Username,Email,Status"
    one = export("a.csv", header, "29,a1,,Active")
    two = export("b.csv", header, f"{number},a1,,Active")

    report = audit([one, two])

    assert (conflicts(report), report.same_resources) == (2, 0)


def test_resources_that_two_exports_show_are_counted_in_a_notice(
    export: Export,
) -> None:
    header = "Resource ID,Username,Email,Status"
    one = export("a.csv", header, "2911,a1,a@example.com,Active", "2912,b1,,Active")
    two = export("b.csv", header, "2911,a1,A@example.com,Active", "2912,b1,,Active")

    report = audit([one, two])

    assert (conflicts(report), report.same_resources) == (0, 2)
    said = "2 records counted as a resource that another export shows too"
    assert any(said in notice for notice in report.notices)
    assert said in render_terminal(report)
    assert as_json(report)["same_resources"] == 2


@pytest.mark.parametrize(
    ("header", "first", "second", "what"),
    [
        ("ID,Username,Email", "5,a1,a@example.com", "5,a1,b@example.com", "e-mail"),
        ("ID,Username,Status", "5,a1,Active", "5,a1,Inactive", "status"),
    ],
)
def test_the_same_id_with_different_details_is_another_resource(
    export: Export, header: str, first: str, second: str, what: str
) -> None:
    report = audit([export("a.csv", header, first), export("b.csv", header, second)])

    assert (conflicts(report), report.same_resources) == (2, 0)
    assert any(
        f"1 record with the Resource ID of one in another export, but a different {what}"
        in notice
        for notice in report.notices
    )


def test_leading_zeros_make_no_other_resource(export: Export) -> None:
    one = export("a.csv", "ID,Username,Status", "29682901,a1,Active")
    two = export("b.csv", "ID,Username,Status", "0029682901,a1,Active")

    report = audit([one, two])

    assert (conflicts(report), report.same_resources) == (0, 1)
    assert compare(one, two).changes == ()


def test_records_without_a_username_are_compared_with_nothing(export: Export) -> None:
    header = "ID,Username,Email"
    one = export("a.csv", header, "5,,a@example.com", "6,@x,a@example.com")
    two = export("b.csv", header, "5,,b@example.com", "6, ,a@example.com")

    report = audit([one, two])

    assert (report.same_resources, report.notes) == (0, ())


def test_names_of_accents_alone_are_compared(export: Export) -> None:
    report = audit([export("a.csv", "Username", "\u0301", "\u0301", "")])

    assert conflicts(report) == 2


def test_what_only_one_export_shows_is_not_compared(export: Export) -> None:
    one = export("a.csv", "ID,Username,Email,Status", "77,a1,a@example.com,Active")
    two = export("b.csv", "ID,Username", "77,a1")

    assert conflicts(audit([one, two])) == 0


@each_reader
@pytest.mark.parametrize("repeated", ["a.csv", "b.csv"])
def test_a_short_number_that_occurs_again_makes_no_two_users_one(
    export: Export, repeated: str, read: Reader
) -> None:
    header = "ID,Username,Status,License Type"
    rows = {"a.csv": ["174,shared1,Active,9"], "b.csv": ["174,shared1,Active,9"]}
    rows[repeated].append("174,abyron,Active,3")
    files = [read(export(name, header, *some)) for name, some in rows.items()]

    report = audit(files)

    assert (conflicts(report), report.same_resources) == (2, 0)


def test_a_user_in_two_files_of_a_moment_is_there_twice_if_ids_are_codes(
    export: Export,
) -> None:
    header = "ID,Username,Status,License Type"
    before = export("a.csv", header, "174,abyron,Active,3")
    row = "174,key2,Active,7"
    after = [
        export("b.csv", header, row, "174,abyron,Active,3"),
        export("c.csv", header, row),
    ]

    checks = check_expected(compare(before, after), "key2")

    assert (checks[0].what, checks[0].holds) == ("it is there once", False)


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("order", [1, -1])
def test_ids_that_number_the_rows_hide_no_conflict(
    export: Export, first: int, order: int
) -> None:
    names = ["shared1", *(f"name{at}x" for at in range(5))]
    others = ["shared1", *(f"other{at}y" for at in range(5))]
    files = [
        export(
            file,
            "ID,Username",
            *[f"{at},{name}" for at, name in enumerate(some, start=first)][::order],
        )
        for file, some in (("a.csv", names), ("b.csv", others))
    ]

    report = audit(files)

    assert (conflicts(report), report.same_resources) == (2, 0)
    assert any("only number the rows" in notice for notice in report.notices)


def test_numbers_of_rows_are_known_beside_records_that_cannot_be_read(
    export: Export,
) -> None:
    rows = ["1,shared1", "2,b,b", *(f"{at},x{at}" for at in range(3, 9))]
    files = [export(file, "ID,Username", *rows) for file in ("a.csv", "b.csv")]

    assert conflicts(audit(files)) == 14


def test_ids_of_resources_are_not_taken_for_numbers_of_rows(export: Export) -> None:
    rows = [f"{29682900 + at},name{at}x" for at in range(9)]
    files = [export(file, "ID,Username", *rows) for file in ("a.csv", "b.csv")]

    report = audit(files)

    assert (conflicts(report), report.same_resources) == (0, 9)
    assert len(report.notices) == 1


def test_one_export_alone_says_nothing_about_ids(export: Export) -> None:
    report = audit(export("a.csv", "ID,Username", "1,a1", "2,A1", "3,b1", "4,c", "5,d"))

    assert (conflicts(report), report.same_resources) == (2, 0)
    assert report.notices == ()
