"""The command `apiuser compare`: its answers, its exit codes, its refusals."""

import json
from pathlib import Path

import pytest

from apiuser.auditing import compare
from apiuser.cli import main
from apiuser.reports.comparison_report import render_comparison
from tests.exports.export_reading import Export

HEADER = "ID,Username,Status,License Type\n"
OLD = f"{HEADER}5001,amiller,Active,3\n5002,old1,Inactive,7\n"
NEW = f"{OLD}5003,key1,Active,7\n"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def moments(export: Export) -> tuple[str, str]:
    return str(export(OLD, "before.csv")), str(export(NEW, "after.csv"))


def test_changes_answer_with_1_and_none_with_0(
    moments: tuple[str, str], export: Export, capsys: Output
) -> None:
    assert main(["compare", *moments]) == 1
    said = capsys.readouterr().out
    assert "added               key1: not there before" in said
    assert said.endswith("1 change (added 1).\n")

    assert main(["compare", moments[0], str(export(OLD, "same.csv"))]) == 0
    assert "Nothing changed in what both moments show." in capsys.readouterr().out


def test_people_read_deactivated_where_programs_are_told_inactivated(
    export: Export, capsys: Output
) -> None:
    was = str(export(OLD, "before.csv"))
    now = str(export(OLD.replace("Active", "Inactive"), "after.csv"))

    main(["compare", was, now])
    said = capsys.readouterr().out
    main(["compare", was, now, "--json"])
    value = json.loads(capsys.readouterr().out)

    assert "deactivated         amiller: active, now inactive" in said
    assert "1 change (deactivated 1)" in said
    assert "inactivated" not in said
    assert value["counts"] == {"inactivated": 1}
    assert value["changes"][0]["change"] == "inactivated"


def test_what_may_hide_changes_answers_with_1(export: Export, capsys: Output) -> None:
    half = f"{HEADER}5001,amiller,Active,3\n"

    code = main(["compare", *(str(export(half, name)) for name in ("a.csv", "b.csv"))])

    assert code == 1
    assert (
        "More may have changed: before and after: no inactive"
        in capsys.readouterr().out
    )


def test_a_column_that_one_moment_lacks_may_hide_changes(
    moments: tuple[str, str], export: Export, capsys: Output
) -> None:
    lost = str(export(NEW.replace("License Type", "Kind of licence"), "lost.csv"))

    assert main(["compare", moments[0], lost, "--expect", "key1"]) == 1

    said = capsys.readouterr().out
    assert "licence type not comparable: only one moment shows it" in said


def test_what_was_expected_answers_with_0_and_else_with_1(
    moments: tuple[str, str], capsys: Output
) -> None:
    assert main(["compare", *moments, "--expect", "key1"]) == 0
    said = capsys.readouterr().out
    assert "  yes        it is an API user: API user" in said
    assert "  not shown  it has a security level: no column shows it" in said
    assert said.endswith("1 change (added 1). All is as expected.\n")

    assert main(["compare", *moments, "--expect", "key7"]) == 1
    assert "not true that it is there once, nor that nothing" in capsys.readouterr().out


def test_what_the_exports_do_not_show_is_said_once(
    export: Export, capsys: Output
) -> None:
    half = f"{HEADER}5001,amiller,Active,3\n"
    paths = [str(export(half, name)) for name in ("a.csv", "b.csv")]

    main(["compare", *paths])
    main(["compare", *paths, "--expect", "amiller"])

    alone, expected = capsys.readouterr().out.split("Expected amiller:")
    assert alone.count("no inactive resource was seen") == 1
    assert expected.count("no inactive resource was seen") == 1


