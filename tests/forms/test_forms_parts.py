"""The low parts of the forms, without a browser."""

import base64
import re
import subprocess
import sys
from pathlib import Path

import pytest

from apiuser import forms
from apiuser.exports.file_kinds import ENDINGS
from apiuser.forms.widgets.scripts import WIDGETS, find_scripts, join_scripts
from apiuser.reports import FORMATS
from tests.handover.handover_tools import find_tool


def test_the_forms_offer_two_functions_and_nothing_else() -> None:
    assert set(forms.__all__) == {"show_audit", "show_checklist"}
    assert all(callable(getattr(forms, name)) for name in forms.__all__)
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


def test_every_script_belongs_to_a_form_and_comes_after_what_it_imports() -> None:
    entries = ("work_sheet.js", "audit_sheet.js")

    found = [find_scripts(entry) for entry in entries]

    assert {name for one in found for name in one} == {
        path.name for path in WIDGETS.glob("*.js")
    }
    for texts in found:
        names = [*texts]
        for at, text in enumerate(texts.values()):
            assert {*re.findall(r'from "\./(.+)"', text)} <= {*names[:at]}
    for entry in entries:
        assert not re.search(
            "^import |^export (?!default)", join_scripts(entry), re.MULTILINE
        )


def test_the_forms_let_every_kind_of_export_be_chosen() -> None:
    text = (WIDGETS / "drawing.js").read_text(encoding="utf-8")

    assert f'const ACCEPT = "{",".join(ENDINGS)}";' in text


def test_the_audit_form_has_a_button_for_each_format_of_the_report() -> None:
    text = (WIDGETS / "audit_sheet.js").read_text(encoding="utf-8")
    buttons = text.partition("const REPORTS = [")[2].partition("];")[0]

    assert sorted(re.findall(r'\["(\.\w+)"', buttons)) == sorted(FORMATS)


def test_the_forms_load_no_table_library() -> None:
    code = (
        "import sys; from apiuser.forms import show_audit, show_checklist; show_audit();"
        "print({'pandas', 'numpy', 'duckdb'} & set(sys.modules))"
    )

    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "set()"


def test_a_window_without_encryption_says_where_the_form_works() -> None:
    script = base64.b64encode((WIDGETS / "paired.js").read_bytes()).decode()
    program = """
    const { openPort } = await import(process.argv[1]);
    Object.defineProperty(globalThis, "crypto", { value: {} });
    await openPort({}, {}).catch((error) => console.log(error.message));
    """

    done = subprocess.run(
        [
            *(find_tool("node"), "--input-type=module", "-e", program),
            f"data:text/javascript;base64,{script}",
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "The form works on localhost and https only; open it there.\n"
