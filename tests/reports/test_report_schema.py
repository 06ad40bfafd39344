"""The JSON report keeps to its published schema, and reports are reproducible."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from apiuser.auditing import audit
from apiuser.cli import main
from apiuser.reports import FORMATS, as_json

ROOT = Path(__file__).parents[2]
DATA = ROOT / "notebooks" / "data"
FAULTY = sorted(DATA.glob("sample-faulty-*.csv"))


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    value = json.loads((ROOT / "docs" / "audit.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(value)
    return Draft202012Validator(value)


@pytest.mark.parametrize(
    "text",
    [
        "Username\na1\n",
        "Username,Active\na1,Yes\nA1,No\nshort\n",
        "Username,License Type\n\x1b,7\n\uff41\u0441,9\nac,7\n\n",
        "Username\n",
    ],
)
def test_reports_follow_the_schema(
    schema: Draft202012Validator, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")

    value = as_json(audit(path, proposed=["a1", "b"]))

    assert [error.message for error in schema.iter_errors(value)] == []


def test_the_samples_and_their_tenants_follow_the_schema(
    schema: Draft202012Validator,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "empty_active.csv").write_text("")
    (tmp_path / "sample_active.csv").write_bytes(FAULTY[0].read_bytes())

    main(["audit", "--json", "--tenants", str(tmp_path)])
    tenants = json.loads(capsys.readouterr().out)

    assert [error.message for error in schema.iter_errors(tenants)] == []
    assert schema.is_valid(as_json(audit(FAULTY)))


@pytest.mark.parametrize(
    ("key", "value"),
    [("level", "near"), ("line", 0), ("code", "X1"), ("severity", "fatal")],
)
def test_the_schema_refuses_what_no_report_holds(
    schema: Draft202012Validator, key: str, value: object
) -> None:
    report: dict[str, Any] = as_json(audit(FAULTY))
    report["findings"][0][key] = value

    assert not schema.is_valid(report)


def test_two_runs_write_the_same_bytes_in_every_format(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("aarcher\nbackup01\n")
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        reports = [f"--report={folder / f'report{ending}'}" for ending in FORMATS]
        subprocess.run(
            [
                *(sys.executable, "-m", "apiuser", "audit"),
                *map(str, FAULTY),
                *(f"--proposed={names}", *reports),
            ],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=False,
        )

    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / seed).iterdir()}
        for seed in ("1", "2")
    )
    assert set(one) == {f"report{ending}" for ending in FORMATS}
    assert one == two
