"""The notebooks are copied, and what a person or another server has of them stays."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from apiuser.lab.copies import FIRST, copy_notebooks, find_notebooks, is_as_shipped

VIEW = "application/vnd.jupyter.widget-view+json"


def read_shipped() -> bytes:
    return (find_notebooks() / FIRST).read_bytes()


def add_output(path: Path) -> None:
    """Leave in a notebook what JupyterLab leaves when it was run and saved."""
    notebook = json.loads(path.read_bytes())
    notebook["metadata"]["language_info"]["version"] = "3.11.7"
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            data = {VIEW: {"model_id": "0"}}
            cell["outputs"] = [{"output_type": "display_data", "data": data}]
            cell["execution_count"] = 7
    path.write_text(json.dumps(notebook), encoding="utf-8")


def change_text(path: Path) -> None:
    """Add a word to the first cell of a notebook, as a person does."""
    notebook = json.loads(path.read_bytes())
    notebook["cells"][0]["source"] = [*notebook["cells"][0]["source"], "# mine"]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_notebooks_and_samples_are_copied(tmp_path: Path) -> None:
    kept = copy_notebooks(tmp_path / "new")

    copied = {path.name for path in (tmp_path / "new").rglob("*") if path.is_file()}
    assert kept == ()
    assert {FIRST, "audit-usernames.ipynb", "sample-active.csv"} <= copied
    assert (tmp_path / "new" / FIRST).read_bytes() == read_shipped()


@pytest.mark.parametrize(
    "change",
    [change_text, lambda path: path.write_text("mine", encoding="utf-8")],
    ids=["cell", "no notebook"],
)
def test_a_changed_notebook_is_kept_unless_its_owner_says_otherwise(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    copy_notebooks(tmp_path)
    mine = tmp_path / FIRST
    change(mine)
    before = mine.read_bytes()

    kept = copy_notebooks(tmp_path)
    text = mine.read_bytes()
    replaced = copy_notebooks(tmp_path, replace=lambda path: path == mine)

    assert kept == (mine,)
    assert text == before
    assert replaced == ()
    assert mine.read_bytes() == read_shipped()


def test_a_notebook_that_was_only_run_is_copied_again(tmp_path: Path) -> None:
    copy_notebooks(tmp_path)
    add_output(tmp_path / FIRST)

    shipped = is_as_shipped(tmp_path / FIRST)
    kept = copy_notebooks(tmp_path)

    assert shipped
    assert kept == ()
    assert (tmp_path / FIRST).read_bytes() == read_shipped()


def test_the_form_alone_leaves_a_notebook_that_a_lab_may_show(tmp_path: Path) -> None:
    copy_notebooks(tmp_path)
    add_output(tmp_path / FIRST)
    shown = (tmp_path / FIRST).read_bytes()

    kept = copy_notebooks(tmp_path, only_missing=True)

    assert kept == ()
    assert (tmp_path / FIRST).read_bytes() == shown
