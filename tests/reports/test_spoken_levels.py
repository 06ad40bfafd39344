"""People read one set of words for how close two names are, wherever they read it."""

import io
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook

from apiuser.auditing import AuditReport, audit
from apiuser.auditing.checkup.name_groups import describe_groups
from apiuser.auditing.conflicts import Level
from apiuser.exports import read_resources
from apiuser.reports import FORMATS, render_terminal

if TYPE_CHECKING:
    from pathlib import Path

PAIRS = {
    Level.IDENTICAL: ("one1", "one1"),
    Level.CAPITALS: ("two2", "Two2"),
    Level.COMPATIBILITY: ("three3", "three\uff13"),
    Level.ACCENTS: ("jose4", "jos\u00e94"),
    Level.LOOKALIKE: ("presh5", "\u0440resh5"),
}
LEVELS = [level for level in Level if level]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> AuditReport:
    path = tmp_path_factory.mktemp("levels") / "all.csv"
    names = [name for pair in PAIRS.values() for name in pair]
    path.write_text("\n".join(["Username", *names]), encoding="utf-8")
    return audit([read_resources(path)])


def read_cells(workbook: bytes, sheet: str) -> set[object]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_name(sheet)
    return {cell for row in rows.to_python() for cell in row}


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_has_the_same_words_in_form_terminal_page_and_workbook(
    report: AuditReport, level: Level
) -> None:
    page = FORMATS[".html"](report).decode()
    workbook = FORMATS[".xlsx"](report)

    assert level.spoken in {group["tag"] for group in describe_groups(report)["rows"]}
    assert f", {level.spoken}] " in render_terminal(report)
    assert page.count(f"<td>{level.spoken}<td") == 4  # two members, two findings
    assert level.spoken in read_cells(workbook, "Findings")
    assert level.spoken in read_cells(workbook, "Conflicts")


def test_names_that_differ_only_after_the_at_sign_are_called_so(
    tmp_path: "Path",
) -> None:
    path = tmp_path / "all.csv"
    names = ("one1@a.example.com", "one1@b.example.com")
    path.write_text("\n".join(["Username", *names]), encoding="utf-8")
    report = audit([read_resources(path)])

    said = "different ending"
    (group,) = describe_groups(report)["rows"]
    assert group["tag"] == said
    assert f", {said}] " in render_terminal(report)
    assert FORMATS[".html"](report).decode().count(f"<td>{said}<td") == 4
    for sheet in ("Findings", "Conflicts"):
        assert said in read_cells(FORMATS[".xlsx"](report), sheet)


def test_each_spelling_used_twice_makes_one_group_with_the_same_words_everywhere(
    tmp_path: "Path",
) -> None:
    path = tmp_path / "all.csv"
    path.write_text("Username\none1\none1\nOne1\nOne1\n", encoding="utf-8")
    report = audit([read_resources(path)])

    (group,) = describe_groups(report)["rows"]

    assert f", {group['tag']}] " in render_terminal(report)


def test_a_proposed_name_does_not_change_what_a_group_of_read_names_is_called(
    tmp_path: "Path",
) -> None:
    path = tmp_path / "all.csv"
    names = ("one1@a.example.com", "one1@b.example.com")
    path.write_text("\n".join(["Username", *names]), encoding="utf-8")
    report = audit([read_resources(path)], proposed=["one1"])

    (group,) = describe_groups(report)["rows"]

    assert (group["tag"], len(group["records"])) == ("different ending", 2)


@pytest.mark.parametrize("level", LEVELS)
def test_programs_read_the_documented_word_of_a_level(
    report: AuditReport, level: Level
) -> None:
    assert f",{level.label}," in FORMATS[".csv"](report).decode()
    assert f'"{level.label}"' in FORMATS[".json"](report).decode()
