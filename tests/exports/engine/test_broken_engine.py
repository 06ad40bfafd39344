"""A DuckDB that cannot be used is as if it were not there, and is named."""

import os
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from weakref import WeakValueDictionary

import pytest

from apiuser.exports import read_resources
from benchmarks.exports import write_export

COMMAND = (sys.executable, "-B", "-m", "apiuser", "audit")


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export that is huge."""
    path, _ = write_export(tmp_path_factory.mktemp("huge"), 150_000)
    return path


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise ImportError('DLL load failed.\\nSee the log.')", "DLL load failed"),
        ("raise OSError", "OSError"),
        ("", "module 'duckdb' has no attribute 'connect'"),
        (
            "def connect(config):\n    raise ValueError('no such option')",
            "no such option",
        ),
    ],
)
def test_an_export_is_read_where_duckdb_is_broken(
    tmp_path: Path, export: Path, code: str, reason: str
) -> None:
    (tmp_path / "duckdb").mkdir()
    (tmp_path / "duckdb" / "__init__.py").write_text(code, "utf-8")

    done = subprocess.run(
        [*COMMAND, export],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert "150,000 records" in done.stdout
    assert (
        f"{export}: DuckDB, with which exports of this size are read in less time, is "
        f"installed but cannot be used ({reason}). Install it again, or do without it."
    ) in done.stdout


def test_the_notice_comes_with_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Username\nada\n", encoding="utf-8")
    monkeypatch.setattr(
        "apiuser.exports.engine.database._shared", WeakValueDictionary()
    )
    broken = ModuleType("duckdb")
    broken.__spec__ = ModuleSpec("duckdb", None)
    monkeypatch.setitem(sys.modules, "duckdb", broken)

    table = read_resources(path, narrow_from=0)

    assert table.usernames == ["ada"]
    assert any("is installed but cannot be used" in notice for notice in table.notices)
