"""The command `apiuser audit`: what it prints, writes and answers."""

import json
import os
import pty
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from apiuser.cli import main
from tests.cli.command_driver import read_terminal

DATA = Path(__file__).parents[2] / "notebooks" / "data"
CLEAN = [str(DATA / "sample-active.csv"), str(DATA / "sample-inactive.csv")]
FAULTY = [
    str(DATA / "sample-faulty-active.csv"),
    str(DATA / "sample-faulty-inactive.csv"),
]
Output = pytest.CaptureFixture[str]
Export = Callable[[str], str]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def write(text: str) -> str:
        path = tmp_path / "export.csv"
        path.write_bytes(text.encode())
        return str(path)

    return write


def test_clean_exports_end_with_0(capsys: Output) -> None:
    code = main(["audit", *CLEAN])

    assert code == 0
    assert "No conflict: no name is taken twice" in capsys.readouterr().out


def test_findings_end_with_1_and_are_printed_with_their_place(capsys: Output) -> None:
    code = main(["audit", *FAULTY])

    out = capsys.readouterr().out
    assert code == 1
    assert f"USR007  {FAULTY[0]}:2 record 1 aarcher (active, person)\n" in out


def test_json_is_printed_alone(capsys: Output) -> None:
    code = main(["audit", "--json", *FAULTY])

    captured = capsys.readouterr()
    value = json.loads(captured.out)
    assert code == 1
    assert [file["records"] for file in value["files"]] == [24, 8]
    assert captured.err == ""


def test_proposed_names_are_checked(capsys: Output, tmp_path: Path) -> None:
    proposed = tmp_path / "names.txt"
    proposed.write_text("free1\nAArcher\n")

    code = main(["audit", *CLEAN, "--proposed", str(proposed)])

    assert code == 1
    assert "USR007  (proposed) record 2 AArcher" in capsys.readouterr().out


def test_a_name_proposed_twice_is_one_name(capsys: Output, tmp_path: Path) -> None:
    proposed = tmp_path / "names.txt"
    proposed.write_text("fresh9\nfresh9\n")

    code = main(["audit", *CLEAN, "--proposed", str(proposed)])

    assert code == 0
    assert "fresh9" not in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "\n \n\t\n", "\ufeff"])
def test_a_list_without_names_is_refused_and_nothing_is_audited(
    capsys: Output, tmp_path: Path, content: str
) -> None:
    proposed = tmp_path / "names.txt"
    proposed.write_text(content, encoding="utf-8")
    report = tmp_path / "r.json"

    code = main(["audit", *CLEAN, f"--proposed={proposed}", f"--report={report}"])

    captured = capsys.readouterr()
    assert (code, captured.out, report.exists()) == (3, "", False)
    assert f"{proposed}: contains no names. Write one per line" in captured.err
    assert main(["audit", f"--tenants={DATA}", f"--proposed={proposed}"]) == 3


def test_reports_of_several_formats_are_written(capsys: Output, tmp_path: Path) -> None:
    paths = [tmp_path / f"r{ending}" for ending in (".csv", ".json", ".html")]

    main(["audit", *CLEAN, *(f"--report={path}" for path in paths)])

    assert all(path.stat().st_size for path in paths)
    assert {path.name for path in tmp_path.iterdir()} == {"r.csv", "r.html", "r.json"}


