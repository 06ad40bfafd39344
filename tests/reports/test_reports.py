"""Reports are whole, safe to open, and hold names exactly as read where they may."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from apiuser import reports
from apiuser.auditing import AuditReport, audit
from apiuser.credentials.confusables import UNICODE_VERSION
from apiuser.errors import AccessError, InputError
from apiuser.rules.policies import DEFAULT_POLICY

DATA = Path(__file__).parents[2] / "notebooks" / "data"
DANGEROUS = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", " =1"]


@pytest.fixture(scope="module")
def faulty() -> AuditReport:
    return audit(sorted(DATA.glob("sample-faulty-*.csv")), proposed=["free1", "bad"])


@pytest.fixture
def make(tmp_path: Path) -> Callable[[list[str]], AuditReport]:
    def make(names: list[str]) -> AuditReport:
        rows = [f'"{name.replace(chr(34), chr(34) * 2)}",7' for name in names]
        path = tmp_path / "export.csv"
        path.write_bytes("\n".join(["Username,License Type", *rows]).encode())
        return audit(path)

    return make


def test_the_json_has_the_documented_shape(faulty: AuditReport) -> None:
    value = json.loads(json.dumps(reports.as_json(faulty)))

    assert list(value) == [
        "files",
        "findings",
        "counts",
        "complete",
        "proved",
        "missing",
        "notices",
        "same_resources",
        "suggestions",
        "unicode",
        "conflicts",
    ]
    assert list(value["files"][0]) == [
        "path",
        "encoding",
        "delimiter",
        "records",
        "unreadable",
    ]
    assert list(value["findings"][0]) == [
        "code",
        "severity",
        "file",
        "line",
        "record",
        "username",
        "message",
        "group",
        "level",
        "other",
    ]
    assert value["unicode"] == UNICODE_VERSION
    assert [conflict["group"] for conflict in value["conflicts"]] == sorted(
        {row["group"] for row in value["findings"] if row["group"]}
    )
    assert all(len(conflict["members"]) > 1 for conflict in value["conflicts"])
    assert value["counts"] == dict(faulty.counts)
    assert value["complete"] is False


def test_the_json_lists_unreadable_records(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("ID,Username\n1,a1\n2\n")

    (file,) = reports.as_json(audit(path))["files"]

    assert file["records"] == 1
    assert file["unreadable"] == [
        {"line": 3, "record": 2, "reason": "1 field where the header has 2"}
    ]


def test_every_format_holds_every_finding(faulty: AuditReport, tmp_path: Path) -> None:
    for ending in reports.FORMATS:
        reports.write(faulty, tmp_path / f"report{ending}")

    table = list(
        csv.DictReader(io.StringIO((tmp_path / "report.csv").read_text("utf-8-sig")))
    )
    value = json.loads((tmp_path / "report.json").read_text("utf-8"))
    page = (tmp_path / "report.html").read_text("utf-8")
    assert len(table) == len(value["findings"]) == len(faulty)
    assert page.count("<tr data-severity") == len(faulty)
    assert [row["code"] for row in table] == [row.code for row in faulty.rows()]


def test_csv_cells_never_start_a_formula(
    make: Callable[[list[str]], AuditReport],
) -> None:
    report = make(DANGEROUS)

    text = "".join(reports.render_csv(report)).removeprefix("\ufeff")

    for row in csv.DictReader(io.StringIO(text, newline="")):
        for cell in row.values():
            assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_json_keeps_names_as_read(make: Callable[[list[str]], AuditReport]) -> None:
    names = [*DANGEROUS, "\u202e1", "<b>", "a\0"]

    value = reports.as_json(make(names))

    assert {row["username"] for row in value["findings"]} >= set(names)


def test_the_terminal_is_not_steered_by_names(
    make: Callable[[list[str]], AuditReport],
) -> None:
    text = reports.render_terminal(make(["\x1b[31m1", "\u202e1"]))

    assert "<U+001B>[31m1" in text
    assert all(c.isprintable() or c == "\n" for c in text)


def test_the_terminal_says_how_many_findings_it_left_out(faulty: AuditReport) -> None:
    text = reports.render_terminal(faulty, limit=3)

    assert f"and {len(faulty) - 3} more" in text


class Page(HTMLParser):
    """Collects what a page would ask for, and its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.asked += [v or "" for k, v in attrs if k in {"src", "href", "action"}]


def test_the_page_asks_for_nothing_and_escapes_names(
    make: Callable[[list[str]], AuditReport],
) -> None:
    page = Page()

    page.feed(reports.render_html(make(["<img src=x onerror=alert(1)>", "</script>1"])))

    assert page.asked == []
    assert "img" not in page.tags
    assert page.tags.count("script") == 1


