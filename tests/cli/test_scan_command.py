"""`apiuser scan`: what it answers, counts and refuses."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.command_driver import run
from tests.planted import DRAWN_LOOKING, SECRETS

ROOT = Path(__file__).parents[2]
SECRET = SECRETS[4]


def make_notebook(text: str) -> str:
    output = {"output_type": "stream", "name": "stdout", "text": [text]}
    cell = {"cell_type": "code", "source": [], "outputs": [output]}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4})


def test_a_scan_answers_with_its_exit_code(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(make_notebook(f"{DRAWN_LOOKING[0]}\n"), encoding="utf-8")
    clean = tmp_path / "b.ipynb"
    clean.write_text(make_notebook("42\n"), encoding="utf-8")

    gone = str(tmp_path / "c.ipynb")
    found, nothing, missing, both = (
        run("scan", str(tmp_path)),
        run("scan", str(clean)),
        run("scan", str(clean), gone),
        run("scan", str(tmp_path), gone),
    )

    assert found.returncode == 1
    assert f"{path}: cell 1, output 1 (looks like a secret)" in found.stdout
    assert DRAWN_LOOKING[0] not in found.stdout + found.stderr
    assert nothing.returncode == 0
    assert "of 1 file only notebooks were searched" in nothing.stdout
    assert missing.returncode == 4
    assert "c.ipynb: does not exist" in missing.stderr
    assert both.returncode == 1


def test_nothing_is_called_clean_that_was_not_searched(tmp_path: Path) -> None:
    store, cut = tmp_path / "new.kdbx", tmp_path / "cut.ipynb"
    store.write_bytes(b"\x03\xd9\xa2\x9a")
    cut.write_text('{"cells": [', encoding="utf-8")
    gone, empty = tmp_path / "gone", tmp_path / "empty"
    empty.mkdir()

    for words, code, said in (
        ([store], 4, "Nothing was searched: no notebook could be read in 1 file."),
        ([empty], 4, "Nothing was searched."),
        (["--secret", empty], 4, "Nothing was searched."),
        (
            [cut, store],
            4,
            "Nothing was searched: no notebook could be read in 2 files.",
        ),
        ([gone], 4, "Nothing was searched."),
        (["--secret", gone], 4, "Nothing was searched."),
    ):
        done = run("scan", *map(str, words), typed=f"{SECRET}\n")
        assert done.returncode == code
        assert done.stdout.startswith(said)
        assert "0 " not in done.stdout

    value = json.loads(run("scan", "--json", str(store)).stdout)
    assert (value["files"], value["searched"]) == (1, 0)


def test_a_scan_for_a_typed_value_searches_every_file(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(f"x{SECRET}y", encoding="utf-16")

    done = run("scan", "--secret", "--json", str(tmp_path), typed=f"{SECRET}\n")

    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "leaks": [
            {"path": str(tmp_path / "a.log"), "place": "bytes", "form": "encoded"}
        ],
        "unread": [],
        "files": 1,
        "searched": 1,
        "skipped": 0,
    }


def test_a_scan_refuses_a_short_value_and_an_odd_limit(tmp_path: Path) -> None:
    short = run("scan", "--secret", str(tmp_path), typed="abc\n")
    odd = run("scan", "--limit", "0", str(tmp_path))

    assert short.returncode == 3
    assert "fewer than 7" in short.stderr
    assert odd.returncode == 2


def test_names_of_any_bytes_are_no_error(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/odd\xff.ipynb"))
    path.write_text(make_notebook(DRAWN_LOOKING[0]), encoding="utf-8")

    for words in ((), ("--json",)):
        assert run("scan", *words, str(tmp_path)).returncode == 1


def test_the_hook_looks_into_notebooks_with_nothing_installed(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load(
        (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    )
    (tmp_path / "left.ipynb").write_text(make_notebook(DRAWN_LOOKING[0]))
    # -I and -S: neither this environment nor the current folder is looked into.
    command = [sys.executable, "-I", "-S", ROOT / hook["entry"]]

    clean, left = (
        subprocess.run(
            [*command, *paths],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        for paths in ((ROOT / "notebooks").glob("*.ipynb"), ["left.ipynb"])
    )

    assert hook["language"] == "script"
    assert hook["types"] == ["jupyter"]
    assert os.access(ROOT / hook["entry"], os.X_OK)
    assert (clean.returncode, clean.stderr) == (0, "")
    assert left.returncode == 1
    assert "looks like a secret" in left.stdout


@pytest.mark.parametrize("ends", ["{} ", "\t{}", "\ufeff{}", "{}\u200b"])
def test_a_value_with_a_blank_pasted_beside_it_is_refused(
    tmp_path: Path, ends: str
) -> None:
    done = run("scan", "--secret", str(tmp_path), typed=f"{ends.format(SECRET)}\n")

    assert done.returncode == 3
    assert "begins or ends with a space or an invisible character" in done.stderr
    assert SECRET not in done.stderr