def test_unreadable_records_end_with_3_unless_told_to_keep_going(
    capsys: Output, export: Export
) -> None:
    path = export("Username,Status,License Type\na,Active,9\nb,Inactive,3\nshort\n")

    strict = main(["audit", path])
    lenient = main(["audit", "--keep-going", path])

    out = capsys.readouterr().out
    assert (strict, lenient) == (3, 0)
    assert "line 4, record 3: 1 field where the header has 3" in out
    assert "1 record could not be read" in out


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["gone.csv"], 4, "does not exist"),
        ([str(DATA)], 4, "is a folder"),
        ([*CLEAN, "--report", "report.docx"], 3, "a report ends in"),
        ([*CLEAN, "--report", CLEAN[0]], 3, "is one of the inputs"),
        ([*CLEAN, "--report", "gone/report.csv"], 4, "cannot be written"),
        ([CLEAN[0], CLEAN[0]], 3, "given twice"),
        ([*CLEAN, "--proposed", "gone.txt"], 4, "does not exist"),
        ([*CLEAN, "--column", "Nick"], 3, "no column Nick; the headers are: "),
        ([*CLEAN, "--max-columns", "3"], 3, "--max-columns"),
        ([*CLEAN, "--policy", "none"], 3, "No policy"),
    ],
)
def test_refusals_are_one_sentence_with_their_exit_code(
    capsys: Output, arguments: list[str], code: int, part: str
) -> None:
    answer = main(["audit", *arguments])

    err = capsys.readouterr().err
    assert answer == code
    assert part in err
    assert err.startswith("apiuser: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["a.csv", "--gone"], ["a.csv", "--skip-lines", "-1"]]
)
def test_wrong_usage_ends_with_2(capsys: Output, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["audit", *arguments])

    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_options_of_reading_are_passed_on(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes("Sample MSP\nNr;Kürzel\n1;zoë1\n".encode("cp1252"))

    code = main(
        ["audit", str(path), "--encoding=cp1252", "--column=kürzel", "--skip-lines=1"]
    )

    assert code == 1
    assert "1 record, names from the column Kürzel" in capsys.readouterr().out


def test_the_command_does_not_load_pandas(tmp_path: Path) -> None:
    code = (
        "import sys; from apiuser.cli import main; main(sys.argv[1:]);"
        "sys.exit(bool({'pandas', 'ipywidgets'} & set(sys.modules)))"
    )

    run = subprocess.run(
        [
            sys.executable,
            "-c",
            code,
            "audit",
            *FAULTY,
            *(f"--report={tmp_path / name}" for name in ("r.csv", "r.json", "r.html")),
        ],
        capture_output=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr.decode()


def test_a_bar_is_drawn_on_a_terminal_and_nowhere_else() -> None:
    command = [sys.executable, "-m", "apiuser", "audit", *CLEAN]
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))

    piped = subprocess.run(command, capture_output=True, check=True)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs) as run:
        os.close(theirs)
        drawn = read_terminal(ours)
        run.communicate()
    os.close(ours)

    assert piped.stderr == b""
    assert b"reading sample-active.csv" in drawn


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_a_file_name_that_is_not_text_is_printed_and_written(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/export\xe9.csv"
    Path(os.fsdecode(path)).write_bytes(Path(CLEAN[0]).read_bytes())
    report = tmp_path / "report.json"

    run = subprocess.run(
        [sys.executable, "-m", "apiuser", "audit", path, "--json", "--report", report],
        capture_output=True,
        check=False,
    )

    assert run.returncode == 1, run.stderr
    for text in (run.stdout, report.read_bytes()):
        assert json.loads(text)["files"][0]["path"].endswith("export<U+DCE9>.csv")


def test_the_advice_for_one_of_several_files_names_that_file(
    tmp_path: Path, capsys: Output
) -> None:
    active, inactive = tmp_path / "active.csv", tmp_path / "in active.csv"
    active.write_text("Username,Status\nzoë1,Active\n", "utf-8")
    inactive.write_text("Username,Status\nada,Inactive\nzoë1,Inactive\n", "cp1252")
    advice = "such as --encoding {}cp1252\n"

    main(["audit", str(active), str(inactive)])
    assert capsys.readouterr().err.endswith(
        advice.replace("{}cp1252", "'in active.csv:cp1252'")
    )
    main(["audit", str(inactive)])
    assert capsys.readouterr().err.endswith(advice.format(""))

    (tmp_path / "more").mkdir()
    again = tmp_path / "more" / "active.csv"
    again.write_bytes(inactive.read_bytes())
    main(["audit", str(active), str(again)])
    assert capsys.readouterr().err.endswith(advice.format(f"{again}:"))


def test_a_poor_output_encoding_hides_no_name(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Username,License Type\nzo\u20acé,7\n", encoding="utf-8")
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}

    runs = [
        subprocess.run(
            [sys.executable, "-m", "apiuser", "audit", path, *options],
            capture_output=True,
            check=False,
            env=environment,
        )
        for options in ([], ["--json"])
    ]

    assert [run.returncode for run in runs] == [1, 1]
    assert b"zo\\u20ac\\xe9" in runs[0].stdout
    names = {row["username"] for row in json.loads(runs[1].stdout)["findings"]}
    assert "zo\u20acé" in names


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_output_is_said_in_one_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [sys.executable, "-m", "apiuser", "audit", *FAULTY],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert run.returncode == 4
    assert run.stderr.startswith("apiuser: cannot write")
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("text", ['Monitor 5" wide"', "Monitor"], ids=["mark", "open"])
def test_a_mark_too_many_in_a_large_export_is_refused_at_its_line(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "quoted.csv"
    lines = [f'"{n}","user{n}","Technician"\n' for n in range(150_000)]
    lines[10] = f'"10","user10","{text}\n'
    path.write_text('"Resource ID","Username","Title"\n' + "".join(lines), "utf-8")
    assert path.stat().st_size > 4 << 20

    # Once this took longer than anybody waits.
    done = subprocess.run(
        [sys.executable, "-m", "apiuser", "audit", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 3
    assert "line 12" in done.stderr


def test_a_link_that_leads_to_itself_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    (tmp_path / "q.csv").write_text("Username\na1\n", encoding="utf-8")

    assert main(["audit", str(tmp_path / "loop.csv")]) == 4
    main(["audit", str(tmp_path / "q.csv"), "--report", str(tmp_path / "loop.csv")])

    assert "loop.csv" in capsys.readouterr().err


def test_a_name_that_no_file_can_have_is_refused_with_it(capsys: Output) -> None:
    path = "a" * 300 + ".csv"

    code = main(["audit", path])

    assert code == 4
    assert f"{path}: cannot be read (" in capsys.readouterr().err


def test_options_of_reading_may_be_for_one_file(tmp_path: Path, capsys: Output) -> None:
    shapes: dict[str, str | bytes] = {
        "a.csv": "Title\nUsername,Status,License Type\na1,Active,7\n",
        "b.csv": "Kürzel;Zustand;Art\nb1;weg;3\n".encode("cp1252"),
        "c.csv": "1,c1,yes,9\n2,d1,no,3\n",
    }
    for name, content in shapes.items():
        text = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(text)
    paths = [str(tmp_path / name) for name in shapes]
    given = [
        *("--skip-lines", "a.csv:1", "--encoding", f"{paths[1]}:cp1252"),
        *("--column", "b.csv:Kürzel", "--column", "b.csv:license_type=Art"),
        *("--column", "c.csv:2", "--column", "c.csv:status=3"),
        *("--column", "c.csv:license-type=4"),
    ]

    code = main(["audit", *paths, *given, "--json"])

    value = json.loads(capsys.readouterr().out)
    assert (code, [file["records"] for file in value["files"]]) == (0, [1, 1, 2])
    assert value["proved"] is True


@pytest.mark.parametrize(
    "given", [("--column", ""), ("--column", "status="), ("--skip-lines", "a.csv:x")]
)
def test_a_column_without_a_name_is_wrong_usage(
    capsys: Output, given: tuple[str, str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["audit", "a.csv", *given])
    assert caught.value.code == 2