def test_the_answer_for_programs_holds_everything(
    moments: tuple[str, str], capsys: Output
) -> None:
    main(["compare", *moments, "--expect", "key1", "--json"])

    value = json.loads(capsys.readouterr().out)
    assert [file["records"] for file in value["before"] + value["after"]] == [2, 3]
    assert value["changes"] == [
        {
            "change": "added",
            "username": "key1",
            "resource_id": "5003",
            "old": "",
            "new": "key1",
            "before": None,
            "after": {"file": moments[1], "line": 4, "record": 3},
            "certain": True,
        }
    ]
    assert (value["complete"], value["missing"]) == (True, [])
    assert value["expected"]["proved"]
    assert len(value["expected"]["checks"]) == 10

    main(["compare", *moments, "--json"])
    assert json.loads(capsys.readouterr().out)["expected"] is None


def test_a_folder_is_a_moment(tmp_path: Path, capsys: Output) -> None:
    for name, text in (("monday", OLD), ("tuesday", NEW)):
        (tmp_path / name).mkdir()
        header, *rows = text.splitlines()
        for at, row in enumerate(rows):
            part = tmp_path / name / f"{at}.csv"
            part.write_text(f"{header}\n{row}\n", encoding="utf-8")
        for left in (".hidden", "desktop.ini", "Thumbs.db"):
            (tmp_path / name / left).write_bytes(b"\0")
    monday, tuesday = str(tmp_path / "monday"), str(tmp_path / "tuesday")

    assert main(["compare", monday, tuesday, "--expect", "key1"]) == 0

    (tmp_path / "tuesday" / "notes.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "empty").mkdir()
    assert main(["compare", monday, tuesday]) == 3
    assert main(["compare", monday, str(tmp_path / "empty")]) == 3
    said = capsys.readouterr().err
    assert "is a PDF document" in said
    assert "contains no file" in said


def test_what_is_not_shown_is_told_without_options_except_by_the_command(
    export: Export, capsys: Output
) -> None:
    added = "".join(f"{6000 + at},key{at}x,Active,7\n" for at in range(201))
    before = export(OLD, "before.csv")
    after = export(OLD + added + "short\n" * 202, "after.csv")

    text = render_comparison(compare(before, after))
    main(["compare", str(before), str(after), "--keep-going"])
    said = capsys.readouterr().out

    assert "--" not in text
    assert "  and 2 more; its JSON contains all." in text.splitlines()
    assert "... and 1 more; its JSON contains all." in text.splitlines()
    assert said.count(" more; --json shows all.") == 2


def test_exit_codes_say_what_was_wrong(
    moments: tuple[str, str], export: Export, capsys: Output
) -> None:
    before, after = moments
    broken = str(export(f"{NEW}short\n", "broken.csv"))

    assert main(["compare", before, broken]) == 3
    assert main(["compare", before, broken, "--keep-going"]) == 1
    assert main(["compare", before, before]) == 3
    assert main(["compare", before, "missing.csv"]) == 4
    assert main(["compare", before, after, "--expect", " @x"]) == 3
    with pytest.raises(SystemExit) as caught:
        main(["compare", before])
    assert caught.value.code == 2
    said = capsys.readouterr()
    assert "line 5, record 4: 1 field where the header has 4" in said.out
    assert "--expect names no username" in said.err


def test_a_terminal_gets_no_control_characters(export: Export, capsys: Output) -> None:
    before = export(OLD, "be\x1b[31mfore.csv")
    after = export(f"{OLD}5003,key\x1b]0;1\u202e,Active,7\n", "after.csv")

    main(["compare", str(before), str(after), "--expect", "key\x1b]0;1\u202e"])

    said = capsys.readouterr().out
    assert "key<U+001B>]0;1<U+202E>" in said
    assert "\x1b" not in said
    assert "\u202e" not in said


@pytest.mark.parametrize("name", [".more.csv", "._after.csv", ".old/more.csv"])
def test_a_hidden_export_of_a_moment_is_named(
    moments: tuple[str, str], tmp_path: Path, capsys: Output, name: str
) -> None:
    folder = tmp_path / "after"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text(NEW)
    (folder / "after.csv").write_text(NEW)

    assert main(["compare", moments[0], str(folder)]) == 3

    assert "hidden" in capsys.readouterr().err
