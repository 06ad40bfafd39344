"""Findings come as a person should act on them, in every kind of report."""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice, product
from pathlib import Path
from string import ascii_lowercase
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from apiuser import reports
from apiuser.auditing import AuditReport, audit
from apiuser.cli import main
from apiuser.rules.rule import Severity

Output = pytest.CaptureFixture[str]
HEADER = "Username,Email Address,Status,Security Level,License Type"
SYSTEM = "API User (system) (API-only)"
ROWS = (
    "a1,,Active,Sync,7",
    "A1,,Active,Sync,7",
    "b1,b1,Active,Sync,7",
    f"c,,Active,{SYSTEM},7",
    "modem1,,Active,Sync,7",
    f"rnodem1,,Active,{SYSTEM},7",
    "d,,Active,Sync,7",
)

FINDING = re.compile(r"(?:error|warning|notice)? +([A-Z]{3}[0-9]{3})  (?!\[)")
"""How a line of a terminal begins that is a finding, of a conflict or alone."""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text("\n".join((HEADER, *ROWS)))
    return path


@pytest.fixture
def report(export: Path) -> AuditReport:
    return audit(export, proposed=["A1"])


def test_errors_come_first_and_notices_last(report: AuditReport) -> None:
    order = [severity.value for severity in Severity]

    ranks = [order.index(row.severity) for row in report.rows()]

    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}


def test_conflicts_come_before_other_findings_group_by_group(
    report: AuditReport,
) -> None:
    errors = [
        (row.group, row.username)
        for row in report.rows()
        if row.severity == Severity.ERROR.value
    ]

    assert errors == [(1, "a1"), (1, "A1"), (1, "A1"), (None, "c"), (None, "d")]


def test_findings_of_no_group_come_by_line(report: AuditReport) -> None:
    notices = [row.line for row in report.rows() if row.code == "HYG001"]

    assert notices == [5, 7]


def test_every_kind_of_report_has_the_same_order(
    report: AuditReport, tmp_path: Path
) -> None:
    expected = [row.code for row in report.rows()]
    path = tmp_path / "report.xlsx"
    reports.write(report, path)
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Findings")
    table = "".join(reports.render_csv(report)).removeprefix("\ufeff")
    page = reports.render_html(report).partition('class="findings"')[2]
    lines = reports.render_terminal(report).splitlines()

    assert {
        "csv": [row["code"] for row in csv.DictReader(io.StringIO(table))],
        "json": [row["code"] for row in reports.as_json(report)["findings"]],
        "xlsx": [row[0] for row in sheet.to_python()[1:]],
        "html": re.findall(r"<td>([A-Z]{3}\d{3})<td", page),
    } == dict.fromkeys(("csv", "json", "xlsx", "html"), expected)
    # There, what is repeated in a file is listed once.
    said = [m[1] for x in lines if (m := FINDING.match(x))]
    again = Counter(expected) - Counter(said)
    assert again == {"USR003": 1, "HYG001": 1}
    assert said == list(keep_first(expected, again))


def test_the_terminal_lists_what_is_repeated_in_a_file_once_with_its_lines(
    report: AuditReport, export: Path
) -> None:
    said = reports.render_terminal(report)

    assert f"error   USR003  {export} lines 5, 8: Use at least one digit" in said
    assert f"notice  HYG001  {export} lines 5, 7: Give this API user" in said
    assert "listed" not in said


def test_the_terminal_says_where_the_lines_are_that_it_does_not_list(
    tmp_path: Path,
) -> None:
    path = tmp_path / "many.csv"
    names = ("".join(pair) for pair in product(ascii_lowercase, repeat=2))
    rows = [f"{name},,Active,Sync,7" for name in islice(names, 25)]
    path.write_text("\n".join((HEADER, *rows)))

    said = reports.render_terminal(audit(path))

    assert " 20, 21 and 5 more: Use at least one digit" in said
    assert "\nNot every line is listed; a .json report contains all.\n" in said


def test_the_terminal_lists_each_proposed_name_by_itself(export: Path) -> None:
    said = reports.render_terminal(audit(export, proposed=["xy", "zy"]))

    assert "error   USR003  (proposed) record 1 xy: Use at" in said
    assert "error   USR003  (proposed) record 2 zy: Use at" in said