def test_the_plot_is_well_formed_and_names_every_count(faulty: AuditReport) -> None:
    tree = ET.fromstring(reports.plot_counts(faulty))  # noqa: S314  # our own text

    label = tree.get("aria-label") or ""
    assert all(f"{code} {n}" in label for code, n in faulty.counts.items())
    shown = "".join(tree.itertext())
    assert all(rule.problem in shown for rule in faulty.rules)
    assert tree.get("fill") == "currentColor"


def test_the_plot_says_what_a_rule_outside_the_catalogue_asks(tmp_path: Path) -> None:
    known = DEFAULT_POLICY.rule("USR003")
    new = replace(known, code="NEW001", template="Count to three.")
    path = tmp_path / "export.csv"
    path.write_text("Username,License Type\nabc,7\n")

    picture = reports.plot_counts(audit(path, policy=DEFAULT_POLICY.with_rules(new)))

    assert "NEW001, error: Count to three." in picture


def test_an_audit_without_findings_has_a_plot_and_a_verdict(tmp_path: Path) -> None:
    path = tmp_path / "whole.csv"
    path.write_text("Username,Active,License Type\na1,Yes,9\nb1,No,3\n")
    report = audit(path)

    assert "Nothing was found" in reports.plot_counts(report)
    assert "No conflict: no name is taken twice" in reports.render_terminal(report)


def test_no_conflict_is_not_claimed_for_half_of_the_resources() -> None:
    text = reports.render_terminal(audit(DATA / "sample-active.csv"))

    assert "does not prove" in text
    assert "no inactive resource was seen" in text


def test_the_same_audit_gives_the_same_bytes(
    faulty: AuditReport, tmp_path: Path
) -> None:
    again = audit(sorted(DATA.glob("sample-faulty-*.csv")), proposed=["free1", "bad"])

    for ending in reports.FORMATS:
        reports.write(faulty, tmp_path / f"one{ending}")
        reports.write(again, tmp_path / f"two{ending}")
        one, two = (tmp_path / f"{name}{ending}" for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_an_unknown_ending_is_refused(faulty: AuditReport, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.csv, \.json, \.html, \.xlsx"):
        reports.write(faulty, tmp_path / "report.docx")


def test_a_missing_folder_is_named(faulty: AuditReport, tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="cannot be written"):
        reports.write(faulty, tmp_path / "gone" / "report.csv")


def test_a_folder_in_the_place_of_the_report_leaves_nothing_behind(
    faulty: AuditReport, tmp_path: Path
) -> None:
    (tmp_path / "report.csv").mkdir()

    with pytest.raises(AccessError):
        reports.write(faulty, tmp_path / "report.csv")

    assert [path.name for path in tmp_path.iterdir()] == ["report.csv"]


def test_the_old_report_stays_whole_when_the_disk_is_full(
    faulty: AuditReport, tmp_path: Path
) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from apiuser.errors import AccessError\n"
        "from apiuser.files import write_whole\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))\n"
        "try:\n"
        "    write_whole(Path(sys.argv[1]), b'x' * 100_000)\n"
        "except AccessError as error:\n"
        "    print(error)\n"
    )

    run = subprocess.run(
        [sys.executable, "-B", "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "cannot be written" in run.stdout
    assert path.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_the_page_shows_what_turns_the_direction_of_a_name(
    make: Callable[[list[str]], AuditReport],
) -> None:
    page = reports.render_html(make(["\u202eabc1"]))

    assert "&lt;U+202E&gt;abc1" in page
    assert "\u202e" not in page.partition('class="findings"')[2]


def test_long_lists_of_unreadable_records_are_cut_on_the_terminal(
    tmp_path: Path,
) -> None:
    path = tmp_path / "short.csv"
    path.write_text("ID,Username\n1,a1\n" + "x\n" * 5)
    report = audit(path)

    text = reports.render_terminal(report, limit=3)

    assert text.count("1 field where") == 3
    assert "and 2 more" in text
    assert reports.render_html(report).count("1 field where") == 5


def test_a_cut_export_is_named_as_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(
        "Username,Status\n" + "".join(f"n{at}x,yes\n" for at in range(5000))
    )

    assert "was probably cut" in reports.render_terminal(audit(path))


def test_a_long_report_is_written_in_parts(
    make: Callable[[list[str]], AuditReport],
) -> None:
    report = make([f"n{at}x" for at in range(12_000)])

    parts = list(reports.render_csv(report))

    assert len(parts) > 2
    assert "".join(parts).count("\r\n") == len(report) + 1


def test_what_cannot_be_told_from_ascii_is_spelt_beside_the_name(
    make: Callable[[list[str]], AuditReport],
) -> None:
    report = make(["b\u0430ckup1", "backup1"])

    assert "b\u0430ckup1 (U+0430): " in reports.render_terminal(report)
    assert "b\u0430ckup1 <small>U+0430</small>" in reports.render_html(report)
    assert "backup1 <small>" not in reports.render_html(report)
