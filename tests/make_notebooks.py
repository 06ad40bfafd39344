"""Run the notebooks and store their outputs: `python tests/make_notebooks.py`.

Kept is what a plain reader and the notebook tests need: the text of each output.
Left out is what changes with each run or could hold what somebody entered: widget
state, ids of widgets and times.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"


def make_notebook(path: Path) -> None:
    """Run a notebook in its folder and write it back with stable outputs."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    clean(notebook)
    text = nbformat.writes(notebook)
    path.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")


def clean(notebook: nbformat.NotebookNode) -> None:
    """Leave out what is not stable."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata.language_info = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(WIDGET, None)


def main(names: Sequence[str]) -> None:
    """Make the notebooks named, or all of them."""
    for path in map(Path, names) if names else sorted(NOTEBOOKS.glob("*.ipynb")):
        make_notebook(path)


if __name__ == "__main__":
    main(sys.argv[1:])