def test_conflicts_are_numbered_in_the_order_of_the_list(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    rows = ("modem1,,Active,Sync,7", "rnodem1,,Active,Sync,7", *ROWS[:2])
    path.write_text("\n".join((HEADER, *rows)))

    report = audit(path)

    assert [row.group for row in report.rows() if row.group] == [1, 1, 2, 2]
    assert re.findall(r"\[group (\d)", reports.render_terminal(report)) == ["1", "2"]


def test_names_under_another_suffix_are_not_counted_as_in_conflict(
    tmp_path: Path,
) -> None:
    path = tmp_path / "export.csv"
    rows = ("k1@one.example,,Active,Sync,7", "k1@two.example,,Inactive,Sync,7")
    path.write_text("\n".join((HEADER, *rows)))

    said = reports.render_terminal(audit(path))

    assert "No conflict was found in what was given" in said
    assert " 1 username is in use with different endings: 2 records." in said
    path.write_text("\n".join((HEADER, *rows, *ROWS[:2])))
    assert "1 username is in conflict: 2 records. 1 username is in use with" in (
        reports.render_terminal(audit(path))
    )


def test_the_terminal_lists_each_conflict_once_with_all_its_places(
    report: AuditReport, export: Path
) -> None:
    lines = reports.render_terminal(report).splitlines()

    at = next(n for n, line in enumerate(lines) if "[group 2, " in line)
    assert sum("[group 2, " in line for line in lines) == 1
    assert lines[at + 1 : at + 3] == [
        f"        USR011  {export}:6 record 5 modem1 (active, API user)",
        f"        USR011  {export}:7 record 6 rnodem1 (active, API user)",
    ]


def test_the_terminal_says_which_name_of_a_conflict_is_proposed(
    report: AuditReport, export: Path
) -> None:
    said = reports.render_terminal(report)

    assert f"        USR007  {export}:3 record 2 A1 (active, API user)\n" in said
    assert "        USR007  (proposed) record 1 A1\n" in said
    assert "1 proposed name is taken or looks like another." in said


def test_the_terminal_counts_findings_by_severity(report: AuditReport) -> None:
    said = reports.render_terminal(report)

    counts = Counter(row.severity for row in report.rows())
    assert (
        f"\n{len(report)} findings: {counts['error']} errors (USR003 2, USR007 3"
    ) in said
    assert f"); {counts['warning']} warnings (" in said


def test_the_command_says_which_option_gives_the_missing_half(
    export: Path, capsys: Output
) -> None:
    main(["audit", str(export)])

    said = capsys.readouterr().out
    assert "both are needed. Give the inactive ones as --inactive FILE if no" in said
    assert (
        "none were seen. If the tenant has none, say so with --no-co-managed." in said
    )


def test_the_command_says_how_to_tell_which_file_is_which(
    tmp_path: Path, capsys: Output
) -> None:
    path = tmp_path / "names.csv"
    path.write_text("Username,License Type\na1,7\nb1,7\n")

    main(["audit", str(path)])

    said = capsys.readouterr().out
    assert "Or say which file is which: --active FILE, --inactive FILE." in said


def test_the_command_says_how_to_tell_it_of_many_tenants(
    tmp_path: Path, capsys: Output
) -> None:
    for half in ("active", "inactive"):
        path = tmp_path / f"north_{half}.csv"
        path.write_text(f"Username,License Type\n{half}1,3\n")

    main(["audit", "--tenants", str(tmp_path)])

    (line,) = [x for x in capsys.readouterr().out.splitlines() if "AUD002  " in x]
    assert line.endswith(
        "both are needed. If no column shows the status, audit this tenant alone, without "
        "--tenants: --active FILE --inactive FILE."
    )


@pytest.fixture
def options(capsys: Output) -> set[str]:
    """The options of `apiuser audit`, as its help lists them."""
    with pytest.raises(SystemExit):
        main(["audit", "--help"])
    found = set(re.findall(r"--[a-z][a-z-]*", capsys.readouterr().out))
    assert {"--active", "--no-co-managed", "--keep-going", "--report"} <= found
    return found


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """The same export with three records that cannot be read."""
    path = tmp_path / "short.csv"
    path.write_text("\n".join((HEADER, *ROWS, *["short"] * 3)))
    return path


@pytest.mark.parametrize("kind", reports.FORMATS)
def test_reports_that_are_passed_on_name_no_option(
    short: Path, options: set[str], kind: str
) -> None:
    written = reports.FORMATS[kind](audit(short, proposed=["A1"]))

    text = "".join(read_parts(written)) if kind == ".xlsx" else written.decode()

    assert "both are needed" in text
    assert [option for option in options if option in text] == []


def test_only_the_command_names_its_options(
    short: Path, tmp_path: Path, options: set[str], capsys: Output
) -> None:
    text = reports.render_terminal(audit(short), limit=1)
    tenants = tmp_path / "all" / "one"
    tenants.mkdir(parents=True)
    names = ("".join(pair) for pair in product(ascii_lowercase, repeat=2))
    pairs = ((name, name.upper()) for name in islice(names, 101))
    many = "".join(f"{name},,Active,Sync,7\n" for name in chain(*pairs))
    (tenants / "a.csv").write_text(f"{HEADER}\n{many}")
    capsys.readouterr()

    main(["audit", str(tenants / "a.csv")])
    one = capsys.readouterr().out
    main(["audit", "--tenants", str(tenants.parent)])
    all_ = capsys.readouterr().out

    assert "and 2 more; a .json report contains all." in text
    assert [option for option in options if option in text] == []
    assert "more; --report NAME.json contains all." in one
    assert "more; --report NAME.json contains all." in all_


def keep_first(codes: Iterable[str], repeated: Collection[str]) -> Iterator[str]:
    """Yield the codes, but of those that are repeated only the first."""
    seen = set()
    for code in codes:
        if code not in seen or code not in repeated:
            yield code
        seen.add(code)


def read_parts(book: bytes) -> Iterator[str]:
    """Yield the text of each part of a workbook."""
    with ZipFile(io.BytesIO(book)) as parts:
        yield from (parts.read(name).decode() for name in parts.namelist())


def test_another_record_is_described_as_people_say_it(report: AuditReport) -> None:
    others = [row.other for row in report.rows() if row.other]

    assert others
    assert all("(active, API user)" in other for other in others)


def test_the_plot_has_errors_first(report: AuditReport) -> None:
    picture = reports.plot_counts(report)

    levels = re.findall(r">\d+ (error|warning|notice)s?[:<]", picture)

    order = [severity.value for severity in Severity]
    assert levels == sorted(levels, key=order.index)
    assert set(levels) == set(order)


def test_lists_for_people_name_kinds_as_people_do(report: AuditReport) -> None:
    page = reports.render_html(report)

    assert "<td>API user<td>" in page
    assert "<td>api user<td>" not in page
