"""The low parts of the forms, without a browser."""

import subprocess
import sys
from pathlib import Path

import pytest

from apiuser import forms
from apiuser.forms.widgets.scripts import WIDGETS


def test_the_forms_offer_two_functions_and_nothing_else() -> None:
    with pytest.raises(AttributeError, match="show_something"):
        forms.show_something  # noqa: B018  # the access is the test


@pytest.mark.parametrize(
    "path",
    sorted([*WIDGETS.glob("*.js"), *WIDGETS.glob("*.css")]),
    ids=lambda path: Path(path).name,
)
def test_no_static_file_names_another_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert "://" not in text
    assert "@import" not in text


def test_the_forms_load_no_table_library() -> None:
    code = (
        "import sys; from apiuser.forms import show_audit, show_checklist; show_audit();"
        "print({'pandas', 'pyarrow', 'numpy', 'duckdb'} & set(sys.modules))"
    )

    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "set()"
