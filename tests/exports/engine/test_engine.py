"""What DuckDB leaves behind, and what is said where it cannot go on."""

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from apiuser.errors import AccessError
from apiuser.exports import read_resources, select_candidates
from apiuser.exports.engine import loading, selecting
from apiuser.exports.engine.database import StoredTable, open_database
from apiuser.exports.engine.large_table import LargeTable
from benchmarks.exports import write_export

linux = pytest.mark.skipif(sys.platform != "linux", reason="signals of Linux")
TOO_LITTLE = "38MB"
PYTHON = (sys.executable, "-B", "-c")
# The audit, with the memory for DuckDB and the largest file as its first arguments;
# each processor more would want more memory.
LIMITED = """
import os, resource, signal, sys
from apiuser.cli import main
from apiuser.exports.engine import database, selecting

selecting.COUNTED = 50_000
os.sched_setaffinity(0, [*os.sched_getaffinity(0)][:2])
database.MEMORY, size = sys.argv[1], int(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
sys.exit(main(sys.argv[3:]))
"""
# The audit, interrupted after so many seconds of computing.
INTERRUPTED = """
import os, signal, sys
from apiuser.cli import run

signal.signal(signal.SIGPROF, lambda *_: os.kill(os.getpid(), signal.SIGINT))
signal.setitimer(signal.ITIMER_PROF, float(sys.argv.pop(1)))
sys.exit(run())
"""
WITHOUT = "import sys; sys.modules['duckdb'] = None; from apiuser.cli import run; run()"


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export that is huge."""
    path, _ = write_export(tmp_path_factory.mktemp("huge"), 150_000)
    return path


@pytest.fixture(scope="module")
def larger_export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of which DuckDB keeps more than it gets in some tests."""
    path, _ = write_export(tmp_path_factory.mktemp("larger"), 1_000_000)
    return path


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which this test finds all temporary files of processes."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def run(*command: object) -> "subprocess.CompletedProcess[str]":
    words = [*PYTHON, *map(str, command)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_an_audit_leaves_no_temporary_file(export: Path, temporary: Path) -> None:
    code = "import sys; from apiuser.cli import run; sys.exit(run())"

    done = run(code, "audit", export)

    assert done.returncode == 1
    assert done.stderr == ""
    assert list(temporary.iterdir()) == []


@linux
def test_what_does_not_fit_into_the_memory_is_put_aside(
    larger_export: Path, temporary: Path
) -> None:
    enough = run(LIMITED, "1GB", 1 << 30, "audit", larger_export)

    done = run(LIMITED, TOO_LITTLE, 1 << 30, "audit", larger_export)

    assert done.stdout == enough.stdout != ""
    assert done.stderr == ""
    assert list(temporary.iterdir()) == []


@linux
def test_a_full_disk_is_one_sentence(larger_export: Path, temporary: Path) -> None:
    done = run(LIMITED, TOO_LITTLE, 10_000, "audit", larger_export)

    assert done.returncode == 4
    assert done.stderr.startswith(f"apiuser: {temporary / 'apiuser-'}")
    assert "has no room left" in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(temporary.iterdir()) == []


def test_no_place_for_temporary_files_is_one_sentence(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import sys, tempfile; tempfile.tempdir = sys.argv.pop(1);"
        "from apiuser.cli import run; sys.exit(run())"
    )

    done = run(code, tmp_path / "missing", "audit", export)

    assert done.returncode == 4
    assert "no temporary folder can be made" in done.stderr
    assert done.stderr.count("\n") == 1


@linux
@pytest.mark.parametrize("seconds", [0.1, 0.3, 0.6])
def test_ctrl_c_leaves_one_sentence_and_no_temporary_file(
    larger_export: Path, temporary: Path, seconds: float
) -> None:
    done = run(INTERRUPTED, seconds, "audit", larger_export)

    assert done.returncode == 130
    assert done.stderr == "apiuser: interrupted.\n"
    assert list(temporary.iterdir()) == []


def test_without_duckdb_an_export_is_read_and_something_faster_named(
    export: Path,
) -> None:
    done = run(WITHOUT, "audit", export)

    assert "150,000 records" in done.stdout
    assert f"{export}: exports of this size are read in less time" in done.stdout


def test_a_table_says_that_duckdb_would_be_faster(
    export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)

    table = read_resources(export, narrow_from=0)

    assert any("are read in less time" in notice for notice in table.notices)


@pytest.mark.parametrize("change", ["append", "replace", "remove"])
def test_an_export_that_changed_is_not_read_once_more(
    tmp_path: Path, change: str
) -> None:
    path, _ = write_export(tmp_path, 2_000)
    (table,) = select_candidates([read_resources(path, narrow_from=0)], ())
    if change == "append":
        with path.open("a") as file:
            file.write("1,a,b,c,d,e,f,g\n")
    elif change == "replace":
        path.write_text("Username\na1\n")
        os.utime(path, ns=(0, 0))
    else:
        path.unlink()

    with pytest.raises(AccessError, match=r"changed while it was read|does not exist"):
        list(table.columns["resource_id"])


def test_no_bar_is_drawn_into_what_the_command_prints(
    capfd: pytest.CaptureFixture[str],
) -> None:
    database = open_database()
    database.run("set progress_bar_time = 1")

    database.run("select count(*) from range(100_000_000) as t(n) where hash(n) = 1")

    assert capfd.readouterr() == ("", "")


def test_tables_go_with_the_exports_that_are_in_them(tmp_path: Path) -> None:
    path, _ = write_export(tmp_path, 2_000)
    database = open_database()
    kept = read_resources(path, narrow_from=0)
    given_up = read_resources(path, narrow_from=0)

    assert isinstance(kept, LargeTable)
    del given_up

    tables = database.run("select table_name from duckdb_tables()")
    assert tables == [(kept.export.table.name,)]


def test_a_table_found_unused_in_the_middle_of_a_statement_blocks_nothing() -> None:
    database = open_database()
    table = StoredTable(database)
    name = table.name
    database.run(f"create table {name} as select 1")

    def lose_table() -> None:
        nonlocal table
        with database.lock:  # as the collector may find it during a statement
            del table
            gc.collect()

    worker = threading.Thread(target=lose_table, daemon=True)
    worker.start()
    worker.join(60)

    assert not worker.is_alive()
    assert database.run("select table_name from duckdb_tables()") == []


def test_exports_with_very_many_names_for_python_are_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Username,ID\n" + "a1,1\n\u00e91,2\n" * 9, "utf-8")
    assert isinstance(read_resources(path, narrow_from=0), LargeTable)
    monkeypatch.setattr(loading, "_MOST_ODD", 8)

    table = read_resources(path, narrow_from=0)

    assert not isinstance(table, LargeTable)
    assert table.records == 18  # two of nine each


def test_an_audit_of_another_thread_does_not_change_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text("Username\n" + "ada\nAda\n")
    (tmp_path / "b.csv").write_text("Username\n" + "ben\nada\n")
    ours, others = (
        read_resources(p, narrow_from=0) for p in sorted(tmp_path.iterdir())
    )
    other = threading.Thread(target=select_candidates, args=([others], ()))
    fill = selecting.fill_rows

    def fill_late(table: LargeTable, at: int, *, numbered: bool) -> LargeTable:
        if table is ours:
            other.start()
            other.join(2)  # it has to wait, so this is a time at most
        return fill(table, at, numbered=numbered)

    monkeypatch.setattr(selecting, "fill_rows", fill_late)
    (kept,) = select_candidates([ours], ())
    other.join()

    assert [*kept.usernames] == ["ada", "Ada"]
