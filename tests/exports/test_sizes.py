"""Exports that are too large are refused in a sentence, before or when memory ends."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from apiuser.cli import main
from apiuser.errors import SourceError
from apiuser.exports import ReadOptions, read_names, read_resources

GIBIBYTE = 1 << 30
HEADER = b"ID,Username,Status\n"
Sparse = Callable[[int], Path]


@pytest.fixture
def sparse(tmp_path: Path) -> Sparse:
    """Make a file that takes no room on the disk."""

    def make(size: int) -> Path:
        path = tmp_path / "export.csv"
        path.write_bytes(HEADER)
        os.truncate(path, size)
        return path

    return make


def test_a_file_above_the_limit_is_refused_with_the_option(
    sparse: Sparse, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sparse(6 * GIBIBYTE)

    code = main(["audit", str(path)])

    said = capsys.readouterr().err
    assert code == 3
    assert f"{path}: is 6442450944 bytes" in said
    assert "the limit of 2147483648" in said
    assert "--max-size" in said


def test_the_limit_is_an_option(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(HEADER + b"1,a1,Active\n")
    size = path.stat().st_size

    with pytest.raises(SourceError, match="max_size="):
        read_resources(path, ReadOptions(max_size=size - 1))
    assert read_resources(path, ReadOptions(max_size=size)).records == 1
    assert main(["audit", str(path), "--max-size", str(size - 1)]) == 3
    assert main(["audit", str(path), "--max-size", str(size)]) == 1


def test_a_list_of_names_above_its_limit_is_refused(sparse: Sparse) -> None:
    with pytest.raises(SourceError, match="268435456"):
        read_names(sparse(GIBIBYTE))


def run_in_a_gibibyte(*arguments: str) -> subprocess.CompletedProcess[str]:
    import resource  # noqa: PLC0415  # not everywhere

    return subprocess.run(
        [sys.executable, "-m", "apiuser", *arguments],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (GIBIBYTE, GIBIBYTE)),
        check=False,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
def test_an_export_larger_than_the_memory_is_named(sparse: Sparse) -> None:
    path = sparse(2 * GIBIBYTE)

    run = run_in_a_gibibyte("audit", str(path), "--max-cell", "2000000000")

    assert (run.returncode, run.stdout) == (3, "")
    assert f"{path}: does not fit into memory" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
def test_running_out_of_memory_elsewhere_is_one_sentence(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_bytes(b"ab\n" * 14_000_000)

    run = run_in_a_gibibyte("check", "a1", "--taken", str(names))

    assert (run.returncode, run.stdout) == (3, "")
    assert run.stderr.startswith("apiuser: there is not enough memory.")
