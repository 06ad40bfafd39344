"""The notebooks as they are committed; that they run is the notebook tests' part."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)


def read(path: Path) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def find_code(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in read(path)["cells"] if cell["cell_type"] == "code"]


def ends_in_expression(source: str) -> bool:
    statements = ast.parse(source).body
    return bool(statements) and isinstance(statements[-1], ast.Expr)


def test_a_cell_that_ends_in_an_expression_has_a_stored_output(path: Path) -> None:
    bare = [
        cell["id"]
        for cell in find_code(path)
        if ends_in_expression("".join(cell["source"])) and not cell["outputs"]
    ]

    assert bare == []


def test_a_notebook_holds_no_widget_state_and_no_times(path: Path) -> None:
    notebook = read(path)

    assert "widgets" not in notebook["metadata"]
    assert [c["id"] for c in notebook["cells"] if "execution" in c["metadata"]] == []


def test_stored_outputs_are_texts_that_stay_the_same(path: Path) -> None:
    kinds = {
        kind
        for cell in find_code(path)
        for output in cell["outputs"]
        for kind in output.get("data", {})
    }

    assert kinds <= {"text/plain"}


def test_a_notebook_says_what_to_press_and_its_code_is_folded(path: Path) -> None:
    texts = [c["source"] for c in read(path)["cells"] if c["cell_type"] == "markdown"]
    folded = [c["metadata"].get("jupyter", {}) for c in find_code(path)]

    assert any("Run > Run All Cells" in "".join(text) for text in texts)
    assert all(metadata.get("source_hidden") for metadata in folded)
