"""Reports show the paths that were typed, and no other path of the machine."""

import io
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from apiuser.cli import main
from apiuser.reports import FORMATS

DATA = Path(__file__).parents[2] / "notebooks" / "data"
NAME = "sample-faulty-active.csv"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    exports = tmp_path / "auditors-own-folder" / "exports"
    exports.mkdir(parents=True)
    shutil.copy(DATA / NAME, exports)
    (exports / "broken.csv").write_text("no header\n")
    monkeypatch.chdir(exports.parent)
    return exports.parent


def read_all(path: Path) -> str:
    """Return all that a file holds, unpacked where it is an archive."""
    data = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b"".join(archive.read(name) for name in archive.namelist())
    return data.decode()


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ((f"exports/{NAME}",), f"exports/{NAME}"),
        ((f"./exports/../exports/{NAME}",), f"exports/../exports/{NAME}"),
        (("--tenants", "exports"), f"exports/{NAME}"),
    ],
    ids=["a path", "a winding path", "tenants"],
)
def test_a_report_holds_no_path_that_was_not_typed(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    typed: str,
    ending: str,
) -> None:
    main(["audit", *words, "--report", f"report{ending}"])

    out, err = capsys.readouterr()
    report = read_all(Path(f"report{ending}"))
    assert typed in report
    for text in (report, out, err):
        assert folder.name not in text


@pytest.mark.parametrize("words", [(f"exports/{NAME}",), ("--tenants", "exports")])
def test_a_report_replaces_a_file_only_if_told_to(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    kept = folder / "report.csv"
    kept.write_text("not a report\n")

    refused = main(["audit", *words, "--report", "report.csv"])
    text = kept.read_text()
    main(["audit", *words, "--report", "report.csv", "--overwrite"])

    assert (refused, text) == (3, "not a report\n")
    assert "Choose another name. Or give --overwrite." in capsys.readouterr().err
    assert "severity" in kept.read_text()


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
@pytest.mark.parametrize("ending", FORMATS)
def test_a_report_is_for_its_owner_only(folder: Path, ending: str) -> None:
    main(["audit", f"exports/{NAME}", "--report", f"report{ending}"])
    main(["audit", "--tenants", "exports", "--report", f"tenants{ending}"])

    for name in ("report", "tenants"):
        assert (folder / f"{name}{ending}").stat().st_mode & 0o777 == 0o600
